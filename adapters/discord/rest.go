package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// rest makes requests: one attempt each, without waiting for a rate limit.
type rest struct {
	session *discordgo.Session // never opened: for its token, its buckets and its client
	client  *desk.Client
	base    *url.URL // with the version, e.g. https://discord.com/api/v10
}

// call is one request. Its name is what errors and logs say: an address holds
// the token of an interaction.
type call struct {
	name  string
	to    string   // the method, the path and the query, with {} for each id and {token} for the token
	ids   []string // in their order; the first of a path is whose limit counts
	token string   // of an interaction
	body  any
	files []chat.Attachment
}

// address is where the request goes, or chat.ErrGone where an id in it is none:
// nothing but ids and tokens of Discord's becomes part of an address.
func (c call) address() (method, path string, err error) {
	method, path, _ = strings.Cut(c.to, " ")
	for _, id := range c.ids {
		if !snowflake(id) {
			return "", "", fmt.Errorf("no id: %w", chat.ErrGone)
		}
		path = strings.Replace(path, "{}", id, 1)
	}
	return method, strings.Replace(path, "{token}", c.token, 1), nil
}

// bucket names the resource whose limit counts.
// https://discord.com/developers/docs/topics/rate-limits
func (c call) bucket() string {
	resource, _, _ := strings.Cut(c.to, "?")
	return resource + strings.Join(c.ids[:min(1, len(c.ids))], "")
}

// requestLimit bounds a request that its context does not.
const requestLimit = 10 * time.Second

// object is all that is read of most of what Discord answers.
type object struct {
	ID string `json:"id"`
}

// named reports whether the answer names what it is about. What stands before
// Discord may have made up one that does not, and then nothing was done.
func (o *object) named() bool { return snowflake(o.ID) }

// token is the bot's.
func (r *rest) token() string { return strings.TrimPrefix(r.session.Token, "Bot ") }

func newRest(token string, base *url.URL) (*rest, error) {
	session, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("discord: make a session: %w", err)
	}
	client := desk.NewClient(requestLimit, func(to *url.URL) *url.URL {
		if _, own, library := strings.Cut(to.Path, "/api/v9/"); library && to.Host == "discord.com" {
			return base.JoinPath(own) // the library's own addresses, such as the gateway's
		}
		return to
	})
	session.Client = &client.Client
	return &rest{session: session, client: client, base: base}, nil
}

// close gives the idle connections back.
func (r *rest) close() { r.client.CloseIdleConnections() }

// do makes the request and decodes the answer into out, unless that is nil. An
// error is chat.ErrUnreachable, chat.ErrGone or *chat.RetryAfter where it means
// that, and never holds a token or what anybody wrote.
func (r *rest) do(ctx context.Context, c call, out any) error {
	method, path, err := c.address()
	if err != nil {
		return fmt.Errorf("discord: %s: %w", c.name, err)
	}
	content, body, err := encode(c)
	if err != nil {
		return fmt.Errorf("discord: %s: encode: %w", c.name, err)
	}
	bucket, err := r.enter(c)
	if err != nil {
		return fmt.Errorf("discord: %s: %w", c.name, err)
	}
	reply, err := r.session.RequestWithLockedBucket(method, r.base.String()+path, content, body, bucket, 0,
		discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	if err != nil {
		return fmt.Errorf("discord: %s: %w", c.name, meaning(err))
	}
	if out == nil {
		return nil
	}
	one, ok := out.(interface{ named() bool })
	if err := json.Unmarshal(reply, out); err != nil || ok && !one.named() {
		return fmt.Errorf("discord: %s: the answer is not understood", c.name) // the error would cite it
	}
	return nil
}

// enter takes a place in the bucket of the request, or says how long it is
// closed: the library would sleep. The library keeps every bucket for ever, so
// an interaction, which has a bucket of its own for fifteen minutes, gets one
// that is thrown away.
func (r *rest) enter(c call) (*discordgo.Bucket, error) {
	limiter := r.session.Ratelimiter
	if c.token != "" {
		limiter = discordgo.NewRatelimiter()
	}
	bucket := limiter.GetBucket(c.bucket())
	bucket.Lock()
	if wait := limiter.GetWaitTime(bucket, 1); wait > 0 {
		bucket.Unlock()
		return nil, desk.Pause(wait)
	}
	bucket.Remaining--
	return bucket, nil
}

// encode is the media type and the bytes of a request's body.
func encode(c call) (content string, body []byte, err error) {
	const media = "application/json"
	if c.body == nil {
		return media, nil, nil
	}
	if len(c.files) == 0 {
		body, err = json.Marshal(c.body)
		return media, body, err
	}
	files := make([]*discordgo.File, len(c.files))
	for i, file := range c.files {
		files[i] = &discordgo.File{Name: plain(chat.ShownLine(file.Name), maxFilename), ContentType: file.Type, Reader: bytes.NewReader(file.Data)}
	}
	return discordgo.MultipartBodyWithJSON(c.body, files) //nolint:wrapcheck // do wraps it
}

// apiError is a refusal by Discord, by its number alone.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
type apiError struct{ status, code int }

func (e *apiError) Error() string {
	return fmt.Sprintf("refused with status %d, code %d", e.status, e.code)
}

// Is says what the core acts on.
func (e *apiError) Is(target error) bool {
	switch e.code {
	case 10013, 50007, 50278: // unknown user; takes no direct messages; no guild in common
		return target == chat.ErrUnreachable
	case 10003, 10004, 10008, 10015, 10062, 50001, 50027: // unknown channel, guild, message, webhook, interaction; no access; token over
		return target == chat.ErrGone
	}
	return false
}

// The codes that are told apart elsewhere.
const (
	codeUnknownChannel     = 10003
	codeUnknownInteraction = 10062
	codeAcknowledged       = 40060
	codeDirectTooFast      = 40003
	codeThreadExists       = 160004
)

// refusedWith reports whether Discord refused with a code.
func refusedWith(err error, code int) bool {
	var refusal *apiError
	return errors.As(err, &refusal) && refusal.code == code
}

// directPause is how long to leave people alone who are written to too fast.
const directPause = time.Minute

// meaning turns an error of the library into one of ours.
func meaning(err error) error {
	var limited *discordgo.RateLimitError
	var refusal *discordgo.RESTError
	switch {
	case errors.As(err, &limited):
		return desk.Pause(limited.RetryAfter)
	case !errors.As(err, &refusal):
		return desk.Failure(err)
	}
	e := &apiError{status: refusal.Response.StatusCode}
	if refusal.Message != nil {
		e.code = refusal.Message.Code
	}
	if e.code == codeDirectTooFast {
		return desk.Pause(directPause)
	}
	return e
}

package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// message is what is read of a message that was sent.
type message struct {
	object
	ChannelID string          `json:"channel_id"`
	Author    *discordgo.User `json:"author"`
	Nonce     any             `json:"nonce"`
	Embeds    []struct {
		Color int `json:"color"`
	} `json:"embeds"`
}

// Answer answers an event: an interaction by its token, a line in the
// conversation in which it was typed. ErrGone means that the interaction is
// over, or never was acknowledged.
func (a *Adapter) Answer(ctx context.Context, id string, e chat.Event, show chat.Show, m chat.Message) (chat.Posted, error) {
	h := desk.FromToken[handle](e.Handle.Token)
	switch {
	case h == (handle{}) && e.From.User == "":
		return chat.Posted{}, fmt.Errorf("discord: answer a happening: %w", chat.ErrUnreachable)
	case h == (handle{}):
		return chat.Posted{}, fmt.Errorf("discord: answer: %w", chat.ErrGone)
	case h.Channel != "":
		return a.create(ctx, "answer a line", "", h.Channel, id, render(id, m, false), m.Attachments)
	case e.Handle.Over(a.desk.Now()):
		return chat.Posted{}, fmt.Errorf("discord: answer: %w", chat.ErrGone)
	}
	if err := a.desk.Answerable(ctx, e.ID); err != nil {
		return chat.Posted{}, fmt.Errorf("discord: answer: %w", err)
	}
	b := render(id, m, show == chat.ShowPublic)
	want, had := openingFor(e, show), h.Opening
	if want == had || want == openInPlace {
		return a.answered(ctx, e, h.call("answer", "PATCH "+original, b, m.Attachments))
	}
	if had != openInPlace {
		// A promise of another visibility stands there; the next answer would inherit it.
		if err := a.rest.do(ctx, h.call("withdraw", "DELETE "+original, nil, nil), nil); err != nil && !errors.Is(err, chat.ErrGone) {
			return chat.Posted{}, err
		}
	}
	if want == openPrivate {
		b.Flags = discordgo.MessageFlagsEphemeral
	}
	return a.answered(ctx, e, h.call("follow up", "POST "+webhook+"?wait=true", b, m.Attachments))
}

// The paths of answers by an interaction's token.
const (
	webhook  = "/webhooks/{}/{token}"
	original = webhook + "/messages/@original"
)

// call is a request by the interaction's token.
func (h handle) call(name, to string, body any, files []chat.Attachment) call {
	return call{name: name, to: to, ids: []string{h.Application}, token: h.Token, body: body, files: files}
}

func (a *Adapter) answered(ctx context.Context, e chat.Event, c call) (chat.Posted, error) {
	var sent message
	if err := a.rest.do(ctx, c, &sent); err != nil {
		return chat.Posted{}, err
	}
	return posted(e.In.Home.ID, sent.ChannelID, sent.ID), nil
}

// withdraw takes back the promise of an answer to an event that gets none.
func (a *Adapter) withdraw(ctx context.Context, e chat.Event) {
	h := desk.FromToken[handle](e.Handle.Token)
	if h == (handle{}) || h.Opening == openInPlace {
		return
	}
	if err := a.rest.do(ctx, h.call("withdraw", "DELETE "+original, nil, nil), nil); err != nil {
		a.desk.Log.Warn().Err(err).Str("event", e.ID).Msg("promise of an answer not withdrawn")
	}
}

// Post says something in a channel.
func (a *Adapter) Post(ctx context.Context, id string, in chat.Place, m chat.Message) (chat.Posted, error) {
	return a.create(ctx, "post", in.Home.ID, in.Channel, id, render(id, m, true), m.Attachments)
}

// Thread says something in the thread of a post, which the first such message
// begins. A direct conversation has no threads: there it is a reply.
func (a *Adapter) Thread(ctx context.Context, id string, under chat.Posted, m chat.Message) (chat.Posted, error) {
	channel, message := under.Address()
	b := render(id, m, true)
	if under.Place.Direct() {
		b.Reference = &discordgo.MessageReference{MessageID: message}
		return a.create(ctx, "reply", "", channel, id, b, m.Attachments)
	}
	const week = 7 * 24 * 60 // minutes of silence until it is archived
	err := a.rest.do(ctx, call{
		name: "begin a thread", to: "POST /channels/{}/messages/{}/threads", ids: []string{channel, message},
		body: map[string]any{"name": threadName(m), "auto_archive_duration": week},
	}, nil)
	if err != nil && !refusedWith(err, codeThreadExists) {
		return chat.Posted{}, err
	}
	// The thread of a message has the message's id.
	return a.create(ctx, "post in a thread", under.Place.Home.ID, message, id, b, m.Attachments)
}

func threadName(m chat.Message) string {
	return cmp.Or(plain(chat.ShownLine(m.Title), maxThreadName), "Replies")
}

// Direct says something to one account.
func (a *Adapter) Direct(ctx context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	channel, err := a.conversation(ctx, to)
	if err != nil {
		return chat.Posted{}, err
	}
	return a.create(ctx, "write directly", "", channel, id, render(id, m, false), m.Attachments)
}

// conversation is the channel of the direct conversation with an account.
func (a *Adapter) conversation(ctx context.Context, with chat.Account) (string, error) {
	if !snowflake(with.User) {
		return "", fmt.Errorf("discord: open a conversation: no user: %w", chat.ErrUnreachable)
	}
	var channel object
	err := a.rest.do(ctx, call{name: "open a conversation", to: "POST /users/@me/channels", body: map[string]string{"recipient_id": with.User}}, &channel)
	return channel.ID, err
}

// create sends a message to a channel. Within some minutes the same id arrives
// once, however often it is sent.
// https://discord.com/developers/docs/resources/message#create-message
func (a *Adapter) create(ctx context.Context, name, guild, channel, id string, b body, files []chat.Attachment) (chat.Posted, error) {
	b.Nonce, b.EnforceNonce = nonce(id), true
	var sent message
	err := a.rest.do(ctx, call{name: name, to: "POST /channels/{}/messages", ids: []string{channel}, body: b, files: files}, &sent)
	if err != nil {
		return chat.Posted{}, err
	}
	return posted(guild, channel, sent.ID), nil
}

// Edit replaces a message of the bot's own.
func (a *Adapter) Edit(ctx context.Context, id string, at chat.Posted, m chat.Message) (chat.Posted, error) {
	channel, message := at.Address()
	err := a.rest.do(ctx, call{
		name: "edit", to: "PATCH /channels/{}/messages/{}", ids: []string{channel, message}, body: render(id, m, !at.Place.Direct()), files: m.Attachments,
	}, nil)
	return at, err
}

// Profile tells the name; Discord tells nobody's zone.
func (a *Adapter) Profile(ctx context.Context, who chat.Account) (chat.Profile, error) {
	var u discordgo.User
	err := a.rest.do(ctx, call{name: "read a profile", to: "GET /users/{}", ids: []string{who.User}}, &u)
	return chat.Profile{Name: u.DisplayName()}, err
}

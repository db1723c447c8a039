package slack

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// Answer answers an event the way it came: by its response_url what only the
// person sees in a channel, by a message what belongs into the direct
// conversation, and in place what the pressed control stands on.
func (a *Adapter) Answer(ctx context.Context, id string, e chat.Event, show chat.Show, m chat.Message) (chat.Posted, error) {
	if err := a.desk.Answerable(ctx, e.ID); err != nil {
		return chat.Posted{}, err
	}
	return a.say(e.In.Home.ID, chat.ErrGone, "answer "+e.ID, m, func(w *workspace) (chat.Posted, error) {
		by := reply{workspace: w, id: id, event: e, way: desk.FromToken[way](e.Handle.Token), message: m}
		switch show {
		case chat.ShowInPlace:
			return by.inPlace(ctx)
		case chat.ShowPrivate:
			return by.private(ctx)
		case chat.ShowPublic:
			return by.public(ctx)
		case chat.ShowForm, chat.ShowNothing:
		}
		return chat.Posted{}, fmt.Errorf("a message cannot be shown as %q", show)
	})
}

// reply is one answer on its way.
type reply struct {
	*workspace
	id      string
	event   chat.Event
	way     way
	message chat.Message
}

// inPlace changes the message that carries the control; where there is none,
// only the person sees the answer.
func (r reply) inPlace(ctx context.Context) (chat.Posted, error) {
	if r.way.Message == "" {
		return r.private(ctx)
	}
	if err := r.shareBeside(ctx); err != nil {
		return chat.Posted{}, err
	}
	if r.way.Ephemeral {
		return r.respond(ctx, slack.ResponseTypeEphemeral, true)
	}
	posted, err := r.edit(ctx, r.id, r.way.Channel, r.way.Message, r.message)
	if errors.Is(err, chat.ErrGone) {
		r.message.Attachments = nil // they are there
		return r.private(ctx)
	}
	return posted, err
}

// private is a message in the direct conversation, where it stays, if the
// event came from there; else what only the person sees in the channel. People
// of other organisations have no direct conversation with this bot.
func (r reply) private(ctx context.Context) (chat.Posted, error) {
	user := r.event.From.User
	respond := r.way.URL != "" && (r.way.Ephemeral || !r.event.In.Direct() || r.event.From.Team != r.event.In.Home.ID)
	switch {
	case user == "":
		return chat.Posted{}, fmt.Errorf("nobody asked: %w", chat.ErrUnreachable)
	case !respond && r.event.In.Direct():
		return r.direct(ctx, r.id, user, r.message, r.inLine)
	}
	if err := r.shareBeside(ctx); err != nil {
		return chat.Posted{}, err
	}
	if respond {
		return r.respond(ctx, slack.ResponseTypeEphemeral, false)
	}
	return r.ephemeral(ctx, r.id, r.event.In.Channel, user, r.message)
}

// public is for all in the channel. Where the bot is no member it can speak
// only by the response_url.
func (r reply) public(ctx context.Context) (chat.Posted, error) {
	if r.event.In.Direct() {
		return r.private(ctx)
	}
	posted, err := r.post(ctx, r.id, r.event.In.Channel, "", r.message, r.inLine)
	if errors.Is(err, chat.ErrGone) && r.way.URL != "" {
		return r.respond(ctx, slack.ResponseTypeInChannel, false)
	}
	return posted, err
}

// respond uses the response_url: at most five times within half an hour.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
func (r reply) respond(ctx context.Context, kind string, replace bool) (chat.Posted, error) {
	a := r.adapter
	switch {
	case !a.trusted(r.way.URL):
		return chat.Posted{}, fmt.Errorf("its address is not Slack's: %w", chat.ErrGone)
	case r.event.Handle.Over(a.desk.Now()):
		return chat.Posted{}, fmt.Errorf("its handle: %w", chat.ErrGone)
	}
	m, no := r.message.Shown(), false
	err := slack.PostWebhookCustomHTTPContext(ctx, r.way.URL, &a.http.Client, &slack.WebhookMessage{
		Text: fallback(m), Blocks: &slack.Blocks{BlockSet: messageBlocks(m, r.state().team)},
		ResponseType: kind, ReplaceOriginal: replace, UnfurlLinks: &no, UnfurlMedia: &no,
	})
	return chat.Posted{Place: r.event.In}, responseFailure(err)
}

// shareBeside sends an answer's files to the person directly, with a word on
// what they belong to: what replaces a message, or is shown to one person in a
// channel, cannot carry any. People of another organisation get them in their
// own workspace; where the bot is not there, they get the answer alone.
func (r reply) shareBeside(ctx context.Context) error {
	if len(r.message.Attachments) == 0 {
		return nil
	}
	beside, err := r.adapter.in(r.event.From.Team, nil)
	if beside == nil {
		return err
	}
	channel, err := beside.conversation(ctx, r.event.From.User)
	if err != nil {
		return err
	}
	m := r.message.Clip()
	about := append(m.Body[:len(m.Body):len(m.Body)], chat.T(m.Title))[0]
	return beside.share(ctx, channel, "", m.Attachments, append(chat.T("This goes with: "), about...))
}

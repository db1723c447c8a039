package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
)

// metadataType names the metadata in which every message carries its
// delivery's id, so that Find can ask for it.
// https://docs.slack.dev/messaging/message-metadata
const metadataType = "interlab_delivery"

// within has something done in the workspace of a team. The error says what, and is
// missing where that workspace is none of ours.
func within[T any](a *Adapter, team string, missing error, what string, do func(*workspace) (T, error)) (T, error) {
	var out, none T
	w, err := a.in(team, missing)
	if err == nil {
		out, err = do(w)
	}
	if err != nil {
		return none, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}

// say has a message said in the workspace of a team, if it can be said at all.
func (a *Adapter) say(team string, missing error, what string, m chat.Message, do func(*workspace) (chat.Posted, error)) (chat.Posted, error) {
	if err := m.Validate(); err != nil {
		return chat.Posted{}, fmt.Errorf("%s: the message is not valid: %w", what, err)
	}
	return within(a, team, missing, what, do)
}

// Post says something in a channel.
func (a *Adapter) Post(ctx context.Context, id string, in chat.Place, m chat.Message) (chat.Posted, error) {
	return a.say(in.Home.ID, chat.ErrGone, "post "+id+" in "+in.Home.String(), m, func(w *workspace) (chat.Posted, error) {
		if in.Direct() {
			return chat.Posted{}, errors.New("no channel is named")
		}
		return w.post(ctx, id, in.Channel, "", m, w.putOff)
	})
}

// Thread says something below a post.
func (a *Adapter) Thread(ctx context.Context, id string, under chat.Posted, m chat.Message) (chat.Posted, error) {
	return a.say(under.Place.Home.ID, chat.ErrGone, "thread "+id+" in "+under.Place.Home.String(), m, func(w *workspace) (chat.Posted, error) {
		channel, ts := under.Address()
		return w.post(ctx, id, channel, ts, m, w.putOff)
	})
}

// Direct says something to one account, in the workspace that it belongs to.
func (a *Adapter) Direct(ctx context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	return a.say(to.Team, chat.ErrUnreachable, "direct "+id+" to "+to.String(), m, func(w *workspace) (chat.Posted, error) {
		return w.direct(ctx, id, to.User, m, w.putOff)
	})
}

// Edit replaces a message. Files that came with it stay as they are.
func (a *Adapter) Edit(ctx context.Context, id string, at chat.Posted, m chat.Message) (chat.Posted, error) {
	return a.say(at.Place.Home.ID, chat.ErrGone, "edit "+id+" in "+at.Place.Home.String(), m, func(w *workspace) (chat.Posted, error) {
		channel, ts := at.Address()
		return w.edit(ctx, id, channel, ts, m)
	})
}

// Profile tells the name that people see and the IANA zone that the person has
// set. The zone is empty for bots, and for some people of other organisations.
func (a *Adapter) Profile(ctx context.Context, who chat.Account) (chat.Profile, error) {
	return within(a, who.Team, chat.ErrUnreachable, "profile of "+who.String(), func(w *workspace) (chat.Profile, error) {
		return w.profile(ctx, who)
	})
}

func (w *workspace) profile(ctx context.Context, who chat.Account) (chat.Profile, error) {
	user, err := w.api.GetUserInfoContext(ctx, who.User)
	if err != nil {
		return chat.Profile{}, failure(err, chat.ErrUnreachable)
	}
	out := chat.Profile{Zone: user.TZ, Guest: user.IsRestricted || user.IsUltraRestricted || user.IsStranger || user.IsBot}
	for _, name := range []string{user.Profile.RealName, user.RealName, user.Profile.DisplayName, user.Name} {
		if out.Name = chat.CleanLine(name); out.Name != "" {
			break
		}
	}
	return out, nil
}

// direct opens the direct conversation with a user and posts there.
func (w *workspace) direct(ctx context.Context, id, user string, m chat.Message, when turn) (chat.Posted, error) {
	channel, err := w.conversation(ctx, user)
	if err != nil {
		return chat.Posted{}, err
	}
	posted, err := w.post(ctx, id, channel, "", m, when)
	if errors.Is(err, chat.ErrGone) {
		w.doors.Delete(user) // the next try asks for the conversation anew
		return posted, errors.Join(err, chat.ErrUnreachable)
	}
	return posted, err
}

// conversation is the direct conversation of the bot with a user.
func (w *workspace) conversation(ctx context.Context, user string) (string, error) {
	if user == "" {
		return "", fmt.Errorf("nobody: %w", chat.ErrUnreachable)
	}
	if known, ok := w.doors.Load(user); ok {
		return known.(string), nil //nolint:forcetypeassert,errcheck // only this function stores, and only strings
	}
	channel, _, _, err := w.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
	if err != nil {
		return "", fmt.Errorf("open the conversation: %w", failure(err, chat.ErrUnreachable))
	}
	if channel == nil || channel.ID == "" {
		return "", errors.New("open the conversation: the answer names none")
	}
	w.doors.Store(user, channel.ID)
	return channel.ID, nil
}

// post sends a message to a channel, with its files in front: what is lost
// between the two is then said again, and no file is forgotten.
func (w *workspace) post(ctx context.Context, id, channel, thread string, m chat.Message, when turn) (chat.Posted, error) {
	if err := when(ctx, channel); err != nil {
		return chat.Posted{}, err
	}
	if err := w.share(ctx, channel, thread, m.Attachments, nil); err != nil {
		return chat.Posted{}, err
	}
	options := w.content(id, m)
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	at, ts, err := w.api.PostMessageContext(ctx, channel, options...)
	if err == nil && ts == "" {
		return chat.Posted{}, errors.New("the answer has no timestamp")
	}
	return landed(w.home(), cmp.Or(at, channel), ts), failure(err, chat.ErrGone)
}

// edit replaces what stands at a timestamp.
func (w *workspace) edit(ctx context.Context, id, channel, ts string, m chat.Message) (chat.Posted, error) {
	_, _, _, err := w.api.UpdateMessageContext(ctx, channel, ts, w.content(id, m)...)
	return landed(w.home(), channel, ts), failure(err, chat.ErrGone)
}

// ephemeral shows a message in a channel to one user alone. It cannot be
// changed later, so it has no place.
func (w *workspace) ephemeral(ctx context.Context, id, channel, user string, m chat.Message) (chat.Posted, error) {
	_, err := w.api.PostEphemeralContext(ctx, channel, user, w.content(id, m)...)
	return chat.Posted{Place: chat.Place{Home: w.home(), Channel: channel}}, failure(err, chat.ErrGone)
}

// content is what every message of the bot has: blocks, the escaped text for
// notifications, the delivery's id, and no previews of links.
func (w *workspace) content(id string, m chat.Message) []slack.MsgOption {
	m = m.Clip()
	return []slack.MsgOption{
		slack.MsgOptionText(fallback(m), false),
		slack.MsgOptionBlocks(messageBlocks(m, w.state().team)...),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType, EventPayload: map[string]any{"id": id}}),
		slack.MsgOptionDisableMarkdown(),
		slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(),
	}
}

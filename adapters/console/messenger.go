package console

import (
	"context"
	"fmt"
	"time"

	"interlab/bot/chat"
)

// Answer shows the answer to an event. In place changes the message that
// carried the control; where there is none that the person sees, and for
// private, only the person sees the answer.
func (c *Console) Answer(ctx context.Context, id string, e chat.Event, show chat.Show, m chat.Message) (chat.Posted, error) {
	s, err := c.prepare(ctx, "answer", id, m)
	if err != nil {
		return chat.Posted{}, err
	}
	if !e.Handle.Expires.IsZero() && s.at.After(e.Handle.Expires) {
		return chat.Posted{}, fmt.Errorf("answer event %s: its handle: %w", e.ID, chat.ErrGone)
	}
	s.to, s.posted.Place = chat.Recipient{Account: e.From}, e.In
	switch show {
	case chat.ShowInPlace:
		if number := c.carrier(e); number > 0 {
			s.kind = "in place"
			return c.screen.change(number, s), nil
		}
		s.kind = "private"
	case chat.ShowPrivate:
		s.kind = "private"
	case chat.ShowPublic:
		s.kind = "direct"
		if !e.In.Direct() {
			s.to, s.kind = chat.Recipient{Place: e.In}, "public #"+e.In.Channel
		}
	default:
		return chat.Posted{}, c.fault("answer event %s: a message cannot be shown as %q", e.ID, show)
	}
	return c.screen.add(s), nil
}

// Post shows a message to everybody in the channel's home. ErrGone means that
// the channel is gone or the bot was removed.
func (c *Console) Post(ctx context.Context, id string, in chat.Place, m chat.Message) (chat.Posted, error) {
	s, err := c.prepare(ctx, "post", id, m)
	switch {
	case err != nil:
		return chat.Posted{}, err
	case in.Direct():
		return chat.Posted{}, c.fault("post %s: %s has no channel", id, in.Home)
	case c.screen.isGone(in):
		return chat.Posted{}, fmt.Errorf("post in %s #%s: %w", in.Home, in.Channel, chat.ErrGone)
	}
	s.to, s.posted.Place, s.kind = chat.Recipient{Place: in}, in, "public #"+in.Channel
	return c.screen.add(s), nil
}

// Thread shows a message below another, to whoever sees that one.
func (c *Console) Thread(ctx context.Context, id string, under chat.Posted, m chat.Message) (chat.Posted, error) {
	s, err := c.prepare(ctx, "thread", id, m)
	if err != nil {
		return chat.Posted{}, err
	}
	number, to := c.screen.posted(under)
	if number == 0 || c.screen.isGone(under.Place) {
		return chat.Posted{}, fmt.Errorf("thread under %s: %w", under.Message, chat.ErrGone)
	}
	s.to, s.posted.Place, s.kind = to, under.Place, fmt.Sprintf("thread under %d", number)
	return c.screen.add(s), nil
}

// Direct shows a message to one account, also where nobody has been named who
// has it. ErrUnreachable means that the bot was removed from all homes of the
// people who have.
func (c *Console) Direct(ctx context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	s, err := c.prepare(ctx, "direct", id, m)
	if err != nil {
		return chat.Posted{}, err
	}
	home, ok := c.screen.reach(to)
	if !ok {
		return chat.Posted{}, fmt.Errorf("direct to %s: %w", to, chat.ErrUnreachable)
	}
	s.to, s.posted.Place, s.kind = chat.Recipient{Account: to}, chat.Place{Home: home}, "direct"
	return c.screen.add(s), nil
}

// Edit shows a message anew under its number. ErrGone means that the console
// never showed it, or that its channel is gone.
func (c *Console) Edit(ctx context.Context, id string, at chat.Posted, m chat.Message) (chat.Posted, error) {
	s, err := c.prepare(ctx, "edit", id, m)
	if err != nil {
		return chat.Posted{}, err
	}
	number, _ := c.screen.posted(at)
	if number == 0 || c.screen.isGone(at.Place) {
		return chat.Posted{}, fmt.Errorf("edit %s: %w", at.Message, chat.ErrGone)
	}
	s.kind = "changed"
	return c.screen.change(number, s), nil
}

// Find looks for a delivery among everything that was shown.
func (c *Console) Find(ctx context.Context, id string, to chat.Recipient, since time.Time) (chat.Posted, bool, error) {
	if err := ctx.Err(); err != nil {
		return chat.Posted{}, false, err
	}
	at, ok := c.screen.find(func(s send) bool {
		there := s.to.Account == to.Account
		if to.Account.IsZero() {
			there = s.posted.Place == to.Place
		}
		return s.id == id && there && !s.at.Before(since)
	})
	return at, ok, nil
}

// Profile tells the user's id with a capital as the name, and no zone.
func (c *Console) Profile(ctx context.Context, who chat.Account) (chat.Profile, error) {
	return chat.Profile{Name: capital(who.User)}, ctx.Err()
}

// prepare refuses a malformed message as a platform would, and clips it.
func (c *Console) prepare(ctx context.Context, what, id string, m chat.Message) (send, error) {
	if err := ctx.Err(); err != nil {
		return send{}, err
	}
	if err := m.Validate(); err != nil {
		return send{}, c.fault("%s %s: the message %q is not valid: %w", what, id, m.Title, err)
	}
	return send{id: id, at: c.world.Now(), m: m.Clip()}, nil
}

// carrier is the number of the message whose control led to an event, if the
// person sees it; otherwise 0.
func (c *Console) carrier(e chat.Event) int {
	var at chat.Posted
	switch input := e.Input.(type) {
	case chat.Press:
		at = input.On
	case chat.Submission:
		at = input.On
	}
	number, to := c.screen.posted(at)
	if to.Account.IsZero() && to.Place.Home == e.In.Home || to.Account == e.From {
		return number
	}
	return 0
}

// fault is an error that also fails the statement that is played.
func (c *Console) fault(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	c.screen.fault(err)
	return err
}

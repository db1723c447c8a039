package console

import (
	"context"
	"fmt"

	"interlab/bot/chat"
)

// Platform is the console as the messenger of a platform on which homes have no
// calendars.
func (c *Console) Platform() chat.Messenger { return struct{ chat.Messenger }{c} }

// Schedule shows everybody in a home what stands in its calendar now. What is
// sent twice stands there once. ErrGone means that its post's channel is gone.
func (c *Console) Schedule(ctx context.Context, id string, at chat.Posted, o chat.Occasion) (chat.Posted, error) {
	s, err := c.prepare(ctx, "schedule", id, o.Message())
	switch {
	case err != nil:
		return chat.Posted{}, err
	case c.screen.isGone(o.Post.Place):
		return chat.Posted{}, fmt.Errorf("schedule in %s: %w", o.Post.Place.Home, chat.ErrGone)
	}
	if at == (chat.Posted{}) {
		at, _ = c.screen.find(func(before send) bool { return before.occasion == o.Post })
	}
	return c.inCalendar(s, at, o), nil
}

// ShowOccasion is the same for what arrived in a calendar behind a stage door.
func (c *Console) ShowOccasion(at chat.Posted, o chat.Occasion) chat.Posted {
	return c.inCalendar(send{at: c.world.Now(), m: o.Message()}, at, o)
}

func (c *Console) inCalendar(s send, at chat.Posted, o chat.Occasion) chat.Posted {
	s.kind, s.occasion = "calendar", o.Post
	if number, _ := c.screen.posted(at); number > 0 {
		s.kind = "calendar changed"
		return c.screen.change(number, s)
	}
	s.to, s.posted.Place = chat.Recipient{Place: o.Post.Place}, o.Post.Place
	return c.screen.add(s)
}

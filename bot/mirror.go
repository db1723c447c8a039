package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

// Where a home has a calendar of its own, a talk stands in it, too, from when
// its card has landed there. Each change edits it; what a home takes out of its
// calendar does not come back.

// noticeSchedule brings a talk into a home's calendar, or into step there. The
// number behind it is the edition that was to be shown.
const noticeSchedule = "schedule"

// overCalendars are the calendars in which a colloquium stands.
const overCalendars Audience = "calendars"

// Mirror is a colloquium in a home's calendar.
type Mirror struct {
	At   chat.Posted `json:"at"`
	Post chat.Posted `json:"post"` // the card that it leads to
}

// keepsCalendar reports whether homes of a platform have calendars.
func (a *App) keepsCalendar(p chat.Platform) bool {
	messenger, ok := a.messenger(p)
	if !ok {
		return false
	}
	_, ok = messenger.(chat.Scheduler)
	return ok
}

// mirror plans what follows for a home's calendar from a delivery that arrived.
func (a *App) mirror(tx *Tx, d *Delivery) error {
	if d.Subject.Kind != KindColloquium || d.Notice != noticeAnnounce && d.Beside == (chat.Posted{}) {
		return nil
	}
	c, err := load[*Colloquium](tx, KindColloquium, d.Subject.ID)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	switch {
	case d.Notice == noticeAnnounce:
		if a.keepsCalendar(d.Posted.Place.Home.Platform) && slices.Contains(c.Posts, d.Posted) {
			a.schedule(tx, c, Mirror{Post: d.Posted})
		}
	case d.Edit == chat.Posted{}:
		m := Mirror{At: d.Posted, Post: d.Beside}
		c.Mirrors = append(c.Mirrors, m)
		tx.put(c)
		if numberOf(d.Notice) != c.Edition {
			a.schedule(tx, c, m) // it changed on the way
		}
	}
	return nil
}

// remirror has the calendars show the talk as it is now.
func (c *Colloquium) remirror(now time.Time) {
	if len(c.Mirrors) > 0 {
		c.fan(Fan{Over: overCalendars, Notice: noticeSchedule, At: now, Until: c.Start})
	}
}

// schedule plans that a home's calendar shows the colloquium as it is now.
func (a *App) schedule(tx *Tx, c *Colloquium, m Mirror) {
	a.say(tx, Delivery{
		Edit: m.At, Beside: m.Post, Notice: fmt.Sprintf("%s.%d", noticeSchedule, c.Edition), Subject: c.Ref(), Until: c.Start,
	})
}

// spreadMirrors plans the edits of a page of calendars.
func (a *App) spreadMirrors(tx *Tx, c *Colloquium, f *Fan) (last bool) {
	end := min(f.Next+fanPage, len(c.Mirrors))
	for _, m := range c.Mirrors[f.Next:end] {
		a.schedule(tx, c, m)
	}
	f.Next = end
	return end == len(c.Mirrors)
}

// occasion is the colloquium as a calendar shows it now; errMoot where it has
// begun, or where what is no more was never shown.
func (a *App) occasion(tx *Tx, d *Delivery) (*chat.Occasion, error) {
	c, err := load[*Colloquium](tx, KindColloquium, d.Subject.ID)
	if err != nil {
		return nil, err
	}
	cancelled := c.State == Cancelled
	if c.begun(tx.now) || cancelled && d.Edit == (chat.Posted{}) {
		return nil, errMoot
	}
	lab, err := a.lab(tx, c.Lab)
	if err != nil {
		return nil, err
	}
	o := chat.Occasion{
		Title: c.Title, Start: c.Start, End: c.end(), Where: placeLinks(c, viewer{}, tx.now).Plain(), Post: d.Beside, Cancelled: cancelled,
		About: []chat.Text{chat.T(c.Speaker, " speaks. ", lab, " hosts it, and it is open to everybody.")},
	}
	if c.Abstract != "" {
		o.About = append(o.About, chat.T(c.Abstract))
	}
	return &o, nil
}

// intoCalendar hands an occasion to its platform.
func (a *App) intoCalendar(ctx context.Context, messenger chat.Messenger, out *outgoing) (chat.Posted, error) {
	scheduler, ok := messenger.(chat.Scheduler)
	if !ok {
		return chat.Posted{}, fmt.Errorf("schedule in %s: no calendar: %w", out.delivery.place().Home, chat.ErrGone)
	}
	return scheduler.Schedule(ctx, out.delivery.ID, out.delivery.Edit, *out.occasion)
}

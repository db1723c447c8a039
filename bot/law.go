package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// What is kept of a time is what clocks on the wall show; the instant beside it
// follows by zone data of some release. When a country changes its clocks, newer
// zone data give another instant: everything to come is moved there, and those
// concerned are told.

// civil is a document with a time to come that follows from a wall time.
type civil interface {
	Document
	// civil is that time, with the release of the zone data that its instant
	// follows; the zero Wall if there is none to come.
	civil(now time.Time) (w calendar.Wall, start time.Time, rules string)
}

func (c *Colloquium) civil(now time.Time) (calendar.Wall, time.Time, string) {
	if c.State != Announced && c.State != Proposed || c.begun(now) {
		return calendar.Wall{}, time.Time{}, ""
	}
	return c.Wall, c.Start, c.Rules
}

func (m *Match) civil(now time.Time) (calendar.Wall, time.Time, string) {
	if !isMeeting(m) || !m.Meeting.Start.After(now) {
		return calendar.Wall{}, time.Time{}, ""
	}
	return m.Meeting.Wall, m.Meeting.Start, m.Meeting.Rules
}

// astray is where the time of a document belongs by these zone data, if that is
// another instant than the one it has. Older zone data than those that were used
// move nothing: while a new release is rolled out, two replicas would else move
// everything to and fro.
func (a *App) astray(doc Document, now time.Time) (calendar.Moment, bool) {
	d, ok := doc.(civil)
	if !ok {
		return calendar.Moment{}, false
	}
	w, start, rules := d.civil(now)
	if w.IsZero() || a.zones.OlderThan(rules) {
		return calendar.Moment{}, false
	}
	m := a.zones.Moment(w)
	return m, !m.Instant.Equal(start)
}

// obey moves the documents of these records whose times are astray, one commit each.
func (a *App) obey(ctx context.Context, records []Record) error {
	now := a.clock.Now()
	for _, r := range records {
		doc, err := decode(r)
		if err != nil {
			return err
		}
		if _, is := a.astray(doc, now); !is && len(a.strayTimes(doc, now)) == 0 {
			continue
		}
		// The operation is the same for all replicas that notice the same change.
		op := fmt.Sprintf("law.%s.%s.%d", a.zones.Digest(), r.Ref, r.Version)
		_, err = a.update(ctx, change{op: op, verb: "law"}, func(tx *Tx) (chat.Message, error) {
			return chat.Message{Title: "-"}, a.obeyOne(tx, r.Ref)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *App) obeyOne(tx *Tx, ref Ref) error {
	doc, err := load[Document](tx, ref.Kind, ref.ID)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if p, ok := doc.(*Poll); ok {
		return a.moveTimes(tx, p)
	}
	moment, is := a.astray(doc, tx.now)
	if !is {
		return nil
	}
	tx.put(doc)
	switch d := doc.(type) {
	case *Colloquium:
		if d.State == Proposed {
			d.Start, d.Rules = moment.Instant, moment.Rules // nobody was told of a time yet
			return nil
		}
		d.retime(moment, d.Length, tx.now)
		d.Law = d.Sequence
		return a.tellHosts(tx, d, joinID(noticeLaw, d.Sequence), earlier(d.Before, d.Start), "")
	case *Match:
		return a.moveMeeting(tx, d, moment)
	}
	return fmt.Errorf("law: a %s has no time", ref.Kind)
}

// moveMeeting moves an agreed meeting and tells both.
func (a *App) moveMeeting(tx *Tx, m *Match, moment calendar.Moment) error {
	m.Meeting.Before, m.Meeting.Start, m.Meeting.Rules = m.Meeting.Start, moment.Instant, moment.Rules
	m.Meeting.Agreed = tx.now // reminders whose time is over are not sent
	m.Meeting.Round++
	if m.Offer != nil {
		m.Offer.Round = max(m.Offer.Round, m.Meeting.Round) // later meetings keep their work apart, too
	}
	return a.eachOf(tx, m, func(p *Person) {
		a.tell(tx, p, Delivery{Notice: noticeLaw, Subject: m.Ref(), NotBefore: a.heard(p, tx.now, earlier(m.Meeting.Before, m.Meeting.Start)), Until: m.Meeting.Start})
	})
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// lawReason says why a talk is at another time without anybody having moved it.
// What the old time was by a reader's clocks is not said: by the old rules it was
// what it is now, or they were in another zone.
func (a *App) lawReason(c *Colloquium) chat.Text {
	return chat.T(lawText(c.Wall), " The talk stays at ", c.Wall.Clock.String(), " there. ", shiftText(c.Before, c.Start))
}

func lawText(w calendar.Wall) string {
	place := w.Zone.City()
	if place == "" {
		place = w.Zone.String()
	}
	return "The rules for clocks in " + place + " have changed."
}

// shiftText says how far an instant has moved.
func shiftText(before, after time.Time) string {
	return "In all other places it is " + shiftWords(before, after) + " than announced."
}

// shiftWords say it in two or three words.
func shiftWords(before, after time.Time) string {
	by, way := after.Sub(before), "later"
	if by < 0 {
		by, way = -by, "earlier"
	}
	much := counted(int(by.Minutes()), "minute", "minutes")
	if by%time.Hour == 0 {
		much = counted(int(by.Hours()), "hour", "hours")
	}
	return much + " " + way
}

// sayLaw says to one of two that a law moved their meeting.
func (a *App) sayLaw(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	if m.Meeting.Before.IsZero() || !m.Meeting.Start.After(tx.now) {
		return chat.Message{}, errMoot
	}
	return chat.Message{
		Title: "Your meeting with " + other.Name + " was moved",
		Body: []chat.Text{
			chat.T(lawText(m.Meeting.Wall), " The meeting stays at ", m.Meeting.Wall.Clock.String(), " there. ", shiftText(m.Meeting.Before, m.Meeting.Start)),
			chat.T("You meet on ", a.when(m.Meeting.Start, to), fmt.Sprintf(", for %d minutes. ", int(m.Meeting.Length.Minutes())),
				"For ", firstName(other.Name), " that is ", a.zones.FormatFull(m.Meeting.Start, other.zone()), "."),
		},
		Note: chat.T("If that does not suit you, call it off, and I look for other times."),
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Call it off", Ref: chat.Ref{Route: "match.off", ID: joinID(m.ID, m.Meeting.Round)}, Tone: chat.Danger})},
	}, nil
}

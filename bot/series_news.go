package bot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// overSeries are all who are on the list of one of several talks that changed
// together.
const overSeries Audience = "series"

// noticeSeries tells of several talks that changed together; the number behind
// it is the sequence of the first of them.
const noticeSeries = "together"

// FanPart is one of several talks that a fan is about.
type FanPart struct {
	ID   string    `json:"id"`
	Last int64     `json:"last"` // the last turn on its list that it concerns
	By   time.Time `json:"by"`   // people hear of it before then
}

// hush takes back the telling of people that the last change of a talk began, for
// a change that tells of several talks at once. It is false where nobody is told.
func (c *Colloquium) hush() (FanPart, bool) {
	last := len(c.Fans) - 1
	if last < 0 || c.Fans[last].N != c.Fanned || c.Fans[last].Over != overPeople {
		return FanPart{}, false
	}
	f := c.Fans[last]
	c.Fans = c.Fans[:last]
	return FanPart{ID: c.ID, Last: f.Last, By: f.By}, true
}

// tellTogether has a change of several talks, which was noted on each of them,
// told to each person once. The first of them keeps the cursor.
func tellTogether(talks []*Colloquium, now time.Time) {
	first := talks[0]
	f := Fan{Over: overSeries, Notice: togetherNotice(first), At: now}
	for _, c := range talks {
		c.Together = joinID(first.ID, first.Sequence)
		if part, told := c.hush(); told && part.Last > 0 {
			f.Parts, f.Until = append(f.Parts, part), later(f.Until, c.end())
		}
	}
	if len(f.Parts) > 0 {
		first.fan(f)
	}
}

// spreadSeries tells the next page of those who are on one of the lists.
func (a *App) spreadSeries(tx *Tx, first *Colloquium, f *Fan) (last bool, err error) {
	for f.Next < len(f.Parts) {
		part := f.Parts[f.Next]
		rsvps, next, err := page[*Rsvp](tx, Page{Index: rsvpsOf(part.ID), To: part.Last, After: f.After, Limit: fanPage})
		if err != nil {
			return false, err
		}
		if f.After = next; next == "" {
			f.Next++
		}
		if len(rsvps) > 0 {
			return f.Next >= len(f.Parts), a.tellSeries(tx, first, f, part, rsvps)
		}
	}
	return true, nil
}

// tellSeries tells each of a page who was not told for an earlier talk.
func (a *App) tellSeries(tx *Tx, first *Colloquium, f *Fan, part FanPart, rsvps []*Rsvp) error {
	wants := []Want{{Ref: Ref{KindColloquium, part.ID}}}
	for _, r := range rsvps {
		wants = append(wants, Want{Ref: Ref{KindPerson, r.Person}}, Want{Ref: Ref{KindDelivery, togetherID(first, f.Notice, r.Person)}})
	}
	if err := tx.prefetch(wants...); err != nil {
		return err
	}
	c, err := load[*Colloquium](tx, KindColloquium, part.ID)
	if err != nil {
		return ignoreMissing(err)
	}
	for _, r := range rsvps {
		p, err := load[*Person](tx, KindPerson, r.Person)
		if errors.Is(err, errNotFound) || !r.State.listed() {
			continue
		}
		if err != nil {
			return err
		}
		d := Delivery{ID: togetherID(first, f.Notice, p.ID), To: p.ID, Class: Promised, Progress: Planned, Notice: f.Notice, Subject: first.Ref(), Until: f.Until}
		_, err = load[*Delivery](tx, KindDelivery, d.ID)
		switch {
		case errors.Is(err, errNotFound):
			d.NotBefore = a.heard(p, tx.now, part.By)
			tx.put(&d)
		case err != nil:
			return err
		}
		if err := a.keepOfferShort(tx, c, r); err != nil {
			return err
		}
	}
	return nil
}

// togetherNotice is the notice of a change of several talks. Those on the lists and
// those who speak get the same one, and with that one delivery.
func togetherNotice(first *Colloquium) string { return joinID(noticeSeries, first.Sequence) }

// togetherID is the delivery of a change of several talks to one person, on
// however many of the lists they are.
func togetherID(first *Colloquium, notice, person string) string {
	sum := sha256.Sum256([]byte(first.ID + "\n" + notice + "\n" + person))
	return idText.EncodeToString(sum[:idBytes])
}

// maxDates is how many talks one notice names.
const maxDates = 20

// seriesNews is a change of several talks to somebody who is on the list of at
// least one of them. A talk that was changed again since is told of by itself.
func (a *App) seriesNews(tx *Tx, first *Colloquium, d *Delivery, to *Person) (chat.Message, error) {
	talks, comes, err := a.togetherFor(tx, first, numberOf(d.Notice), to)
	if err != nil {
		return chat.Message{}, err
	}
	if len(talks) == 0 {
		return chat.Message{}, errMoot
	}
	off := talks[0].State == Cancelled
	which := "You are on the list of " + counted(len(talks), "talk", "talks") + " of this series that "
	note := "You stay on each list as you were. The file replaces what you may have in your calendar."
	if len(comes) < len(talks) { // somebody who speaks, or who proposed one of them
		which = "You have a part in " + counted(len(talks), "talk", "talks") + " of this series that "
		note = "I tell everybody on the lists. The file replaces what you may have in your calendar."
	}
	m := chat.Message{
		Title:       "Moved: " + talks[0].Title,
		Body:        []chat.Text{chat.T(which + plural(len(talks), "takes", "take") + " place at another time now:")},
		Note:        chat.T(note),
		Attachments: []chat.Attachment{{Name: "colloquia.ics", Type: "text/calendar", Alt: "The talks as a calendar file", Data: a.togetherFile(talks, comes, to, tx.now)}},
	}
	if talks[0].Placed == talks[0].Sequence {
		m.Title = "Another place: " + talks[0].Title
		m.Body[0] = chat.T(which+plural(len(talks), "takes", "take")+" place elsewhere now: ", placeLinks(talks[0], viewerOf(talks[0], comes[talks[0].ID], to), tx.now))
	}
	if off {
		m.Title = "Cancelled: " + talks[0].Title
		m.Body[0] = chat.T(which + plural(len(talks), "does", "do") + " not take place:")
		m.Note = chat.T("The reason given: ", talks[0].Reason)
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "colloquium.details"}, Hint: "Open one"}
	for _, c := range talks[:min(len(talks), maxDates)] {
		line := chat.T(a.talkWhen(c, to))
		if !off && !c.Before.IsZero() && c.Moved == c.Sequence {
			line = append(line, chat.T(", until now "+a.zones.FormatShort(c.Before, readerZone(c, to)))...)
		}
		m.Body = append(m.Body, line)
		menu.Options = append(menu.Options, chat.Option{Label: a.zones.FormatShort(c.Start, readerZone(c, to)), Value: c.ID})
	}
	if n := len(talks) - maxDates; n > 0 {
		m.Body = append(m.Body, chat.T(fmt.Sprintf("And %d more; the file has them all.", n)))
	}
	if !off {
		m.Rows = []chat.Row{chat.NewMenu(menu)}
	}
	return m, nil
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// togetherFor are the talks that changed together and stand as that change left
// them, as far as the person is on their lists, speaks or proposed them, with the
// person's answers by talk.
func (a *App) togetherFor(tx *Tx, first *Colloquium, sequence int, to *Person) ([]*Colloquium, map[string]*Rsvp, error) {
	if first.Part == nil {
		return nil, nil, nil
	}
	parts, err := listAll[*Colloquium](tx, partsOf+first.Part.Series)
	if err != nil {
		return nil, nil, err
	}
	parts = slices.DeleteFunc(parts, func(c *Colloquium) bool {
		return c.Together != joinID(first.ID, sequence) || c.State != Cancelled && c.State != Announced || c.begun(tx.now)
	})
	var wants []Want
	for _, c := range parts {
		wants = append(wants, Want{Unique: rsvpPair(c.ID, to.ID)})
	}
	if err := tx.prefetch(wants...); err != nil {
		return nil, nil, err
	}
	var mine []*Colloquium
	comes := map[string]*Rsvp{}
	for _, c := range parts {
		answers, err := list[*Rsvp](tx, Want{Unique: rsvpPair(c.ID, to.ID)})
		if err != nil {
			return nil, nil, err
		}
		listed := len(answers) > 0 && answers[0].State.listed()
		if listed {
			comes[c.ID] = answers[0]
		}
		if listed || c.hosts(to.ID) {
			mine = append(mine, c)
		}
	}
	slices.SortFunc(mine, soonest)
	return mine, comes, nil
}

// togetherFile is all of these talks in one file: each an event of its own.
func (a *App) togetherFile(talks []*Colloquium, comes map[string]*Rsvp, to *Person, now time.Time) []byte {
	feed := calendar.Feed{Name: talks[0].Title, Description: "The talks of this series that you are on the list of."}
	for _, c := range talks {
		feed.Events = append(feed.Events, a.talkEvent(c, viewerOf(c, comes[c.ID], to), now))
	}
	return feed.File()
}

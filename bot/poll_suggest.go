package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// maxInvited is how many people of a talk's list times are looked for.
const maxInvited = 30

// invited are the people for whom a time is looked for, whoever asks first: who
// speaks, and who is on the list of a talk that has one already. Those of whom
// nobody knows where they are stand for no hours, and are left out.
func (rq *request) invited(draft *Draft) ([]*Person, error) {
	ids, err := rq.invitedIDs(draft)
	if err != nil {
		return nil, err
	}
	people := []*Person{rq.me}
	for _, id := range ids {
		p, err := load[*Person](rq.tx, KindPerson, id)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !p.Zone.IsZero() && !slices.ContainsFunc(people, func(q *Person) bool { return q.ID == p.ID }) {
			people = append(people, p)
		}
	}
	return people, nil
}

func (rq *request) invitedIDs(draft *Draft) ([]string, error) {
	var ids []string
	if draft.Then.Route == "" {
		speakers, err := rq.speakersOf(draft.Values["speaker"])
		for _, s := range speakers {
			ids = append(ids, s.Person)
		}
		return ids, err
	}
	talk, _ := splitID(draft.Then.ID)
	c, err := rq.talkByID(talk)
	if err != nil {
		return nil, err
	}
	rsvps, err := list[*Rsvp](rq.tx, Want{List: rsvpsOf(talk), Limit: maxInvited})
	for _, r := range rsvps {
		ids = append(ids, r.Person)
	}
	return append(c.staff(), ids...), err
}

// suggestTimes fills a field with times in the hours of the people invited, and says
// why these. Where the other labs can be awake as well, so much the better.
func (rq *request) suggestTimes(draft *Draft, field *chat.FormField) error {
	people, err := rq.invited(draft)
	if err != nil {
		return err
	}
	zones, err := rq.labZones()
	if err != nil {
		return err
	}
	slots, why := rq.app.suggestions(people, zones, rq.now)
	var lines []string
	for _, s := range slots {
		lines = append(lines, rq.app.zones.FormatFull(s.Start, rq.me.zone()))
	}
	field.Value = strings.Join(lines, "\n")
	if len(lines) > 0 {
		field.Hint = "Up to 20, one on each line. These are " + why + "."
	}
	return nil
}

// suggestions are times for some people, whoever asks first, and why these.
func (a *App) suggestions(people []*Person, labs map[string]calendar.Zone, now time.Time) (slots []calendar.Slot, why string) {
	q := calendar.SlotQuery{From: now.Add(3 * timesFrom), To: now.Add(timesFrom + timesWithin), Length: usualMinutes * time.Minute, Limit: 5}
	for _, p := range people {
		q.Attendees = append(q.Attendees, p.attendee())
	}
	all := q
	for _, zone := range labs {
		all.Attendees = append(all.Attendees, calendar.Attendee{Zone: zone, Hours: stretched})
	}
	self, awake := q, q
	self.Attendees = q.Attendees[:1:1]
	awake.Attendees = self.Attendees
	for _, at := range q.Attendees[1:] {
		awake.Attendees = append(awake.Attendees, calendar.Attendee{Zone: at.Zone, Hours: stretched})
	}
	whose := "in your hours"
	if len(people) > 1 {
		whose = fmt.Sprintf("in the hours of all %d invited", len(people))
	}
	for _, try := range []struct {
		query calendar.SlotQuery
		why   string
	}{{all, whose + ", by day in all labs"}, {q, whose}, {awake, "in your hours, and by day for all invited, who share none"}, {self, "in your hours: those invited share none"}} {
		if slots = a.zones.CommonSlots(try.query); len(slots) > 0 {
			return slots, try.why
		}
	}
	return nil, ""
}

// suits says how a time fits the hours of the people invited. It names nobody:
// hours are theirs.
func (a *App) suits(people []*Person, start time.Time, length time.Duration) string {
	outside := 0
	for _, p := range people {
		if at := p.attendee(); !a.zones.Within(at.Hours, at.Zone, start, length) {
			outside++
		}
	}
	switch {
	case len(people) == 1 && outside == 1:
		return ", outside your hours"
	case len(people) == 1:
		return ""
	case outside == 0:
		return fmt.Sprintf(", in the hours of all %d invited", len(people))
	}
	return fmt.Sprintf(", outside the hours of %d of %d invited", outside, len(people))
}

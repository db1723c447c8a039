package exchange

import (
	"slices"
	"strings"
	"time"

	"interlab/calendar"
)

// Ledger is all that figures are computed from. It holds no text of anybody's.
type Ledger struct {
	Labs      []Member
	Meetings  []Meeting
	Records   []Record
	FollowUps []*FollowUp
	Talks     []Talk
}

// Sector is what sort of organisation a lab belongs to.
type Sector string

// The sectors between which flows are told. Others count as neither.
const (
	Academic Sector = "academic"
	Industry Sector = "industry"
)

// Member is a lab of the network.
type Member struct {
	Lab    string
	Sector Sector
}

// Meeting is a match that both accepted, and whether they met. A zero time is
// one that has not come.
type Meeting struct {
	Parties  [2]Party
	Accepted time.Time
	Met      time.Time
	Over     time.Time // when it was closed without a meeting
}

// Record is an exchange with what belongs to it.
type Record struct {
	ID        string
	Exchange  *Exchange
	Continues string // the ID of the exchange that it follows on
	Packs     []Pack
	Evidence  []Evidence
	Blocked   []Spell // that are over; those that last are known from the goals
}

// Talk is a seminar that took place.
type Talk struct {
	At        time.Time
	Lab       string // of whoever spoke
	Replies   int    // who said that they would come
	Attended  int
	OtherLabs int       // attendees not of the speaker's lab
	First     int       // attendees who had been at no talk before
	Estimated bool      // Attended is somebody's count of heads
	Linked    time.Time // when slides or a recording were posted
}

// Period is the time from From, and before To.
type Period struct {
	From, To time.Time
}

// NewPeriod is the time from the first to the last day, both within it, by UTC.
func NewPeriod(first, last calendar.Date) (Period, error) {
	switch {
	case first.IsZero() || last.IsZero():
		return Period{}, refuse(BadDates, "Name the first and the last day of the report.")
	case last.Compare(first) < 0:
		return Period{}, refuse(BadDates, "The last day, "+calendar.FormatDay(last)+", is before the first, "+calendar.FormatDay(first)+". Swap them or correct one.")
	}
	return Period{midnight(first), midnight(last).AddDate(0, 0, 1)}, nil
}

func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// Holds reports whether a moment is within the period.
func (p Period) Holds(at time.Time) bool { return !at.IsZero() && !at.Before(p.From) && p.past(at) }

func (p Period) holds(d calendar.Date) bool { return !d.IsZero() && p.Holds(midnight(d)) }

// past reports whether a moment has come by the period's end.
func (p Period) past(at time.Time) bool { return !at.IsZero() && at.Before(p.To) }

// Scope is whom figures are of: a lab, a person, or with neither the network.
type Scope struct {
	Lab    string
	Person string
}

// String names the scope for a table: "network", "lab:curie", "person:ana".
func (s Scope) String() string {
	switch {
	case s.Person != "":
		return "person:" + s.Person
	case s.Lab != "":
		return "lab:" + s.Lab
	}
	return "network"
}

func (s Scope) network() bool { return s == Scope{} }

func (s Scope) has(p Party) bool {
	return p != (Party{}) && (s.Lab == "" || p.Lab == s.Lab) && (s.Person == "" || p.Person == s.Person)
}

// Within is what of a ledger concerns a scope.
func (l Ledger) Within(s Scope) Ledger {
	if s.network() {
		return l
	}
	in := Ledger{Labs: l.Labs}
	kept := map[string]bool{}
	for _, r := range l.Records {
		if slices.ContainsFunc(Seats(), func(seat Seat) bool { return s.has(r.Exchange.Party(seat)) }) {
			in.Records = append(in.Records, r)
			kept[r.ID] = true
		}
	}
	for _, f := range l.FollowUps {
		if kept[f.Exchange] && (s.Person == "" || f.Person == s.Person) {
			in.FollowUps = append(in.FollowUps, f)
		}
	}
	for _, m := range l.Meetings {
		if s.has(m.Parties[0]) || s.has(m.Parties[1]) {
			in.Meetings = append(in.Meetings, m)
		}
	}
	for _, t := range l.Talks {
		if s.Person == "" && t.Lab == s.Lab {
			in.Talks = append(in.Talks, t)
		}
	}
	return in
}

// agreed are the exchanges whose terms came into force before the period ended.
func (l Ledger) agreed(p Period) []Record {
	return slices.DeleteFunc(slices.Clone(l.Records), func(r Record) bool { return !p.past(r.Exchange.Agreed) })
}

// begun are those that began within it.
func (l Ledger) begun(p Period) []Record {
	return slices.DeleteFunc(slices.Clone(l.Records), func(r Record) bool { return !p.holds(r.Exchange.Start) })
}

// goals visits the goals of agreed exchanges that were agreed before the end.
func (l Ledger) goals(p Period, visit func(*Exchange, Goal)) {
	for _, r := range l.agreed(p) {
		for _, g := range r.Exchange.Goals {
			visit(r.Exchange, g)
		}
	}
}

// stepAt is when an exchange made one of some moves last; zero if it never did.
func (e *Exchange) stepAt(moves string) time.Time {
	for _, s := range slices.Backward(e.Steps) {
		if slices.Contains(strings.Fields(moves), s.Move) {
			return s.At
		}
	}
	return time.Time{}
}

const calledOff = "T19 T24 T40"

// settled is when a goal came to its end. One that was verified came to it when
// it was claimed, so that a slow receiver makes no giver late. The zero time is
// one that has not, or of which nobody knows when.
func (e *Exchange) settled(g Goal) time.Time {
	switch {
	case g.Claimed != nil && (g.State == GoalVerified || g.State == GoalClaimed):
		return g.Claimed.At
	case g.Settling != nil && (g.State == GoalMissed || g.State == GoalCarried):
		return g.Settling.At
	case g.State == GoalDropped:
		return e.dropped(g.N)
	}
	return time.Time{}
}

// dropped is when a goal was taken out: with the exchange, or by the amendment
// that replaced the last terms that it was in.
func (e *Exchange) dropped(n int) time.Time {
	if e.State == Cancelled {
		return e.stepAt(calledOff)
	}
	var amended []time.Time
	for _, s := range e.Steps {
		if slices.Contains([]string{"T17", "T23", "T28", "T41"}, s.Move) {
			amended = append(amended, s.At)
		}
	}
	for i, t := range slices.Backward(e.Amended) {
		if i < len(amended) && slices.ContainsFunc(t.Goals, func(p Pledge) bool { return p.N == n }) {
			return amended[i]
		}
	}
	return time.Time{}
}

// stood is what a goal was at the period's end, as far as is known since when it
// is what it is now.
func (e *Exchange) stood(g Goal, p Period) GoalState {
	switch {
	case g.State == GoalVerified && g.Verified != nil && p.past(g.Verified.At):
		return GoalVerified
	case (g.State == GoalVerified || g.State == GoalClaimed) && g.Claimed != nil && p.past(g.Claimed.At):
		return GoalClaimed
	case g.State == GoalDisputed:
		return GoalDisputed
	case (g.State == GoalMissed || g.State == GoalCarried || g.State == GoalDropped) && p.past(e.settled(g)):
		return g.State
	}
	return GoalOpen
}

// CalledOff is when an exchange was cancelled before it began; zero if it was not.
func (e *Exchange) CalledOff() time.Time {
	if e.State != Cancelled {
		return time.Time{}
	}
	return e.stepAt(calledOff)
}

// ClosedAt is when an exchange was closed; zero if it was not.
func (e *Exchange) ClosedAt() time.Time { return e.stepAt("T36") }

// SettledAt is when a goal came to its end: when it was claimed, if it was
// verified; zero where it has not, or nobody knows when.
func (e *Exchange) SettledAt(g Goal) time.Time { return e.settled(g) }

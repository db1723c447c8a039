package bot

import (
	"fmt"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// KindOpening is a residency place that a lab offers, or several alike.
const KindOpening Kind = "opening"

// OpeningState is where an opening stands.
type OpeningState string

// The states of an opening, in their order but for the last.
const (
	OpeningTaking    OpeningState = "taking"   // people apply, until the deadline
	OpeningRanking   OpeningState = "ranking"  // the lab says whom it would like, for a week
	OpeningReady     OpeningState = "ready"    // waits for a placement
	OpeningOffering  OpeningState = "offering" // placed; what is free goes to the next
	OpeningOver      OpeningState = "over"
	OpeningWithdrawn OpeningState = "withdrawn"
)

// How long things take around an opening.
const (
	rankLife   = 7 * 24 * time.Hour  // from the deadline on a lab ranks
	urgeBefore = 96 * time.Hour      // before a deadline those concerned are reminded: a weekend may lie between
	roundsLife = 42 * 24 * time.Hour // after a placement free places are offered, at most
)

// Opening is a residency place that a lab offers. Held counts the places that are
// accepted or kept for somebody who may accept; it never exceeds Capacity.
type Opening struct {
	ID       string        `json:"id"`
	Lab      string        `json:"lab"`
	By       string        `json:"by,omitempty"` // the lead who offered it; "" where they have left
	Title    string        `json:"title"`
	Topics   []string      `json:"topics"`
	Learn    string        `json:"learn"`            // what the lab wants to learn
	Give     string        `json:"give"`             // what the lab can pass on
	Offers   string        `json:"offers,omitempty"` // a desk, housing, money
	Capacity int           `json:"capacity"`
	From     calendar.Date `json:"from"`
	To       calendar.Date `json:"to"`
	Zone     calendar.Zone `json:"zone"` // of the deadline
	Last     calendar.Date `json:"last"` // the last day to apply
	Deadline time.Time     `json:"deadline"`
	State    OpeningState  `json:"state"`
	At       time.Time     `json:"at"`
	Reason   string        `json:"reason,omitempty"` // why it was withdrawn

	Ranked   bool      `json:"ranked,omitempty"` // the lab has said something of at least one applicant
	Run      string    `json:"run,omitempty"`    // the placement that it takes or took part in
	Seed     uint64    `json:"seed,omitempty"`   // of that placement's lottery
	Held     int       `json:"held,omitempty"`
	Until    time.Time `json:"until,omitzero"`    // free places are offered until then
	Moved    time.Time `json:"moved,omitzero"`    // when there was last something to offer
	Idle     bool      `json:"idle,omitempty"`    // nobody is next at the moment
	Fills    int       `json:"fills,omitempty"`   // rounds of offers made
	Reminded bool      `json:"reminded,omitzero"` // applicants, of the deadline
	Urged    bool      `json:"urged,omitzero"`    // leads, to rank

	Posts  []chat.Posted `json:"posts,omitempty"`
	Fans   []Fan         `json:"fans,omitempty"`
	Fanned int           `json:"fanned,omitempty"`
}

// The work of an opening, beside its fans and the offers of free places (workFill).
const (
	workRemind = "remind" // applicants
	workShutUp = "close"  // applications are no longer taken
	workUrge   = "urge"   // leads
	workReady  = "ready"
)

// Ref names the opening.
func (o *Opening) Ref() Ref { return Ref{KindOpening, o.ID} }

// Entries list the openings of a state by their deadline, those of a lab, and
// those that somebody offered.
func (o *Opening) Entries() []Entry {
	entries := []Entry{
		{Index: openingsIn + string(o.State), Score: o.Deadline.UnixMilli()},
		{Index: openingsOf + o.Lab, Score: o.At.UnixMilli()},
	}
	if o.By != "" {
		entries = append(entries, Entry{Index: openingsBy + o.By, Score: o.At.UnixMilli()})
	}
	return entries
}

// openingsIn and a state, openingsOf and a lab's id, and openingsBy and a
// person's id list openings.
const (
	openingsIn = "opening.in/"
	openingsOf = "opening.of/"
	openingsBy = "opening.by/"
)

// Due is what is being told, and what the opening's state waits for.
func (o *Opening) Due() []Work {
	var due []Work
	for _, f := range o.Fans {
		due = append(due, Work{f.work(), f.At})
	}
	switch o.State {
	case OpeningTaking:
		if at := o.Deadline.Add(-urgeBefore); !o.Reminded && at.After(o.At) {
			due = append(due, Work{workRemind, at})
		}
		due = append(due, Work{workShutUp, o.Deadline})
	case OpeningRanking:
		if !o.Urged {
			due = append(due, Work{workUrge, o.rankBy().Add(-urgeBefore)})
		}
		due = append(due, Work{workReady, o.rankBy()})
	case OpeningOffering:
		if o.free() > 0 && !o.Idle {
			due = append(due, Work{fmt.Sprintf("%s.%d", workFill, o.Fills), o.Moved})
		}
		due = append(due, Work{workOver, o.Until})
	case OpeningReady, OpeningOver, OpeningWithdrawn:
	}
	return due
}

// rankBy is when the lab's ranking closes.
func (o *Opening) rankBy() time.Time { return o.Deadline.Add(rankLife) }

// free is how many places nobody has.
func (o *Opening) free() int { return max(0, o.Capacity-o.Held) }

// fan begins to tell something.
func (o *Opening) fan(f Fan) {
	o.Fanned++
	f.N = o.Fanned
	o.Fans = append(o.Fans, f)
}

// stir has free places offered to whoever is next.
func (o *Opening) stir(now time.Time) { o.Idle, o.Moved = false, now }

// takes reports whether people can apply: until the deadline, and after a
// placement while a place is free.
func (o *Opening) takes(now time.Time) bool {
	return o.State == OpeningTaking && now.Before(o.Deadline) || o.late(now)
}

// late reports whether a place has stayed free after a placement, for which
// people can still apply.
func (o *Opening) late(now time.Time) bool {
	return o.State == OpeningOffering && o.free() > 0 && now.Before(o.Until)
}

// ranks reports whether the lab can say whom it would like.
func (o *Opening) ranks(now time.Time) bool {
	return o.State == OpeningRanking && now.Before(o.rankBy()) || o.State == OpeningOffering && now.Before(o.Until)
}

// overlaps reports whether nobody can be at both.
func (o *Opening) overlaps(p *Opening) bool {
	return o.From.Compare(p.To) <= 0 && p.From.Compare(o.To) <= 0
}

// object is the opening as rights see it.
func (o *Opening) object() Object { return Object{Kind: KindOpening, Lab: o.Lab} }

package exchange

import (
	"time"

	"interlab/calendar"
)

// Figures count the goals of one direction. Claimed is a part of Planned and
// Verified one of Claimed; Helped and Negative are parts of Verified. Dropped,
// Missed and Carried are goals that were planned and will not be verified here.
// OnFirst and OnDue are parts of Passed.
type Figures struct {
	Planned  int
	Claimed  int // by the givers, whether or not it was verified since
	Verified int
	Helped   int // with some help still
	Negative int // the result was that it does not work
	Dropped  int
	Missed   int
	Carried  int
	Passed   int // whose first day has passed, and which were not dropped
	OnFirst  int // claimed by the day for which they were agreed at the very first
	OnDue    int // claimed by the day for which they are agreed now
}

// Add is both together.
func (f Figures) Add(g Figures) Figures {
	return Figures{
		Planned: f.Planned + g.Planned, Claimed: f.Claimed + g.Claimed, Verified: f.Verified + g.Verified,
		Helped: f.Helped + g.Helped, Negative: f.Negative + g.Negative,
		Dropped: f.Dropped + g.Dropped, Missed: f.Missed + g.Missed, Carried: f.Carried + g.Carried,
		Passed: f.Passed + g.Passed, OnFirst: f.OnFirst + g.OnFirst, OnDue: f.OnDue + g.OnDue,
	}
}

// Figures counts the goals that were agreed, by direction, as they stand on a
// day. Terms that are not agreed count for nothing. A goal that was claimed and
// then doubted is not claimed.
func (e *Exchange) Figures(today calendar.Date) map[Way]Figures {
	figures := map[Way]Figures{}
	if !e.State.Binding() && e.State != Cancelled {
		return figures
	}
	for _, g := range e.Goals {
		figures[g.Way()] = figures[g.Way()].Add(g.figures(today))
	}
	return figures
}

// figures are those of one goal.
func (g Goal) figures(today calendar.Date) Figures {
	f := Figures{Planned: 1}
	switch g.State {
	case GoalVerified:
		f.Claimed, f.Verified = 1, 1
		if g.Outcome == WithHelp {
			f.Helped = 1
		}
		if g.Found != "" {
			f.Negative = 1
		}
	case GoalClaimed:
		f.Claimed = 1
	case GoalDropped:
		f.Dropped = 1
	case GoalMissed:
		f.Missed = 1
	case GoalCarried:
		f.Carried = 1
	case GoalOpen, GoalDisputed:
	}
	first := g.First
	if first.IsZero() {
		first = g.Due
	}
	if g.State == GoalDropped || first.Compare(today) >= 0 {
		return f
	}
	f.Passed = 1
	if g.claimedBy(first) {
		f.OnFirst = 1
	}
	if g.claimedBy(g.Due) {
		f.OnDue = 1
	}
	return f
}

// claimedBy reports whether a goal was claimed before a day was over everywhere
// on Earth, as deadlines of conferences count: nobody's zone makes them late. The
// day on which the receiver says so does not matter.
func (g Goal) claimedBy(due calendar.Date) bool {
	if g.Claimed == nil {
		return false
	}
	over := time.Date(due.Year(), due.Month(), due.Day()+1, 12, 0, 0, 0, time.UTC)
	return g.Claimed.At.Before(over)
}

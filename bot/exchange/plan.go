package exchange

import (
	"slices"
	"time"

	"interlab/calendar"
)

// Due is a question that an exchange will ask of one of its seats, from the
// morning of a day on.
type Due struct {
	Stage      Stage
	Goal       int
	Occurrence int
	Seat       Seat
	Day        calendar.Date
}

// When questions come. Programmes that ask ask late and once; staff of one say
// that less than three months shows nothing.
const (
	pulseEvery       = 28 // days between two pulses of a goal
	dueBefore        = 7  // days before a goal is due
	midtermAfter     = 14 // days that a visit must have for a half to be asked about
	midtermEvery     = 90 // days between two such questions in long visits
	handoverBefore   = 14 // days before the end
	sabbaticalBefore = 30 // of a sabbatical, for a return takes longer to plan
)

// Questions are all that the exchange will ask as it stands, in the order of
// their days. They are a pure function of it: what is settled meanwhile is no
// longer among them, and what moves, moves with it. ended is the day of Ended.
func (e *Exchange) Questions(ended calendar.Date) []Due {
	var all []Due
	switch e.State {
	case Scheduled:
		all = both(Due{Stage: AskStart, Day: e.Terms.From})
	case Active:
		all = e.underway()
	case WrappingUp:
		all = e.closing(ended)
	case FollowingUp:
		all = e.aftermath(ended)
	default:
	}
	slices.SortStableFunc(all, func(a, b Due) int { return a.Day.Compare(b.Day) })
	return all
}

func both(d Due) []Due {
	var all []Due
	for _, seat := range []Seat{Visitor, Host} {
		d.Seat = seat
		all = append(all, d)
	}
	return all
}

// underway are the questions of a visit that has begun.
func (e *Exchange) underway() []Due {
	var all []Due
	for _, g := range e.Goals {
		giver, receiver := e.Giver(g.Pledge), e.Receiver(g.Pledge)
		switch {
		case g.State == GoalClaimed:
			all = append(all, Due{AskVerify, g.N, g.NotYet, receiver, e.Terms.From})
		case g.Settled():
		default:
			all = append(all, Due{AskDue, g.N, 0, giver, g.Due.AddDays(-dueBefore)})
			all = append(all, e.pulses(g, giver)...)
		}
	}
	all = append(all, e.midterms()...)
	before := handoverBefore
	if e.Terms.Kind == Sabbatical {
		before = sabbaticalBefore
	}
	if day := e.Terms.To.AddDays(-before); day.Compare(e.Terms.From) > 0 {
		for _, g := range e.Goals {
			all = append(all, Due{AskHandover, g.N, 0, Visitor, day})
		}
	}
	return all
}

// pulses ask how a goal is going, every four weeks until the week it is due.
func (e *Exchange) pulses(g Goal, giver Seat) []Due {
	var all []Due
	end := g.Due.AddDays(-dueBefore)
	if e.Terms.To.Compare(end) < 0 {
		end = e.Terms.To
	}
	for n := 0; ; n++ {
		day := e.Terms.From.AddDays(pulseEvery * (n + 1))
		if day.Compare(end) >= 0 {
			return all
		}
		all = append(all, Due{AskPulse, g.N, n, giver, day})
	}
}

// midterms ask half-way whether these are still the right goals, and every
// quarter of a year in long visits.
func (e *Exchange) midterms() []Due {
	days := e.Terms.From.DaysUntil(e.Terms.To) + 1
	if days < midtermAfter {
		return nil
	}
	if days <= 2*midtermEvery {
		return both(Due{Stage: AskMidterm, Day: e.Terms.From.AddDays(days / 2)})
	}
	var all []Due
	for n := 1; n*midtermEvery < days; n++ {
		all = append(all, both(Due{Stage: AskMidterm, Occurrence: n - 1, Day: e.Terms.From.AddDays(n * midtermEvery)})...)
	}
	return all
}

// closing asks the receivers what is different now, goal by goal, and to verify
// what is claimed.
func (e *Exchange) closing(ended calendar.Date) []Due {
	var all []Due
	for _, g := range e.Goals {
		switch {
		case g.State == GoalClaimed:
			all = append(all, Due{AskVerify, g.N, g.NotYet, e.Receiver(g.Pledge), ended})
		case !g.Settled():
			all = append(all, Due{AskClose, g.N, 0, e.Receiver(g.Pledge), ended})
		}
	}
	return all
}

// aftermath asks whether what was transferred is in use, whether anything is
// public, and whether the labs are still in touch.
func (e *Exchange) aftermath(ended calendar.Date) []Due {
	stages := []struct {
		stage Stage
		days  int
	}{{Ask30, 30}, {Ask90, 90}, {Ask180, 180}}
	var all []Due
	for _, s := range stages {
		if s.days > e.Terms.Kind.FollowDays() {
			continue
		}
		day := ended.AddDays(s.days)
		for _, g := range e.Goals {
			if g.State != GoalVerified {
				continue
			}
			all = append(all, Due{s.stage, g.N, 0, e.Receiver(g.Pledge), day})
			if s.stage == Ask90 {
				all = append(all, Due{AskPublic, g.N, 0, e.Giver(g.Pledge), day})
			}
		}
		if s.stage == Ask180 {
			all = append(all, both(Due{Stage: AskTogether, Day: day})...)
		}
	}
	return all
}

// Plan is the follow-up of a question for whoever sits in its seat.
func (e *Exchange) Plan(id string, d Due) *FollowUp {
	return &FollowUp{
		Exchange: id, Stage: d.Stage, Goal: d.Goal, Occurrence: d.Occurrence,
		Person: e.Party(d.Seat).Person, Seat: d.Seat, Day: d.Day, State: Planned,
	}
}

// Known reports whether what a question asks became known lately by another
// way, so that it need not be asked.
func (g Goal) Known(s Stage, now time.Time) bool {
	fresh := func(at time.Time) bool { return !at.IsZero() && now.Sub(at) < KnownFor }
	switch s {
	case AskPulse, AskDue:
		return fresh(g.Said) || g.Claimed != nil
	case AskVerify, AskClose:
		return g.Verified != nil
	default:
		return false
	}
}

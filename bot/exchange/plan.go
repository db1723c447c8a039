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
	blockedAgain     = 7  // days after which a blocked goal is asked about again
	doubtedAgain     = 3  // days after somebody said that it has not begun
)

// Questions are all that the exchange will ask as it stands, in the order of
// their days. They are a pure function of it: what is settled meanwhile is no
// longer among them, and what moves, moves with it. counted is the day from which
// the questions after the end count: of Ended while it wraps up, of Completed later.
func (e *Exchange) Questions(counted calendar.Date) []Due {
	var all []Due
	switch e.State {
	case Scheduled:
		all = both(e.beginning())
	case Active:
		all = append(e.underway(), e.ofGoals()...)
	case Paused:
		if pause, ok := e.Pausing(); ok {
			all = both(Due{Stage: AskBack, Occurrence: len(e.Pauses), Day: pause.Until})
		}
	case WrappingUp:
		all = append(e.closing(counted), e.ofGoals()...)
	case FollowingUp:
		all = slices.DeleteFunc(e.ofGoals(), func(d Due) bool { return d.Stage == AskDue && d.Day.Compare(counted) <= 0 })
		all = append(all, e.aftermath(counted)...)
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

// beginning asks whether it began: anew for other terms, and some days after
// somebody said that it had not. Versions and doubts only grow, so their sum
// names the occurrence.
func (e *Exchange) beginning() Due {
	d := Due{Stage: AskStart, Occurrence: e.Version, Day: e.Terms.From}
	for _, s := range e.Steps {
		if s.Move == "T39" {
			d.Occurrence++
		}
	}
	if again := dayOf(e.Doubted).AddDays(doubtedAgain); !e.Doubted.IsZero() && again.Compare(d.Day) > 0 {
		d.Day = again
	}
	return d
}

// ofGoals are the questions of goals that last as long as somebody may answer
// them: of the receiver once one is claimed, else of the giver as its day comes
// and when it has passed.
func (e *Exchange) ofGoals() []Due {
	var all []Due
	for _, g := range e.Goals {
		switch {
		case g.State == GoalClaimed:
			all = append(all, Due{AskVerify, g.N, g.NotYet, e.Receiver(g.Pledge), dayOf(g.Claimed.At)})
		case !g.Settled():
			n := 2 * e.moved(g)
			all = append(all,
				Due{AskDue, g.N, n, e.Giver(g.Pledge), g.Due.AddDays(-dueBefore)},
				Due{AskDue, g.N, n + 1, e.Giver(g.Pledge), g.Due.AddDays(1)})
		}
	}
	return all
}

// moved is how often the day of a goal was agreed anew.
func (e *Exchange) moved(g Goal) int {
	n, last := 0, calendar.Date{}
	for _, t := range append(slices.Clone(e.Amended), e.Terms) {
		i := slices.IndexFunc(t.Goals, func(p Pledge) bool { return p.N == g.N })
		if i < 0 {
			continue
		}
		if !last.IsZero() && t.Goals[i].Due != last {
			n++
		}
		last = t.Goals[i].Due
	}
	return n
}

// underway are the other questions of a visit that has begun.
func (e *Exchange) underway() []Due {
	var all []Due
	for _, g := range e.Goals {
		if g.Settled() || g.State == GoalClaimed {
			continue
		}
		all = append(all, e.pulses(g, e.Giver(g.Pledge))...)
		if g.Status == Blocked {
			said := dayOf(g.Said)
			all = append(all, Due{AskPulse, g.N, ordinal(said), e.Giver(g.Pledge), said.AddDays(blockedAgain)})
		}
		if g.Help != nil && g.Status == Blocked {
			asked := dayOf(g.Help.At)
			all = append(all, Due{AskBlocked, g.N, ordinal(asked), g.Help.Seat, asked.AddDays(blockedAgain)})
		}
	}
	all = append(all, e.midterms()...)
	before, extended := handoverBefore, 0
	if e.Terms.Kind == Sabbatical {
		before = sabbaticalBefore
	}
	for _, t := range e.Amended {
		if t.To != e.Terms.To {
			extended++
		}
	}
	if day := e.Terms.To.AddDays(-before); e.Terms.Kind.HandsOver() && e.Handover == nil && day.Compare(e.Terms.From) > 0 {
		all = append(all, Due{Stage: AskHandover, Occurrence: extended, Seat: Visitor, Day: day})
	}
	return all
}

// ordinal numbers days, so that what is asked about a day is asked once.
func ordinal(d calendar.Date) int { return int(midnight(d).Unix() / (24 * 60 * 60)) }

// pulses ask how a goal is going, every four weeks until the week it is due.
func (e *Exchange) pulses(g Goal, giver Seat) []Due {
	var all []Due
	end := g.Due.AddDays(-2 * dueBefore) // what is asked a week before the day asks the same
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

// closing asks the receivers what is different now, goal by goal.
func (e *Exchange) closing(ended calendar.Date) []Due {
	var all []Due
	for _, g := range e.Goals {
		if !g.Settled() && g.State != GoalClaimed && g.Due.Compare(ended) <= 0 {
			all = append(all, Due{AskClose, g.N, 0, e.Receiver(g.Pledge), ended})
		}
	}
	return all
}

// aftermath asks whether what was transferred is in use, whether anything is
// public, and whether the labs are still in touch. Of a visit that somebody ended
// before its time only the first is asked. A goal that was confirmed late counts
// from that day.
func (e *Exchange) aftermath(counted calendar.Date) []Due {
	stages := []struct {
		stage Stage
		days  int
	}{{Ask30, 30}, {Ask90, 90}, {Ask180, 180}}
	var all []Due
	for _, s := range stages {
		if s.days > e.Terms.Kind.FollowDays() || e.Completion == Early && s.stage != Ask30 {
			continue
		}
		for _, g := range e.Goals {
			if g.State != GoalVerified {
				continue
			}
			from := counted
			if at := dayOf(g.Verified.At); at.Compare(from) > 0 {
				from = at
			}
			day := from.AddDays(s.days)
			all = append(all, Due{s.stage, g.N, 0, e.Receiver(g.Pledge), day})
			if s.stage == Ask90 {
				all = append(all, Due{AskPublic, g.N, 0, e.Giver(g.Pledge), day})
			}
		}
		if s.stage == Ask180 {
			all = append(all, both(Due{Stage: AskTogether, Day: counted.AddDays(s.days)})...)
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

// Counted is the day from which the questions after the end count now.
func (e *Exchange) Counted() calendar.Date {
	if e.State == FollowingUp && !e.Completed.IsZero() {
		return dayOf(e.Completed)
	}
	return dayOf(e.Ended)
}

// Asks reports whether a follow-up is still among the exchange's questions.
func (e *Exchange) Asks(f *FollowUp, counted calendar.Date) bool {
	return slices.ContainsFunc(e.Questions(counted), func(d Due) bool {
		return d.Stage == f.Stage && d.Goal == f.Goal && d.Occurrence == f.Occurrence && d.Seat == f.Seat
	})
}

// Known reports whether what a question asks became known lately by another
// way, so that it need not be asked.
func (g Goal) Known(s Stage, now time.Time) bool {
	fresh := func(at time.Time) bool { return !at.IsZero() && dayOf(at).DaysUntil(dayOf(now)) < knownDays }
	switch s {
	case AskPulse, AskDue:
		return fresh(g.Said) || g.Claimed != nil
	case AskVerify, AskClose:
		return g.Verified != nil
	default:
		return false
	}
}

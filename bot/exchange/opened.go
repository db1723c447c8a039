package exchange

import (
	"slices"
	"time"

	"interlab/calendar"
)

// openness is M11 of the models that were published within a period, and M12 to
// M14 of the packs of the exchanges that began in it.
func (l Ledger) openness(p Period) []Measure {
	classes := map[MOFClass]int{}
	parts := map[MOFClass][]float64{}
	var open, accounted, complete Ratio
	for _, r := range l.Records {
		begun := p.holds(r.Exchange.Start)
		for _, pack := range r.Packs {
			if pack.model() && pack.published(p) {
				release := pack.Release(p.lastDay())
				classes[release.Class()]++
				for c := ClassI; c <= ClassIII; c++ {
					if v, ok := release.Part(c).Value(); ok {
						parts[c] = append(parts[c], v)
					}
				}
			}
			if begun {
				o, a := pack.Opened(p.lastDay())
				open, accounted, complete = open.Add(o), accounted.Add(a), complete.Add(pack.Complete())
			}
		}
	}
	var all []Measure
	for _, c := range []MOFClass{ClassI, ClassII, ClassIII, Unclassified} {
		all = append(all, countOf("M11", "models of "+c.String(), classes[c]))
	}
	for _, c := range []MOFClass{ClassI, ClassII, ClassIII} {
		all = append(all, meanOf("M11", "mean of "+c.String(), Share, parts[c]))
	}
	return append(all, shareOf("M12", "", open), shareOf("M13", "", accounted), shareOf("M14", "", complete))
}

func (p Pack) model() bool { return p.Profile == PackModel || p.Profile == PackFullModel }

// published reports whether the first of a pack appeared within a period.
func (p Pack) published(period Period) bool {
	var first calendar.Date
	for _, s := range p.Slots {
		if s.Evidence == nil {
			continue
		}
		if day := s.Evidence.Appeared(); !day.IsZero() && (first.IsZero() || day.Compare(first) < 0) {
			first = day
		}
	}
	return period.holds(first)
}

// Opened is how many of the slots that apply are open, and how many are
// accounted for: open, held back with a reason, or under an embargo with a day.
// A wanted slot applies once something was said of it.
func (p Pack) Opened(today calendar.Date) (open, accounted Ratio) {
	for _, a := range append(p.Profile.Required(), p.Profile.Wanted()...) {
		s := p.Slots[a]
		if s.State == NoneApplies || s.State == Unsaid && !slices.Contains(p.Profile.Required(), a) {
			continue
		}
		there := s.Evidence != nil && s.Evidence.Open(today)
		open.count(there)
		accounted.count(there || s.State == HeldBack || s.Evidence != nil && s.Evidence.Openness != ToAll && s.Evidence.Holding != "")
	}
	return open, accounted
}

// courses are how exchanges came to their end: M23, M24 and M25.
func (l Ledger) courses(p Period) []Measure {
	ways := map[string]int{}
	var planned, actual []float64
	var oneWay Ratio
	for _, r := range l.Records {
		e := r.Exchange
		switch {
		case p.Holds(e.Completed):
			ways[string(e.Completion)]++
			first, last := e.Terms.From, e.Terms.To
			if e.Baseline != nil {
				first, last = e.Baseline.From, e.Baseline.To
			}
			planned = append(planned, float64(first.DaysUntil(last)+1))
			actual = append(actual, float64(e.Start.DaysUntil(dayOf(e.Ended))+1))
		case e.State == Cancelled && p.Holds(e.stepAt(calledOff)):
			ways[string(Cancelled)]++
		}
	}
	for _, r := range l.begun(p) {
		oneWay.count(r.Exchange.Terms.OneWay != "")
	}
	var all []Measure
	for _, way := range []string{string(Full), string(Early), string(Silent), string(Cancelled)} {
		all = append(all, countOf("M23", way, ways[way]))
	}
	all = append(all, middleOf("M23", "planned length", planned), middleOf("M23", "actual length", actual), shareOf("M24", "", oneWay))
	return append(all, l.blocked(p)...)
}

// blocked is M25: the days within a period on which goals were blocked, by what
// was in the way. Two goals that were blocked on one day are two days.
func (l Ledger) blocked(p Period) []Measure {
	took := map[Obstacle]time.Duration{} // which sums to the same in any order
	add := func(o Obstacle, from, to time.Time) {
		if from.Before(p.From) {
			from = p.From
		}
		if to.IsZero() || to.After(p.To) {
			to = p.To
		}
		if to.After(from) {
			took[o] += to.Sub(from)
		}
	}
	for _, r := range l.Records {
		for _, s := range r.Blocked {
			add(s.Obstacle, s.From, s.To)
		}
		for _, g := range r.Exchange.Goals {
			if g.State == GoalOpen && g.Status == Blocked && !g.Since.IsZero() {
				add(g.Obstacle, g.Since, r.Exchange.Ended)
			}
		}
	}
	var all []Measure
	for _, o := range append(Obstacles(), "") {
		if d := took[o].Hours() / 24; d > 0 {
			all = append(all, Measure{Metric: "M25", Part: string(o), Num: d, Den: 1, Value: d, Unit: Days, Known: true})
		}
	}
	return all
}

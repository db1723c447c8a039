package exchange

import (
	"time"

	"interlab/calendar"
)

const (
	soonMet   = 14 * 24 * time.Hour // in which most who will meet do
	surelyMet = 30 * 24 * time.Hour // after which whoever has not met is counted
	soonOpen  = 90 * 24 * time.Hour
)

// delay is how long something took from a beginning: how long it took those whom
// it came for, who still wait, and how many it came for soon, of those who had
// the time. Whoever waits is never left out of the figure.
type delay struct {
	soon    time.Duration
	took    []float64
	waiting int
	inTime  Ratio
}

// add counts one of them. over is when the waiting ended without it.
func (d *delay) add(from, came, over time.Time, p Period) {
	switch {
	case p.past(came):
		d.took = append(d.took, max(0, daysBetween(from, came)))
	case !p.past(over):
		d.waiting++
	}
	if !from.Add(d.soon).After(p.To) {
		d.inTime.count(p.past(came) && came.Sub(from) <= d.soon)
	}
}

// measures are the three parts of the report, and the ninetieth percentile.
func (d *delay) measures(metric string) []Measure {
	slow, ok := quantile(d.took, 0.9)
	return []Measure{
		middleOf(metric, "median", d.took),
		{Metric: metric, Part: "90th percentile", Num: slow, Den: float64(len(d.took)), Value: slow, Unit: Days, Known: ok},
		countOf(metric, "waiting", d.waiting),
		shareOf(metric, "soon", d.inTime),
	}
}

// delays are M8, M9 and M10.
func (l Ledger) delays(p Period) []Measure {
	meeting, opening := delay{soon: soonMet}, delay{soon: soonOpen}
	var met Ratio
	for _, m := range l.Meetings {
		if !p.Holds(m.Accepted) {
			continue
		}
		meeting.add(m.Accepted, m.Met, m.Over, p)
		if !m.Accepted.Add(surelyMet).After(p.To) {
			met.count(p.past(m.Met))
		}
	}
	for _, r := range l.begun(p) {
		opening.add(midnight(r.Exchange.Start), r.firstOpen(p), time.Time{}, p)
	}
	return append(append(meeting.measures("M8"), opening.measures("M9")...), shareOf("M10", "", met))
}

// lastDay is the last day within a period.
func (p Period) lastDay() calendar.Date { return dayOf(p.To.Add(-1)) }

// firstOpen is when the first open artefact of an exchange appeared; zero if none
// did.
func (r Record) firstOpen(p Period) time.Time {
	var first time.Time
	for _, v := range r.all() {
		if at := midnight(v.Appeared()); v.Open(p.lastDay()) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// all is the evidence of an exchange, in its packs and beside them.
func (r Record) all() []Evidence {
	all := append([]Evidence(nil), r.Evidence...)
	for _, pack := range r.Packs {
		for _, s := range pack.Slots {
			if s.Evidence != nil {
				all = append(all, *s.Evidence)
			}
		}
	}
	return all
}

package exchange

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Unit is what the value of a measure is in.
type Unit string

// The units.
const (
	Share Unit = "share" // from 0 to 1, but of a balance, which is from -1 to 1
	Count Unit = "count"
	Days  Unit = "days"
	Score Unit = "score" // 50 is what was expected
)

// Fewest is how many people's answers a share rests on at least: it is the usual
// default of surveys at work, below which somebody could be recognised.
const Fewest = 5

// Measure is one figure, with what it was computed from. Known is false of a
// figure of nothing, and of one that rests on too few people, which is Few.
type Measure struct {
	Metric string // "M3"
	Part   string // which of the metric's figures: "verified", "curie>noether"
	Scope  Scope
	Period Period
	Num    float64
	Den    float64 // of a median or a mean, how many it is of; of a count, 1
	Value  float64
	Unit   Unit
	Known  bool
	Few    bool
	People int // whose answers it rests on; 0 where it rests on none
}

// String is the figure with what it is of; Dash where there is none.
func (m Measure) String() string {
	switch {
	case m.Few:
		return fmt.Sprintf("%s (fewer than %d people answered)", Dash, Fewest)
	case !m.Known:
		return Dash
	case m.Unit == Share && m.Num >= 0:
		return fmt.Sprintf("%.0f %% (%s of %s)", math.Round(100*m.Value), number(m.Num), number(m.Den))
	case m.Unit == Share:
		return fmt.Sprintf("%+.2f", m.Value)
	case m.Unit == Days:
		return fmt.Sprintf("%s days (of %s)", number(m.Value), number(m.Den))
	case m.Unit == Score:
		return fmt.Sprintf("%.1f (of %s)", m.Value, number(m.Den))
	}
	return number(m.Value)
}

func number(v float64) string {
	if v == math.Trunc(v) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.1f", v)
}

// Measures are all figures of a scope and a period, M1 to M26, in their order.
func (l Ledger) Measures(p Period, s Scope) []Measure {
	in := l.Within(s)
	all := slices.Concat(
		in.flows(p), in.progress(p), in.delays(p), in.openness(p),
		in.answers(p), in.reach(p), in.courses(p), in.repeats(p),
	)
	if s.network() {
		all = append(all, in.spread(p)...)
	}
	all = slices.DeleteFunc(all, func(m Measure) bool { return m.Metric == "M18" && !s.network() && m.Part != s.Lab })
	for i := range all {
		all[i].Scope, all[i].Period = s, p
		if !in.records(all[i].Metric) {
			all[i].Num, all[i].Den, all[i].Value, all[i].Known = 0, 0, 0, false
		}
		if all[i].People > 0 && all[i].People < Fewest {
			all[i].veil()
		}
	}
	slices.SortStableFunc(all, func(a, b Measure) int { return cmp.Compare(order(a.Metric), order(b.Metric)) })
	return all
}

// records reports whether the ledger has what a figure is computed from: a count
// of what nobody notes is no zero.
func (l Ledger) records(metric string) bool {
	switch metric {
	case "M19":
		return slices.ContainsFunc(l.Labs, func(lab Member) bool { return lab.Sector != "" })
	case "M22":
		return len(l.Talks) > 0
	}
	return true
}

// veil hides a figure that rests on too few people, with all that it was
// computed from.
func (m *Measure) veil() {
	m.Num, m.Den, m.Value, m.Known, m.Few = 0, 0, 0, false, true
}

func order(metric string) int {
	n := 0
	for _, c := range strings.TrimPrefix(metric, "M") {
		n = n*10 + int(c-'0')
	}
	return n
}

// Groups hides the shares of parts of a whole that is shown too: those that rest
// on too few people and, where there are any, the next smallest. What the others
// leave of the whole then rests on that one's people too: two groups of three may
// be the same three.
func Groups(parts []Measure) []Measure {
	parts = slices.Clone(parts)
	bySize := make([]int, 0, len(parts))
	for i, m := range parts {
		if m.People > 0 {
			bySize = append(bySize, i)
		}
	}
	slices.SortStableFunc(bySize, func(a, b int) int { return cmp.Compare(parts[a].People, parts[b].People) })
	for _, i := range bySize {
		enough := parts[i].People >= Fewest
		if enough && !parts[bySize[0]].Few {
			break
		}
		parts[i].veil()
		if enough {
			break
		}
	}
	return parts
}

// shareOf is a share as a measure.
func shareOf(metric, part string, r Ratio) Measure {
	v, ok := r.Value()
	return Measure{Metric: metric, Part: part, Num: float64(r.Num), Den: float64(max(r.Den, 0)), Value: v, Unit: Share, Known: ok}
}

// countOf is a count; 0 is a count too.
func countOf(metric, part string, n int) Measure {
	return Measure{Metric: metric, Part: part, Num: float64(n), Den: 1, Value: float64(n), Unit: Count, Known: true}
}

// middleOf is the median of days.
func middleOf(metric, part string, days []float64) Measure {
	v, ok := quantile(days, 0.5)
	return Measure{Metric: metric, Part: part, Num: v, Den: float64(len(days)), Value: v, Unit: Days, Known: ok}
}

// meanOf is the mean of values, the same to the last bit in whatever order they
// came.
func meanOf(metric, part string, unit Unit, values []float64) Measure {
	m := Measure{Metric: metric, Part: part, Den: float64(len(values)), Unit: unit, Known: len(values) > 0}
	for _, v := range slices.Sorted(slices.Values(values)) {
		m.Num += v
	}
	if m.Known {
		m.Value = m.Num / m.Den
	}
	return m
}

// quantile is a value below which a part of all are, the mean of the two middle
// ones for the median of an even number; false of none. Other quantiles are the
// nearest rank, so that each is a value that was there.
func quantile(values []float64, part float64) (float64, bool) {
	if len(values) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(values))
	if n := len(sorted); part == 0.5 && n%2 == 0 {
		return (sorted[n/2-1] + sorted[n/2]) / 2, true
	}
	return sorted[int(math.Ceil(part*float64(len(sorted))))-1], true
}

// daysBetween are the days from one moment to another, with their parts.
func daysBetween(from, to time.Time) float64 { return to.Sub(from).Hours() / 24 }

package exchange

import (
	"slices"
	"strings"
	"time"
)

// Told are figures as a file carries them: whoever has it may set it beside other
// files, of another time or another lab, and subtract.
type Told struct {
	Measures []Measure
	Tallies  []Tally
}

// Tally is one of the counts from which a figure that rests on people is computed.
// It names nobody, and is of no more than its figure is. Where that figure is not
// shown it has no count, and is Few.
type Tally struct {
	Metric string
	Part   string // that of the figure
	What   string // what is counted: "answered", "unaided"
	Count  int
	Few    bool
}

// Told are the figures of a scope for a file. Those that rest on what people
// answered or on who came to a talk are told of the network alone, of all time and
// of whole years of it:
//
//   - of free periods two that differ by a day would tell what happened on it;
//   - where a year would follow from the others and all time, the next smallest is
//     not told either;
//   - of a year not by stage: of stages by years those that are hidden would follow
//     from the sums both ways;
//   - so would, of labs or people beside years, those of a few whom a year and a lab
//     have in common. Their own figures are in their reports, and in no file.
//
// What was answered between the days of two files of the same time follows from
// both, as it does for whoever reads the report on both days.
func (l Ledger) Told(p Period, s Scope) Told {
	told := Told{Measures: l.Measures(p, s), Tallies: l.Within(s).tallies(p)}
	whole, year := s.network() && p.ever(), s.network() && p.year()
	var beside map[measureKey]bool
	if year {
		beside = l.besideYears(p)
	}
	few := map[measureKey]bool{}
	for i := range told.Measures {
		m := &told.Measures[i]
		hidden := !whole && (!year || beside[m.key()] || staged(*m))
		if hidden && rests(*m) && m.People > 0 {
			m.veil()
		}
		few[m.key()] = m.Few
	}
	for i := range told.Tallies {
		if t := &told.Tallies[i]; few[measureKey{t.Metric, t.Part}] {
			t.Count, t.Few = 0, true
		}
	}
	return told
}

// rests reports whether a figure rests on what people answered or who they are.
func rests(m Measure) bool {
	return answers(m) || m.Metric == "M22" && (m.Part == otherLabsPart || m.Part == firstTimersPart)
}

// staged reports whether a figure is of one of the stages that another sums.
func staged(m Measure) bool {
	return m.Metric == "M15" && m.Part != allPart && !strings.HasSuffix(m.Part, reachPart)
}

// ever reports whether a period is all time, up to some end.
func (p Period) ever() bool { return p.From.IsZero() }

// year reports whether a period is a year of the calendar, by UTC.
func (p Period) year() bool {
	return !p.ever() && p == yearOf(p.From)
}

// yearOf is the year of a moment.
func yearOf(at time.Time) Period {
	first := time.Date(at.UTC().Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	return Period{first, first.AddDate(1, 0, 0)}
}

// resting are the network's figures that rest on people, with those hidden of too
// few.
func (l Ledger) resting(p Period) []Measure {
	all := slices.DeleteFunc(append(l.answers(p), l.reach(p)...), func(m Measure) bool { return !rests(m) })
	for i := range all {
		if all[i].People > 0 && all[i].People < Fewest {
			all[i].veil()
		}
	}
	return all
}

// besideYears are the figures of a year that the other years and all time would
// not leave untold.
func (l Ledger) besideYears(p Period) map[measureKey]bool {
	moments := append(l.asking(), p.From)
	last := slices.MaxFunc(moments, time.Time.Compare)
	var parts [][]Measure
	at := 0
	for year := yearOf(slices.MinFunc(moments, time.Time.Compare)); !year.From.After(last); year = yearOf(year.To) {
		if year == p {
			at = len(parts)
		}
		parts = append(parts, l.resting(year))
	}
	return besides(parts, at)
}

// asking are the moments by which figures that rest on people are of one year or
// another.
func (l Ledger) asking() []time.Time {
	var all []time.Time
	for _, f := range l.FollowUps {
		all = append(all, f.First, midnight(f.Day))
	}
	for _, r := range l.Records {
		all = append(all, r.Exchange.ClosedAt())
	}
	for _, t := range l.Talks {
		all = append(all, t.At)
	}
	return slices.DeleteFunc(all, time.Time.IsZero)
}

// besides are the figures of one of several parts of a whole that Groups hides.
func besides(parts [][]Measure, at int) map[measureKey]bool {
	same, mine := map[measureKey][]Measure{}, map[measureKey]int{}
	for i, part := range parts {
		for _, m := range part {
			if !m.Known && !m.Few { // what is of nothing covers nobody
				m.People = 0
			}
			if i == at {
				mine[m.key()] = len(same[m.key()])
			}
			same[m.key()] = append(same[m.key()], m)
		}
	}
	hidden := map[measureKey]bool{}
	for key, i := range mine {
		hidden[key] = Groups(same[key])[i].Few
	}
	return hidden
}

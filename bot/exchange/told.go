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
// answered or on who came to a talk are told:
//
//   - of whole years and of all time. Of free periods two that differ by a day
//     would tell what happened on it. Where a year would follow from the others and
//     all time, the next smallest is not told either.
//   - of a lab for all time alone, unless what the network or the other labs leave
//     would tell what fewer than Fewest people said.
//   - by stage of the network's all time alone: of stages by years, or by labs, those
//     that are hidden would follow from the sums both ways.
//   - of a person as always: they are that person's own.
//
// The network is the ledger of everything, of which this one may be what concerns
// a lab.
func (l Ledger) Told(p Period, s Scope, network Ledger) Told {
	told := Told{Measures: l.Measures(p, s)}
	var hidden map[measureKey]bool
	switch {
	case s.Person != "":
	case s.Lab != "" && p.ever():
		hidden = l.Within(s).besideLabs(p, s.Lab, network)
	case s.network() && p.year():
		hidden = l.besideYears(p)
	case !p.ever():
		hidden = everyKey(told.Measures)
	}
	few := map[measureKey]bool{}
	cut := s.Person == "" && !(s.network() && p.ever())
	for i := range told.Measures {
		m := &told.Measures[i]
		if rests(*m) && m.People > 0 && (hidden[m.key()] || cut && staged(*m)) {
			m.veil()
		}
		few[m.key()] = m.Few
	}
	told.Tallies = l.Within(s).tallies(p)
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

func everyKey(all []Measure) map[measureKey]bool {
	keys := map[measureKey]bool{}
	for _, m := range all {
		keys[m.key()] = true
	}
	return keys
}

// resting are the figures of a scope that rest on people, with those hidden of too
// few.
func (l Ledger) resting(p Period, s Scope) []Measure {
	in := l.Within(s)
	all := slices.DeleteFunc(append(in.answers(p), in.reach(p)...), func(m Measure) bool { return !rests(m) })
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
		parts = append(parts, l.resting(year, Scope{}))
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

// besideLabs are the figures of a lab that would tell, taken from those of the
// network or beside those of the other labs, what a few people said. Of a lab that
// the network does not have they are all.
func (l Ledger) besideLabs(p Period, lab string, network Ledger) map[measureKey]bool {
	at := slices.IndexFunc(network.Labs, func(m Member) bool { return m.Lab == lab })
	if at < 0 {
		return everyKey(l.resting(p, Scope{Lab: lab}))
	}
	var parts [][]Measure
	rests := []Ledger{network.without(l)}
	for i, m := range network.Labs {
		of := l
		if i != at {
			of = network.Within(Scope{Lab: m.Lab})
			for _, pair := range [][2]Ledger{{l, of}, {of, l}} {
				if len(pair[1].without(pair[0]).Records) == 0 { // the one has all that the other has
					rests = append(rests, pair[0].without(pair[1]))
				}
			}
		}
		parts = append(parts, of.resting(p, Scope{Lab: m.Lab}))
	}
	hidden := besides(parts, at)
	for _, rest := range rests {
		for _, m := range rest.resting(p, Scope{}) {
			hidden[m.key()] = hidden[m.key()] || m.Few
		}
	}
	return hidden
}

// besides are the figures of one of several parts of a whole that Groups hides.
func besides(parts [][]Measure, at int) map[measureKey]bool {
	same, mine := map[measureKey][]Measure{}, map[measureKey]int{}
	for i, part := range parts {
		for _, m := range part {
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

// without is what of a ledger is not in another, as far as figures that rest on
// people are of it.
func (l Ledger) without(other Ledger) Ledger {
	in, theirs := Ledger{Labs: l.Labs}, map[string]bool{}
	for _, r := range other.Records {
		theirs[r.ID] = true
	}
	for _, r := range l.Records {
		if !theirs[r.ID] {
			in.Records = append(in.Records, r)
		}
	}
	for _, f := range l.FollowUps {
		if !theirs[f.Exchange] {
			in.FollowUps = append(in.FollowUps, f)
		}
	}
	for _, t := range l.Talks {
		if !slices.Contains(other.Talks, t) {
			in.Talks = append(in.Talks, t)
		}
	}
	return in
}

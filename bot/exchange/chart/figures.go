package chart

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"interlab/bot/exchange"
)

// MostLabs is how many labs a matrix shows by name; the rest are one row and one
// column together. More are not read on a telephone.
const MostLabs = 12

// Flow is what moved between labs: the goals that the receivers verified within
// a period, by the labs' names. Of a lab's figures it is that lab and those it
// has to do with.
func Flow(l exchange.Ledger, p exchange.Period, names map[string]string) Picture {
	flow := l.VerifiedFlow(p)
	return FlowMatrix(flow, names).Picture("flow").orEmpty(flow.Total() == 0)
}

// FlowMatrix is a flow as a matrix of labs by name.
func FlowMatrix(flow exchange.Flow, names map[string]string) Matrix {
	shown, rest := fullest(flow, names)
	m := Matrix{Title: "Goals verified, from lab to lab"}
	place := map[string]int{}
	for i, id := range shown {
		place[id] = i
		m.Names = append(m.Names, nameOf(names, id))
	}
	for _, id := range rest {
		place[id] = len(shown)
	}
	if len(rest) > 0 {
		m.Names = append(m.Names, fmt.Sprintf("%d others", len(rest)))
	}
	m.Cells = make([][]int, len(m.Names))
	for i := range m.Cells {
		m.Cells[i] = make([]int, len(m.Names))
	}
	inner := 0
	for w, n := range flow {
		m.Cells[place[w.From]][place[w.To]] += n
		if place[w.From] == place[w.To] {
			inner += n
		}
	}
	m.Alt = flowWords(flow, names)
	if inner > 0 {
		m.Alt += fmt.Sprintf(" %d of them are among the others.", inner)
	}
	return m
}

// fullest are the labs that take part in a flow, those with most of it first cut
// to MostLabs and then by name, and the rest.
func fullest(flow exchange.Flow, names map[string]string) (shown, rest []string) {
	takes := map[string]int{}
	for w, n := range flow {
		takes[w.From] += n
		takes[w.To] += n
	}
	byName := func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(nameOf(names, a)), strings.ToLower(nameOf(names, b))), cmp.Compare(a, b))
	}
	shown = slices.SortedFunc(maps.Keys(takes), func(a, b string) int { return cmp.Or(cmp.Compare(takes[b], takes[a]), byName(a, b)) })
	if len(shown) > MostLabs {
		shown, rest = shown[:MostLabs-1], shown[MostLabs-1:]
	}
	slices.SortFunc(shown, byName)
	return shown, rest
}

// flowWords says what a flow is in all, and its fullest directions.
func flowWords(flow exchange.Flow, names map[string]string) string {
	total := flow.Total()
	if total == 0 {
		return "No goal was verified in this time."
	}
	ways := flow.Ways()
	slices.SortStableFunc(ways, func(a, b exchange.Way) int { return cmp.Compare(flow[b], flow[a]) })
	var most []string
	for _, w := range ways[:min(3, len(ways))] {
		most = append(most, fmt.Sprintf("%s to %s %d", nameOf(names, w.From), nameOf(names, w.To), flow[w]))
	}
	words := "Matrix of goals verified, from lab to lab: " + counted(total, "goal", "goals") + " in " + counted(len(ways), "direction", "directions") + "."
	if len(ways) <= len(most) {
		return words + " " + strings.Join(most, ", ") + "."
	}
	return words + " Most: " + strings.Join(most, ", ") + "."
}

// States are the goals of agreed exchanges by what they were at a period's end.
func States(l exchange.Ledger, p exchange.Period, s exchange.Scope) Picture {
	b := StateBars(l.Measures(p, s))
	return b.Picture("states").orEmpty(b.total() == 0)
}

// StateBars are the goals by state of measures that hold them, M2.
func StateBars(all []exchange.Measure) Bars {
	b := Bars{Title: "Goals by state", Note: "Hollow: not settled yet."}
	var words []string
	total := 0
	for _, m := range all {
		if m.Metric != "M2" {
			continue
		}
		state := exchange.GoalState(m.Part)
		n := int(m.Value)
		b.Bars = append(b.Bars, Bar{Name: StateLabel(state), N: n, Open: unsettled(state)})
		total += n
		if n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, StateLabel(state)))
		}
	}
	b.Alt = "No goal was agreed on by then."
	if total > 0 {
		b.Alt = "Bars of goals by state: " + counted(total, "goal", "goals") + ", of which " + strings.Join(words, ", ") + "."
	}
	return b
}

// StateLabel names the state of a goal in a table.
func StateLabel(s exchange.GoalState) string {
	switch s {
	case exchange.GoalDisputed:
		return "not yet, says receiver"
	case exchange.GoalMissed:
		return "not reached"
	case exchange.GoalCarried:
		return "carried over"
	case exchange.GoalOpen, exchange.GoalClaimed, exchange.GoalVerified, exchange.GoalDropped:
	}
	return string(s)
}

func unsettled(s exchange.GoalState) bool {
	return s == exchange.GoalOpen || s == exchange.GoalClaimed || s == exchange.GoalDisputed
}

// Meetings are how long those whom the bot introduced within a period took to
// meet. Those who still wait have a bar of their own.
func Meetings(l exchange.Ledger, p exchange.Period) Picture {
	b := MeetingBars(l, p)
	return b.Picture("meetings").orEmpty(b.total() == 0)
}

// MeetingBars are the same as bars.
func MeetingBars(l exchange.Ledger, p exchange.Period) Bars {
	spans := []struct {
		name  string
		below float64 // days
	}{{"within 3 days", 3}, {"after 3 to 6 days", 7}, {"after 7 to 13 days", 14}, {"after 14 to 29 days", 30}, {"after 30 to 89 days", 90}, {"after 90 days or more", 1e9}}
	b := Bars{Title: "From an introduction to the first meeting", Note: "Hollow: have not met so far. Who gave up is not shown."}
	for _, s := range spans {
		b.Bars = append(b.Bars, Bar{Name: s.name})
	}
	met, waiting := 0, 0
	for _, m := range l.Meetings {
		switch {
		case !p.Holds(m.Accepted):
		case !m.Met.IsZero() && m.Met.Before(p.To):
			days := max(0, m.Met.Sub(m.Accepted).Hours()/24)
			for i, s := range spans {
				if days < s.below {
					b.Bars[i].N++
					break
				}
			}
			met++
		case m.Over.IsZero() || !m.Over.Before(p.To):
			waiting++
		}
	}
	b.Bars = append(b.Bars, Bar{Name: "still waiting", N: waiting, Open: true})
	b.Alt = "Nobody was introduced in this time."
	if met+waiting > 0 {
		b.Alt = fmt.Sprintf("Bars of how long people took to meet: %d met", met)
		for _, bar := range b.Bars[:len(spans)] {
			if bar.N > 0 {
				b.Alt += fmt.Sprintf(", %d %s", bar.N, bar.Name)
			}
		}
		b.Alt += fmt.Sprintf("; %d still waiting.", waiting)
	}
	return b
}

// total is how many all bars stand for.
func (b Bars) total() int {
	total := 0
	for _, bar := range b.Bars {
		total += bar.N
	}
	return total
}

func (p Picture) orEmpty(empty bool) Picture {
	p.Empty = empty
	return p
}

func nameOf(names map[string]string, id string) string { return cmp.Or(names[id], "another lab") }

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

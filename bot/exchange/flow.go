package exchange

import (
	"cmp"
	"maps"
	"slices"
)

// Flow counts what moves from lab to lab. Nothing moves from a lab to itself.
type Flow map[Way]int

// add counts one more in a direction.
func (f Flow) add(w Way) {
	if w.From != w.To {
		f[w]++
	}
}

// Ways are the directions in which something moves, by their labs' names.
func (f Flow) Ways() []Way {
	return slices.SortedFunc(maps.Keys(f), func(a, b Way) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
}

// Total is all that moves.
func (f Flow) Total() int {
	total := 0
	for _, n := range f {
		total += n
	}
	return total
}

// Out is what a lab gives.
func (f Flow) Out(lab string) int { return f.sum(func(w Way) bool { return w.From == lab }) }

// In is what a lab receives.
func (f Flow) In(lab string) int { return f.sum(func(w Way) bool { return w.To == lab }) }

func (f Flow) sum(of func(Way) bool) int {
	total := 0
	for w, n := range f {
		if of(w) {
			total += n
		}
	}
	return total
}

// Reciprocity is how much of the flow is matched by as much the other way
// (Squartini and others' weighted reciprocity).
func (f Flow) Reciprocity() Ratio {
	r := Ratio{Den: f.Total()}
	for w, n := range f {
		r.Num += min(n, f[Way{w.To, w.From}])
	}
	return r
}

// Mutual is the same by directions, whatever moves in each: those that are
// matched at all.
func (f Flow) Mutual() Ratio {
	var r Ratio
	for w, n := range f {
		if n > 0 {
			r.count(f[Way{w.To, w.From}] > 0)
		}
	}
	return r
}

// Balance is what a lab gives less what it receives, of both together: above
// nothing it gives more, below it learns more.
func (f Flow) Balance(lab string) Ratio {
	out, in := f.Out(lab), f.In(lab)
	return Ratio{out - in, out + in}
}

// Between is what moves from labs of one sector to labs of another.
func (f Flow) Between(labs []Member, from, to Sector) int {
	sector := map[string]Sector{}
	for _, m := range labs {
		sector[m.Lab] = m.Sector
	}
	return f.sum(func(w Way) bool { return sector[w.From] == from && sector[w.To] == to })
}

// Top is how much of all giving and receiving is of the n labs that do most.
func (f Flow) Top(n int) Ratio {
	each := map[string]int{}
	for w, k := range f {
		each[w.From] += k
		each[w.To] += k
	}
	most := slices.SortedFunc(maps.Values(each), func(a, b int) int { return cmp.Compare(b, a) })
	r := Ratio{Den: 2 * f.Total()}
	for _, k := range most[:min(n, len(most))] {
		r.Num += k
	}
	return r
}

// VerifiedFlow is what the receivers verified within a period.
func (l Ledger) VerifiedFlow(p Period) Flow {
	f := Flow{}
	l.goals(p, func(_ *Exchange, g Goal) {
		if g.State == GoalVerified && g.Verified != nil && p.Holds(g.Verified.At) {
			f.add(g.Way())
		}
	})
	return f
}

// People is who went from lab to lab: the visits that began within a period.
func (l Ledger) People(p Period) Flow {
	f := Flow{}
	for _, r := range l.begun(p) {
		f.add(Way{r.Exchange.Terms.Visitor.Lab, r.Exchange.Terms.Host.Lab})
	}
	return f
}

// flows are M1, M17, M18 and M19.
func (l Ledger) flows(p Period) []Measure {
	verified, people, planned, claimed := l.VerifiedFlow(p), l.People(p), Flow{}, Flow{}
	l.goals(p, func(e *Exchange, g Goal) {
		if p.Holds(e.Agreed) {
			planned.add(g.Way())
		}
		if g.Claimed != nil && p.Holds(g.Claimed.At) {
			claimed.add(g.Way())
		}
	})
	var all []Measure
	for _, of := range []struct {
		what string
		Flow
	}{{"verified", verified}, {"claimed", claimed}, {"planned", planned}, {"people", people}} {
		for _, w := range of.Ways() {
			all = append(all, countOf("M1", of.what+" "+w.From+">"+w.To, of.Flow[w]))
		}
	}
	all = append(all, shareOf("M17", "weighted", verified.Reciprocity()), shareOf("M17", "directions", verified.Mutual()))
	for _, m := range slices.SortedFunc(slices.Values(l.Labs), func(a, b Member) int { return cmp.Compare(a.Lab, b.Lab) }) {
		all = append(all, shareOf("M18", m.Lab, verified.Balance(m.Lab)))
	}
	for _, s := range [][2]Sector{{Academic, Industry}, {Industry, Academic}} {
		part := string(s[0]) + ">" + string(s[1])
		all = append(all, countOf("M19", "goals "+part, verified.Between(l.Labs, s[0], s[1])),
			countOf("M19", "people "+part, people.Between(l.Labs, s[0], s[1])))
	}
	return all
}

// spread is M26: of a network, how many labs take part, and how much the three
// that do most have of it.
func (l Ledger) spread(p Period) []Measure {
	takes := map[string]bool{}
	for _, r := range l.begun(p) {
		takes[r.Exchange.Terms.Visitor.Lab], takes[r.Exchange.Terms.Host.Lab] = true, true
	}
	var labs Ratio
	for _, m := range l.Labs {
		labs.count(takes[m.Lab])
	}
	return []Measure{shareOf("M26", "labs", labs), shareOf("M26", "top three", l.VerifiedFlow(p).Top(3))}
}

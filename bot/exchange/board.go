package exchange

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Others stands for all labs together that a board does not name.
const Others = "others"

// fewestLabs is how many labs Others stands for at least: of two, each knows its
// own part and so the other's.
const fewestLabs = 3

// Board is what everybody may read of a network's figures, lab or not. It names
// the labs that said so, no person and no text. A figure that rests on fewer than
// Fewest people is not in it, nor one from which with others of the same board
// such a figure follows. It is of whole years and of all time: of free periods,
// two that differ by a day would tell what happened on it.
type Board struct {
	named map[string]bool
	until time.Time
	all   Ledger // what figures of the network are of
	open  Ledger // between labs that are named: what their own figures are of
	whole bool   // all has exchanges of labs that are not named
}

// Board is the board of a ledger at a time: named says which labs it names.
func (l Ledger) Board(named map[string]bool, until time.Time) Board {
	b := Board{named: named, until: until, open: l.between(named)}
	b.all, b.whole = b.open, b.mayCount(l)
	if b.whole {
		b.all = l
	}
	return b
}

// between is what of a ledger concerns these labs alone.
func (l Ledger) between(named map[string]bool) Ledger {
	in, kept := Ledger{}, map[string]bool{}
	for _, m := range l.Labs {
		if named[m.Lab] {
			in.Labs = append(in.Labs, m)
		}
	}
	for _, r := range l.Records {
		if t := r.Exchange.Terms; named[t.Visitor.Lab] && named[t.Host.Lab] {
			in.Records, kept[r.ID] = append(in.Records, r), true
		}
	}
	for _, f := range l.FollowUps {
		if kept[f.Exchange] {
			in.FollowUps = append(in.FollowUps, f)
		}
	}
	for _, m := range l.Meetings {
		if named[m.Parties[0].Lab] && named[m.Parties[1].Lab] {
			in.Meetings = append(in.Meetings, m)
		}
	}
	return in
}

// crowd are people and labs.
type crowd struct{ people, labs map[string]bool }

func newCrowd() crowd { return crowd{map[string]bool{}, map[string]bool{}} }

func (c crowd) add(all ...Party) {
	for _, p := range all {
		if p.Person != "" {
			c.people[p.Person] = true
		}
		if p.Lab != "" {
			c.labs[p.Lab] = true
		}
	}
}

// mayCount reports whether what labs did that are not named may count in the
// network's figures: there are enough of them, and enough people, in every year
// in which they did anything. Else the figures without them would give them away.
func (b Board) mayCount(l Ledger) bool {
	exchanges, meetings := map[int]crowd{}, map[int]crowd{}
	put := func(to map[int]crowd, at time.Time, parties ...Party) {
		if at.IsZero() {
			return
		}
		year := at.UTC().Year()
		if _, ok := to[year]; !ok {
			to[year] = newCrowd()
		}
		to[year].add(parties...)
	}
	for _, r := range l.Records {
		if t := r.Exchange.Terms; !b.named[t.Visitor.Lab] || !b.named[t.Host.Lab] {
			for _, at := range r.Exchange.moments() {
				put(exchanges, at, t.Visitor, t.Host)
			}
		}
	}
	for _, m := range l.Meetings {
		if !b.named[m.Parties[0].Lab] || !b.named[m.Parties[1].Lab] {
			put(meetings, m.Accepted, m.Parties[:]...)
		}
	}
	for _, years := range []map[int]crowd{exchanges, meetings} {
		for _, c := range years {
			maps.DeleteFunc(c.labs, func(lab string, _ bool) bool { return b.named[lab] })
			if len(c.labs) < fewestLabs || len(c.people) < Fewest {
				return false
			}
		}
	}
	return len(exchanges)+len(meetings) > 0
}

// moments are when something of an exchange happened that figures count.
func (e *Exchange) moments() []time.Time {
	if e.Agreed.IsZero() {
		return nil
	}
	all := []time.Time{e.Agreed, e.Ended, e.Completed}
	if !e.Start.IsZero() {
		all = append(all, midnight(e.Start))
	}
	for _, g := range e.Goals {
		all = append(all, midnight(g.Due), midnight(g.firstDue()), e.settled(g))
		if g.Verified != nil {
			all = append(all, g.Verified.At)
		}
	}
	return slices.DeleteFunc(all, time.Time.IsZero)
}

// Years are those that the board has, the newest first.
func (b Board) Years() []int {
	last := b.until.Add(-1).UTC().Year()
	first := last
	for _, r := range b.all.Records {
		if at := r.Exchange.Agreed; !at.IsZero() {
			first = min(first, at.UTC().Year())
		}
	}
	for _, m := range b.all.Meetings {
		first = min(first, m.Accepted.UTC().Year())
	}
	var years []int
	for year := last; year >= first; year-- {
		years = append(years, year)
	}
	return years
}

// Period is a year as far as it is over, or all time for 0.
func (b Board) Period(year int) Period {
	if year == 0 {
		return Period{To: b.until}
	}
	p := Period{time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)}
	if p.To.After(b.until) {
		p.To = b.until
	}
	return p
}

// Measures are the figures of a year, 0 for all time, and of a lab that is named
// or, with "", of the network.
func (b Board) Measures(year int, lab string) []Measure {
	mine := b.counted(year, lab)
	if year != 0 {
		mine = b.besideYears(mine, year, lab)
	}
	if lab != "" {
		mine = besideAll(mine, b.counted(year, ""))
	}
	flow := b.Flow(year, lab)
	var all []Measure
	for _, w := range flow.Ways() {
		m := countOf("M1", "verified "+w.From+">"+w.To, flow[w])
		m.Scope, m.Period = Scope{Lab: lab}, b.Period(year)
		all = append(all, m)
	}
	return append(all, mine...)
}

// onBoard are the metrics that a board has, beside M1. The others name labs or
// persons, or are of what organisers have to see to, or are of parts whose years
// would give each other away.
func onBoard(m Measure, lab string) bool {
	switch m.Metric {
	case "M2", "M3", "M4", "M5", "M6", "M8", "M9", "M10", "M11", "M12", "M13", "M15", "M16", "M17", "M20", "M21", "M23", "M24":
		return !staged(m) && (m.Metric != "M20" || m.Part != "people")
	case "M18":
		return lab != ""
	}
	return false
}

// counted are the figures before they are set beside others, each with how many
// people it rests on.
func (b Board) counted(year int, lab string) []Measure {
	l, p, s := b.ledger(lab), b.Period(year), Scope{Lab: lab}
	all := slices.DeleteFunc(l.Measures(p, s), func(m Measure) bool { return !onBoard(m, lab) })
	in := l.Within(s)
	stood, did, met := newCrowd(), newCrowd(), newCrowd()
	for _, r := range in.agreed(p) {
		t := r.Exchange.Terms
		stood.add(t.Visitor, t.Host)
		if slices.ContainsFunc(r.Exchange.moments(), p.Holds) {
			did.add(t.Visitor, t.Host)
		}
	}
	for _, m := range in.Meetings {
		if p.Holds(m.Accepted) {
			met.add(m.Parties[:]...)
		}
	}
	for i := range all {
		m := &all[i]
		switch {
		case answers(*m):
		case m.Metric == "M2":
			m.People = len(stood.people)
		case m.Metric == "M8" || m.Metric == "M10":
			m.People = len(met.people)
		default:
			m.People = len(did.people)
		}
		if m.People > 0 && m.People < Fewest {
			m.veil()
		}
	}
	return all
}

// answers reports whether a figure is of what people were asked.
func answers(m Measure) bool { return m.Metric == "M15" || m.Metric == "M16" || m.Metric == "M21" }

// ledger is what figures are computed from.
func (b Board) ledger(lab string) Ledger {
	if lab != "" {
		return b.open
	}
	return b.all
}

type measureKey struct{ metric, part string }

func (m Measure) key() measureKey { return measureKey{m.Metric, m.Part} }

// besideYears hides what the years together would give away, since the figures of
// all time are shown too.
func (b Board) besideYears(mine []Measure, year int, lab string) []Measure {
	parts, at := map[measureKey][]Measure{}, map[measureKey]int{}
	for _, y := range b.Years() {
		all := mine
		if y != year {
			all = b.counted(y, lab)
		}
		for _, m := range all {
			if y == year {
				at[m.key()] = len(parts[m.key()])
			}
			parts[m.key()] = append(parts[m.key()], m)
		}
	}
	mine = slices.Clone(mine)
	for i, m := range mine {
		if where, ok := at[m.key()]; ok {
			mine[i] = Groups(parts[m.key()])[where]
		}
	}
	return mine
}

// besideAll hides what a few people answered who are in the network's figures and
// not in the lab's.
func besideAll(mine, network []Measure) []Measure {
	people := map[measureKey]int{}
	for _, m := range network {
		people[m.key()] = m.People
	}
	mine = slices.Clone(mine)
	for i := range mine {
		if rest := people[mine[i].key()] - mine[i].People; answers(mine[i]) && rest > 0 && rest < Fewest {
			mine[i].veil()
		}
	}
	return mine
}

// Introduced are the introductions of a year and a lab, for a picture; few is true
// where they are of too few people to be shown, and then there are none.
func (b Board) Introduced(year int, lab string) (l Ledger, few bool) {
	for _, m := range b.Measures(year, lab) {
		if m.Metric == "M8" && m.Few {
			return Ledger{}, true
		}
	}
	return Ledger{Meetings: b.ledger(lab).Within(Scope{Lab: lab}).Meetings}, false
}

// Flow is what receivers verified in a year, between labs that are named. Of all
// time and the network the rest is between them and Others, as far as it gives
// nobody away: a direction that is not in it is of nothing or of too few.
func (b Board) Flow(year int, lab string) Flow {
	p := b.Period(year)
	flow := b.open.VerifiedFlow(p)
	if lab != "" {
		maps.DeleteFunc(flow, func(w Way, _ int) bool { return w.From != lab && w.To != lab })
	}
	if lab == "" && year == 0 && b.whole {
		maps.Copy(flow, b.others(p))
	}
	return flow
}

// others is what moves between labs that are named and the others together.
func (b Board) others(p Period) Flow {
	flow, crowds := Flow{}, map[Way]crowd{}
	b.all.goals(p, func(e *Exchange, g Goal) {
		way := Way{b.name(g.Giver), b.name(g.Receiver)}
		if g.State != GoalVerified || g.Verified == nil || !p.Holds(g.Verified.At) || (way.From == Others) == (way.To == Others) {
			return
		}
		flow.add(way)
		if _, ok := crowds[way]; !ok {
			crowds[way] = newCrowd()
		}
		crowds[way].add(e.Terms.Visitor, e.Terms.Host)
	})
	hidden := newCrowd()
	n := 0
	for _, w := range slices.SortedFunc(maps.Keys(crowds), func(a, b Way) int {
		return cmp.Or(cmp.Compare(len(crowds[a].people), len(crowds[b].people)), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	}) {
		c := crowds[w]
		few := len(c.people) < Fewest || len(c.labs) < 1+fewestLabs // with the one that is named
		told := n > 0 && (n < 2 || len(hidden.people) < Fewest)     // by what the others leave of the whole
		if few || told {
			delete(flow, w)
			maps.Copy(hidden.people, c.people)
			n++
		}
	}
	return flow
}

func (b Board) name(lab string) string {
	if b.named[lab] {
		return lab
	}
	return Others
}

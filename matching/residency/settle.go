package residency

import (
	"cmp"
	"container/heap"
	"slices"
)

// Result is who goes where, and why.
type Result struct {
	Placements []Placement // in the order of the applicants
	Unmatched  []string    // applicants without a place, in their order
	Open       []Opening   // places with room left, in their order
	Seed       uint64      // of the lottery
}

// Placement is what an applicant gets.
type Placement struct {
	Applicant string
	Place     string // "" if none
	Why       []Answer
}

// Answer says to an applicant why a place that they would rather have is not theirs.
// It names nobody.
type Answer struct {
	Place  string
	Reason Reason
}

// Reason is why not. Its values are stored.
type Reason string

// The reasons.
const (
	OwnLab    Reason = "own lab"    // the place is in the applicant's own lab
	NotRanked Reason = "not ranked" // the lab did not rank the applicant
	Full      Reason = "full"       // the lab ranked all whom it got higher
	Lottery   Reason = "lottery"    // the last whom the lab got was ranked alike, and drawn first
)

// Opening is a place with room.
type Opening struct {
	Place string
	Left  int
}

// Settle places everybody by deferred acceptance, applicants proposing (Gale and Shapley
// 1962): of all placements that nobody would break, it is the best one for every
// applicant at once. It takes O(L log q) for L choices in all and places for q.
func (m Market) Settle() (Result, error) {
	c, err := m.check()
	if err != nil {
		return Result{}, err
	}
	return c.result(c.propose()), nil
}

// guests are the applicants whom a place holds for now, the least wanted on top.
type guests struct {
	ids    []int
	orders []order
}

func (g *guests) Len() int           { return len(g.ids) }
func (g *guests) Less(i, j int) bool { return g.orders[i].compare(g.orders[j]) > 0 }

func (g *guests) Swap(i, j int) {
	g.ids[i], g.ids[j] = g.ids[j], g.ids[i]
	g.orders[i], g.orders[j] = g.orders[j], g.orders[i]
}

// Push and Pop are of heap.Interface; what is pushed is one guest.
func (g *guests) Push(x any) {
	if one, ok := x.(guest); ok {
		g.ids, g.orders = append(g.ids, one.id), append(g.orders, one.order)
	}
}

// Pop forgets the last guest.
func (g *guests) Pop() any {
	last := len(g.ids) - 1
	one := guest{g.ids[last], g.orders[last]}
	g.ids, g.orders = g.ids[:last], g.orders[:last]
	return one
}

type guest struct {
	id    int
	order order
}

// propose returns whom each place holds in the end. Every applicant proposes to their
// places in turn; a place holds the best so far and lets the least wanted go.
func (c *market) propose() []guests {
	held := make([]guests, len(c.Places))
	next := make([]int, len(c.Applicants))
	for i := range c.Applicants {
		for a := i; a >= 0 && next[a] < len(c.choices[a]); {
			o := c.choices[a][next[a]]
			next[a]++
			a = held[o.place].admit(guest{a, o.order}, c.Places[o.place].Capacity)
		}
	}
	return held
}

// admit lets a guest in, and returns who is left outside for it; -1 if nobody is.
func (g *guests) admit(one guest, capacity int) int {
	if len(g.ids) < capacity {
		heap.Push(g, one)
		return -1
	}
	if one.order.compare(g.orders[0]) > 0 {
		return one.id
	}
	out := g.ids[0]
	g.ids[0], g.orders[0] = one.id, one.order
	heap.Fix(g, 0)
	return out
}

// result says who goes where and explains it.
func (c *market) result(held []guests) Result {
	at := make([]int, len(c.Applicants))
	for i := range at {
		at[i] = -1
	}
	for place, g := range held {
		for _, a := range g.ids {
			at[a] = place
		}
	}
	r := Result{Seed: c.Seed}
	for i, a := range c.Applicants {
		p := Placement{Applicant: a.ID, Why: c.why(i, at[i], held)}
		if at[i] >= 0 {
			p.Place = c.Places[at[i]].ID
		} else {
			r.Unmatched = append(r.Unmatched, a.ID)
		}
		r.Placements = append(r.Placements, p)
	}
	for i, p := range c.Places {
		if left := p.Capacity - len(held[i].ids); left > 0 {
			r.Open = append(r.Open, Opening{p.ID, left})
		}
	}
	return r
}

// why explains each choice that an applicant ranked above what they got.
func (c *market) why(applicant, got int, held []guests) []Answer {
	var answers []Answer
	for _, id := range c.Applicants[applicant].Choices {
		place := c.places[id]
		if place == got {
			break
		}
		at := slices.IndexFunc(c.choices[applicant], func(o option) bool { return o.place == place })
		reason := Full
		switch {
		case at < 0:
			reason = cmp.Or(c.exclusion(c.Applicants[applicant], c.Places[place], false), NotRanked)
		case held[place].orders[0].band == c.choices[applicant][at].order.band:
			reason = Lottery
		}
		answers = append(answers, Answer{id, reason})
	}
	return answers
}

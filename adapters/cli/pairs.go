package cli

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"

	"interlab/matching"
	"interlab/matching/round"
)

// A round of up to allPairs people may pair everybody with everybody. In a larger one
// each person has the nearest people of other labs, and a few others by chance, so that
// nobody has nobody.
const (
	allPairs = 400
	nearest  = 20
	others   = 5
)

// pairPeople reads who takes part, and finds who may meet and how well they fit.
func (p *Program) pairPeople(path string, r *round.Round) error {
	people, err := p.people(path)
	if err != nil {
		return err
	}
	labs := map[string]string{}
	index := matching.NewIndex(matching.DefaultAliases())
	for _, one := range people {
		labs[one.ID] = one.Lab
		index.Put(one.profile())
		away, err := one.away()
		if err != nil {
			return err
		}
		r.People = append(r.People, round.Person{ID: one.ID, Lab: one.Lab, Away: away})
	}
	if len(people) < 2 {
		return errors.New("one person cannot meet anybody; name at least two")
	}
	apart := func(a, b string) bool { return a != b && (labs[a] == "" || labs[a] != labs[b]) }
	fits := map[round.Couple]int64{}
	random := rand.New(rand.NewPCG(r.Seed, 0))
	add := func(a, b string, fit int64) {
		if apart(a, b) {
			fits[round.Couple{A: min(a, b), B: max(a, b)}] += fit
		}
	}
	slices.SortFunc(people, func(a, b person) int { return cmp.Compare(a.ID, b.ID) })
	for i, one := range people {
		if len(people) <= allPairs {
			for _, other := range people[:i] {
				add(one.ID, other.ID, 0)
			}
		}
		for range others {
			add(one.ID, people[random.IntN(len(people))].ID, 0)
		}
		for _, s := range index.Rank(one.wish(), nearest, func(id string) bool { return apart(one.ID, id) }) {
			add(one.ID, s.ID, s.Score)
		}
	}
	if len(fits) == 0 {
		return errors.New("nobody can meet: everybody is of the same lab; name people of other labs")
	}
	for c, fit := range fits {
		r.Pairs = append(r.Pairs, round.Pair{A: c.A, B: c.B, Weight: fit})
	}
	return nil
}

// wish is what a person would ask: what they look for, or else what they do.
func (p person) wish() matching.Query {
	topics := p.Seeks
	if len(topics) == 0 {
		topics = p.Shares
	}
	if len(topics) == 0 {
		return matching.Query{Text: p.profile().About}
	}
	return matching.Query{Text: strings.Join(topics, ", ")}
}

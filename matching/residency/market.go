// Package residency places applicants at labs that offer residencies. Its rule: no
// applicant and lab would both rather have each other than what they got, and nobody
// does better by ranking labs in another order than that of their true wishes. Chance is
// one lottery, drawn from a seed that is recorded; equal markets give equal placements.
package residency

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
)

// ErrMarket is wrapped by all errors about a market that cannot be settled.
var ErrMarket = errors.New("the placements cannot be made")

// Applicant wants to visit one of some places.
type Applicant struct {
	ID      string
	Lab     string   // nobody is placed in their own lab; "" is no lab
	Choices []string // IDs of places, the most wanted first
}

// Place is an opening, or several alike, in a lab.
type Place struct {
	ID       string
	Lab      string
	Capacity int        // people at a time; at least 1
	Ranks    [][]string // IDs of applicants in bands, the most wanted band first; who is in none is not wanted
	Open     bool       // Ranks name nobody, and all who choose the place are wanted alike
}

// Market is all that placements depend on.
type Market struct {
	Applicants []Applicant
	Places     []Place
	Seed       uint64 // of the lottery among the applicants of a band
}

// market is a Market that has been checked, with everybody as numbers.
type market struct {
	Market
	places  map[string]int
	ticket  []int      // of each applicant in the lottery, the same at all places; the smallest first
	choices [][]option // of each applicant, without those that a rule excludes
}

// option is a choice of an applicant to which nothing is in the way.
type option struct {
	place int
	order order
}

// order is how much a place wants an applicant: the band, then the ticket. The smaller
// the better.
type order struct{ band, ticket int }

func (o order) compare(p order) int {
	return cmp.Or(cmp.Compare(o.band, p.band), cmp.Compare(o.ticket, p.ticket))
}

// check numbers everybody and refuses what cannot be settled; errors wrap ErrMarket.
func (m Market) check() (*market, error) {
	c := &market{Market: m, places: make(map[string]int, len(m.Places))}
	applicants := make(map[string]int, len(m.Applicants))
	for i, a := range m.Applicants {
		if _, twice := applicants[a.ID]; twice {
			return nil, refuse("applicant %q is there twice", a.ID)
		}
		applicants[a.ID] = i
	}
	ranked := make([][]rank, len(m.Applicants))
	for i, p := range m.Places {
		if _, twice := c.places[p.ID]; twice {
			return nil, refuse("place %q is there twice", p.ID)
		}
		if p.Capacity < 1 {
			return nil, refuse("place %q has a capacity of %d; it needs room for one at least", p.ID, p.Capacity)
		}
		c.places[p.ID] = i
		if err := p.tell(i, applicants, ranked); err != nil {
			return nil, err
		}
	}
	c.draw()
	if err := c.choose(ranked); err != nil {
		return nil, err
	}
	return c, nil
}

// rank says in which band a place has an applicant.
type rank struct{ place, band int }

// tell adds to each applicant in which band the place has them.
func (p Place) tell(place int, applicants map[string]int, ranked [][]rank) error {
	for band, ids := range p.Ranks {
		for _, id := range ids {
			i, known := applicants[id]
			if !known {
				return refuse("place %q ranks %q, who is no applicant", p.ID, id)
			}
			if n := len(ranked[i]); n > 0 && ranked[i][n-1].place == place {
				return refuse("place %q ranks %q twice", p.ID, id)
			}
			ranked[i] = append(ranked[i], rank{place, band})
		}
		if p.Open && len(ids) > 0 {
			return refuse("place %q is open to all and ranks somebody", p.ID)
		}
	}
	return nil
}

// choose keeps of everybody's choices those that are possible.
func (c *market) choose(ranked [][]rank) error {
	// Of each place the number of the last applicant, from 1, whom it ranked or who
	// chose it: cheaper than a set for each applicant.
	ranks, chosen, bands := make([]int, len(c.Places)), make([]int, len(c.Places)), make([]int, len(c.Places))
	c.choices = make([][]option, len(c.Applicants))
	for i, a := range c.Applicants {
		c.choices[i] = make([]option, 0, len(a.Choices))
		for _, r := range ranked[i] {
			ranks[r.place], bands[r.place] = i+1, r.band
		}
		for _, id := range a.Choices {
			place, known := c.places[id]
			switch {
			case !known:
				return refuse("applicant %q chooses %q, which is no place", a.ID, id)
			case chosen[place] == i+1:
				return refuse("applicant %q chooses %q twice", a.ID, id)
			}
			chosen[place] = i + 1
			if c.exclusion(a, c.Places[place], ranks[place] == i+1) == "" {
				band := 0
				if !c.Places[place].Open {
					band = bands[place]
				}
				c.choices[i] = append(c.choices[i], option{place, order{band, c.ticket[i]}})
			}
		}
	}
	return nil
}

// exclusion says what is in the way of an applicant at a place; "" if nothing is.
func (c *market) exclusion(a Applicant, p Place, ranked bool) Reason {
	switch {
	case a.Lab != "" && a.Lab == p.Lab:
		return OwnLab
	case !ranked && !p.Open:
		return NotRanked
	default:
		return ""
	}
}

// draw gives everybody a ticket. It depends on the seed and the IDs of those who take
// part, not on the order in which they come.
func (c *market) draw() {
	drawn := make([]uint64, len(c.Applicants))
	order := make([]int, len(c.Applicants))
	for i, a := range c.Applicants {
		drawn[i], order[i] = chance(c.Seed, a.ID), i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(drawn[i], drawn[j]), cmp.Compare(c.Applicants[i].ID, c.Applicants[j].ID))
	})
	c.ticket = make([]int, len(order))
	for ticket, i := range order {
		c.ticket[i] = ticket
	}
}

// chance mixes a seed and an ID by the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
func chance(seed uint64, id string) uint64 {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(id))
	x := hash.Sum64() + (seed+1)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMarket, fmt.Sprintf(format, args...))
}

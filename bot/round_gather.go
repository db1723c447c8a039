package bot

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"interlab/calendar"
	pairing "interlab/matching/round"
)

// problem is what a round is planned from, and why people have no pair at all.
type problem struct {
	pairing.Round
	out map[string]string // barrier by planID
}

// barrier is why two people must not meet in a round: an absence, never a lower place.
type barrier string

// The barriers. What is private between two people is one of them: whether they
// were in touch or keep apart cannot be told from it.
const (
	barrierNone   barrier = ""
	barrierLab    barrier = "lab"
	barrierAway   barrier = "away"
	barrierLately barrier = "lately"
	barrierHours  barrier = "hours"
	barrierAlone  barrier = "alone"
)

// guest is somebody who takes part, with what a plan depends on.
type guest struct {
	place   *Entrant
	person  *Person
	clock   string // the zone and hours, as a key
	matches map[string][]*Match
	waited  int
}

// crowd are the guests of a round.
type crowd struct {
	app    *App
	round  *Round
	now    time.Time
	guests []guest
	shared map[[2]string]int // common minutes a week by clocks
}

// readAtOnce is how many lists are read in one round trip.
const readAtOnce = 50

// newCrowd reads who takes part. It decides nothing that a commit does not check.
func (a *App) newCrowd(tx *Tx, r *Round, places []*Entrant) (*crowd, error) {
	c := &crowd{app: a, round: r, now: tx.now, shared: map[[2]string]int{}}
	for some := range slices.Chunk(places, readAtOnce) {
		var wants []Want
		for _, e := range some {
			wants = append(wants, Want{Ref: Ref{KindPerson, e.Person}}, Want{List: matchesOf + e.Person}, Want{List: entrantsBy + e.Person})
		}
		if err := tx.prefetch(wants...); err != nil {
			return nil, err
		}
		for _, e := range some {
			if err := c.invite(tx, e); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

// invite takes one guest in.
func (c *crowd) invite(tx *Tx, e *Entrant) error {
	person, err := load[*Person](tx, KindPerson, e.Person)
	if err != nil {
		return fmt.Errorf("guest of round %s: %w", c.round.ID, err)
	}
	matches, err := list[*Match](tx, Want{List: matchesOf + e.Person})
	if err != nil {
		return err
	}
	places, err := list[*Entrant](tx, Want{List: entrantsBy + e.Person})
	if err != nil {
		return err
	}
	g := guest{place: e, person: person, matches: map[string][]*Match{}, waited: waitedIn(places)}
	g.clock = person.zone().String() + " " + person.hours().String()
	for _, m := range matches {
		g.matches[m.other(person.ID)] = append(g.matches[m.other(person.ID)], m)
	}
	c.guests = append(c.guests, g)
	return nil
}

// waitedIn counts the rounds that somebody sat out since they last met anybody
// in one. The places come newest first.
func waitedIn(places []*Entrant) int {
	n := 0
	for _, e := range places {
		switch satOut, counts := e.waited(); {
		case satOut:
			n++
		case counts:
			return n
		}
	}
	return n
}

// between is what keeps two guests apart.
func (c *crowd) between(x, y *guest) barrier {
	switch {
	case x.person.Lab != "" && x.person.Lab == y.person.Lab || x.person.ID == y.person.ID:
		return barrierLab
	case !x.person.findable(c.now) || !y.person.findable(c.now) || c.app.awayThroughout(x.person, c.now) || c.app.awayThroughout(y.person, c.now):
		return barrierAway
	case apart(x.person, y.person):
		return barrierLately
	case slices.ContainsFunc(x.matches[y.person.ID], c.tooLately):
		return barrierLately
	case c.minutes(x, y) < int(c.round.Purpose.length().Minutes()):
		return barrierHours
	}
	return barrierNone
}

// tooLately reports whether what was between two people keeps them apart: a
// match of this round, a meeting within the round's gap, or an ask that rests.
func (c *crowd) tooLately(m *Match) bool {
	switch {
	case m.Round == c.round.ID:
		return true
	case m.State == Introduced || m.State == Closed:
		return c.now.Before(m.lastStep().Add(time.Duration(c.round.GapWeeks) * week))
	}
	return m.rests(c.now)
}

const week = 7 * 24 * time.Hour

// minutes is how long two guests work at the same time in a week.
func (c *crowd) minutes(x, y *guest) int {
	key := [2]string{min(x.clock, y.clock), max(x.clock, y.clock)}
	n, known := c.shared[key]
	if !known {
		n = c.app.zones.Overlap([]calendar.Attendee{x.person.attendee(), y.person.attendee()}, c.now)
		c.shared[key] = n
	}
	return n
}

// weeks is how long ago two guests met, 0 if never.
func (c *crowd) weeks(x, y *guest) int {
	least := 0
	for _, m := range x.matches[y.person.ID] {
		if m.State != Introduced && m.State != Closed {
			continue
		}
		if n := max(int(c.now.Sub(m.lastStep())/week), 1); least == 0 || n < least {
			least = n
		}
	}
	return least
}

// Of a large round not every pair is weighed: each person's best companions, and
// a few by chance so that nobody is left without any.
const (
	weighAll   = 150 // people, up to whom every pair is weighed
	bestOfMany = 24
	someOfMany = 8
)

// problem states the round: who may meet, and how well they fit.
func (c *crowd) problem() *problem {
	p := &problem{out: map[string]string{}}
	p.Rules = c.round.rules()
	for i := range c.guests {
		g := &c.guests[i]
		p.People = append(p.People, pairing.Person{ID: planID(g.place.Turn), Lab: g.person.Lab, Waited: g.waited})
	}
	open := c.openPairs(p)
	scores := c.scores(open)
	for i := range c.guests {
		for _, j := range open[i] {
			if j < i {
				continue
			}
			forth, isBest := scores[Twosome{int64(i), int64(j)}]
			back, isToo := scores[Twosome{int64(j), int64(i)}]
			if len(c.guests) > weighAll && !isBest && !isToo && !c.byChance(i, j) {
				continue
			}
			c.pair(p, i, j, forth+back+min(forth, back)/2)
		}
	}
	return p
}

// pair lets two guests meet. What goes both ways counts half more.
func (c *crowd) pair(p *problem, i, j int, weight int64) {
	x, y := &c.guests[i], &c.guests[j]
	a, b := planID(x.place.Turn), planID(y.place.Turn)
	p.Pairs = append(p.Pairs, pairing.Pair{A: a, B: b, Weight: weight})
	if weeks := c.weeks(x, y); weeks > 0 {
		p.Past = append(p.Past, pairing.Past{A: a, B: b, Ago: weeks})
	}
}

// byChance is one and the same for a pair whenever it is asked.
func (c *crowd) byChance(i, j int) bool {
	hash := fnv.New32a()
	_, _ = fmt.Fprintf(hash, "%s %d %d", c.round.ID, c.guests[i].place.Turn, c.guests[j].place.Turn) // a hash takes everything
	return int(hash.Sum32()>>8)%len(c.guests) < someOfMany
}

// openPairs lists with whom each guest may meet, and notes why somebody may meet nobody.
func (c *crowd) openPairs(p *problem) [][]int {
	open := make([][]int, len(c.guests))
	for i := range c.guests {
		barriers := map[barrier]int{}
		for j := range c.guests {
			if i == j {
				continue
			}
			if b := c.between(&c.guests[i], &c.guests[j]); b == barrierNone {
				open[i] = append(open[i], j)
			} else {
				barriers[b]++
			}
		}
		if len(open[i]) == 0 {
			p.out[planID(c.guests[i].place.Turn)] = string(mostBarriers(barriers))
		}
	}
	return open
}

func mostBarriers(barriers map[barrier]int) barrier {
	most := barrierAlone
	for _, b := range []barrier{barrierLab, barrierHours, barrierLately, barrierAway} {
		if barriers[b] > barriers[most] {
			most = b
		}
	}
	return most
}

// scores is how well guests answer what others look for, by their places.
func (c *crowd) scores(open [][]int) map[Twosome]int64 {
	at := map[string]int{}
	for i := range c.guests {
		at[c.guests[i].person.ID] = i
	}
	k := len(c.guests)
	if k > weighAll {
		k = bestOfMany
	}
	scores := map[Twosome]int64{}
	for i := range c.guests {
		found := c.app.people.rank(wish(c.guests[i].person), k, func(id string) bool {
			j, here := at[id]
			_, may := slices.BinarySearch(open[i], j)
			return here && may
		})
		for _, s := range found {
			scores[Twosome{int64(i), int64(at[s.ID])}] = s.Score
		}
	}
	return scores
}

// wish is what somebody would like to talk about.
func wish(p *Person) string {
	switch {
	case len(p.Seeks) > 0:
		return strings.Join(p.Seeks, ". ")
	case len(p.Shares) > 0:
		return strings.Join(p.Shares, ". ")
	}
	return p.About
}

// fault says in words why nobody can be paired, and is "" where somebody can.
func (c *crowd) fault(p *problem) string {
	if len(p.Pairs) > 0 {
		return ""
	}
	barriers := map[barrier]int{}
	for i := range c.guests {
		for j := range i {
			barriers[c.between(&c.guests[i], &c.guests[j])]++
		}
	}
	var parts []string
	for _, b := range []struct {
		what      barrier
		one, many string
	}{
		{barrierLab, "pair is of one lab", "pairs are of one lab"},
		{barrierHours, "pair shares too few working hours", "pairs share too few working hours"},
		{barrierLately, "pair met or was in touch too lately, or keeps to other people", "pairs met or were in touch too lately, or keep to other people"},
		{barrierAway, "pair has somebody who is paused, away, or has too many asks open", "pairs have somebody who is paused, away, or has too many asks open"},
	} {
		if n := barriers[b.what]; n > 0 {
			parts = append(parts, counted(n, b.one, b.many))
		}
	}
	if len(parts) == 0 {
		return "Only one person has joined, and it takes two."
	}
	return "Of those who joined nobody can meet anybody: " + sentenceList(parts) + "."
}

package round

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// everybody is a round in which all may meet all.
func everybody(n int, weight func(i, j int) int64) Round {
	var r Round
	for i := range n {
		r.People = append(r.People, Person{ID: fmt.Sprintf("p%03d", i)})
		for j := range i {
			r.Pairs = append(r.Pairs, Pair{fmt.Sprintf("p%03d", i), fmt.Sprintf("p%03d", j), weight(i, j)})
		}
	}
	return r
}

// repeatFree plans rounds one after the other and counts those before the first repeat.
func repeatFree(t *testing.T, r Round) int {
	t.Helper()
	past := map[Couple]int{}
	for number := 1; ; number++ {
		r.Past = nil
		for c, when := range past {
			r.Past = append(r.Past, Past{c.A, c.B, number - when})
		}
		for _, m := range made(t, r).Meetings {
			if m.Ago > 0 {
				return number - 1
			}
			past[Couple{m.A, m.B}] = number
		}
	}
}

func TestRoundsBeforeTheFirstRepeat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ people, tries int }{{10, 12}, {20, 6}, {50, 2}, {100, 1}, {200, 1}} {
		for name, fit := range map[string]func(*rand.Rand) int64{
			"equal":   func(*rand.Rand) int64 { return 1 },
			"unequal": func(random *rand.Rand) int64 { return random.Int64N(1000) },
		} {
			sum := 0
			for seed := range c.tries {
				random := rand.New(rand.NewPCG(uint64(seed), 3))
				r := everybody(c.people, func(int, int) int64 { return fit(random) })
				r.Seed = uint64(seed)
				sum += repeatFree(t, r)
			}
			if possible := c.tries * (c.people - 1); sum*10 < possible*9 {
				t.Errorf("%d people of %s fit: %d of %d rounds before the first repeat, want 90 %%", c.people, name, sum, possible)
			}
		}
	}
}

func TestOfRepeatsTheOldestComesFirst(t *testing.T) {
	t.Parallel()
	r := everybody(4, func(i, j int) int64 { return int64(i + j) })
	for i, p := range r.Pairs {
		r.Past = append(r.Past, Past{p.A, p.B, 1 + (i+2)%6})
	}
	// The three ways to part them have repeats of 3 and 2, 4 and 1, and 5 and 6 rounds ago.
	p := made(t, r)
	if sum := p.Meetings[0].Ago + p.Meetings[1].Ago; sum != 11 {
		t.Errorf("repeats are of %v, want those of 5 and 6 rounds ago", p.Meetings)
	}
}

func TestNobodySitsOutTwiceBeforeOthersDidOnce(t *testing.T) {
	t.Parallel()
	const n = 7
	r := everybody(n, func(i, j int) int64 { return int64(i + j) })
	out := map[string]int{}
	for round := range 3 * n {
		for i := range r.People {
			r.People[i].Waited = 0
			if out[r.People[i].ID] > 0 {
				r.People[i].Waited = out[r.People[i].ID]
			}
		}
		p := made(t, r)
		if len(p.Unmatched) != 1 {
			t.Fatalf("round %d leaves %v out, want one", round, p.Unmatched)
		}
		out[p.Unmatched[0]]++
		least, most := out[p.Unmatched[0]], 0
		for _, person := range r.People {
			least, most = min(least, out[person.ID]), max(most, out[person.ID])
		}
		if most > least+1 {
			t.Fatalf("after round %d people sat out %v, want all about as often", round, out)
		}
	}
}

func TestEverySlotIsFilledWithNewPairs(t *testing.T) {
	t.Parallel()
	r := everybody(12, func(i, j int) int64 { return int64(100 - i - j) })
	r.Slots = 9
	p := made(t, r)
	if len(p.Meetings) != 9*6 || !p.Exact {
		t.Fatalf("%d meetings of 12 people in 9 slots, exact %t, want 54", len(p.Meetings), p.Exact)
	}
	checkRules(t, r, p)
}

func TestAwayIsForTheSlotAlone(t *testing.T) {
	t.Parallel()
	r := everybody(3, func(int, int) int64 { return 1 })
	r.Slots = 3
	for i := range r.People {
		r.People[i].Away = 1 << i
	}
	p := made(t, r)
	if len(p.Meetings) != 3 {
		t.Fatalf("three people, each away once: %v, want a meeting in every slot", p.Meetings)
	}
	checkRules(t, r, p)
}

func TestOverridesShowTheirPrice(t *testing.T) {
	t.Parallel()
	r := everybody(4, func(i, j int) int64 { return int64(10 * i * j) }) // best: 3-2 and 1-0, 60
	r.Pins = []Couple{{"p003", "p000"}}                                  // then 2-1: 20
	p := made(t, r)
	if p.Total != 20 || len(p.Prices) != 1 || p.Prices[0] != (Price{Couple: r.Pins[0], Pin: true, Weight: 40}) {
		t.Errorf("pinned: total %d, prices %+v, want 20 and 40", p.Total, p.Prices)
	}
	r.Pins, r.Forbids = nil, []Couple{{"p002", "p003"}, {"p000", "p003"}} // then 3-1 and 2-0: 30
	p = made(t, r)
	if p.Total != 30 || len(p.Prices) != 2 || p.Prices[0].Weight != 30 || p.Prices[1].Weight != 0 {
		t.Errorf("forbidden: total %d, prices %+v, want 30, 30 and 0", p.Total, p.Prices)
	}
	r.Forbids = append(r.Forbids, Couple{"p001", "p003"})
	if p = made(t, r); len(p.Unmatched) != 2 || p.Prices[2].People != 2 {
		t.Errorf("nobody left for p003: unmatched %v, prices %+v, want 2 more people without a forbid", p.Unmatched, p.Prices)
	}
}

func TestPinsTakeTheSlotsTheyCan(t *testing.T) {
	t.Parallel()
	r := everybody(5, func(int, int) int64 { return 1 })
	r.Slots = 2
	r.People[0].Away = 1 // p000 only in the second
	r.Pins = []Couple{{"p000", "p001"}, {"p001", "p002"}}
	p := made(t, r)
	slots := map[Couple]int{}
	for _, m := range p.Meetings {
		slots[Couple{m.A, m.B}] = m.Slot + 1
	}
	if slots[Couple{"p000", "p001"}] != 2 || slots[Couple{"p001", "p002"}] != 1 {
		t.Errorf("pinned pairs meet in %v, want the one in slot 2 and the other in slot 1", slots)
	}
}

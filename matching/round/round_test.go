package round

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rounds draws small rounds with everything in them.
var rounds = rapid.Custom(func(t *rapid.T) Round {
	n := rapid.IntRange(0, 8).Draw(t, "people")
	r := Round{Rules: Rules{
		Slots: rapid.IntRange(0, 3).Draw(t, "slots"), MinGap: rapid.IntRange(0, 2).Draw(t, "gap"),
		Fair: rapid.Bool().Draw(t, "fair"), Seed: rapid.Uint64Range(0, 3).Draw(t, "seed"),
	}}
	for i := range n {
		r.People = append(r.People, Person{
			ID: fmt.Sprint("p", i), Lab: rapid.SampledFrom([]string{"", "a", "b", "c", "d"}).Draw(t, "lab"),
			Away: rapid.Uint64Range(0, 7).Draw(t, "away") & rapid.Uint64Range(0, 7).Draw(t, "and"), Waited: rapid.IntRange(0, 2).Draw(t, "waited"),
		})
		for j := range i {
			other := fmt.Sprint("p", j)
			switch rapid.IntRange(0, 9).Draw(t, "pair") {
			case 0:
				r.Forbids = append(r.Forbids, Couple{fmt.Sprint("p", i), other})
				fallthrough
			case 1, 2:
				r.Past = append(r.Past, Past{other, fmt.Sprint("p", i), rapid.IntRange(1, 5).Draw(t, "ago")})
				fallthrough
			case 3, 4, 5, 6, 7:
				r.Pairs = append(r.Pairs, Pair{fmt.Sprint("p", i), other, rapid.Int64Range(0, 5).Draw(t, "weight")})
			}
		}
	}
	return r
})

func made(t rapid.TB, r Round) Plan {
	t.Helper()
	p, err := Make(r)
	if err != nil {
		t.Fatalf("Make(%+v) = %v", r, err)
	}
	return p
}

// checkRules tells whether a plan breaks a hard rule.
func checkRules(t rapid.TB, r Round, p Plan) {
	t.Helper()
	people, pairs, busy, met := map[string]Person{}, map[Couple]int64{}, map[string]bool{}, map[Couple]bool{}
	for _, person := range r.People {
		people[person.ID] = person
	}
	for _, pair := range r.Pairs {
		pairs[Couple{min(pair.A, pair.B), max(pair.A, pair.B)}] = pair.Weight
	}
	total := int64(0)
	for _, m := range p.Meetings {
		c, a, b := Couple{m.A, m.B}, people[m.A], people[m.B]
		weight, ok := pairs[c]
		inSlotA, inSlotB := fmt.Sprint(m.A, " ", m.Slot), fmt.Sprint(m.B, " ", m.Slot)
		switch {
		case m.A >= m.B || !ok || weight != m.Weight:
			t.Errorf("meeting %+v is no pair of the round", m)
		case a.Lab != "" && a.Lab == b.Lab, (a.Away|b.Away)>>m.Slot&1 == 1, m.Slot < 0 || m.Slot >= max(r.Slots, 1):
			t.Errorf("meeting %+v of %+v and %+v breaks a rule", m, a, b)
		case busy[inSlotA] || busy[inSlotB] || met[c]:
			t.Errorf("meeting %+v is the second of one of them in the slot, or of both in the round", m)
		case slices.Contains(r.Forbids, c) || slices.Contains(r.Forbids, Couple{m.B, m.A}):
			t.Errorf("meeting %+v is forbidden", m)
		case m.Ago > 0 && m.Ago <= r.MinGap:
			t.Errorf("meeting %+v comes too early", m)
		}
		busy[inSlotA], busy[inSlotB], met[c] = true, true, true
		total += m.Weight
	}
	if total != p.Total || p.Bound < p.Total || p.Exact && p.Bound != p.Total || p.Exact != (p.Path == Proved) {
		t.Errorf("total %d, bound %d, exact %t; the meetings make %d", p.Total, p.Bound, p.Exact, total)
	}
	for _, person := range r.People {
		meets := slices.ContainsFunc(p.Meetings, func(m Meeting) bool { return m.A == person.ID || m.B == person.ID })
		if meets == slices.Contains(p.Unmatched, person.ID) {
			t.Errorf("%s meets somebody: %t, unmatched: %v", person.ID, meets, p.Unmatched)
		}
	}
}

func TestNoPlanBreaksAHardRule(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rounds.Draw(t, "round")
		checkRules(t, r, made(t, r))
	})
}

// outcome is a matching as the objective sees it.
type outcome struct {
	waited []int // of who meets, longest first
	total  int64
}

func (o outcome) compare(p outcome) int {
	return cmp.Or(cmp.Compare(len(o.waited), len(p.waited)), slices.Compare(o.waited, p.waited), cmp.Compare(o.total, p.total))
}

// best tries all matchings of the people from one on.
func best(r Round, from int, busy map[string]bool, so outcome) outcome {
	if from == len(r.Pairs) {
		o := outcome{slices.Clone(so.waited), so.total}
		slices.SortFunc(o.waited, func(a, b int) int { return b - a })
		return o
	}
	most := best(r, from+1, busy, so)
	p := r.Pairs[from]
	people := map[string]Person{}
	for _, person := range r.People {
		people[person.ID] = person
	}
	a, b := people[p.A], people[p.B]
	forbidden := slices.ContainsFunc(r.Forbids, func(c Couple) bool { return c == Couple{p.A, p.B} || c == Couple{p.B, p.A} })
	if busy[p.A] || busy[p.B] || forbidden || a.Lab != "" && a.Lab == b.Lab || (a.Away|b.Away)&1 == 1 {
		return most
	}
	busy[p.A], busy[p.B] = true, true
	with := best(r, from+1, busy, outcome{append(slices.Clone(so.waited), a.Waited, b.Waited), so.total + p.Weight})
	busy[p.A], busy[p.B] = false, false
	if with.compare(most) > 0 {
		return with
	}
	return most
}

func TestMostPeopleThenLongestWaitingThenWeight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rounds.Draw(t, "round")
		r.Slots, r.Past, r.Fair, r.People = 1, nil, false, r.People[:min(len(r.People), 6)]
		r.Pairs = slices.DeleteFunc(r.Pairs, func(p Pair) bool { return p.A > "p5" })
		r.Forbids = slices.DeleteFunc(r.Forbids, func(c Couple) bool { return c.A > "p5" })
		p := made(t, r)
		var got outcome
		for _, person := range r.People {
			if !slices.Contains(p.Unmatched, person.ID) {
				got.waited = append(got.waited, person.Waited)
			}
		}
		slices.SortFunc(got.waited, func(a, b int) int { return b - a })
		got.total = p.Total
		if want := best(r, 0, map[string]bool{}, outcome{}); got.compare(want) != 0 || !p.Exact {
			t.Errorf("Make = %+v, exact %t, want %+v", got, p.Exact, want)
		}
	})
}

func TestThePlanDoesNotDependOnTheOrderOfTheLists(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rounds.Draw(t, "round")
		want := made(t, r)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0))
		other := r
		other.People, other.Pairs, other.Past = slices.Clone(r.People), slices.Clone(r.Pairs), slices.Clone(r.Past)
		random.Shuffle(len(r.People), func(i, j int) { other.People[i], other.People[j] = other.People[j], other.People[i] })
		random.Shuffle(len(r.Pairs), func(i, j int) { other.Pairs[i], other.Pairs[j] = other.Pairs[j], other.Pairs[i] })
		random.Shuffle(len(r.Past), func(i, j int) { other.Past[i], other.Past[j] = other.Past[j], other.Past[i] })
		for i := range other.Pairs {
			other.Pairs[i].A, other.Pairs[i].B = other.Pairs[i].B, other.Pairs[i].A
		}
		if diff := gocmp.Diff(want, made(t, other)); diff != "" {
			t.Errorf("Make after a shuffle (-want +got)\n%s", diff)
		}
	})
}

func TestALimitOfStepsGivesABound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rounds.Draw(t, "round")
		r.Slots, r.Fair, r.Past = 1, false, nil
		want := made(t, r)
		r.Steps = rapid.Int64Range(1, 60).Draw(t, "steps")
		p := made(t, r)
		checkRules(t, r, p)
		met, most := len(r.People)-len(p.Unmatched), len(r.People)-len(want.Unmatched)
		if met > most || met == most && p.Bound < want.Total && p.Total <= want.Total {
			t.Errorf("within %d steps: %d meet for %d, bound %d; the best are %d for %d", r.Steps, met, p.Total, p.Bound, most, want.Total)
		}
	})
}

func TestFairMakesTheWorstPairBest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rounds.Draw(t, "round")
		r.Slots, r.Past, r.Fair = 1, nil, false
		plain := made(t, r)
		r.Fair = true
		fair := made(t, r)
		if len(fair.Meetings) != len(plain.Meetings) || fair.Worst < plain.Worst {
			t.Errorf("fair: %d meetings, the worst %d; else %d and %d", len(fair.Meetings), fair.Worst, len(plain.Meetings), plain.Worst)
		}
		// No plan is fairer: with the pairs of the worst weight gone, fewer meet.
		r.Fair = false
		r.Pairs = slices.DeleteFunc(r.Pairs, func(p Pair) bool { return p.Weight <= fair.Worst })
		if without := made(t, r); len(fair.Meetings) > 0 && len(without.Meetings) >= len(fair.Meetings) && slices.Equal(without.Unmatched, fair.Unmatched) {
			t.Errorf("fair leaves %d as the worst, and %v is better", fair.Worst, without.Meetings)
		}
	})
}

func TestMakeRefusesWhatIsNoRound(t *testing.T) {
	t.Parallel()
	two := []Person{{ID: "a", Lab: "x"}, {ID: "b", Lab: "x"}, {ID: "c"}}
	for name, r := range map[string]Round{
		"somebody twice":        {People: []Person{{ID: "a"}, {ID: "a"}}},
		"unknown in a pair":     {People: two, Pairs: []Pair{{"a", "z", 1}}},
		"unknown in a pin":      {People: two, Pins: []Couple{{"z", "a"}}},
		"unknown in a forbid":   {People: two, Forbids: []Couple{{"a", "z"}}},
		"a pair of one":         {People: two, Pairs: []Pair{{"a", "a", 1}}},
		"a pair twice":          {People: two, Pairs: []Pair{{"a", "c", 1}, {"c", "a", 1}}},
		"a negative weight":     {People: two, Pairs: []Pair{{"a", "c", -1}}},
		"a weight too large":    {People: two, Pairs: []Pair{{"a", "c", 1 << 62}}},
		"weights that overflow": {People: two, Pairs: []Pair{{"a", "c", maxWeight}}},
		"a meeting to come":     {People: two, Past: []Past{{"a", "c", 0}}},
		"a pin of one lab":      {People: two, Pins: []Couple{{"a", "b"}}},
		"a pin twice":           {People: two, Pins: []Couple{{"a", "c"}, {"c", "a"}}},
		"pinned and forbidden":  {People: two, Pins: []Couple{{"a", "c"}}, Forbids: []Couple{{"c", "a"}}},
		"pins without a slot":   {People: two, Pins: []Couple{{"a", "c"}, {"b", "c"}}},
		"negative waiting":      {People: []Person{{ID: "a", Waited: -1}}},
		"too many slots":        {Rules: Rules{Slots: MaxSlots + 1}},
		"a group of two":        {Rules: Rules{Group: 2}},
		"a group of seven":      {Rules: Rules{Group: 7}},
		"groups in slots":       {Rules: Rules{Group: 3, Slots: 2}},
		"a negative gap":        {Rules: Rules{MinGap: -1}},
		"large beside a past":   {People: two, Pairs: []Pair{{"a", "c", 1 << 56}}, Past: []Past{{"a", "c", 1}}},
	} {
		if _, err := Make(r); !errors.Is(err, ErrRound) {
			t.Errorf("%s: Make = %v, want it refused", name, err)
		}
	}
}

func TestTheHashKnowsWhatARoundDependsOn(t *testing.T) {
	t.Parallel()
	r := Round{People: []Person{{ID: "a"}, {ID: "b"}}, Pairs: []Pair{{"a", "b", 3}}}
	seen := map[string]bool{made(t, r).Input: true}
	for i, change := range []func(*Round){
		func(r *Round) { r.People[0].Waited = 1 },
		func(r *Round) { r.Pairs[0].Weight++ },
		func(r *Round) { r.Past = []Past{{"a", "b", 2}} },
		func(r *Round) { r.Pins = []Couple{{"a", "b"}} },
		func(r *Round) { r.Seed++ },
		func(r *Round) { r.Steps = 100 },
	} {
		change(&r)
		if p := made(t, r); seen[p.Input] || p.Seed != r.Seed || len(p.Input) != 64 {
			t.Errorf("change %d: input %q, seed %d, want a new hash", i, p.Input, p.Seed)
		} else {
			seen[p.Input] = true
		}
	}
}

package round

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A bound that needs no proof of who meets: no plan of a slot weighs more.
func TestTheBoundOfALimitedPlanHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rounds.Draw(t, "round")
		r.Slots, r.Past, r.Fair = 1, nil, false
		r.Steps = rapid.Int64Range(1, 40).Draw(t, "steps")
		p := made(t, r)
		// The heaviest matching, however few people meet, is what the search over all gives
		// where nobody waits and everybody may stay out.
		most := heaviest(r, 0, map[string]bool{})
		if p.Total > most || p.Exact && p.Bound != p.Total || !p.Exact && p.Bound < min(p.Total, most) {
			t.Errorf("total %d, bound %d, exact %t; no matching weighs more than %d", p.Total, p.Bound, p.Exact, most)
		}
	})
}

// heaviest tries all matchings of the pairs from one on, by weight alone.
func heaviest(r Round, from int, busy map[string]bool) int64 {
	if from == len(r.Pairs) {
		return 0
	}
	most, p := heaviest(r, from+1, busy), r.Pairs[from]
	var a, b Person
	for _, person := range r.People {
		switch person.ID {
		case p.A:
			a = person
		case p.B:
			b = person
		}
	}
	forbidden := slices.Contains(r.Forbids, Couple{p.A, p.B}) || slices.Contains(r.Forbids, Couple{p.B, p.A})
	if busy[p.A] || busy[p.B] || forbidden || a.Lab != "" && a.Lab == b.Lab || (a.Away|b.Away)&1 == 1 {
		return most
	}
	busy[p.A], busy[p.B] = true, true
	most = max(most, p.Weight+heaviest(r, from+1, busy))
	busy[p.A], busy[p.B] = false, false
	return most
}

// In a network with gaps, some must sit out; over many rounds nobody does so twice while
// somebody who could have taken the place never did.
func TestWhoNeverSatOutGoesBeforeWhoDidWhereThatIsPossible(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 9).Draw(t, "people")
		var r Round
		for i := range n {
			r.People = append(r.People, Person{ID: fmt.Sprint("p", i)})
			for j := range i {
				if rapid.IntRange(0, 2).Draw(t, "pair") > 0 {
					r.Pairs = append(r.Pairs, Pair{fmt.Sprint("p", i), fmt.Sprint("p", j), rapid.Int64Range(0, 9).Draw(t, "weight")})
				}
			}
		}
		for range 4 {
			p := made(t, r)
			for _, out := range p.Unmatched {
				i := slices.IndexFunc(r.People, func(p Person) bool { return p.ID == out })
				if r.People[i].Waited == 0 {
					continue
				}
				for _, other := range r.People {
					if other.Waited == 0 && !slices.Contains(p.Unmatched, other.ID) && couldReplace(t, r, p, out, other.ID) {
						t.Errorf("%s sits out again, and %s, who never did, could have: %+v", out, other.ID, p)
					}
				}
			}
			for i := range r.People {
				if slices.Contains(p.Unmatched, r.People[i].ID) {
					r.People[i].Waited++
				}
			}
		}
	})
}

// couldReplace reports whether all who meet, but with one person for another, could meet.
func couldReplace(t rapid.TB, r Round, p Plan, in, out string) bool {
	t.Helper()
	stays := func(id string) bool { return id == in || id != out && !slices.Contains(p.Unmatched, id) }
	only := Round{Rules: r.Rules}
	for _, person := range r.People {
		if stays(person.ID) {
			only.People = append(only.People, Person{ID: person.ID})
		}
	}
	for _, pair := range r.Pairs {
		if stays(pair.A) && stays(pair.B) {
			only.Pairs = append(only.Pairs, pair)
		}
	}
	return len(made(t, only).Unmatched) == 0
}

// What waiting weighs takes no steps: the duals start from it.
func TestWaitingTakesNoSteps(t *testing.T) {
	t.Parallel()
	r := network(1500)
	waited := made(t, r)
	for i := range r.People {
		r.People[i].Waited = 0
	}
	if fresh := made(t, r); waited.Steps > 2*fresh.Steps || !waited.Exact {
		t.Errorf("with waiting %d steps, without %d; want no more than twice as many", waited.Steps, fresh.Steps)
	}
}

func TestAPlanReplaysFromWhatItRecords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rounds.Draw(t, "round")
		r.Steps = rapid.Int64Range(0, 80).Draw(t, "steps")
		first := made(t, r)
		r.Seed = first.Seed
		again := made(t, r)
		if diff := gocmp.Diff(first, again); diff != "" || first.Input != again.Input || first.Path == "" {
			t.Errorf("Make again (-first +again)\n%s", diff)
		}
	})
}

func TestAnotherSeedDecidesOtherwiseBetweenEquals(t *testing.T) {
	t.Parallel()
	out := map[string]int{}
	for seed := range uint64(90) {
		r := everybody(3, func(int, int) int64 { return 1 })
		r.Seed = seed
		out[made(t, r).Unmatched[0]]++
	}
	if len(out) != 3 || out["p000"] < 15 || out["p001"] < 15 || out["p002"] < 15 {
		t.Errorf("over 90 seeds sat out %v, want each about 30 times", out)
	}
}

// Who is blocked must not see it: with one pair less, nobody else's meeting says why.
func TestAMissingPairShowsNothingButItsAbsence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rounds.Draw(t, "round")
		r.Slots, r.Fair, r.Forbids = 1, false, nil
		if len(r.Pairs) == 0 {
			return
		}
		gone := rapid.IntRange(0, len(r.Pairs)-1).Draw(t, "gone")
		absent, forbidden := r, r
		absent.Pairs = except(r.Pairs, gone)
		forbidden.Forbids = []Couple{{r.Pairs[gone].A, r.Pairs[gone].B}}
		a, f := made(t, absent), made(t, forbidden)
		if diff := gocmp.Diff(a.Unmatched, f.Unmatched); diff != "" || a.Total != f.Total && a.Exact && f.Exact && len(r.Past) == 0 {
			t.Errorf("a pair that is absent and one that is forbidden: totals %d and %d\n%s", a.Total, f.Total, diff)
		}
	})
}

func TestTheCostOfARepeatFallsWithTimeAndNeverToNothing(t *testing.T) {
	t.Parallel()
	for _, half := range []int{1, 4, 13, 52} {
		last := int64(-1)
		for ago := 1; ago <= 60; ago++ {
			r := everybody(2, func(int, int) int64 { return 100 })
			r.HalfLife, r.Past = half, []Past{{"p000", "p001", ago}}
			table, err := newTable(r)
			if err != nil {
				t.Fatal(err)
			}
			g, err := table.slotGraph(0, nil)
			if err != nil {
				t.Fatal(err)
			}
			fresh := (100 + 2*repeatCost*100) * g.scale
			if g.values[0] < last || g.values[0] > fresh-repeatCost*100*g.scale {
				t.Errorf("half-life %d: %d rounds ago makes %d, before it %d, a new pair %d", half, ago, g.values[0], last, fresh)
			}
			last = g.values[0]
		}
	}
}

func TestGroupsKeepToGapsAndAbsence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(8, 16).Draw(t, "people")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r := everybody(n, func(int, int) int64 { return random.Int64N(50) })
		r.Group, r.MinGap = rapid.IntRange(3, 5).Draw(t, "size"), 2
		r.People[0].Away = 1
		for i := 1; i+1 < n; i += 3 {
			r.Past = append(r.Past, Past{r.People[i].ID, r.People[i+1].ID, 1 + i%3})
		}
		p := made(t, r)
		for _, g := range p.Groups {
			if slices.Contains(g.Members, r.People[0].ID) {
				t.Errorf("group %v has somebody who is away", g)
			}
			for _, past := range r.Past {
				if past.Ago <= 2 && slices.Contains(g.Members, past.A) && slices.Contains(g.Members, past.B) {
					t.Errorf("group %v has two who met %d rounds ago", g, past.Ago)
				}
			}
		}
		if p.Path != Grouped || !slices.Contains(p.Unmatched, r.People[0].ID) {
			t.Errorf("path %q, unmatched %v, want groups and %s among them", p.Path, p.Unmatched, r.People[0].ID)
		}
	})
}

func TestARoundOfNobodyAndOfOneIsEmpty(t *testing.T) {
	t.Parallel()
	for n := range 2 {
		p := made(t, everybody(n, nil))
		if len(p.Meetings) != 0 || len(p.Unmatched) != n || !p.Exact || p.Bound != 0 {
			t.Errorf("a round of %d = %+v, want nothing, proved", n, p)
		}
	}
}

func TestEverybodyOfOneLabMeetsNobody(t *testing.T) {
	t.Parallel()
	r := everybody(6, func(int, int) int64 { return 1 })
	for i := range r.People {
		r.People[i].Lab = "same"
	}
	if p := made(t, r); len(p.Meetings) != 0 || len(p.Unmatched) != 6 || !p.Exact {
		t.Errorf("a round of one lab = %+v, want six unmatched", p)
	}
}

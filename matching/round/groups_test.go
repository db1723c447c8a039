package round

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestGroupsKeepSizesCapsAndForbids(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, size := rapid.IntRange(6, 24).Draw(t, "people"), rapid.IntRange(3, 6).Draw(t, "size")
		r := everybody(n, func(i, j int) int64 { return int64(i * j % 17) })
		r.Group, r.LabCap = size, rapid.IntRange(1, 3).Draw(t, "cap")
		labs := rapid.IntRange(1, 12).Draw(t, "labs")
		for i := range r.People {
			r.People[i].Lab = fmt.Sprint("lab", i%labs)
		}
		r.Forbids = []Couple{{"p000", "p001"}, {"p002", "p001"}}
		p := made(t, r)
		seen := map[string]bool{}
		for _, g := range p.Groups {
			perLab := map[string]int{}
			for _, id := range g.Members {
				i := slices.IndexFunc(r.People, func(p Person) bool { return p.ID == id })
				perLab[r.People[i].Lab]++
				if seen[id] || perLab[r.People[i].Lab] > r.LabCap {
					t.Errorf("group %v of %v holds %s twice, or too many of a lab", g, p.Groups, id)
				}
				seen[id] = true
			}
			if slices.Contains(g.Members, "p001") && (slices.Contains(g.Members, "p000") || slices.Contains(g.Members, "p002")) {
				t.Errorf("group %v has two who must not meet", g)
			}
			if len(g.Members) > size+1 && n >= 2*size {
				t.Errorf("group %v has more than %d people", g, size+1)
			}
		}
		if len(seen)+len(p.Unmatched) != n || p.Bound < p.Total {
			t.Errorf("%d in groups, %d unmatched of %d; total %d, bound %d", len(seen), len(p.Unmatched), n, p.Total, p.Bound)
		}
		if labs >= 12 && n >= 12 && len(p.Unmatched) > 0 {
			t.Errorf("%v are in no group of %v", p.Unmatched, p.Groups)
		}
	})
}

// bestGroups tries all ways to part people into groups of three.
func bestGroups(weights map[Couple]int64, people []string) int64 {
	if len(people) < 3 {
		return 0
	}
	most := int64(-1)
	for i := 1; i < len(people); i++ {
		for j := i + 1; j < len(people); j++ {
			rest := slices.Clone(people[1:])
			rest = slices.DeleteFunc(rest, func(p string) bool { return p == people[i] || p == people[j] })
			sum := bestGroups(weights, rest)
			for _, c := range []Couple{{people[0], people[i]}, {people[0], people[j]}, {people[i], people[j]}} {
				sum += weights[c]
			}
			most = max(most, sum)
		}
	}
	return most
}

func TestGroupsOfThreeAreNearTheBest(t *testing.T) {
	t.Parallel()
	total, bestTotal := int64(0), int64(0)
	for seed := range 40 {
		r := everybody(9, func(i, j int) int64 { return int64((i*31 + j*17 + seed*7) * (i + 3) * (j + seed) % 97) })
		r.Group = 3
		weights, people := map[Couple]int64{}, []string(nil)
		for _, pair := range r.Pairs {
			weights[Couple{pair.B, pair.A}] = pair.Weight
		}
		for _, p := range r.People {
			people = append(people, p.ID)
		}
		p := made(t, r)
		best := bestGroups(weights, people)
		if len(p.Groups) != 3 || p.Total > best || p.Bound < best || p.Total < best*8/10 {
			t.Errorf("round %d: %d groups, total %d, bound %d, the best is %d", seed, len(p.Groups), p.Total, p.Bound, best)
		}
		total, bestTotal = total+p.Total, bestTotal+best
	}
	if total < bestTotal*95/100 {
		t.Errorf("all rounds together make %d of %d, want 95 %%", total, bestTotal)
	}
}

func TestPinnedPeopleShareAGroup(t *testing.T) {
	t.Parallel()
	r := everybody(12, func(i, j int) int64 { return int64(i * j % 13) })
	r.Group = 4
	r.Pins = []Couple{{"p000", "p001"}, {"p001", "p002"}}
	p := made(t, r)
	if i := slices.IndexFunc(p.Groups, func(g Group) bool { return g.Members[0] == "p000" }); i < 0 ||
		!slices.Contains(p.Groups[i].Members, "p001") || !slices.Contains(p.Groups[i].Members, "p002") {
		t.Errorf("groups = %v, want p000, p001 and p002 in one", p.Groups)
	}
	if len(p.Unmatched) != 0 || len(p.Groups) != 3 {
		t.Errorf("%d groups, %v left, want three of four", len(p.Groups), p.Unmatched)
	}
	r.Pins = append(r.Pins, Couple{"p002", "p003"}, Couple{"p003", "p004"}, Couple{"p004", "p005"})
	if _, err := Make(r); err == nil {
		t.Error("six people pinned together in groups of four: want it refused")
	}
}

func TestTooFewPeopleForAGroup(t *testing.T) {
	t.Parallel()
	r := everybody(2, func(int, int) int64 { return 1 })
	r.Group = 4
	if _, err := Make(r); err == nil {
		t.Error("two people for groups of four: want it refused")
	}
}

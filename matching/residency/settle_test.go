package residency

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// markets draws small markets with bands, open places and own labs.
func markets(applicants, places int) *rapid.Generator[Market] {
	return rapid.Custom(func(t *rapid.T) Market {
		m := Market{Seed: rapid.Uint64Range(0, 9).Draw(t, "seed")}
		n, k := rapid.IntRange(0, applicants).Draw(t, "applicants"), rapid.IntRange(1, places).Draw(t, "places")
		var names, ids []string
		for i := range n {
			names = append(names, fmt.Sprint("a", i))
		}
		for i := range k {
			ids = append(ids, fmt.Sprint("p", i))
			p := Place{ID: ids[i], Lab: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "lab"), Capacity: rapid.IntRange(1, 3).Draw(t, "capacity")}
			if p.Open = rapid.IntRange(0, 3).Draw(t, "open") == 0; !p.Open && n > 0 {
				p.Ranks = make([][]string, rapid.IntRange(1, 4).Draw(t, "bands"))
				for _, id := range names {
					if band := rapid.IntRange(-1, len(p.Ranks)-1).Draw(t, "band"); band >= 0 {
						p.Ranks[band] = append(p.Ranks[band], id)
					}
				}
			}
			m.Places = append(m.Places, p)
		}
		for _, id := range names {
			choices := rapid.Permutation(ids).Draw(t, "choices")
			m.Applicants = append(m.Applicants, Applicant{
				ID: id, Lab: rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "of"),
				Choices: choices[:rapid.IntRange(0, k).Draw(t, "chosen")],
			})
		}
		return m
	})
}

func settled(t rapid.TB, m Market) Result {
	t.Helper()
	r, err := m.Settle()
	if err != nil {
		t.Fatalf("Settle(%+v) = %v", m, err)
	}
	return r
}

func TestPlacementsAreStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := markets(8, 5).Draw(t, "market")
		r := settled(t, m)
		if err := m.Verify(r); err != nil {
			t.Error(err)
		}
		for i, p := range r.Placements {
			for j, why := range p.Why {
				if m.Applicants[i].Choices[j] != why.Place || why.Reason == "" {
					t.Errorf("applicant %+v: answers %+v, want one for each choice above %q", m.Applicants[i], p.Why, p.Place)
				}
			}
			if p.Place != "" && m.Applicants[i].Choices[len(p.Why)] != p.Place {
				t.Errorf("applicant %+v got %q after %d answers", m.Applicants[i], p.Place, len(p.Why))
			}
		}
	})
}

// placements calls do with every way to place the applicants from one on.
func placements(m Market, r Result, from int, do func(Result)) {
	if from == len(m.Applicants) {
		do(r)
		return
	}
	for _, place := range append([]string{""}, m.Applicants[from].Choices...) {
		r.Placements[from] = Placement{Applicant: m.Applicants[from].ID, Place: place}
		placements(m, r, from+1, do)
	}
}

func rankOf(a Applicant, place string) int {
	if i := slices.Index(a.Choices, place); i >= 0 {
		return i
	}
	return len(a.Choices)
}

func TestNoStablePlacementIsBetterForAnybodyAndAllPlaceTheSamePeople(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := markets(4, 3).Draw(t, "market")
		r := settled(t, m)
		filled := func(r Result, id string) (people []string) {
			for _, p := range r.Placements {
				if p.Place == id {
					people = append(people, p.Applicant)
				}
			}
			return people
		}
		placements(m, Result{Placements: make([]Placement, len(m.Applicants))}, 0, func(other Result) {
			if m.Verify(other) != nil {
				return
			}
			for i, a := range m.Applicants {
				mine, theirs := r.Placements[i].Place, other.Placements[i].Place
				if rankOf(a, theirs) < rankOf(a, mine) || (mine == "") != (theirs == "") {
					t.Errorf("%s gets %q, and %q in another stable placement", a.ID, mine, theirs)
				}
			}
			// The rural hospitals theorem (Roth 1986).
			for _, p := range m.Places {
				one, two := filled(r, p.ID), filled(other, p.ID)
				if len(one) != len(two) || len(one) < p.Capacity && !slices.Equal(one, two) {
					t.Errorf("%+v gets %v, and %v in another stable placement", p, one, two)
				}
			}
		})
	})
}

func TestNobodyGainsByAnotherList(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := markets(5, 4).Draw(t, "market")
		if len(m.Applicants) == 0 {
			return
		}
		i := rapid.IntRange(0, len(m.Applicants)-1).Draw(t, "liar")
		truth := m.Applicants[i]
		honest := rankOf(truth, settled(t, m).Placements[i].Place)
		var ids []string
		for _, p := range m.Places {
			ids = append(ids, p.ID)
		}
		lists(ids, nil, func(lie []string) {
			other := m
			other.Applicants = slices.Clone(m.Applicants)
			other.Applicants[i].Choices = lie
			if got := settled(t, other).Placements[i].Place; rankOf(truth, got) < honest {
				t.Errorf("%+v gets a better place by choosing %v: %q", truth, lie, got)
			}
		})
	})
}

// lists calls do with every list of some of the IDs, in every order.
func lists(ids, so []string, do func([]string)) {
	do(slices.Clone(so))
	for _, id := range ids {
		if !slices.Contains(so, id) {
			lists(ids, append(slices.Clone(so), id), do)
		}
	}
}

func TestOneMorePlaceHurtsNobody(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := markets(7, 4).Draw(t, "market")
		before := settled(t, m)
		more := m
		more.Places = slices.Clone(m.Places)
		more.Places[rapid.IntRange(0, len(m.Places)-1).Draw(t, "place")].Capacity++
		for i, p := range settled(t, more).Placements {
			if rankOf(m.Applicants[i], p.Place) > rankOf(m.Applicants[i], before.Placements[i].Place) {
				t.Errorf("%s falls from %q to %q by one more place", p.Applicant, before.Placements[i].Place, p.Place)
			}
		}
	})
}

func TestTheOrderOfApplicantsDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := markets(8, 4).Draw(t, "market")
		other := m
		other.Applicants, other.Places = slices.Clone(m.Applicants), slices.Clone(m.Places)
		slices.Reverse(other.Applicants)
		slices.Reverse(other.Places)
		want, got := settled(t, m).Placements, settled(t, other).Placements
		slices.Reverse(got)
		if diff := cmp.Diff(want, got); len(want) > 0 && diff != "" {
			t.Errorf("Settle with the lists turned round (-want +got)\n%s", diff)
		}
	})
}

func TestEachApplicantLearnsWhy(t *testing.T) {
	t.Parallel()
	m := Market{
		Applicants: []Applicant{{"ana", "x", []string{"p", "q"}}, {"ben", "y", []string{"own", "r", "p", "q"}}, {"cho", "z", []string{"p"}}},
		Places: []Place{
			{ID: "p", Lab: "w", Capacity: 1, Ranks: [][]string{{"ana"}, {"ben", "cho"}}},
			{ID: "q", Lab: "w", Capacity: 2, Open: true},
			{ID: "r", Lab: "w", Capacity: 1, Ranks: [][]string{{"cho"}}},
			{ID: "own", Lab: "y", Capacity: 1, Open: true},
		},
	}
	r := settled(t, m)
	want := []Placement{
		{"ana", "p", nil},
		{"ben", "q", []Answer{{"own", OwnLab}, {"r", NotRanked}, {"p", Full}}},
		{"cho", "", []Answer{{"p", Full}}},
	}
	if diff := cmp.Diff(want, r.Placements); diff != "" {
		t.Errorf("placements (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]Opening{{"q", 1}, {"r", 1}, {"own", 1}}, r.Open); diff != "" || !slices.Equal(r.Unmatched, []string{"cho"}) {
		t.Errorf("unmatched %v, open (-want +got)\n%s", r.Unmatched, diff)
	}
	m.Applicants[0].Choices = nil
	drawn := map[string]bool{}
	for m.Seed = range uint64(40) {
		for _, p := range settled(t, m).Placements[1:] {
			if p.Place == "p" {
				drawn[p.Applicant] = true
			} else if p.Why[len(p.Why)-1].Reason != Lottery {
				t.Errorf("seed %d: %+v, want the lottery as the reason", m.Seed, p)
			}
		}
	}
	if len(drawn) != 2 {
		t.Errorf("forty lotteries drew %v, want both of the band", drawn)
	}
}

func TestVerifyFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	m := Market{
		Applicants: []Applicant{{"ana", "", []string{"p", "q"}}, {"ben", "", []string{"p"}}},
		Places:     []Place{{ID: "p", Capacity: 1, Ranks: [][]string{{"ana"}, {"ben"}}}, {ID: "q", Capacity: 1, Open: true}},
	}
	for name, places := range map[string][2]string{
		"a blocking pair": {"q", "p"}, "an empty place": {"", "p"}, "not chosen": {"p", "q"}, "too many": {"p", "p"}, "no place": {"z", ""},
	} {
		r := Result{Placements: []Placement{{Applicant: "ana", Place: places[0]}, {Applicant: "ben", Place: places[1]}}}
		if err := m.Verify(r); !errors.Is(err, ErrMarket) {
			t.Errorf("%s: Verify = %v, want it refused", name, err)
		}
	}
	if err := m.Verify(Result{}); !errors.Is(err, ErrMarket) {
		t.Errorf("no placements: Verify = %v, want it refused", err)
	}
}

func TestSettleRefusesWhatIsNoMarket(t *testing.T) {
	t.Parallel()
	a, p := Applicant{ID: "a"}, Place{ID: "p", Capacity: 1}
	for name, m := range map[string]Market{
		"an applicant twice":   {Applicants: []Applicant{a, a}},
		"a place twice":        {Places: []Place{p, p}},
		"no room":              {Places: []Place{{ID: "p"}}},
		"negative room":        {Places: []Place{{ID: "p", Capacity: -1}}},
		"an unknown place":     {Applicants: []Applicant{{ID: "a", Choices: []string{"p"}}}},
		"a place chosen twice": {Applicants: []Applicant{{ID: "a", Choices: []string{"p", "p"}}}, Places: []Place{p}},
		"an unknown rank":      {Places: []Place{{ID: "p", Capacity: 1, Ranks: [][]string{{"a"}}}}},
		"ranked twice":         {Applicants: []Applicant{a}, Places: []Place{{ID: "p", Capacity: 1, Ranks: [][]string{{"a"}, {"a"}}}}},
		"open and ranked":      {Applicants: []Applicant{a}, Places: []Place{{ID: "p", Capacity: 1, Open: true, Ranks: [][]string{{"a"}}}}},
	} {
		if _, err := m.Settle(); !errors.Is(err, ErrMarket) {
			t.Errorf("%s: Settle = %v, want it refused", name, err)
		}
	}
}

// large is a market of so many applicants with twenty choices each, popular ones more often.
func large(applicants int) Market {
	random := rand.New(rand.NewPCG(1, 1))
	m := Market{Seed: 1}
	places := applicants / 25
	popular := rand.NewZipf(random, 1.3, 50, uint64(places-1))
	for i := range places {
		m.Places = append(m.Places, Place{ID: fmt.Sprint("p", i), Capacity: 20, Ranks: make([][]string, 6)})
	}
	for i := range applicants {
		a := Applicant{ID: fmt.Sprint("a", i)}
		chosen := map[uint64]bool{}
		for len(a.Choices) < min(20, places) {
			k := popular.Uint64()
			if random.IntN(2) == 0 {
				k = random.Uint64N(uint64(places))
			}
			if !chosen[k] {
				chosen[k] = true
				band := random.IntN(6)
				m.Places[k].Ranks[band] = append(m.Places[k].Ranks[band], a.ID)
				a.Choices = append(a.Choices, m.Places[k].ID)
			}
		}
		m.Applicants = append(m.Applicants, a)
	}
	return m
}

// BenchmarkSettle measures whole markets. The budget: 100,000 applicants with twenty
// choices each in 1 s, better 0.2 s.
func BenchmarkSettle(b *testing.B) {
	for _, applicants := range []int{1_000, 10_000, 100_000} {
		m := large(applicants)
		b.Run(fmt.Sprintf("applicants=%d", applicants), func(b *testing.B) {
			for b.Loop() {
				if _, err := m.Settle(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

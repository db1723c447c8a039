package residency

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// blocking looks for an applicant and a place who would both rather have each other, by
// the definition and from the lists alone: it shares no step with Settle or Verify. Bands
// are compared strictly, so that the lottery does not matter.
func blocking(m Market, r Result) (applicant, place string) {
	at := map[string]string{}
	for _, p := range r.Placements {
		at[p.Applicant] = p.Place
	}
	for _, a := range m.Applicants {
		for _, id := range a.Choices {
			if id == at[a.ID] {
				break // the rest is no better for the applicant
			}
			p := m.Places[slices.IndexFunc(m.Places, func(p Place) bool { return p.ID == id })]
			if a.Lab != "" && a.Lab == p.Lab || bandOf(p, a.ID) < 0 {
				continue
			}
			held, worse := 0, false
			for _, other := range m.Applicants {
				if at[other.ID] == id {
					held++
					worse = worse || bandOf(p, other.ID) > bandOf(p, a.ID)
				}
			}
			if held < p.Capacity || worse {
				return a.ID, id
			}
		}
	}
	return "", ""
}

// bandOf is where a place ranks an applicant; -1 of nobody it wants.
func bandOf(p Place, id string) int {
	if p.Open {
		return 0
	}
	return slices.IndexFunc(p.Ranks, func(band []string) bool { return slices.Contains(band, id) })
}

func TestNobodyAndNoPlaceWouldRatherHaveEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := markets(12, 6).Draw(t, "market")
		if a, p := blocking(m, settled(t, m)); a != "" {
			t.Errorf("%s and %s would both rather have each other", a, p)
		}
	})
}

func TestTheCheckerFindsABlockingPair(t *testing.T) {
	t.Parallel()
	m := Market{
		Applicants: []Applicant{{"ana", "", []string{"p", "q"}}, {"ben", "", []string{"p"}}},
		Places:     []Place{{ID: "p", Capacity: 1, Ranks: [][]string{{"ana"}, {"ben"}}}, {ID: "q", Capacity: 1, Open: true}},
	}
	r := Result{Placements: []Placement{{Applicant: "ana", Place: "q"}, {Applicant: "ben", Place: "p"}}}
	if a, p := blocking(m, r); a != "ana" || p != "p" {
		t.Errorf("blocking = %q, %q, want ana and p", a, p)
	}
}

func TestOneApplicantLessHurtsNobody(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := markets(8, 4).Draw(t, "market")
		if len(m.Applicants) == 0 {
			return
		}
		gone := rapid.IntRange(0, len(m.Applicants)-1).Draw(t, "gone")
		before, less := settled(t, m), m
		less.Applicants = slices.Clone(m.Applicants)
		less.Applicants[gone].Choices = nil // who chooses nothing is as good as not there
		for i, p := range settled(t, less).Placements {
			if i != gone && rankOf(m.Applicants[i], p.Place) > rankOf(m.Applicants[i], before.Placements[i].Place) {
				t.Errorf("%s falls from %q to %q because %s left", p.Applicant, before.Placements[i].Place, p.Place, m.Applicants[gone].ID)
			}
		}
	})
}

// The lottery favours nobody: over many seeds each of four is first about as often.
func TestTheLotteryIsFair(t *testing.T) {
	t.Parallel()
	m := Market{Places: []Place{{ID: "p", Capacity: 1, Open: true}}}
	for _, id := range []string{"ana", "ben", "cho", "dee"} {
		m.Applicants = append(m.Applicants, Applicant{ID: id, Choices: []string{"p"}})
	}
	won, random := map[string]int{}, rand.New(rand.NewPCG(1, 1))
	for range 4000 {
		m.Seed = random.Uint64()
		for _, p := range settled(t, m).Placements {
			if p.Place != "" {
				won[p.Applicant]++
			}
		}
	}
	for id, n := range won {
		if n < 850 || n > 1150 {
			t.Errorf("%s wins %d of 4000 lotteries of four, want about 1000", id, n)
		}
	}
}

package residency_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlab/matching/residency"
)

// Whoever holds the smallest tickets gets the places of a lab that wants all alike.
func TestTheLotteryOfAPlacementIsTheOneThatTicketDraws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed, room := rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 5).Draw(t, "room")
		m := residency.Market{Seed: seed, Places: []residency.Place{{ID: "p", Capacity: room, Open: true}}}
		var ids []string
		for i := range rapid.IntRange(1, 12).Draw(t, "applicants") {
			ids = append(ids, fmt.Sprintf("a%d", i))
			m.Applicants = append(m.Applicants, residency.Applicant{ID: ids[i], Choices: []string{"p"}})
		}
		r, err := m.Settle()
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(ids, func(a, b string) int {
			return cmp.Or(cmp.Compare(residency.Ticket(seed, a), residency.Ticket(seed, b)), cmp.Compare(a, b))
		})
		for _, p := range r.Placements {
			if drawn := slices.Index(ids, p.Applicant) < room; drawn != (p.Place == "p") {
				t.Errorf("%s is at %q, and number %d by Ticket, of %d places", p.Applicant, p.Place, slices.Index(ids, p.Applicant), room)
			}
		}
	})
}

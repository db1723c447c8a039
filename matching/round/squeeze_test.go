package round

import (
	"slices"
	"testing"
)

// Two groups of seven, of which each has one person whom the last one must not
// meet: somebody has to give way.
func TestNobodyIsLeftOutForOnePersonInEachGroup(t *testing.T) {
	t.Parallel()
	for n := 7; n <= 20; n++ {
		for size := 3; size <= 6; size++ {
			r := everybody(n, func(i, j int) int64 { return int64(i * j % 17) })
			r.Group, r.LabCap = size, 1
			r.Forbids = []Couple{{"p000", "p001"}, {"p002", "p001"}}
			p := made(t, r)
			if len(p.Unmatched) > 0 && n >= 2*size {
				t.Errorf("%d people in groups of %d: %v are in none of %v", n, size, p.Unmatched, p.Groups)
			}
			for _, g := range p.Groups {
				if slices.Contains(g.Members, "p001") && (slices.Contains(g.Members, "p000") || slices.Contains(g.Members, "p002")) {
					t.Errorf("%d people in groups of %d: two meet who must not, in %v", n, size, g.Members)
				}
			}
		}
	}
}

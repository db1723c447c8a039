package blossom

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestALimitEndsWithAProvedMatching(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g, limit := graphs(14).Draw(t, "graph"), rapid.Int64Range(1, 400).Draw(t, "limit")
		best, err := g.Solve(0)
		if err != nil {
			t.Fatal(err)
		}
		m, err := g.Solve(limit)
		if err != nil {
			t.Fatal(err)
		}
		if m.Weight.Cmp(best.Weight) > 0 || m.Bound.Cmp(best.Weight) < 0 || m.Exact != (m.Bound.Cmp(m.Weight) == 0) {
			t.Errorf("Solve within %d steps = %v of at most %v, exact %t; the best is %v", limit, m.Weight, m.Bound, m.Exact, best.Weight)
		}
	})
}

// What a limit leaves undone is made good: the worst cases are all below.
func TestALimitedMatchingIsNearItsBound(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]*Graph{
		"network": network(1, 3000), "random": randomGraph(1, 3000, 12, 1_000_000), "triangles": triangles(50),
	} {
		for _, share := range []int64{1, 8, 12} {
			m, err := g.Solve(share * int64(len(g.edges)))
			if err != nil {
				t.Fatal(err)
			}
			weight, _ := m.Weight.Float64()
			bound, _ := m.Bound.Float64()
			if weight < 0.92*bound {
				t.Errorf("%s within %d steps an edge: %.2f %% of the bound, want 92 %%", name, share, 100*weight/bound)
			}
		}
	}
}

func TestSolveTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	g := network(9, 2000)
	for _, limit := range []int64{0, 50_000} {
		first, err := g.Solve(limit)
		if err != nil {
			t.Fatal(err)
		}
		second, err := g.Solve(limit)
		if diff := cmp.Diff(first.Edges, second.Edges); err != nil || diff != "" || first.Steps != second.Steps {
			t.Errorf("Solve(%d) again took %d steps, first %d (%v)\n%s", limit, second.Steps, first.Steps, err, diff)
		}
	}
}

func TestComponentsAreSolvedApart(t *testing.T) {
	t.Parallel()
	edges := []Edge{{0, 1, 5}, {1, 2, 5}, {2, 0, 5}}
	big := network(2, 500)
	for _, e := range big.edges {
		edges = append(edges, Edge{e.A + 3, e.B + 3, e.Weight})
	}
	g, err := NewGraph(503, edges)
	if err != nil {
		t.Fatal(err)
	}
	all := g.components()
	for i := 1; i < len(all); i++ {
		if len(all[i]) < len(all[i-1]) {
			t.Errorf("component %d has %d vertices, the one before %d, want the smallest first", i, len(all[i]), len(all[i-1]))
		}
	}
	m, err := g.Solve(0)
	alone, errAlone := big.Solve(0)
	if err != nil || errAlone != nil {
		t.Fatal(err, errAlone)
	}
	if got, want := m.Weight.Int64(), alone.Weight.Int64()+5; got != want {
		t.Errorf("Solve of a network and a triangle weighs %d, want %d", got, want)
	}
}

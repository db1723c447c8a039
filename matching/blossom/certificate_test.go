package blossom

import (
	"errors"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// solved returns a matching of a graph that has blossoms, and the graph.
func solved(t *testing.T) (*Graph, Matching) {
	t.Helper()
	g := triangles(8)
	m, err := g.Solve(0)
	if err != nil || len(m.Edges) == 0 || len(m.Proof.Sets) == 0 {
		t.Fatalf("Solve = %d edges, %d sets, %v, want some of both", len(m.Edges), len(m.Proof.Sets), err)
	}
	return g, m
}

func TestVerifyRefusesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, corrupt := range map[string]func(*Graph, *Matching){
		"an edge too many":          func(_ *Graph, m *Matching) { m.Edges = append(m.Edges, 0, 1, 2) },
		"an edge twice":             func(_ *Graph, m *Matching) { m.Edges = append(m.Edges, m.Edges[0]) },
		"an edge that is not there": func(_ *Graph, m *Matching) { m.Edges[0] = 1 << 20 },
		"an edge too few":           func(_ *Graph, m *Matching) { m.Edges = m.Edges[1:] },
		"partners of fewer":         func(_ *Graph, m *Matching) { m.Mate = m.Mate[1:] },
		"partners crossed":          func(_ *Graph, m *Matching) { m.Mate[0], m.Mate[1] = m.Mate[1], m.Mate[0] },
		"an uncovered edge":         func(_ *Graph, m *Matching) { m.Proof.Duals[3] = 0 },
		"a negative dual":           func(_ *Graph, m *Matching) { m.Proof.Duals[0] = -1 },
		"a dual that overflows":     func(_ *Graph, m *Matching) { m.Proof.Duals[0] = 1 << 62 },
		"duals of fewer":            func(_ *Graph, m *Matching) { m.Proof.Duals = m.Proof.Duals[1:] },
		"a set without a dual":      func(_ *Graph, m *Matching) { m.Proof.Sets[0].Dual = 0 },
		"a set with a negative one": func(_ *Graph, m *Matching) { m.Proof.Sets[0].Dual = -2 },
		"a set within itself":       func(_ *Graph, m *Matching) { m.Proof.Sets[0].Around = 0 },
		"a set of nobody":           func(_ *Graph, m *Matching) { m.Proof.Sets = append(m.Proof.Sets, OddSet{none, 0}) },
		"a vertex in no set":        func(_ *Graph, m *Matching) { m.Proof.In[slices.Index(m.Proof.In, 0)] = 1 << 20 },
		"a bound too low":           func(_ *Graph, m *Matching) { m.Bound = new(big.Int).Sub(m.Bound, big.NewInt(1)) },
		"a heavier edge":            func(g *Graph, _ *Matching) { g.edges[0].Weight += 1_000_000 },
		"a weight beyond the bound": func(g *Graph, m *Matching) {
			m.Proof = Certificate{Duals: make([]int64, g.vertices), In: nobody(g.vertices)}
			m.Bound = new(big.Int)
		},
	} {
		g, m := solved(t)
		corrupt(g, &m)
		if err := g.Verify(&m); !errors.Is(err, ErrProof) {
			t.Errorf("%s: Verify = %v, want it refused", name, err)
		}
	}
}

func TestVerifyAcceptsAWorseMatchingAsNotExact(t *testing.T) {
	t.Parallel()
	g, m := solved(t)
	e := g.edges[m.Edges[0]]
	m.Mate[e.A], m.Mate[e.B], m.Edges = none, none, m.Edges[1:]
	if err := g.Verify(&m); err != nil || m.Exact {
		t.Errorf("Verify without one edge = exact %t, %v, want a matching that is not exact", m.Exact, err)
	}
}

func TestCommonEqualsAWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "sets")
		c := Certificate{Sets: make([]OddSet, n), In: make([]int32, n), Duals: make([]int64, n)}
		for i := range c.Sets {
			chain := rapid.Bool().Draw(t, "deep")
			around := int32(i) - 1
			if !chain {
				around = rapid.Int32Range(none, int32(i)-1).Draw(t, "around")
			}
			c.Sets[i] = OddSet{around, rapid.Int64Range(0, 9).Draw(t, "dual")}
		}
		rings := make(nest, n)
		for i, set := range c.Sets {
			rings[i] = rings.within(int32(i), set)
		}
		a, b := rapid.Int32Range(none, int32(n)-1).Draw(t, "a"), rapid.Int32Range(none, int32(n)-1).Draw(t, "b")
		want := int64(0)
		for i := a; i != none; i = c.Sets[i].Around {
			for j := b; j != none; j = c.Sets[j].Around {
				if i == j {
					want += c.Sets[i].Dual
				}
			}
		}
		if got := rings.common(a, b); got != want {
			t.Errorf("common(%d, %d) of %v = %d, want %d", a, b, c.Sets, got, want)
		}
	})
}

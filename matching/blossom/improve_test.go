package blossom

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// stopped draws a search that a limit of steps has stopped, and its proof.
func stopped(t *rapid.T) (*solver, Certificate) {
	g := graphs(14).Draw(t, "graph")
	s := newSolver(g, rapid.Int64Range(1, 200).Draw(t, "limit"))
	s.start(nil)
	for _, vertices := range g.components() {
		s.solve(vertices)
	}
	for v := range s.mate {
		s.openCycle(int32(v))
	}
	proof := s.certificate()
	return s, proof
}

func TestTheCoverOfACertificateHoldsWithoutItsSets(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, proof := stopped(t)
		cover := proof.cover()
		for i, e := range s.edges {
			if cover[e.A]+cover[e.B] < 2*e.Weight {
				t.Errorf("edge %d weighs %d, its ends cover %d and %d halves", i, e.Weight, cover[e.A], cover[e.B])
			}
		}
		sum := int64(0)
		for v, y := range cover {
			sum += y
			if y < proof.Duals[v] {
				t.Errorf("vertex %d covers %d, its dual alone %d", v, y, proof.Duals[v])
			}
		}
		if bound := proof.Bound().Int64(); sum/2 < bound {
			t.Errorf("the cover proves %d, closer than %d with sets", sum/2, bound)
		}
	})
}

func TestWhatTheFastPathPassesOverWouldNotHavePaid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, proof := stopped(t)
		mate := slices.Clone(s.mate)
		s.improve(proof.cover())
		quick := slices.Clone(s.mate)
		s.mate = mate
		s.improve(slices.Repeat([]int64{math.MaxInt64 / 8}, s.vertices))
		if diff := cmp.Diff(s.mate, quick); diff != "" {
			t.Errorf("looking at every exchange ends elsewhere:\n%s", diff)
		}
	})
}

func TestTheFastPathKnowsWhoIsFree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, proof := stopped(t)
		e := exchange{solver: s, cover: proof.cover(), free: make([]int32, s.vertices)}
		for v, h := range s.mate {
			if h == none {
				e.count(int32(v), 1)
			}
		}
		for range 2 {
			for _, h := range s.byEdge {
				e.tryEdge(h)
			}
		}
		for v := range int32(s.vertices) {
			want := int32(0)
			for h, last := s.around(v); h < last; h++ {
				if s.mate[s.halves[h].to] == none {
					want++
				}
			}
			if e.free[v] != want {
				t.Errorf("vertex %d has %d ways to free ones, and counted %d", v, want, e.free[v])
			}
		}
	})
}

// No single edge, with whom it would leave alone paired to each other, is worth more than
// what it takes the place of: the least that the fast path promises.
func TestAfterTheFastPathNoEdgePaysAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, proof := stopped(t)
		s.improve(proof.cover())
		for i, e := range s.edges {
			gain := 2 * e.Weight
			for _, v := range []int32{e.A, e.B} {
				if h := s.mate[v]; h != none && (v == e.A || s.halves[h].to != e.A) {
					gain -= s.halves[h].weight
				}
			}
			if gain > 0 {
				t.Errorf("edge %d of %d and %d would gain %d halves", i, e.A, e.B, gain)
			}
		}
	})
}

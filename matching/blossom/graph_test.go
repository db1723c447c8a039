package blossom

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestNewGraphRefusesWhatIsNoGraph(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		vertices int
		edge     Edge
		ok       bool
	}{
		{2, Edge{0, 1, 0}, true},
		{2, Edge{1, 0, MaxWeight}, true},
		{2, Edge{0, 2, 1}, false},
		{2, Edge{-1, 1, 1}, false},
		{2, Edge{1, 1, 1}, false},
		{2, Edge{0, 1, -1}, false},
		{2, Edge{0, 1, MaxWeight + 1}, false},
		{-1, Edge{0, 1, 1}, false},
		{MaxVertices + 1, Edge{0, 1, 1}, false},
	} {
		if _, err := NewGraph(c.vertices, []Edge{c.edge}); (err == nil) != c.ok || err != nil && !errors.Is(err, ErrGraph) {
			t.Errorf("NewGraph(%d, %v) = %v, want it accepted: %t", c.vertices, c.edge, err, c.ok)
		}
	}
}

func TestHalvesLeadBackAndForth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(8).Draw(t, "graph")
		for v := range int32(g.vertices) {
			for h, last := g.around(v); h < last; h++ {
				e := g.halves[h]
				original := g.edges[e.edge]
				if g.tail(h) != v || g.halves[e.back].back != h || 2*original.Weight != e.weight ||
					min(v, e.to) != min(original.A, original.B) || max(v, e.to) != max(original.A, original.B) {
					t.Fatalf("half-edge %d of vertex %d = %+v of %+v", h, v, e, original)
				}
			}
		}
	})
}

func TestAgendaGivesTheEarliestFirst(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOf(rapid.Int64Range(-9, 9)).Draw(t, "times")
		var a agenda
		for i, at := range times {
			a.add(event{at: at, id: int32(i)})
		}
		var got []int64
		for len(a) > 0 {
			got = append(got, a.take().at)
		}
		slices.Sort(times)
		if !slices.Equal(got, times) {
			t.Errorf("agenda gave %v, want %v", got, times)
		}
	})
}

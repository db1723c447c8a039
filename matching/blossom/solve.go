package blossom

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
)

// Matching is a set of edges without a common vertex, and a proof of how good it is.
type Matching struct {
	Mate   []int32  // the partner of each vertex; -1 of a free one
	Edges  []int32  // the indices of the edges, rising
	Weight *big.Int // the sum of their weights
	Bound  *big.Int // no matching of the graph weighs more
	Exact  bool     // Weight equals Bound
	Steps  int64    // what it took: edges looked at and events
	Proof  Certificate
}

// Solve returns a matching of the greatest weight. If that takes more than so many
// steps it stops and returns the best it can make of what it has, with the bound
// that is proved by then. A step is one look at an edge; 0 stands for no limit.
//
// The method is primal and dual at once, one search tree at a time. First it finds the
// best fractional matching, which the bipartite double cover of the graph would give: its
// duals are off the optimum only by what odd cycles of half edges cost. From one free
// vertex of each it then grows a tree with blossoms (Edmonds 1965; with a heap of events,
// as Galil, Micali and Gabow 1986). A search takes O(m log n), but that a blossom of k
// vertices which it expands costs k once for each blossom around it.
//
// The error says that the proof failed: a fault of this package, never of the input.
func (g *Graph) Solve(limit int64) (Matching, error) { return g.SolveFrom(nil, limit) }

// SolveFrom is Solve with a guess, at least 0 and at most MaxWeight, of how much of the
// weight of its edges each vertex is worth. The answer is right whatever the guess, and
// comes sooner with a good one: where weights are sums over the ends and little besides.
func (g *Graph) SolveFrom(guess []int64, limit int64) (Matching, error) {
	if limit <= 0 {
		limit = 1 << 62
	}
	s := newSolver(g, limit)
	s.start(guess)
	for _, vertices := range g.components() {
		s.solve(vertices)
	}
	for v := range s.mate {
		s.openCycle(int32(v))
	}
	proof := s.certificate()
	m := Matching{Steps: s.steps, Proof: proof, Bound: proof.Bound()}
	if s.steps >= limit {
		s.improve(proof.cover())
	}
	m.Mate, m.Edges = s.partners()
	if err := g.Verify(&m); err != nil {
		return Matching{}, fmt.Errorf("solve a matching of %d vertices: %w", g.vertices, err)
	}
	return m, nil
}

// solve matches the vertices of one component, as far as the limit lets it.
func (s *solver) solve(vertices []int32) {
	for _, fractional := range [...]bool{true, false} {
		s.fractional = fractional
		for _, v := range vertices {
			if fractional && s.half[v] != none || s.mate[v] != none || s.y[v] == 0 {
				continue
			}
			if s.steps >= s.limit || !s.matchFrom(v) {
				return
			}
		}
		for _, v := range vertices {
			s.openCycle(v)
		}
	}
}

// openCycle matches the odd cycle of half edges that a vertex is on, but for the vertex.
func (s *solver) openCycle(v int32) {
	if s.half[v] != none {
		s.breakCycle(v)
	}
}

// components returns the vertices of each component, the smallest components first:
// where the limit bites, as many as can be are solved.
func (g *Graph) components() [][]int32 {
	seen := make([]bool, g.vertices)
	var all [][]int32
	for v := range seen {
		if seen[v] {
			continue
		}
		seen[v] = true
		list := []int32{int32(v)}
		for i := 0; i < len(list); i++ {
			for h, last := g.around(list[i]); h < last; h++ {
				if to := g.halves[h].to; !seen[to] {
					seen[to] = true
					list = append(list, to)
				}
			}
		}
		slices.Sort(list)
		all = append(all, list)
	}
	slices.SortStableFunc(all, func(a, b []int32) int { return cmp.Compare(len(a), len(b)) })
	return all
}

// partners returns the partner of each vertex, and the edges of the matching.
func (s *solver) partners() (mate, edges []int32) {
	mate = nobody(len(s.mate))
	for v, h := range s.mate {
		if h == none {
			continue
		}
		mate[v] = s.halves[h].to
		if int32(v) < mate[v] {
			edges = append(edges, s.halves[h].edge)
		}
	}
	slices.Sort(edges)
	return mate, edges
}

// Package blossom finds matchings of greatest weight in general graphs, and proves
// them. Its rule: no matching leaves the package without an upper bound that was
// recomputed from the edges alone; equal input gives an equal answer and count of steps.
package blossom

import (
	"errors"
	"fmt"
)

// MaxWeight is the largest weight of an edge. Weights are doubled so that all duals
// stay whole numbers, and sums of two duals and a weight must fit an int64.
const MaxWeight = 1 << 58

// MaxVertices and MaxEdges bound a graph, so that all indices fit an int32.
const (
	MaxVertices = 1 << 28
	MaxEdges    = 1 << 29
)

// ErrGraph is wrapped by all errors about edges that make no graph.
var ErrGraph = errors.New("edges make no graph")

// Edge joins two vertices, which are numbered from 0. Its weight is at least 0 and
// at most MaxWeight.
type Edge struct {
	A, B   int32
	Weight int64
}

// Graph is an undirected graph that does not change. Of parallel edges each counts.
type Graph struct {
	vertices int
	edges    []Edge
	first    []int32 // half-edges of vertex v: first[v] to first[v+1]
	halves   []half
	byEdge   []int32 // a half-edge of each edge
}

// half is one direction of an edge.
type half struct {
	to, back int32 // the vertex it leads to, and the other direction
	edge     int32
	weight   int64 // doubled
}

// NewGraph makes a graph of so many vertices. It refuses an edge that leaves the
// graph, joins a vertex with itself or has a weight out of range, and names it by its
// index; the error wraps ErrGraph. It keeps the slice.
func NewGraph(vertices int, edges []Edge) (*Graph, error) {
	if vertices < 0 || vertices > MaxVertices || len(edges) > MaxEdges {
		return nil, fmt.Errorf("%w: %d vertices and %d edges, at most %d and %d", ErrGraph, vertices, len(edges), MaxVertices, MaxEdges)
	}
	g := &Graph{vertices: vertices, edges: edges, first: make([]int32, vertices+2), halves: make([]half, 2*len(edges)), byEdge: make([]int32, len(edges))}
	for i, e := range edges {
		if err := e.check(vertices); err != nil {
			return nil, fmt.Errorf("%w: edge %d: %w", ErrGraph, i, err)
		}
		g.first[e.A+2]++
		g.first[e.B+2]++
	}
	for v := 2; v < len(g.first); v++ {
		g.first[v] += g.first[v-1]
	}
	for i, e := range edges {
		a, b := g.first[e.A+1], g.first[e.B+1]
		g.halves[a] = half{to: e.B, back: b, edge: int32(i), weight: 2 * e.Weight}
		g.halves[b] = half{to: e.A, back: a, edge: int32(i), weight: 2 * e.Weight}
		g.byEdge[i] = a
		g.first[e.A+1]++
		g.first[e.B+1]++
	}
	return g, nil
}

func (e Edge) check(vertices int) error {
	switch {
	case e.A < 0 || e.B < 0 || int(e.A) >= vertices || int(e.B) >= vertices:
		return fmt.Errorf("it joins %d and %d, of %d vertices", e.A, e.B, vertices)
	case e.A == e.B:
		return fmt.Errorf("it joins %d with itself", e.A)
	case e.Weight < 0 || e.Weight > MaxWeight:
		return fmt.Errorf("its weight %d is not between 0 and %d", e.Weight, int64(MaxWeight))
	}
	return nil
}

// tail returns the vertex that a half-edge leaves.
func (g *Graph) tail(h int32) int32 { return g.halves[g.halves[h].back].to }

// around returns the half-edges of a vertex, from first to before last.
func (g *Graph) around(v int32) (first, last int32) { return g.first[v], g.first[v+1] }

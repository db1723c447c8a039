package blossom

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// Certificate proves that no matching weighs more than its bound: each edge is covered,
// for the duals of its ends and of all odd sets that hold both make at least twice its
// weight; and a matching has at most one edge at a vertex and (k - 1) / 2 in a set of k.
type Certificate struct {
	Duals []int64  // of each vertex, in halves of the unit of weight; at least 0
	In    []int32  // the smallest set that holds a vertex; -1 if none does
	Sets  []OddSet // of vertices; each after the set around it
}

// OddSet is an odd number of vertices: those of which it is the smallest set, and all
// of the sets in it.
type OddSet struct {
	Around int32 // the smallest set that holds this one; -1 if none does
	Dual   int64 // in halves of the unit of weight; at least 0
}

// ErrProof is wrapped by all errors of Verify.
var ErrProof = errors.New("the matching is not proved")

// certificate returns the duals as they are now.
func (s *solver) certificate() Certificate {
	c := Certificate{Duals: slices.Clone(s.y), In: nobody(len(s.y))}
	for b, parent := range s.parent {
		if parent == none && (s.isVertex(int32(b)) || s.children[b] != nil) {
			s.certify(&c, int32(b), none)
		}
	}
	return c
}

// certify adds a blossom and all in it to a certificate.
func (s *solver) certify(c *Certificate, b, around int32) {
	if s.isVertex(b) {
		c.In[b] = around
		return
	}
	c.Sets = append(c.Sets, OddSet{around, s.z[b]})
	around = int32(len(c.Sets) - 1)
	for _, child := range s.children[b] {
		s.certify(c, child, around)
	}
}

// Bound returns what the certificate proves that no matching exceeds.
func (c Certificate) Bound() *big.Int {
	sum, term := new(big.Int), new(big.Int)
	for _, y := range c.Duals {
		sum.Add(sum, term.SetInt64(y))
	}
	for i, size := range c.sizes() {
		sum.Add(sum, term.Mul(big.NewInt(c.Sets[i].Dual), big.NewInt(size/2)))
	}
	return sum.Rsh(sum, 1)
}

// cover returns duals of the vertices alone that cover every edge: those of each, and half
// of those of all sets around it.
func (c Certificate) cover() []int64 {
	around := make([]int64, len(c.Sets))
	for i, set := range c.Sets {
		around[i] = set.Dual/2 + set.Dual%2
		if set.Around != none {
			around[i] += around[set.Around]
		}
	}
	cover := slices.Clone(c.Duals)
	for v, set := range c.In {
		if set != none {
			cover[v] += around[set]
		}
	}
	return cover
}

// sizes returns how many vertices each set holds.
func (c Certificate) sizes() []int64 {
	sizes := make([]int64, len(c.Sets))
	for _, set := range c.In {
		if set != none {
			sizes[set]++
		}
	}
	for i, set := range slices.Backward(c.Sets) {
		if set.Around != none {
			sizes[set.Around] += sizes[i]
		}
	}
	return sizes
}

// Verify checks a matching and its proof against the edges alone and sets Weight
// and Exact. The error wraps ErrProof and says what does not hold. It takes
// O(log n) for each edge.
func (g *Graph) Verify(m *Matching) error {
	if err := g.checkMatching(m); err != nil {
		return err
	}
	if err := g.checkCover(m.Proof); err != nil {
		return err
	}
	bound := m.Proof.Bound()
	if m.Bound == nil || bound.Cmp(m.Bound) != 0 {
		return fmt.Errorf("%w: its bound is %v, the duals make %v", ErrProof, m.Bound, bound)
	}
	m.Weight = new(big.Int)
	for _, e := range m.Edges {
		m.Weight.Add(m.Weight, big.NewInt(g.edges[e].Weight))
	}
	m.Exact = m.Weight.Cmp(bound) == 0
	if m.Weight.Cmp(bound) > 0 {
		return fmt.Errorf("%w: it weighs %v, above the bound of %v", ErrProof, m.Weight, bound)
	}
	return nil
}

// checkMatching holds the edges of a matching against the partners it names.
func (g *Graph) checkMatching(m *Matching) error {
	if len(m.Mate) != g.vertices {
		return fmt.Errorf("%w: partners of %d vertices, not of %d", ErrProof, len(m.Mate), g.vertices)
	}
	matched := make([]bool, g.vertices)
	for _, i := range m.Edges {
		if i < 0 || int(i) >= len(g.edges) {
			return fmt.Errorf("%w: there is no edge %d", ErrProof, i)
		}
		e := g.edges[i]
		if matched[e.A] || matched[e.B] || m.Mate[e.A] != e.B || m.Mate[e.B] != e.A {
			return fmt.Errorf("%w: edge %d, of %d and %d, is not theirs alone", ErrProof, i, e.A, e.B)
		}
		matched[e.A], matched[e.B] = true, true
	}
	for v, mate := range m.Mate {
		if mate != none && !matched[v] {
			return fmt.Errorf("%w: no edge joins %d to its partner %d", ErrProof, v, mate)
		}
	}
	return nil
}

// checkCover checks that the sets are odd, that all duals are in their range, and that
// they cover every edge.
func (g *Graph) checkCover(c Certificate) error {
	nest, err := c.nest(g.vertices)
	if err != nil {
		return err
	}
	for i, e := range g.edges {
		cover := c.Duals[e.A] + c.Duals[e.B]
		if cover < 2*e.Weight {
			cover += nest.common(c.In[e.A], c.In[e.B])
		}
		if cover < 2*e.Weight {
			return fmt.Errorf("%w: edge %d weighs %d, and the duals cover %d halves of it", ErrProof, i, e.Weight, cover)
		}
	}
	return nil
}

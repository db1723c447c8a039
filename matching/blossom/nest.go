package blossom

import "fmt"

// nest finds the sets of a certificate that hold two vertices. Sets lie within one
// another or apart, so these are the smallest such set and all around it. Blossoms may
// lie thousands deep; each has a jump far out, so that a walk takes O(log n) (Myers,
// An applicative random-access stack, 1983).
type nest []ring

type ring struct {
	around, jump int32
	depth        int32
	sum          int64 // of the duals of this set and all around it
}

// nest checks all of a certificate that says nothing about edges.
func (c Certificate) nest(vertices int) (nest, error) {
	if len(c.Duals) != vertices || len(c.In) != vertices {
		return nil, fmt.Errorf("%w: duals of %d vertices and sets of %d, not of %d", ErrProof, len(c.Duals), len(c.In), vertices)
	}
	for v, y := range c.Duals {
		if y < 0 || y > 4*MaxWeight || c.In[v] < none || int(c.In[v]) >= len(c.Sets) {
			return nil, fmt.Errorf("%w: vertex %d is in set %d and has the dual %d", ErrProof, v, c.In[v], y)
		}
	}
	rings := make(nest, len(c.Sets))
	for i, set := range c.Sets {
		if set.Around < none || int(set.Around) >= i {
			return nil, fmt.Errorf("%w: set %d comes before the set around it", ErrProof, i)
		}
		rings[i] = rings.within(int32(i), set)
		if set.Dual < 0 || rings[i].sum < 0 || rings[i].sum > 4*MaxWeight {
			return nil, fmt.Errorf("%w: set %d has the dual %d", ErrProof, i, set.Dual)
		}
	}
	for i, size := range c.sizes() {
		if size%2 == 0 {
			return nil, fmt.Errorf("%w: set %d holds %d vertices, which is even", ErrProof, i, size)
		}
	}
	return rings, nil
}

// within returns the ring of a set; that of the set around it must be there.
func (n nest) within(i int32, set OddSet) ring {
	if set.Around == none {
		return ring{around: none, jump: i, sum: set.Dual}
	}
	out := n[set.Around]
	r := ring{around: set.Around, jump: set.Around, depth: out.depth + 1, sum: out.sum + set.Dual}
	if far := n[out.jump]; out.depth-far.depth == far.depth-n[far.jump].depth {
		r.jump = far.jump
	}
	return r
}

// common returns the sum of the duals of all sets that hold both of two sets.
func (n nest) common(a, b int32) int64 {
	if a == none || b == none {
		return 0
	}
	if n[a].depth < n[b].depth {
		a, b = b, a
	}
	for n[a].depth > n[b].depth {
		if jump := n[a].jump; n[jump].depth >= n[b].depth {
			a = jump
		} else {
			a = n[a].around
		}
	}
	for a != b {
		if n[a].depth == 0 {
			return 0
		}
		if n[a].jump != n[b].jump {
			a, b = n[a].jump, n[b].jump
			continue
		}
		a, b = n[a].around, n[b].around
	}
	return n[a].sum
}

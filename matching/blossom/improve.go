package blossom

// sweeps is how often at most the fast path goes through all edges. Most of what it
// finds it finds in the first three.
const sweeps = 12

// improve makes more of a matching without duals: it goes through the edges and takes
// one in, in place of those at its ends, wherever that pays together with the best
// edge that a partner left alone then has to a free vertex, or to the other one.
// These are all augmentations and exchanges of up to three new edges around one. Duals
// and blossoms are of no use any more but to pass over what cannot pay.
func (s *solver) improve(cover []int64) {
	e := exchange{solver: s, cover: cover, free: make([]int32, s.vertices)}
	for v, h := range s.mate {
		if h == none {
			e.count(int32(v), 1)
		}
	}
	for range sweeps {
		better := false
		for _, h := range s.byEdge {
			if e.tryEdge(h) {
				better = true
			}
		}
		s.steps += int64(len(s.halves))
		if !better {
			return
		}
	}
}

// exchange is the state of the fast path: with it, most edges cost one look.
type exchange struct {
	*solver
	cover []int64 // of each vertex: no edge weighs more than those of its ends
	free  []int32 // of each vertex: how many of its half-edges lead to free ones
}

// count tells the neighbours of a vertex that it is free, or, with -1, that it is not.
func (e *exchange) count(v, by int32) {
	for h, last := e.around(v); h < last; h++ {
		e.free[e.halves[h].to] += by
	}
}

// tryEdge takes an edge into the matching if that pays.
func (e *exchange) tryEdge(h int32) bool {
	v, w := e.tail(h), e.halves[h].to
	if e.mate[v] == h {
		return false
	}
	gain := e.halves[h].weight
	var left [2]int32 // who would be alone
	for i, u := range [...]int32{v, w} {
		left[i] = none
		if old := e.mate[u]; old != none {
			gain -= e.halves[old].weight
			left[i] = e.halves[old].to
		}
	}
	first := e.toFree(left[0], none, v, w)
	second := e.toFree(left[1], first, v, w)
	pair := int32(none)
	if left[0] != none && left[1] != none && gain+e.cover[left[0]]+e.cover[left[1]] > 0 {
		pair = e.between(left[0], left[1])
	}
	apart := e.gain(first) + e.gain(second)
	together := e.gain(pair)
	if gain+max(apart, together) <= 0 {
		return false
	}
	for _, u := range left {
		if u != none {
			e.mate[u] = none
			e.count(u, 1)
		}
	}
	e.put(h)
	if together > apart {
		e.put(pair)
		return true
	}
	e.put(first)
	e.put(second)
	return true
}

func (e *exchange) gain(h int32) int64 {
	if h == none {
		return 0
	}
	return e.halves[h].weight
}

// put takes a half-edge between free vertices into the matching.
func (e *exchange) put(h int32) {
	if h == none {
		return
	}
	for _, h := range [...]int32{h, e.halves[h].back} {
		if v := e.tail(h); e.mate[v] == none {
			e.count(v, -1)
		}
		e.mate[e.tail(h)] = h
	}
}

// toFree returns the heaviest half-edge of a vertex to a free one, but not to where
// another one leads, nor to v or w.
func (e *exchange) toFree(u, but, v, w int32) int32 {
	if u == none || e.free[u] == 0 {
		return none
	}
	taken, found := int32(none), int32(none)
	if but != none {
		taken = e.halves[but].to
	}
	for h, last := e.around(u); h < last; h++ {
		to := e.halves[h].to
		if e.mate[to] == none && to != taken && to != v && to != w && e.halves[h].weight > e.gain(found) {
			found = h
		}
	}
	return found
}

// between returns the heaviest half-edge from one vertex to another.
func (e *exchange) between(u, v int32) int32 {
	found := int32(none)
	for h, last := e.around(u); h < last; h++ {
		if e.halves[h].to == v && (found == none || e.halves[h].weight > e.halves[found].weight) {
			found = h
		}
	}
	return found
}

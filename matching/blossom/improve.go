package blossom

// sweeps is how often at most the fast path goes through all edges. Most of what it
// finds it finds in the first three.
const sweeps = 12

// improve makes more of a matching without duals: it goes through the edges and takes
// one in, in place of those at its ends, wherever that pays together with the best
// edge that a partner left alone then has to a free vertex, or to the other one.
// These are all augmentations and exchanges of up to three new edges around one. Duals
// and blossoms are of no use any more.
func (s *solver) improve() {
	for range sweeps {
		better := false
		for _, h := range s.byEdge {
			if s.tryEdge(h) {
				better = true
			}
		}
		s.steps += int64(len(s.halves))
		if !better {
			return
		}
	}
}

// tryEdge takes an edge into the matching if that pays.
func (s *solver) tryEdge(h int32) bool {
	v, w := s.tail(h), s.halves[h].to
	if s.mate[v] == h {
		return false
	}
	gain := s.halves[h].weight
	var left [2]int32 // who would be alone
	for i, u := range [...]int32{v, w} {
		left[i] = none
		if old := s.mate[u]; old != none {
			gain -= s.halves[old].weight
			left[i] = s.halves[old].to
		}
	}
	first := s.toFree(left[0], none, v, w)
	second := s.toFree(left[1], first, v, w)
	pair := s.between(left[0], left[1])
	apart := s.gain(first) + s.gain(second)
	together := s.gain(pair)
	if gain+max(apart, together) <= 0 {
		return false
	}
	for _, u := range left {
		if u != none {
			s.mate[u] = none
		}
	}
	s.put(h)
	if together > apart {
		s.put(pair)
		return true
	}
	s.put(first)
	s.put(second)
	return true
}

func (s *solver) gain(h int32) int64 {
	if h == none {
		return 0
	}
	return s.halves[h].weight
}

// put takes a half-edge between free vertices into the matching.
func (s *solver) put(h int32) {
	if h != none {
		s.mate[s.tail(h)], s.mate[s.halves[h].to] = h, s.halves[h].back
	}
}

// toFree returns the heaviest half-edge of a vertex to a free one, but not to where
// another one leads, nor to v or w.
func (s *solver) toFree(u, but, v, w int32) int32 {
	if u == none {
		return none
	}
	taken, found := int32(none), int32(none)
	if but != none {
		taken = s.halves[but].to
	}
	for h, last := s.around(u); h < last; h++ {
		to := s.halves[h].to
		if s.mate[to] == none && to != taken && to != v && to != w && s.halves[h].weight > s.gain(found) {
			found = h
		}
	}
	return found
}

// between returns the heaviest half-edge from one vertex to another.
func (s *solver) between(u, v int32) int32 {
	if u == none || v == none {
		return none
	}
	found := int32(none)
	for h, last := s.around(u); h < last; h++ {
		if s.halves[h].to == v && (found == none || s.halves[h].weight > s.halves[found].weight) {
			found = h
		}
	}
	return found
}

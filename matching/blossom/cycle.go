package blossom

import "slices"

// close does what two outer blossoms want that a tight edge joins: they make an odd
// cycle with their paths to where these meet. It reports whether that ended the search.
func (s *solver) close(h int32) bool {
	meeting := s.meeting(s.find(s.tail(h)), s.find(s.halves[h].to))
	children, links := s.cycle(meeting, h)
	if s.fractional {
		s.halve(children, links)
		return true
	}
	s.shrink(children, links)
	return false
}

// above returns the outer blossom above one in the tree with the inner one between,
// and the half-edges to both; none above the root.
func (s *solver) above(b int32) (between, over, first, second int32) {
	first = s.mate[s.base[b]]
	if first == none {
		return none, none, none, none
	}
	between = s.find(s.halves[first].to)
	second = s.halves[s.entry[between]].back
	return between, s.find(s.halves[second].to), first, second
}

// meeting returns the first blossom on the paths of both to the root. It goes up
// both in turn, so that it takes no more steps than the cycle is long.
func (s *solver) meeting(b, c int32) int32 {
	s.walk++
	for {
		if b != none {
			if s.mark[b] == s.walk {
				return b
			}
			s.mark[b] = s.walk
			_, b, _, _ = s.above(b)
		}
		b, c = c, b
		s.steps++
	}
}

// cycle returns the blossoms of a cycle from where its paths meet, down to the tail
// of a half-edge, over it and up again, and the half-edge from each to the next.
func (s *solver) cycle(meeting, h int32) (children, links []int32) {
	children, links = s.path(s.find(s.tail(h)), meeting)
	slices.Reverse(children)
	slices.Reverse(links)
	for i, l := range links {
		links[i] = s.halves[l].back
	}
	after, rest := s.path(s.find(s.halves[h].to), meeting)
	children = slices.Concat([]int32{meeting}, children, after)
	return children, slices.Concat(links, []int32{h}, rest)
}

// path returns the blossoms from one up to before another, and the half-edges up.
func (s *solver) path(from, to int32) (blossoms, links []int32) {
	for from != to {
		between, over, first, second := s.above(from)
		blossoms = append(blossoms, from, between)
		links = append(links, first, second)
		from = over
	}
	return blossoms, links
}

// shrink makes an outer blossom of an odd cycle.
func (s *solver) shrink(children, links []int32) {
	b := s.free[len(s.free)-1]
	s.free = s.free[:len(s.free)-1]
	s.children[b], s.links[b] = children, links
	s.base[b], s.label[b], s.z[b] = s.base[children[0]], outer, -2*s.shift
	s.shrunk, s.labelled = append(s.shrunk, b), append(s.labelled, b)
	for _, c := range children {
		s.parent[c], s.up[c] = b, b
		if s.label[c] == outer {
			s.z[c] += 2 * s.shift
			continue
		}
		s.z[c] -= 2 * s.shift
		s.leaves(c, func(v int32) { s.fall(v, 2*s.shift) })
	}
}

// expand takes an inner blossom apart: the children on the even way from where the
// tree came in to the base stay in the tree, the others leave it.
func (s *solver) expand(b int32) {
	entry, links := s.entry[b], s.links[b]
	at := s.childWith(b, s.halves[entry].to)
	s.label[b] = unlabelled
	s.leaves(b, func(v int32) { s.y[v] += s.shift })
	children := s.release(b)
	s.makeInner(children[at], entry)
	for at != 0 {
		if at%2 == 0 { // back along the cycle
			entry = s.halves[links[at-2]].back
			s.makeOuter(children[at-1])
			at -= 2
		} else {
			entry = links[at+1]
			s.makeOuter(children[at+1])
			at = (at + 2) % len(children)
		}
		s.makeInner(children[at], entry)
	}
	for _, c := range children {
		if s.label[c] == unlabelled {
			s.leaves(c, s.planArrival)
		}
	}
}

// planArrival lets the tree come back to a vertex that has left it.
func (s *solver) planArrival(v int32) {
	if s.best[v] != none {
		s.agenda.add(event{s.arrival(v), reaches, v})
	}
}

// halve gives half an edge to each edge of an odd cycle of vertices, and matches the
// root along the path that leads to it.
func (s *solver) halve(vertices, links []int32) {
	s.steps += int64(len(vertices))
	s.rematch(vertices[0], none)
	for i, v := range vertices {
		s.mate[v], s.half[v] = none, links[i]
	}
}

// breakCycle matches the vertices of a cycle of half edges but one.
func (s *solver) breakCycle(v int32) {
	next := s.halves[s.half[v]].to
	s.half[v] = none
	for next != v {
		h := s.half[next]
		other := s.halves[h].to
		after := s.halves[s.half[other]].to
		s.mate[next], s.mate[other] = h, s.halves[h].back
		s.half[next], s.half[other] = none, none
		s.steps++
		next = after
	}
}

package blossom

import "math"

// matchFrom grows a tree of tight edges from a free vertex until it can be matched,
// or until the vertex, or another in its place, is free at a dual of zero. It reports
// false if the limit of steps came first; the duals are feasible even then.
func (s *solver) matchFrom(root int32) bool {
	s.zeroAt = math.MaxInt64
	s.makeOuter(s.find(root))
	done := false
	for !done && s.steps < s.limit {
		s.scanQueue()
		e := event{at: math.MaxInt64}
		if len(s.agenda) > 0 {
			e = s.agenda[0]
		}
		s.steps++
		if s.zeroAt <= e.at {
			s.shift = s.zeroAt
			s.rematch(s.zero, none)
			done = true
			break
		}
		s.agenda.take()
		done = s.happen(e)
	}
	s.finish()
	return done
}

// happen does what an event asks for, if it is not out of date, and reports whether
// that ended the search.
func (s *solver) happen(e event) bool {
	switch e.what {
	case reaches:
		if b := s.find(e.id); s.label[b] == unlabelled && s.arrival(e.id) == e.at {
			s.shift = e.at
			return s.grow(b, s.best[e.id])
		}
	case meets:
		if s.find(s.tail(e.id)) != s.find(s.halves[e.id].to) {
			s.shift = e.at
			return s.close(e.id)
		}
	case empties:
		if s.label[e.id] == inner && s.up[e.id] == e.id && s.z[e.id] == 2*e.at {
			s.shift = e.at
			s.expand(e.id)
		}
	}
	return false
}

// arrival returns the shift at which the best edge to an unlabelled vertex is tight.
func (s *solver) arrival(v int32) int64 {
	return s.near[v] + s.y[v]
}

// grow adds an unlabelled blossom to the tree, by a half-edge that leads into it, and
// its partner; or, if it is free, matches the root.
func (s *solver) grow(b, h int32) bool {
	v := s.halves[h].to
	next := s.mate[s.base[b]]
	switch {
	case s.half[v] != none:
		s.breakCycle(v)
	case next != none:
		s.makeInner(b, h)
		s.makeOuter(s.find(s.halves[next].to))
		return false
	default:
		s.rebase(b, v)
	}
	s.rematch(s.tail(h), h)
	s.mate[v] = s.halves[h].back
	return true
}

func (s *solver) makeOuter(b int32) {
	s.label[b] = outer
	s.labelled = append(s.labelled, b)
	s.z[b] -= 2 * s.shift
	s.leaves(b, func(v int32) { s.fall(v, s.shift) })
}

// fall lets the dual of a vertex fall from now on; add makes its stored form of what it is.
func (s *solver) fall(v int32, add int64) {
	s.y[v] += add
	if s.y[v] < s.zeroAt {
		s.zeroAt, s.zero = s.y[v], v
	}
	s.queue = append(s.queue, v)
}

func (s *solver) makeInner(b, h int32) {
	s.label[b], s.entry[b] = inner, h
	s.labelled = append(s.labelled, b)
	s.leaves(b, func(v int32) { s.y[v] -= s.shift })
	if !s.isVertex(b) {
		s.agenda.add(event{s.shift + s.z[b]/2, empties, b})
	}
	s.z[b] += 2 * s.shift
}

// scanQueue plans what the edges of new outer vertices can lead to.
func (s *solver) scanQueue() {
	for len(s.queue) > 0 {
		u := s.queue[len(s.queue)-1]
		s.queue = s.queue[:len(s.queue)-1]
		in := s.find(u)
		first, last := s.around(u)
		s.steps += int64(last - first)
		for h := first; h < last; h++ {
			s.scan(u, in, h)
		}
	}
}

func (s *solver) scan(u, in, h int32) {
	v, weight := s.halves[h].to, s.halves[h].weight
	b := s.find(v)
	switch {
	case b == in:
	case s.label[b] == outer:
		s.agenda.add(event{(s.y[u] + s.y[v] - weight) / 2, meets, h})
	default:
		near := s.y[u] - weight
		if s.best[v] == none {
			s.reached = append(s.reached, v)
		} else if near >= s.near[v] {
			return
		}
		s.best[v], s.near[v] = h, near
		if s.label[b] == unlabelled {
			s.agenda.add(event{s.arrival(v), reaches, v})
		}
	}
}

// finish writes the shift into the duals and forgets the tree.
func (s *solver) finish() {
	for _, b := range s.shrunk {
		for _, c := range s.children[b] {
			s.up[c] = c
		}
	}
	outermost := s.labelled[:0]
	for _, b := range s.labelled {
		l := s.label[b]
		s.label[b] = unlabelled
		if s.parent[b] != none || l == unlabelled {
			continue
		}
		outermost = append(outermost, b)
		fallen := s.shift
		if l == inner {
			fallen = -s.shift
		}
		s.z[b] += 2 * fallen
		s.leaves(b, func(v int32) { s.y[v], s.top[v] = s.y[v]-fallen, b })
	}
	for _, b := range outermost {
		s.dissolve(b)
	}
	for _, v := range s.reached {
		s.best[v] = none
	}
	s.shift, s.agenda, s.queue = 0, s.agenda[:0], s.queue[:0]
	s.labelled, s.reached, s.shrunk = s.labelled[:0], s.reached[:0], s.shrunk[:0]
}

// dissolve takes an outermost blossom apart whose dual is zero.
func (s *solver) dissolve(b int32) {
	if s.isVertex(b) || s.z[b] != 0 {
		return
	}
	for _, c := range s.release(b) {
		s.dissolve(c)
	}
}

// release makes the children of an outermost blossom outermost, and returns them.
func (s *solver) release(b int32) []int32 {
	children := s.children[b]
	for _, c := range children {
		s.parent[c] = none
		s.leaves(c, func(v int32) { s.top[v] = c })
	}
	s.children[b], s.links[b] = nil, nil
	s.free = append(s.free, b)
	return children
}

package blossom

import "slices"

// rematch turns the path from the root of the tree to an outer vertex around: the
// root is matched, and the vertex goes along the half-edge h, or stays free if h is none.
func (s *solver) rematch(u, h int32) {
	for {
		s.steps++
		b := s.find(u)
		next := s.mate[s.base[b]]
		s.rebase(b, u)
		s.mate[u] = h
		if next == none {
			return
		}
		between := s.find(s.halves[next].to)
		h = s.entry[between]
		into := s.halves[h].to
		s.rebase(between, into)
		s.mate[into] = s.halves[h].back
		u = s.tail(h)
	}
}

// rebase matches the vertices of a blossom among themselves but for one, which
// becomes its base. The partner of that one is left to the caller.
func (s *solver) rebase(b, v int32) {
	if s.isVertex(b) || s.base[b] == v {
		return
	}
	children, links := s.children[b], s.links[b]
	at := s.childWith(b, v)
	s.rebase(children[at], v)
	for i := at; i != 0; {
		if at%2 == 0 { // back along the cycle to the old base
			s.join(children[i-2], children[i-1], links[i-2])
			i -= 2
		} else {
			after := (i + 2) % len(children)
			s.join(children[i+1], children[after], links[i+1])
			i = after
		}
	}
	s.children[b] = slices.Concat(children[at:], children[:at])
	s.links[b] = slices.Concat(links[at:], links[:at])
	s.base[b] = v
}

// join matches two children of a blossom along a half-edge from the first to the second.
func (s *solver) join(from, to, h int32) {
	v, w := s.tail(h), s.halves[h].to
	s.rebase(from, v)
	s.rebase(to, w)
	s.mate[v], s.mate[w] = h, s.halves[h].back
}

package round

import "slices"

// squeeze makes room for a person who fits into no group as they stand: one
// member goes to another group for them, or changes places with one of its
// members. Nobody is left out for a single person whom they must not meet while
// there is such a way.
func (p *party) squeeze(person int32) bool {
	for g := range p.groups {
		for _, member := range slices.Clone(p.groups[g]) {
			if p.isPinned(member) {
				continue
			}
			if _, ok := p.gain(person, p.groups[g], member); ok && p.yield(person, member, g) {
				return true
			}
		}
	}
	return false
}

// yield lets a member of a group give way to a person, if there is a place for
// that member elsewhere.
func (p *party) yield(person, member int32, g int) bool {
	next := append(slices.DeleteFunc(slices.Clone(p.groups[g]), func(q int32) bool { return q == member }), person)
	for h, group := range p.groups {
		if h == g {
			continue
		}
		if _, ok := p.gain(member, group, -1); ok && len(group) < p.room {
			p.leave(member)
			p.put(member, h)
			p.put(person, g)
			return true
		}
		if len(next) >= p.room {
			continue
		}
		for _, other := range slices.Clone(group) {
			_, fits := p.gain(member, group, other)
			if _, ok := p.gain(other, next, -1); fits && ok && !p.isPinned(other) {
				p.leave(member)
				p.leave(other)
				p.put(member, h)
				p.put(other, g)
				p.put(person, g)
				return true
			}
		}
	}
	return false
}

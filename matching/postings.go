package matching

import (
	"cmp"
	"slices"
)

// term is a unit with its stems as numbers: one in the low half, or the smaller
// one of two in the high half. Numbers start at 1.
type term uint64

// posting says that a person's texts of one kind hold a term, and how strongly.
type posting struct {
	slot   uint32
	kind   kind
	weight uint16 // in 1/weightOne
}

func (p posting) compare(q posting) int {
	return cmp.Or(cmp.Compare(p.slot, q.slot), cmp.Compare(p.kind, q.kind))
}

// postings finds the people who use a term. Most pairs of words are written by
// one person only; they are kept without a list, which halves the memory.
type postings struct {
	numbers  map[string]uint32 // stems in use
	last     uint32
	single   map[term]posting
	lists    map[term][]posting // two or more, by slot and kind
	spelling spelling           // of the stems in use
}

func newPostings() postings {
	return postings{numbers: map[string]uint32{}, single: map[term]posting{}, lists: map[term][]posting{}, spelling: spelling{}}
}

// number gives a stem its number, a new one if nobody used it.
func (p *postings) number(stem string) uint32 {
	n, known := p.numbers[stem]
	if !known {
		p.last++
		n = p.last
		p.numbers[stem] = n
		p.spelling.add(stem)
	}
	return n
}

// lookup returns the term of a unit; not ok if one of its stems is nobody's.
func (p *postings) lookup(u unit) (t term, ok bool) {
	a, ok := p.numbers[u.a]
	if !ok || u.b == "" {
		return term(a), ok
	}
	b, ok := p.numbers[u.b]
	return joined(a, b), ok
}

// intern returns the term of a unit and numbers its stems as needed.
func (p *postings) intern(u unit) term {
	a := p.number(u.a)
	if u.b == "" {
		return term(a)
	}
	return joined(a, p.number(u.b))
}

func joined(a, b uint32) term { return term(min(a, b))<<32 | term(max(a, b)) }

// add puts a posting in its place.
func (p *postings) add(u unit, entry posting) {
	t := p.intern(u)
	list, many := p.lists[t]
	if !many {
		old, one := p.single[t]
		if !one {
			p.single[t] = entry
			return
		}
		delete(p.single, t)
		list = []posting{old}
	}
	at, _ := slices.BinarySearchFunc(list, entry, posting.compare)
	p.lists[t] = slices.Insert(list, at, entry)
}

// removeAll takes the postings away that one person has for these units. Pairs go
// first, for they are found by the numbers of their stems, and who uses a pair
// uses both stems: none is left behind when the number of a stem goes.
func (p *postings) removeAll(units map[unit]uint16, old posting) {
	for u := range units {
		if u.b != "" {
			p.remove(u, old)
		}
	}
	for u := range units {
		if u.b == "" {
			p.remove(u, old)
		}
	}
}

func (p *postings) remove(u unit, old posting) {
	t, _ := p.lookup(u)
	list, many := p.lists[t]
	if !many {
		delete(p.single, t)
		if u.b == "" {
			delete(p.numbers, u.a)
			p.spelling.remove(u.a)
		}
		return
	}
	at, _ := slices.BinarySearchFunc(list, old, posting.compare)
	if list = slices.Delete(list, at, at+1); len(list) > 1 {
		p.lists[t] = list
		return
	}
	delete(p.lists, t)
	p.single[t] = list[0]
}

// of returns the postings of a term, by slot and kind. The caller must not change them.
func (p *postings) of(t term) []posting {
	if one, ok := p.single[t]; ok {
		return []posting{one}
	}
	return p.lists[t]
}

// weight returns how strongly the texts of one kind of the person in a slot
// hold a term, 0 if they do not.
func (p *postings) weight(t term, slot uint32, k kind) uint16 {
	list := p.of(t)
	at, ok := slices.BinarySearchFunc(list, posting{slot: slot, kind: k}, posting.compare)
	if !ok {
		return 0
	}
	return list[at].weight
}

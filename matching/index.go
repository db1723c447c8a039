// Package matching finds people by what they know. Its rule: a score is a sum of
// stored addends, each with words the person wrote, so that whoever is suggested
// can be told why; and what must not happen is an absent edge, never a penalty.
// The package is pure: equal people and questions give equal answers, whatever
// the order in which they came.
package matching

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Profile is what a person says about their work, in their own words.
type Profile struct {
	ID     string   // opaque; orders equal scores
	Shares []string // topics the person can help others with
	Seeks  []string // topics the person looks for
	About  string   // free text; may be a pasted abstract
	Quiet  bool     // found by what they share, which Index.Topics does not tell
}

// told are the topics that Index.Topics tells.
func (p Profile) told() []string {
	if p.Quiet {
		return nil
	}
	return p.Shares
}

// Index finds people by topic. It follows every change of a profile at once: the
// weight of a word depends on how many people use it now. Safe for concurrent use.
type Index struct {
	aliases Aliases

	mu       sync.RWMutex
	slots    map[string]uint32 // by Profile.ID
	people   []Profile         // by slot; free slots are zero
	free     []uint32
	postings postings
	topics   topics
	places   gazetteer
}

// NewIndex returns an index without people, which reads texts with these aliases.
func NewIndex(a Aliases) *Index {
	return &Index{aliases: a, slots: map[string]uint32{}, postings: newPostings(), topics: topics{}, places: newGazetteer()}
}

// Len returns the number of people.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.slots)
}

// has reports whether all of a profile is known already.
func (x *Index) has(p Profile) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	slot, known := x.slots[p.ID]
	if !known {
		return false
	}
	old := x.people[slot]
	return old.About == p.About && old.Quiet == p.Quiet && slices.Equal(old.Shares, p.Shares) && slices.Equal(old.Seeks, p.Seeks)
}

// Put adds a person, or replaces what was known under the same ID. What did not change
// costs nothing: documents of people change for many other reasons.
func (x *Index) Put(p Profile) {
	if x.has(p) {
		return
	}
	p.Shares, p.Seeks = slices.Clone(p.Shares), slices.Clone(p.Seeks)
	var read [kinds]map[unit]uint16 // before the lock: reading takes longer than filing
	for k := range kinds {
		read[k] = weights(p, k, x.aliases)
	}
	about, _, _ := placeOf(p.About, nil)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.drop(p.ID)
	slot := x.vacant()
	x.slots[p.ID], x.people[slot] = slot, p
	for k, units := range read {
		for u, w := range units {
			x.postings.add(u, posting{slot: slot, kind: kind(k), weight: w})
		}
	}
	x.topics.add(p.told())
	x.places.put(p.Shares, about, slot)
}

// Delete forgets a person; it does nothing if the ID is unknown.
func (x *Index) Delete(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.drop(id)
}

func (x *Index) drop(id string) {
	slot, known := x.slots[id]
	if !known {
		return
	}
	p := x.people[slot]
	for k := range kinds {
		x.postings.removeAll(weights(p, k, x.aliases), posting{slot: slot, kind: k})
	}
	x.topics.remove(p.told())
	x.places.remove(p.Shares, slot)
	delete(x.slots, id)
	x.people[slot] = Profile{}
	x.free = append(x.free, slot)
}

// vacant returns a slot that nobody has.
func (x *Index) vacant() uint32 {
	if last := len(x.free) - 1; last >= 0 {
		slot := x.free[last]
		x.free = x.free[:last]
		return slot
	}
	x.people = append(x.people, Profile{})
	return uint32(len(x.people) - 1)
}

// Topics returns topics that people share, in their own words, most common first,
// at most limit: those in which a word starts with the prefix. Case does not count;
// an empty prefix fits all.
func (x *Index) Topics(prefix string, limit int) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.topics.starting(strings.ToLower(clean(prefix)), limit)
}

// isBlank reports whether a rune is a space, or a control that has no place in a line.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

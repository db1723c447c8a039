package round

import (
	"cmp"
	"hash/fnv"
	"math/bits"
	"slices"
)

// table is a round with its people as numbers. Their order comes from the seed and
// the IDs alone, so that the order of the lists does not matter and a seed decides
// between equals.
type table struct {
	Rules
	slots   int
	people  []Person
	number  map[string]int32
	pairs   []fit // who may meet, in the order of their numbers
	ago     map[couple]int
	pins    []couple
	forbids map[couple]bool
	heavy   int64 // the greatest weight

	met      map[couple]bool // in an earlier slot
	count    []int           // meetings of each person so far
	meetings []Meeting
	missing  int64 // what is not proved
	path     Path
	steps    int64
	input    string
}

// fit is how well two people fit.
type fit struct {
	couple
	weight int64
}

// couple are the numbers of two people, the smaller first.
type couple struct{ a, b int32 }

func coupleOf(a, b int32) couple { return couple{min(a, b), max(a, b)} }

func (c couple) compare(d couple) int { return cmp.Or(cmp.Compare(c.a, d.a), cmp.Compare(c.b, d.b)) }

func newTable(r Round) (*table, error) {
	t := &table{
		Rules: r.Rules, slots: max(r.Slots, 1), people: slices.Clone(r.People), number: map[string]int32{},
		ago: map[couple]int{}, forbids: map[couple]bool{}, met: map[couple]bool{},
		count: make([]int, len(r.People)), path: Proved, input: r.hash(),
	}
	if t.HalfLife == 0 {
		t.HalfLife = DefaultHalfLife
	}
	for _, read := range []func(Round) error{
		t.checkRules, t.readPeople, t.readPast, t.readForbids, t.readPairs, t.readPins,
	} {
		if err := read(r); err != nil {
			return nil, err
		}
	}
	if t.Steps == 0 {
		t.Steps = max(defaultSteps*int64(len(t.pairs)), leastSteps)
	}
	return t, nil
}

func (t *table) checkRules(Round) error {
	switch {
	case t.slots > MaxSlots || t.Slots < 0:
		return refuse("%d meetings each; 1 to %d can be planned", t.Slots, MaxSlots)
	case t.Group != 0 && (t.Group < 3 || t.Group > 6):
		return refuse("groups of %d; groups have 3 to 6 people", t.Group)
	case t.Group != 0 && t.slots > 1:
		return refuse("groups meet once in a round, not %d times", t.slots)
	case t.HalfLife < 0 || t.MinGap < 0 || t.LabCap < 0 || t.Steps < 0:
		return refuse("half-life %d, gap %d, people of a lab %d and steps %d must not be negative", t.HalfLife, t.MinGap, t.LabCap, t.Steps)
	}
	return nil
}

// readPeople numbers the people in the order of the seed.
func (t *table) readPeople(Round) error {
	drawn := make(map[string]uint64, len(t.people))
	for _, p := range t.people {
		drawn[p.ID] = t.chance(p.ID)
	}
	slices.SortFunc(t.people, func(p, q Person) int {
		return cmp.Or(cmp.Compare(drawn[p.ID], drawn[q.ID]), cmp.Compare(p.ID, q.ID))
	})
	for i, p := range t.people {
		if _, twice := t.number[p.ID]; twice {
			return refuse("%q takes part twice", p.ID)
		}
		if p.Waited < 0 {
			return refuse("%q sat out %d rounds", p.ID, p.Waited)
		}
		t.number[p.ID] = int32(i)
	}
	return nil
}

// chance is a number that the seed draws for a person, whoever else takes part.
func (t *table) chance(id string) uint64 {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(id))
	x := hash.Sum64() ^ bits.RotateLeft64(t.Seed*0x9e3779b97f4a7c15, 31)
	// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// couple looks two people up.
func (t *table) couple(a, b, what string) (couple, error) {
	i, known := t.number[a]
	if !known {
		return couple{}, refuse("%s names %q, who takes no part", what, a)
	}
	j, known := t.number[b]
	if !known {
		return couple{}, refuse("%s names %q, who takes no part", what, b)
	}
	if i == j {
		return couple{}, refuse("%s joins %q with themselves", what, a)
	}
	return coupleOf(i, j), nil
}

// readPast remembers when couples last met. Of those who take no part it knows nothing.
func (t *table) readPast(r Round) error {
	for _, p := range r.Past {
		if p.Ago < 1 {
			return refuse("a meeting of %q and %q was %d rounds ago", p.A, p.B, p.Ago)
		}
		i, here := t.number[p.A]
		j, too := t.number[p.B]
		if c := coupleOf(i, j); here && too && (t.ago[c] == 0 || p.Ago < t.ago[c]) {
			t.ago[c] = p.Ago
		}
	}
	return nil
}

func (t *table) readForbids(r Round) error {
	for _, f := range r.Forbids {
		c, err := t.couple(f.A, f.B, "a forbid")
		if err != nil {
			return err
		}
		t.forbids[c] = true
	}
	return nil
}

// readPairs keeps the pairs that no rule forbids.
func (t *table) readPairs(r Round) error {
	t.pairs = make([]fit, 0, len(r.Pairs))
	for _, p := range r.Pairs {
		c, err := t.couple(p.A, p.B, "a pair")
		if err != nil {
			return err
		}
		if p.Weight < 0 || p.Weight > maxWeight {
			return refuse("the weight %d of %q and %q is not between 0 and %d", p.Weight, p.A, p.B, int64(maxWeight))
		}
		t.pairs = append(t.pairs, fit{c, p.Weight})
		t.heavy = max(t.heavy, p.Weight)
	}
	slices.SortFunc(t.pairs, func(p, q fit) int { return p.compare(q.couple) })
	for i, p := range t.pairs {
		if i > 0 && t.pairs[i-1].couple == p.couple {
			return refuse("%q and %q are a pair twice", t.people[p.a].ID, t.people[p.b].ID)
		}
	}
	t.pairs = slices.DeleteFunc(t.pairs, func(p fit) bool { return t.sameLab(p.couple) || t.forbids[p.couple] })
	if len(t.ago) > 0 && t.heavy > maxWeight/(4*repeatCost) {
		return refuse("weights up to %d are too large beside a history; divide them all by a thousand", t.heavy)
	}
	return nil
}

// weight returns how well two people fit, 0 if they are no pair.
func (t *table) weight(c couple) int64 {
	at, found := slices.BinarySearchFunc(t.pairs, c, func(p fit, c couple) int { return p.compare(c) })
	if !found {
		return 0
	}
	return t.pairs[at].weight
}

func (t *table) sameLab(c couple) bool {
	return t.people[c.a].Lab != "" && t.people[c.a].Lab == t.people[c.b].Lab
}

func (t *table) readPins(r Round) error {
	for _, p := range r.Pins {
		c, err := t.couple(p.A, p.B, "a pin")
		switch {
		case err != nil:
			return err
		case t.forbids[c]:
			return refuse("%q and %q are pinned and forbidden", p.A, p.B)
		case t.Group == 0 && t.sameLab(c):
			return refuse("%q and %q are pinned and of the same lab", p.A, p.B)
		case slices.Contains(t.pins, c):
			return refuse("%q and %q are pinned twice", p.A, p.B)
		}
		t.pins = append(t.pins, c)
	}
	return nil
}

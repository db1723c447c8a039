package round

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"

	"interlab/matching/blossom"
)

// A repeated meeting costs between repeatCost and twice that, in greatest weights: one
// that is long past costs the least, and still more than a new pair can gain in fit.
const repeatCost = 4

// fine is how finely the decay of old meetings is told apart where weights are small.
const fine = 1 << 20

// slotGraph is what one slot has to choose from.
type slotGraph struct {
	people  []int32 // who can come, by vertex
	vertex  []int32 // of each person; -1 of who cannot come
	pairs   []fit
	values  []int64 // of each pair, with its history; at least 0
	waiting []int64 // of each vertex: 1 and up, more for who waited longer
	unit    int64   // what one step of waiting weighs: more than all values can sum to
	scale   int64   // values of one unit of weight
}

// fill plans the meetings of one slot: a maximum-weight matching on who can come and has
// not met in an earlier slot. So every slot is filled as well as it can be after those
// before it, which no meeting has to be dropped for.
func (t *table) fill(slot int) error {
	taken := t.pinned(slot)
	if last := slot == t.slots-1; last && len(t.pins) > 0 {
		c := t.pins[0]
		return refuse("no slot is left for the pinned pair of %q and %q", t.people[c.a].ID, t.people[c.b].ID)
	}
	g, err := t.slotGraph(slot, taken)
	if err != nil {
		return err
	}
	if t.Fair {
		if err := t.raise(g); err != nil {
			return err
		}
	}
	m, err := t.solve(g, true)
	if err != nil {
		return err
	}
	total := int64(0)
	for _, e := range m.Edges {
		t.meet(g.pairs[e].couple, slot)
		total += g.pairs[e].weight
	}
	if m.Exact {
		return nil
	}
	t.path = Limited
	most, err := t.most(g)
	if err != nil {
		return err
	}
	t.missing += max(min(g.missing(m), most-total), 0)
	return nil
}

// most returns what no plan of a slot exceeds: the bound of the heaviest matching of the
// weights alone. That takes a fraction of the steps of a plan that puts people first, and
// is the closer bound where the limit left open whether somebody more could meet.
func (t *table) most(g *slotGraph) (int64, error) {
	alone := *g
	alone.waiting, alone.values = make([]int64, len(g.people)), make([]int64, 0, len(g.pairs))
	for _, p := range g.pairs {
		alone.values = append(alone.values, p.weight)
	}
	m, err := t.solve(&alone, true)
	if err != nil {
		return 0, err
	}
	return m.Bound.Int64(), nil
}

// pinned lets those pinned pairs meet in a slot who can, and returns who is taken.
func (t *table) pinned(slot int) map[int32]bool {
	taken := map[int32]bool{}
	rest := t.pins[:0]
	for _, c := range t.pins {
		if taken[c.a] || taken[c.b] || (t.people[c.a].Away|t.people[c.b].Away)>>slot&1 == 1 {
			rest = append(rest, c)
			continue
		}
		taken[c.a], taken[c.b] = true, true
		t.meet(c, slot)
	}
	t.pins = rest
	return taken
}

// meet notes a meeting.
func (t *table) meet(c couple, slot int) {
	a, b := t.people[c.a].ID, t.people[c.b].ID
	t.meetings = append(t.meetings, Meeting{A: min(a, b), B: max(a, b), Weight: t.weight(c), Slot: slot, Ago: t.ago[c]})
	t.met[c] = true
	t.count[c.a]++
	t.count[c.b]++
}

// slotGraph collects who can meet in a slot.
func (t *table) slotGraph(slot int, taken map[int32]bool) (*slotGraph, error) {
	g := &slotGraph{scale: 1, vertex: make([]int32, len(t.people)), pairs: make([]fit, 0, len(t.pairs))}
	for i, p := range t.people {
		g.vertex[i] = -1
		if p.Away>>slot&1 == 0 && !taken[int32(i)] {
			g.vertex[i] = int32(len(g.people))
			g.people = append(g.people, int32(i))
		}
	}
	for _, p := range t.pairs {
		rests := t.ago[p.couple] > 0 && t.ago[p.couple] <= t.MinGap
		later := slices.Contains(t.pins, p.couple)
		if g.vertex[p.a] >= 0 && g.vertex[p.b] >= 0 && !t.met[p.couple] && !rests && !later {
			g.pairs = append(g.pairs, p)
		}
	}
	t.value(g)
	t.wait(g)
	if err := g.checkRange(t.people); err != nil {
		return nil, err
	}
	return g, nil
}

// value gives each pair its weight less what a repeat costs. The history decays: the
// cost falls by half of its excess with every half-life, and never to nothing, so that
// a pair who never met comes first.
func (t *table) value(g *slotGraph) {
	if len(t.ago) > 0 {
		g.scale = max(fine/max(t.heavy, 1), 1)
	}
	full := repeatCost * max(t.heavy, 1) * g.scale
	g.values = make([]int64, 0, len(g.pairs))
	for _, p := range g.pairs {
		value := p.weight * g.scale
		if len(t.ago) > 0 {
			value += 2 * full
		}
		if ago := t.ago[p.couple]; ago > 0 {
			value -= full + int64(float64(full)*math.Exp2(-float64(ago)/float64(t.HalfLife)))
		}
		g.values = append(g.values, value)
	}
}

// wait ranks who can come by how few meetings they have in this round, and then by how
// many rounds they sat out. The sets of people whom a matching can reach are the
// independent sets of a matroid, in which the heaviest set is the first in the order of
// the weights, whatever positive weights these are: so ranks are enough for "most
// people, and of these who waited longest" (Edmonds and Fulkerson 1965).
func (t *table) wait(g *slotGraph) {
	before := func(a, b int32) int {
		return cmp.Or(cmp.Compare(t.count[b], t.count[a]), cmp.Compare(t.people[a].Waited, t.people[b].Waited))
	}
	order := slices.SortedStableFunc(slices.Values(g.people), before)
	rank := make(map[int32]int64, len(order))
	for i, p := range order {
		rank[p] = 1
		if i > 0 {
			rank[p] = rank[order[i-1]]
			if before(order[i-1], p) < 0 {
				rank[p]++
			}
		}
	}
	for _, p := range g.people {
		g.waiting = append(g.waiting, rank[p])
	}
}

// checkRange sets the unit of waiting, and refuses weights that leave no room for it.
func (g *slotGraph) checkRange(people []Person) error {
	if len(g.pairs) == 0 {
		return nil
	}
	most := big.NewInt(slices.Max(g.values))
	unit := new(big.Int).Mul(most, big.NewInt(int64(len(g.people)/2)))
	unit.Add(unit, big.NewInt(1))
	total := new(big.Int).Mul(unit, big.NewInt(2*slices.Max(g.waiting)))
	if total.Add(total, most).Cmp(big.NewInt(blossom.MaxWeight)) > 0 {
		return refuse("weights up to %v are too large for %d people; divide them all by a thousand", most, len(people))
	}
	g.unit = unit.Int64()
	return nil
}

// solve matches the people of a slot; without values, only people and waiting count.
func (t *table) solve(g *slotGraph, values bool) (blossom.Matching, error) {
	edges, guess := make([]blossom.Edge, len(g.pairs)), make([]int64, len(g.people))
	for v, w := range g.waiting {
		guess[v] = w * g.unit
	}
	for i, c := range g.pairs {
		a, b := g.vertex[c.a], g.vertex[c.b]
		edges[i] = blossom.Edge{A: a, B: b, Weight: (g.waiting[a] + g.waiting[b]) * g.unit}
		if values {
			edges[i].Weight += g.values[i]
		}
	}
	graph, err := blossom.NewGraph(len(g.people), edges)
	if err != nil {
		return blossom.Matching{}, fmt.Errorf("%w: %w", ErrRound, err)
	}
	m, err := graph.SolveFrom(guess, t.Steps)
	t.steps += m.Steps
	return m, err
}

// missing returns how much more the values of a matching of the best waiting could sum
// to, in units of weight, rounded up. Where the bound leaves open whether more people
// could meet, it is what the values could sum to at all.
func (g *slotGraph) missing(m blossom.Matching) int64 {
	if m.Exact {
		return 0
	}
	gap := new(big.Int).Sub(m.Bound, m.Weight)
	unit := big.NewInt(g.unit)
	rest := new(big.Int).Mod(m.Weight, unit)
	if new(big.Int).Add(rest, gap).Cmp(unit) >= 0 {
		gap.Sub(unit, rest)
	}
	gap.Add(gap, big.NewInt(g.scale-1))
	return gap.Div(gap, big.NewInt(g.scale)).Int64()
}

// raise drops the pairs of the least value, as many values as can be without that fewer
// people meet or others than waited longest.
func (t *table) raise(g *slotGraph) error {
	if len(g.pairs) == 0 {
		return nil
	}
	all, err := t.solve(g, false)
	if err != nil {
		return err
	}
	levels := slices.Clone(g.values)
	slices.Sort(levels)
	levels = slices.Compact(levels)
	low, high := 0, len(levels) // low holds, high does not
	for high-low > 1 {
		middle := (low + high) / 2
		m, err := t.solve(g.above(levels[middle]), false)
		if err != nil {
			return err
		}
		if m.Weight.Cmp(all.Weight) == 0 {
			low = middle
		} else {
			high = middle
		}
	}
	*g = *g.above(levels[low])
	return nil
}

// above returns the graph with the pairs of at least a value.
func (g *slotGraph) above(value int64) *slotGraph {
	part := *g
	part.pairs, part.values = nil, nil
	for i, c := range g.pairs {
		if g.values[i] >= value {
			part.pairs, part.values = append(part.pairs, c), append(part.values, g.values[i])
		}
	}
	return &part
}

// plan collects the meetings of all slots.
func (t *table) plan() Plan {
	p := Plan{
		Meetings: t.meetings, Seed: t.Seed, Input: t.input, Path: t.path, Steps: t.steps,
	}
	slices.SortFunc(p.Meetings, func(m, n Meeting) int {
		return cmp.Or(cmp.Compare(m.Slot, n.Slot), cmp.Compare(m.A, n.A))
	})
	for i, m := range p.Meetings {
		p.Total += m.Weight
		if i == 0 || m.Weight < p.Worst {
			p.Worst = m.Weight
		}
	}
	p.Bound, p.Exact = p.Total+t.missing, t.path == Proved
	for i, p2 := range t.people {
		if t.count[i] == 0 {
			p.Unmatched = append(p.Unmatched, p2.ID)
		}
	}
	slices.Sort(p.Unmatched)
	return p
}

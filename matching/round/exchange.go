package round

import (
	"cmp"
	"slices"

	"interlab/matching/blossom"
)

// paired joins units of half a size by a maximum-weight matching.
func (p *party) paired(units [][]int32, size int) ([][]int32, error) {
	var edges []blossom.Edge
	for i := range units {
		for j := range i {
			if len(units[i])+len(units[j]) > max(size, 2) {
				continue
			}
			if sum, ok := p.joins(units[i], units[j]); ok {
				edges = append(edges, blossom.Edge{A: int32(j), B: int32(i), Weight: max(sum, 0)})
			}
		}
	}
	g, err := blossom.NewGraph(len(units), edges)
	if err != nil {
		return nil, refuse("%v", err)
	}
	m, err := g.Solve(p.Steps)
	if err != nil {
		return nil, err
	}
	p.steps += m.Steps
	var joined [][]int32
	for i, mate := range m.Mate {
		switch {
		case mate < 0:
			joined = append(joined, units[i])
		case int(mate) > i:
			joined = append(joined, slices.Concat(units[i], units[mate]))
		}
	}
	return joined, nil
}

// fill lets who is in no group join the group to which they add most, who waited
// longest first.
func (p *party) fill() {
	var out []int32
	for person, group := range p.in {
		if group < 0 && p.people[person].Away&1 == 0 {
			out = append(out, int32(person))
		}
	}
	slices.SortStableFunc(out, func(a, b int32) int { return cmp.Compare(p.people[b].Waited, p.people[a].Waited) })
	for _, person := range out {
		best, most := -1, int64(0)
		for i, group := range p.groups {
			if len(group) >= p.room {
				continue
			}
			// Small groups first: sizes differ by one in the end.
			if gain, ok := p.gain(person, group, -1); ok &&
				(best < 0 || cmp.Or(cmp.Compare(len(p.groups[best]), len(group)), cmp.Compare(gain, most)) > 0) {
				best, most = i, gain
			}
		}
		if best >= 0 {
			p.put(person, best)
		} else if p.steps < p.Steps {
			p.squeeze(person)
		}
	}
}

// better makes the first change it finds for each person that makes the whole better:
// a move to a smaller group, or a change of places; it reports whether there was one.
func (p *party) better() bool {
	found := false
	for person := range int32(len(p.people)) {
		if p.people[person].Away&1 == 0 && !p.isPinned(person) {
			found = p.move(person) || p.change(person) || found
		}
	}
	return found
}

// move takes a person to a group where they add more, if sizes allow.
func (p *party) move(person int32) bool {
	from := p.in[person]
	if from < 0 || len(p.groups[from]) <= p.least {
		return false
	}
	now, _ := p.gain(person, p.groups[from], -1)
	for to, group := range p.groups {
		if to == from || len(group) >= p.room {
			continue
		}
		if gain, ok := p.gain(person, group, -1); ok && gain > now {
			p.leave(person)
			p.put(person, to)
			return true
		}
	}
	return false
}

// change lets a person change places with somebody of a later number, if that adds to
// both groups together; somebody who waited longer takes the place of who did not.
func (p *party) change(person int32) bool {
	for other := person + 1; int(other) < len(p.people); other++ {
		a, b := p.in[person], p.in[other]
		if a == b || p.people[other].Away&1 == 1 || p.isPinned(other) {
			continue
		}
		if p.exchangeGain(person, other) {
			for _, who := range [...]int32{person, other} {
				if p.in[who] >= 0 {
					p.leave(who)
				}
			}
			if b >= 0 {
				p.put(person, b)
			}
			if a >= 0 {
				p.put(other, a)
			}
			return true
		}
	}
	return false
}

// exchangeGain reports whether it is better for two people to change places.
func (p *party) exchangeGain(x, y int32) bool {
	gain, longer := int64(0), 0
	for _, c := range [...]struct{ goes, stays int32 }{{x, y}, {y, x}} {
		group := p.in[c.stays]
		if group < 0 {
			longer -= p.people[c.goes].Waited - p.people[c.stays].Waited
			continue
		}
		now, _ := p.gain(c.stays, p.groups[group], -1)
		then, ok := p.gain(c.goes, p.groups[group], c.stays)
		if !ok {
			return false
		}
		gain += then - now
	}
	return longer > 0 || longer == 0 && gain > 0
}

// plan collects the groups; one of fewer than two is none.
func (p *party) plan() Plan {
	plan := Plan{Seed: p.Seed, Input: p.input, Path: p.path, Steps: p.steps}
	for _, group := range p.groups {
		var g Group
		for i, a := range group {
			g.Members = append(g.Members, p.people[a].ID)
			for _, b := range group[:i] {
				g.Weight += p.weight(coupleOf(a, b))
			}
		}
		if len(group) < 2 {
			plan.Unmatched = append(plan.Unmatched, g.Members...)
			continue
		}
		slices.Sort(g.Members)
		plan.Groups = append(plan.Groups, g)
		plan.Total += g.Weight
	}
	for i, group := range p.in {
		if group < 0 {
			plan.Unmatched = append(plan.Unmatched, p.people[i].ID)
		}
	}
	slices.Sort(plan.Unmatched)
	slices.SortFunc(plan.Groups, func(g, h Group) int { return cmp.Compare(g.Members[0], h.Members[0]) })
	plan.Bound, plan.Worst = max(p.bound(), plan.Total), worst(plan.Groups)
	plan.Exact = plan.Bound == plan.Total
	return plan
}

// bound returns what no groups of this size exceed: each person's best companions,
// each pair counted from both sides.
func (p *party) bound() int64 {
	best := make([][]int64, len(p.people))
	for _, f := range p.pairs {
		best[f.a], best[f.b] = append(best[f.a], f.weight), append(best[f.b], f.weight)
	}
	twice := int64(0)
	for _, weights := range best {
		slices.SortFunc(weights, func(a, b int64) int { return cmp.Compare(b, a) })
		for _, w := range weights[:min(len(weights), p.room-1)] {
			twice += w
		}
	}
	return twice / 2
}

func worst(groups []Group) int64 {
	least := int64(0)
	for i, g := range groups {
		if i == 0 || g.Weight < least {
			least = g.Weight
		}
	}
	return least
}

package round

import (
	"cmp"
	"slices"
)

// groups plans groups. To part people into the best threes is hard (NP-hard, as
// 3-dimensional matching), so this is a local optimum: the best pairs, joined to fours
// by a matching of the pairs, make the cores; the others join where they fit best; and
// then people move and change places while that makes the whole better.
func (t *table) groups() (Plan, error) {
	t.path = Grouped
	p, err := t.newParty()
	if err != nil {
		return Plan{}, err
	}
	if err := p.cores(); err != nil {
		return Plan{}, err
	}
	p.fill()
	for p.better() && t.steps < t.Steps {
		p.fill()
	}
	return p.plan(), nil
}

// party are the people of a round on their way into groups.
type party struct {
	*table
	near   []map[int32]int64 // whom a person may meet, and how well they fit
	room   int               // people of a group at most
	least  int               // at least; smaller groups are broken up in the end
	cap    int               // people of one lab in a group
	groups [][]int32
	in     []int // group of each person, -1 of who is in none
}

func (t *table) newParty() (*party, error) {
	n := 0
	p := &party{table: t, near: make([]map[int32]int64, len(t.people)), cap: max(t.LabCap, 1), in: make([]int, len(t.people))}
	for i, person := range t.people {
		p.near[i], p.in[i] = map[int32]int64{}, -1
		if person.Away&1 == 0 {
			n++
		}
	}
	full := 2 * repeatCost * max(t.heavy, 1)
	for _, f := range t.pairs {
		rests := t.ago[f.couple] > 0 && t.ago[f.couple] <= t.MinGap
		if (t.people[f.a].Away|t.people[f.b].Away)&1 == 1 || rests {
			continue
		}
		value := f.weight
		if ago := t.ago[f.couple]; ago > 0 {
			value -= full / int64(1+ago/t.HalfLife)
		}
		p.near[f.a][f.b], p.near[f.b][f.a] = value, value
	}
	if n < t.Group-1 {
		return nil, refuse("%d people can come, too few for a group of %d", n, t.Group)
	}
	count := max(n/t.Group, 1)
	if (n+count-1)/count > t.Group+1 {
		count++
	}
	p.groups, p.room, p.least = make([][]int32, count), (n+count-1)/count, max(n/count, 2)
	return p, nil
}

// allowed reports whether two people may be in a group: if they may meet, or are of one
// lab and not forbidden, where a group may have two of a lab.
func (p *party) allowed(a, b int32) bool {
	if _, ok := p.near[a][b]; ok {
		return true
	}
	c := coupleOf(a, b)
	return slices.Contains(p.pins, c) || p.cap > 1 && p.sameLab(c) && !p.forbids[c]
}

// gain returns what a person adds to a group without one of its members (-1 for
// none); not ok if they must not be there.
func (p *party) gain(person int32, group []int32, without int32) (sum int64, ok bool) {
	lab := 1
	for _, member := range group {
		p.steps++
		if member == without || member == person {
			continue
		}
		if !p.allowed(person, member) {
			return 0, false
		}
		if p.sameLab(coupleOf(person, member)) {
			lab++
		}
		sum += p.near[person][member]
	}
	return sum, lab <= p.cap
}

// joins reports whether all of one group may be in another, and what that adds.
func (p *party) joins(group, other []int32) (sum int64, ok bool) {
	all := slices.Clone(other)
	for _, person := range group {
		gain, ok := p.gain(person, all, -1)
		if !ok {
			return 0, false
		}
		sum, all = sum+gain, append(all, person)
	}
	return sum, true
}

// cores starts each group with the pins, and then with the best pairs or fours.
func (p *party) cores() error {
	units, err := p.pinnedUnits()
	if err != nil {
		return err
	}
	pins := len(units)
	taken := map[int32]bool{}
	for _, u := range units {
		for _, person := range u {
			taken[person] = true
		}
	}
	for person := range int32(len(p.people)) {
		if !taken[person] && p.people[person].Away&1 == 0 {
			units = append(units, []int32{person})
		}
	}
	for size := 2; size <= min(p.least, 4); size *= 2 {
		if units, err = p.paired(units, size); err != nil {
			return err
		}
	}
	value := func(u []int32) int64 { sum, _ := p.joins(u, nil); return sum }
	slices.SortStableFunc(units, func(u, v []int32) int {
		return cmp.Or(cmp.Compare(p.held(v), p.held(u)), cmp.Compare(value(v), value(u)))
	})
	if pins > len(p.groups) {
		return refuse("the pins make %d groups, and there are %d", pins, len(p.groups))
	}
	for i := range p.groups {
		if i < len(units) {
			for _, person := range units[i] {
				p.put(person, i)
			}
		}
	}
	return nil
}

// held counts the pinned people of a unit.
func (p *party) held(unit []int32) (n int) {
	for _, person := range unit {
		if p.isPinned(person) {
			n++
		}
	}
	return n
}

func (p *party) isPinned(person int32) bool {
	return slices.ContainsFunc(p.pins, func(c couple) bool { return c.a == person || c.b == person })
}

// pinnedUnits joins the pinned pairs that have somebody in common.
func (p *party) pinnedUnits() ([][]int32, error) {
	var units [][]int32
	for _, c := range p.pins {
		joined := []int32{c.a, c.b}
		units = slices.DeleteFunc(units, func(u []int32) bool {
			common := slices.Contains(u, c.a) || slices.Contains(u, c.b)
			if common {
				joined = append(joined, u...)
			}
			return common
		})
		slices.Sort(joined)
		units = append(units, slices.Compact(joined))
	}
	for _, u := range units {
		if _, ok := p.joins(u, nil); !ok || len(u) > p.room {
			return nil, refuse("the pinned group with %q has more than %d people, too many of a lab, or two who must not meet",
				p.people[u[0]].ID, p.room)
		}
	}
	return units, nil
}

func (p *party) put(person int32, group int) {
	p.groups[group] = append(p.groups[group], person)
	p.in[person] = group
}

func (p *party) leave(person int32) {
	group := p.in[person]
	p.groups[group] = slices.DeleteFunc(p.groups[group], func(q int32) bool { return q == person })
	p.in[person] = -1
}

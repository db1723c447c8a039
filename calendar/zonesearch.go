package calendar

import (
	"cmp"
	"slices"
	"strings"
)

// startingWith serves Zones: a place that is spelt just so comes first, then the
// zones that are named so themselves, then other places.
func (d *directory) startingWith(prefix string, limit int) []Zone {
	want := fold(prefix)
	out := make([]Zone, 0, max(0, min(limit, len(d.all))))
	add := func(zones []Zone) {
		for _, z := range zones {
			if len(out) < limit && !slices.Contains(out, z) {
				out = append(out, z)
			}
		}
	}
	if len(prefix) > maxZoneText {
		return out
	}
	if want == "" {
		for _, name := range d.all {
			add([]Zone{{name}})
		}
		return out
	}
	add(d.places[want])
	matching := d.keysStartingWith(want)
	for _, key := range matching {
		if zones := d.of(key); key == fold(zones[0].City()) || key == fold(zones[0].name) {
			add(zones)
		}
	}
	for _, key := range matching {
		add(d.of(key))
	}
	return out
}

func (d *directory) keysStartingWith(want string) []string {
	from, _ := slices.BinarySearch(d.keys, want)
	to := from
	for to < len(d.keys) && strings.HasPrefix(d.keys[to], want) {
		to++
	}
	return d.keys[from:to]
}

// near returns at most three zones whose name, city or country is spelt almost
// like text or starts with it, nearest first.
func (d *directory) near(text string) []Zone {
	type candidate struct {
		key      string
		distance int
	}
	want := []rune(fold(text))
	if len(want) < 3 {
		return nil
	}
	allowed := 1
	if len(want) > 5 {
		allowed = 2
	}
	var found []candidate
	for _, key := range d.keys {
		distance := editDistance(want, []rune(key), allowed)
		if strings.HasPrefix(key, string(want)) {
			distance = min(distance, 1)
		}
		if distance <= allowed {
			found = append(found, candidate{key, distance})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.key, b.key))
	})
	var out []Zone
	for _, c := range found {
		for _, z := range d.of(c.key) {
			if len(out) < 3 && !slices.Contains(out, z) {
				out = append(out, z)
			}
		}
	}
	return out
}

// editDistance counts the letters to insert, delete, change or swap with their
// neighbour to turn a into b (optimal string alignment), or limit+1 if more.
func editDistance(a, b []rune, limit int) int {
	if diff := len(a) - len(b); diff > limit || -diff > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(last[j]+1, row[j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}

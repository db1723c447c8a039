package chat

import (
	"slices"
	"strings"
)

// maxSlips is how many slips of the finger a suggestion may be away.
const maxSlips = 2

// nearest is the name that word was most likely meant for: the fewest slips
// away, at most maxSlips and fewer than either has letters; the first of equals.
func nearest(word string, names []string) (string, bool) {
	typed := []rune(strings.ToLower(word))
	best, slips := "", maxSlips+1
	for _, name := range names {
		runes := []rune(name)
		if d := len(typed) - len(runes); d > maxSlips || d < -maxSlips {
			continue
		}
		n := distance(typed, runes)
		if n < slips && n < len(typed) && n < len(runes) {
			best, slips = name, n
		}
	}
	return best, slips <= maxSlips
}

// distance is how many insertions, deletions, replacements and swaps of
// neighbours lead from a to b: the optimal string alignment distance
// (L. Boytsov, "Indexing methods for approximate dictionary searching", 2011).
func distance(a, b []rune) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}

// suggest is the path that the name after under was most likely meant for. At
// the top a leaf's own name, without its group, is understood too.
func (t *Tree) suggest(under []string, name string) ([]string, bool) {
	level := t.Commands
	if _, at := t.walk(under); len(under) > 0 {
		level = at.Subs
	}
	if near, ok := nearest(name, commandNames(level)); ok {
		return append(slices.Clone(under), near), true
	}
	if len(under) > 0 {
		return nil, false
	}
	var paths [][]string
	var names []string
	for path := range t.Leaves() {
		paths, names = append(paths, path), append(names, path[len(path)-1])
	}
	if near, ok := nearest(name, names); ok {
		return paths[slices.Index(names, near)], true
	}
	return nil, false
}

func commandNames(commands []Command) []string {
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.Name
	}
	return names
}

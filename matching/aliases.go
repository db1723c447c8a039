package matching

import (
	"slices"
	"strings"
)

// Aliases says which abbreviations and synonyms stand for which phrases. A text
// that holds one is read as if the phrase stood there too: an alias adds, it
// never removes. The zero value knows none. Aliases do not change once parsed.
type Aliases struct {
	byStem map[string][]alias // by the first stem; longest first
}

// alias is an abbreviation or a synonym with all that it may stand for.
type alias struct {
	stems    []string
	meanings [][]string
}

// at returns the meanings of the longest alias that begins at a word, and how
// many words it has; none and 0 if none begins there.
func (a Aliases) at(words []word, first int, prose bool) (meanings [][]string, length int) {
	for _, candidate := range a.byStem[words[first].stem] {
		last := first + len(candidate.stems) - 1
		if last < len(words) && candidate.standsAt(words[first:last+1]) && !(prose && isUnit(words[first:last+1])) {
			return candidate.meanings, len(candidate.stems)
		}
	}
	return nil, 0
}

func (a alias) standsAt(words []word) bool {
	for i, w := range words {
		if w.stem != a.stems[i] || i > 0 && w.apart {
			return false
		}
	}
	return true
}

// isUnit reports whether words look like a unit or a variable, as 5 ml in a
// protocol: in prose, abbreviations are written with capitals.
func isUnit(words []word) bool {
	return len(words) == 1 && len(words[0].text) <= 3 && !words[0].capital
}

// add lets a phrase be known by another one, both as stems.
func (a *Aliases) add(stems, meaning []string) {
	if a.byStem == nil {
		a.byStem = map[string][]alias{}
	}
	list := a.byStem[stems[0]]
	for i := range list {
		if slices.Equal(list[i].stems, stems) {
			list[i].meanings = append(list[i].meanings, meaning)
			return
		}
	}
	list = append(list, alias{stems: stems, meanings: [][]string{meaning}})
	slices.SortStableFunc(list, func(p, q alias) int { return len(q.stems) - len(p.stems) })
	a.byStem[stems[0]] = list
}

// stemsOf returns the stems of a phrase of the alias file.
func stemsOf(phrase string) []string {
	var stems []string
	for _, w := range tellingWords(tokenise(phrase)) {
		stems = append(stems, w.stem)
	}
	return stems
}

// key identifies stems.
func key(stems []string) string { return strings.Join(stems, " ") }

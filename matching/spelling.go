package matching

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"interlab/matching/vectors"
)

// A word of a question that is no known word and that nobody uses is read as the word most alike in its letters
// that somebody uses: misspelt words and other forms still find people.
const (
	// alike is the least similarity of two words, by their runs of three to five
	// characters. One wrong letter inside a word of ten leaves 0.6 or more; two words
	// that differ in their beginning (organic and inorganic) are never alike.
	alike = 0.55

	// Shorter words differ from too many by one letter; longer ones are no words.
	spelledLeast, spelledMost = 5, 40
)

// spelling finds words by the runs of three characters in them. Stems stand in the order
// of their letters, so that what is found does not depend on who came first.
type spelling map[trigram][]string

// trigram is a run of three characters, and the first character of its word.
type trigram [4]byte

func trigrams(stem string) []trigram {
	var list []trigram
	padded := " " + stem + " "
	for i := range len(padded) - 2 {
		list = append(list, trigram{stem[0], padded[i], padded[i+1], padded[i+2]})
	}
	slices.SortFunc(list, func(a, b trigram) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(list)
}

func isSpelled(stem string) bool {
	return len(stem) >= spelledLeast && len(stem) <= spelledMost && !hasDigit(stem)
}

func (s spelling) add(stem string) {
	if !isSpelled(stem) {
		return
	}
	for _, t := range trigrams(stem) {
		at, _ := slices.BinarySearch(s[t], stem)
		s[t] = slices.Insert(s[t], at, stem)
	}
}

func (s spelling) remove(stem string) {
	if !isSpelled(stem) {
		return
	}
	for _, t := range trigrams(stem) {
		if at, found := slices.BinarySearch(s[t], stem); found {
			s[t] = slices.Delete(s[t], at, at+1)
		}
		if len(s[t]) == 0 {
			delete(s, t)
		}
	}
}

// nearest returns the word most alike to one that is not there, and how alike they are;
// "" if none is. Of equals it is the first in order.
func (s spelling) nearest(stem string) (found string, likeness float64) {
	if !isSpelled(stem) {
		return "", 0
	}
	common, own := map[string]int{}, trigrams(stem)
	for _, t := range own {
		for _, other := range s[t] {
			common[other]++
		}
	}
	mine := grams(stem)
	for other, n := range common {
		if 3*n < len(own) {
			continue
		}
		near := likenessOf(mine, grams(other))
		if near >= alike && cmp.Or(cmp.Compare(near, likeness), strings.Compare(found, other)) > 0 {
			found, likeness = other, near
		}
	}
	return found, likeness
}

// likenessOf is the cosine of two sets of runs of characters.
func likenessOf(a, b map[string]float64) float64 {
	common := 0
	for run := range a {
		if _, too := b[run]; too {
			common++
		}
	}
	return float64(common) / math.Sqrt(float64(len(a))*float64(len(b)))
}

// respell replaces words of a question that nobody uses, and that neither an alias nor the
// table of vectors knows: a word that is right stays what it is.
func (r *reading) respell(p *postings) {
	known := make([]bool, len(r.words))
	for _, o := range r.units {
		for i := o.first; i <= o.last && o.share > 0; i++ {
			known[i] = true
		}
	}
	replaced := false
	for i, w := range r.words {
		_, used := p.numbers[w.stem]
		if _, placed := vectors.Standard().Of(w.text, placeWords); used || placed || known[i] {
			continue
		}
		stem, likeness := p.spelling.nearest(w.stem)
		if stem == "" {
			continue
		}
		if r.likeness == nil {
			r.likeness = map[string]float64{}
		}
		r.words[i].stem, r.likeness[stem], replaced = stem, likeness, true
	}
	if !replaced {
		return
	}
	for i, o := range r.units {
		switch {
		case o.share > 0:
		case o.b == "":
			r.units[i].a = r.words[o.first].stem
		default:
			r.units[i].unit = pairOf(r.words[o.first].stem, r.words[o.last].stem)
		}
	}
}

// alikeness is how surely a unit of a question is what was typed: 1, or less where a
// word of it was replaced.
func (r *reading) alikeness(u unit) float64 {
	factor := 1.0
	for _, stem := range [...]string{u.a, u.b} {
		if likeness, replaced := r.likeness[stem]; replaced {
			factor = min(factor, likeness)
		}
	}
	return factor
}

// respelled is the text of a question with the words that were replaced.
func (r *reading) respelled() string {
	if r.likeness == nil {
		return r.text
	}
	var text strings.Builder
	from := 0
	for _, w := range r.words {
		if _, replaced := r.likeness[w.stem]; replaced && stem(w.text) != w.stem {
			text.WriteString(r.text[from:w.start] + w.stem)
			from = w.end
		}
	}
	text.WriteString(r.text[from:])
	return text.String()
}

package matching

import (
	"cmp"
	"slices"
)

// A phrase shown from a longer text holds at most shownWords telling words, of which
// at most windowWords lie between the first and the last that answer the question.
const (
	windowWords = 4
	shownWords  = 5
)

// phrase is a part of a person's text, as the words from first to last, and the
// asks of a question that it answers, by index.
type phrase struct {
	from        *reading
	first, last int
	asks        []int
}

func (p phrase) sum(addends []int64) (sum int64) {
	for _, ask := range p.asks {
		sum += addends[ask]
	}
	return sum
}

// text returns the phrase as it was typed. A short topic is shown whole; a stretch of a
// longer text with the words that directly stand around it, while there is room and
// none of them says what something does.
func (p phrase) text() string {
	if !p.from.prose {
		return clean(p.from.text)
	}
	words, first, last := p.from.words, p.first, p.last
	for last+1 < len(words) && words[last+1].next && last-first+1 < shownWords && !isAction(words[last+1].text) {
		last++
	}
	for words[first].next && last-first+1 < shownWords && !isAction(words[first-1].text) {
		first--
	}
	return p.from.span(first, last)
}

// hit is an occurrence in a text of what an ask asks for.
type hit struct{ ask, first, last int }

// phrases returns the phrases of a person's texts that hold something to be explained:
// a short text as a whole, of a longer one every stretch that begins and ends with such
// a hit. Every unit that has an addend is in one of them.
func (q question) phrases(texts []string, addends []int64, aliases Aliases) []phrase {
	if !slices.ContainsFunc(addends, func(a int64) bool { return a > 0 }) {
		return nil
	}
	var found []phrase
	for _, text := range texts {
		r := read(text, aliases)
		var hits []hit
		for _, o := range r.units {
			if ask, ok := q.at[o.unit]; ok && addends[ask] > 0 {
				hits = append(hits, hit{ask, o.first, o.last})
			}
		}
		switch {
		case len(hits) == 0:
		case r.prose:
			found = append(found, stretches(&r, hits)...)
		default:
			last := len(r.words) - 1
			found = append(found, phrase{&r, 0, last, asksWithin(hits, 0, last)})
		}
	}
	return found
}

// stretches returns the stretches of a text from one hit to another near by in the same
// clause, shortest first.
func stretches(r *reading, hits []hit) []phrase {
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last))
	})
	var found []phrase
	for i, from := range hits {
		end := -1
		for _, to := range hits[i:] {
			if end >= 0 && (to.first > end+2 || r.apartWithin(from.first, to.first)) {
				break
			}
			if to.last > end && to.last <= max(from.last, from.first+windowWords-1) {
				end = to.last
				found = append(found, phrase{r, from.first, end, asksWithin(hits[i:], from.first, end)})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b phrase) int { return cmp.Compare(a.last-a.first, b.last-b.first) })
	return found
}

// apartWithin reports whether punctuation stands somewhere between two words.
func (r *reading) apartWithin(first, last int) bool {
	for i := first + 1; i <= last; i++ {
		if r.words[i].apart {
			return true
		}
	}
	return false
}

// asksWithin returns the distinct asks of the hits within these words; the hits
// before first must be gone, and none may be before another that starts earlier.
func asksWithin(hits []hit, first, last int) []int {
	var asks []int
	for _, h := range hits {
		if h.first > last {
			break
		}
		if first <= h.first && h.last <= last && !slices.Contains(asks, h.ask) {
			asks = append(asks, h.ask)
		}
	}
	return asks
}

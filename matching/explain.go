package matching

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// explain divides a person's score among phrases of theirs. The weight of a unit is
// the best over the texts of a kind, whichever text that was; where several hold the
// unit, the phrase that explains most gets the addend: few strong reasons, no two alike.
func (x *Index) explain(q question, slot uint32) Suggestion {
	s := Suggestion{ID: x.people[slot].ID}
	for k := range kinds {
		addends := make([]int64, len(q.asks))
		for i, a := range q.asks {
			if a.list != nil {
				addends[i] = addend(a.mass, x.postings.weight(a.term, slot, k))
			}
		}
		phrases := q.phrases(x.people[slot].texts(k), addends, x.aliases)
		s.Reasons = append(s.Reasons, q.reasons(k, addends, phrases)...)
	}
	for _, r := range s.Reasons {
		s.Score += r.Score
	}
	if q.place != nil {
		phrase, near := x.nearest(q.place, slot)
		if score := q.beside(s.Score, int64(near)); score > 0 {
			asked := q.span(0, min(len(q.words), shownWords)-1)
			s.Reasons = append(s.Reasons, Reason{Kind: RelatedTopic, Phrase: phrase, Asked: asked, Score: score})
			s.Score += score
		}
	}
	slices.SortStableFunc(s.Reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Phrase, b.Phrase))
	})
	return s
}

// nearest returns what a person shares or writes that adds most by its place.
func (x *Index) nearest(q *place, slot uint32) (phrase string, most int32) {
	phrase, most = x.places.nearestTopic(q, x.people[slot].Shares)
	if text := x.places.texts[slot].relatedText(q); text > most {
		return nearestPhrase(x.people[slot].About, q, x.aliases), text
	}
	return phrase, most
}

// nearestPhrase returns the words of a text that are nearest to a place: a short text as
// a whole, of a longer one those from one stop word or mark to the next.
func nearestPhrase(text string, q *place, aliases Aliases) string {
	r := read(text, aliases)
	if len(r.words) == 0 || !r.prose {
		return clean(text)
	}
	best, found := int32(math.MinInt32), ""
	for first := 0; first < min(len(r.words), placeWords); {
		last := first
		for last+1 < len(r.words) && r.words[last+1].next && last-first+1 < shownWords {
			last++
		}
		phrase := r.span(first, last)
		if p, _, ok := placeOf(phrase, nil); ok && p.dot(q, 0, len(p.at)) > best {
			best, found = p.dot(q, 0, len(p.at)), phrase
		}
		first = last + 1
	}
	return cmp.Or(found, r.span(0, min(len(r.words), shownWords)-1))
}

// reasons gives each addend to a phrase: the phrase that explains most takes all
// its addends, and so on with what is left; of equal phrases the first.
func (q question) reasons(k kind, addends []int64, phrases []phrase) []Reason {
	var found []Reason
	for {
		rest, p, score := strongest(phrases, addends)
		if score == 0 {
			return found
		}
		found = append(found, Reason{Kind: k.reason(), Phrase: p.text(), Asked: q.answeredIn(p, addends), Score: score})
		for _, ask := range p.asks {
			addends[ask] = 0
		}
		phrases = rest
	}
}

// strongest returns the first of the phrases that explain most, how much that is, and
// the phrases that explain anything at all.
func strongest(phrases []phrase, addends []int64) (rest []phrase, most phrase, score int64) {
	rest = phrases[:0]
	for _, p := range phrases {
		sum := p.sum(addends)
		if sum > score {
			most, score = p, sum
		}
		if sum > 0 {
			rest = append(rest, p)
		}
	}
	return rest, most, score
}

// answeredIn returns the words of the question that a phrase answers, as they were
// typed, and no word twice: pairs say where, and single words what is left.
func (q question) answeredIn(p phrase, addends []int64) string {
	marked, said := make([]bool, len(q.words)), map[string]bool{}
	for _, pairs := range []bool{true, false} {
		for _, i := range p.asks {
			a := q.asks[i]
			if addends[i] == 0 || pairs != (a.b != "") || said[a.a] && (!pairs || said[a.b]) {
				continue
			}
			for at := a.first; at <= a.last; at++ {
				marked[at], said[q.words[at].stem] = true, true
			}
		}
	}
	return q.typed(marked)
}

// typed returns the marked words of the question as they were typed, runs of them together.
func (q question) typed(marked []bool) string {
	var parts []string
	for first := 0; first < len(marked); first++ {
		if !marked[first] {
			continue
		}
		last := first
		for last+1 < len(marked) && marked[last+1] && !q.words[last+1].apart {
			last++
		}
		parts = append(parts, q.span(first, last))
		first = last
	}
	return strings.Join(parts, ", ")
}

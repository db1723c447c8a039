package matching

import (
	"cmp"
	"strings"
)

// Suggest returns the k people with the highest scores, best first, equal scores by
// ID; at most MaxResults. A score is the sum, over the words and pairs of words of the
// query, of what each counts in the query times what it weighs in the person's texts.
// To that comes what the nearest related topic adds that the person shares. Who has no
// related topic and no more than a stray word in common is not suggested; nor is anybody
// who is not eligible, without a trace. A nil eligible admits all; it must not call the index.
func (x *Index) Suggest(q Query, k int, eligible func(id string) bool) []Suggestion {
	x.mu.RLock()
	defer x.mu.RUnlock()
	question := x.ask(q)
	var suggestions []Suggestion
	for _, r := range x.rank(question, k, eligible) {
		suggestions = append(suggestions, x.explain(question, r.slot))
	}
	return suggestions
}

// Rank is Suggest without the reasons, for whoever asks for many at once.
func (x *Index) Rank(q Query, k int, eligible func(id string) bool) []Suggestion {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var suggestions []Suggestion
	for _, r := range x.rank(x.ask(q), k, eligible) {
		suggestions = append(suggestions, Suggestion{ID: x.people[r.slot].ID, Score: int64(r.score)})
	}
	return suggestions
}

// ranked is a person with a score.
type ranked struct {
	slot  uint32
	score int32
}

// rank returns the slots of the k best eligible people.
func (x *Index) rank(q question, k int, eligible func(id string) bool) []ranked {
	top := newBest(k, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(x.people[a.slot].ID, x.people[b.slot].ID))
	})
	scores, answered := x.scores(q)
	related := make([]int32, len(scores))
	if q.place != nil {
		x.places.relate(q.place, related)
	}
	floor := q.floor()
	for slot, score := range scores {
		candidate := ranked{uint32(slot), score + int32(q.beside(int64(score), int64(related[slot])))}
		// Eligibility is asked last: it may cost more than all the rest.
		if candidate.score > 0 && top.wants(candidate) && (related[slot] > 0 || floor.reached(score, answered[slot])) &&
			(eligible == nil || eligible(x.people[slot].ID)) {
			top.offer(candidate)
		}
	}
	return top.values
}

// scores returns everybody's score and what they answer of a topic, by slot. The
// masses of a question sum to a million at most and a weight is below 16, so that
// three kinds fit an int32.
func (x *Index) scores(q question) (scores []int32, answered []answers) {
	scores, answered = make([]int32, len(x.people)), make([]answers, len(x.people))
	for _, a := range q.asks {
		for _, p := range a.list {
			scores[p.slot] += int32(addend(a.mass, p.weight))
			answered[p.slot] |= a.answers
		}
	}
	return scores, answered
}

// addend returns what one unit adds to a score, in whole micro-units, so that
// sums are exact and their order does not matter.
func addend(mass int64, weight uint16) int64 { return mass * int64(weight) >> weightBits }

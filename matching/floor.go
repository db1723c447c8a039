package matching

// Who has only a stray word of a question in common is not suggested.
const (
	// topicFloor is the part of a topic's words, by rarity, that a person must
	// answer: more than one word of three alike.
	topicFloor = 0.35

	// proseFloor is the score a person must reach for a pasted text, in mean addends:
	// a shared topic of two of its words reaches two to three, the five stray words
	// that any two abstracts have in common do not.
	proseFloor = 1.75
)

// answers is the set of those words of a topic that a person answers.
type answers uint16

// The words of a topic fit a set.
const _ = uint(16 - topicWords)

func answersTo(first, last int) (set answers) {
	for i := first; i <= last; i++ {
		set |= 1 << i
	}
	return set
}

// floor decides who has enough in common with a question to be suggested.
type floor struct {
	score    int32     // to be reached
	rarities []float64 // of the words of a topic; none for prose
	least    float64   // of these that must be answered
}

func (q question) floor() floor {
	if q.prose {
		return floor{score: int32(proseFloor * million / float64(max(len(q.asks), 1)))}
	}
	f := floor{score: 1}
	for _, w := range q.words {
		f.rarities = append(f.rarities, q.rarities[w.stem])
		f.least += topicFloor * q.rarities[w.stem]
	}
	return f
}

// reached reports whether a score and these answers are enough.
func (f floor) reached(score int32, set answers) bool {
	answered := 0.0
	for i, rarity := range f.rarities {
		if set&(1<<i) != 0 {
			answered += rarity
		}
	}
	return score >= f.score && answered >= f.least
}

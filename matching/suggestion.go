package matching

// Suggestion is a person who fits a query, and why.
type Suggestion struct {
	ID      string   `json:"id"`
	Score   int64    `json:"score"`   // micro-units: 1,000,000 answers the whole query by one short shared topic
	Reasons []Reason `json:"reasons"` // strongest first; their scores add up to Score exactly
}

// Reason is one addend of a score.
type Reason struct {
	Kind   ReasonKind `json:"kind"`
	Phrase string     `json:"phrase"` // the suggested person's own words
	Asked  string     `json:"asked"`  // the words of the query that it answers, as they were typed
	Score  int64      `json:"score"`  // micro-units
}

// ReasonKind says where the suggested person wrote the phrase. Its values are stored.
type ReasonKind string

// The kinds of reasons.
const (
	SharesTopic ReasonKind = "shares" // a topic the person can help with
	WritesAbout ReasonKind = "about"  // a phrase of the text about the person
	SeeksToo    ReasonKind = "seeks"  // a topic the person looks for as well

	// RelatedTopic is a topic, in the person's own words, that word vectors place near
	// what was asked, whether or not they have a word in common.
	RelatedTopic ReasonKind = "related"
)

func (k kind) reason() ReasonKind {
	switch k {
	case shares:
		return SharesTopic
	case about:
		return WritesAbout
	default:
		return SeeksToo
	}
}

// Top returns at most n reasons, strongest first, and of those that would read
// alike only the strongest: a phrase all of whose words stand in one already taken.
func (s Suggestion) Top(n int) []Reason {
	var top []Reason
	var taken []map[string]bool
	for _, reason := range s.Reasons {
		if len(top) >= n {
			break
		}
		words := map[string]bool{}
		for _, stem := range stemsOf(reason.Phrase) {
			words[stem] = true
		}
		if !anyHolds(taken, words) {
			top, taken = append(top, reason), append(taken, words)
		}
	}
	return top
}

func anyHolds(sets []map[string]bool, words map[string]bool) bool {
	for _, set := range sets {
		held := 0
		for word := range words {
			if set[word] {
				held++
			}
		}
		if held == len(words) {
			return true
		}
	}
	return false
}

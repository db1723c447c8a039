package matching

import (
	_ "embed" // the senses
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"interlab/matching/vectors"
)

//go:embed senses.yaml
var sensesFile string

// A word with several senses has one vector, between them or in the wrong field. So a
// topic that holds one is placed by a gloss of the sense that it has there.

// glossedWords is how many telling words a topic has at most for its ambiguous ones to be
// replaced: with five and more, the others decide where it is anyhow.
const glossedWords = 4

// ambiguous is a phrase with its senses, the one most meant first.
type ambiguous struct {
	stems  []string
	senses []sense
}

// sense is one meaning: a gloss, and where that is.
type sense struct {
	gloss string
	at    vectors.Vector
}

// senses finds ambiguous phrases by their first stem, the longest first.
type senses map[string][]*ambiguous

// standardSenses are those of senses.yaml.
var standardSenses = sync.OnceValue(func() senses { //nolint:gochecknoglobals // a constant that is read from a file
	list, err := parseSenses(sensesFile)
	if err != nil {
		panic(err) // a test parses the embedded file
	}
	return list
})

// parseSenses reads a file of senses. Phrases and glosses need a word that is known.
func parseSenses(text string) (senses, error) {
	var file map[string][]string
	if err := yaml.Unmarshal([]byte(text), &file); err != nil {
		return nil, fmt.Errorf("read senses: %w", err)
	}
	list := senses{}
	for phrase, glosses := range file {
		one := &ambiguous{stems: stemsOf(phrase)}
		for _, gloss := range glosses {
			at, ok := vectors.Standard().Of(gloss, placeWords)
			if !ok {
				return nil, fmt.Errorf("read senses: the gloss %q of %q holds no known word", gloss, phrase)
			}
			one.senses = append(one.senses, sense{gloss, at})
		}
		if len(one.stems) == 0 || len(one.senses) == 0 {
			return nil, fmt.Errorf("read senses: %q needs a word and a sense", phrase)
		}
		first := one.stems[0]
		list[first] = append(list[first], one)
	}
	for _, phrases := range list {
		slices.SortFunc(phrases, func(a, b *ambiguous) int { return len(b.stems) - len(a.stems) })
	}
	return list, nil
}

// at returns the longest ambiguous phrase that begins at a word, nil if there is none.
func (s senses) at(words []word, first int) *ambiguous {
	for _, one := range s[words[first].stem] {
		last := first + len(one.stems)
		if last <= len(words) && slices.EqualFunc(words[first:last], one.stems, func(w word, stem string) bool { return w.stem == stem }) {
			return one
		}
	}
	return nil
}

// usage counts by sense how often people of a network mean a phrase so: in topics whose
// other words tell. It decides where a topic is the bare phrase.
type usage map[*ambiguous][]int

// count takes the senses of a topic in, or with -1 out again.
func (u usage) count(found []meant, by int) {
	for _, m := range found {
		if !m.told {
			continue
		}
		if u[m.phrase] == nil {
			u[m.phrase] = make([]int, len(m.phrase.senses))
		}
		u[m.phrase][m.sense] += by
	}
}

// most returns the sense that is meant most often, the first of equals.
func (u usage) most(phrase *ambiguous) int {
	best := 0
	for i, n := range u[phrase] {
		if n > u[phrase][best] {
			best = i
		}
	}
	return best
}

// meant is an ambiguous phrase in a topic, with its sense there.
type meant struct {
	phrase *ambiguous
	sense  int
	told   bool // by other words of the topic
}

// bound marks the words of a text that are part of a phrase of several words.
func (s senses) bound(words []word) []bool {
	marked := make([]bool, len(words))
	for i := range words {
		if one := s.at(words, i); one != nil && len(one.stems) > 1 {
			for at := range one.stems {
				marked[i+at] = true
			}
		}
	}
	return marked
}

// gloss returns a topic with its ambiguous phrases replaced by what they mean in it, and
// these. A longer text tells by itself what it means, and is left as it is.
func (s senses) gloss(topic string, u usage) (text string, found []meant) {
	if len(topic) > maxAliasPhrase {
		return topic, nil
	}
	words := tellingWords(tokenise(topic))
	if len(words) > glossedWords {
		return topic, nil
	}
	var rest strings.Builder
	from := 0
	for i := 0; i < len(words); i++ {
		one := s.at(words, i)
		if one == nil {
			continue
		}
		start, end := words[i].start, words[i+len(one.stems)-1].end
		m := meant{phrase: one}
		m.choose(topic[:start]+" "+topic[end:], u)
		found = append(found, m)
		rest.WriteString(topic[from:start] + " " + one.senses[m.sense].gloss + " ")
		from, i = end, i+len(one.stems)-1
	}
	return rest.String() + topic[from:], found
}

// choose decides on a sense: the one nearest to the words around, or the usual one.
func (m *meant) choose(around string, u usage) {
	at, told := vectors.Standard().Of(around, placeWords)
	if m.told = told; !told {
		m.sense = u.most(m.phrase)
		return
	}
	for i := range m.phrase.senses {
		if m.phrase.senses[i].at.Dot(&at) > m.phrase.senses[m.sense].at.Dot(&at) {
			m.sense = i
		}
	}
}

package matching

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const essay = "We recorded neurons in visual cortex while mice ran, and pretrained transformer language models predicted " +
	"spike trains from video. Visual cortex neurons, unlike auditory neurons, followed predictions of transformer models."

// shown returns the phrases by which an essay would be explained to who asks, as they read.
func shown(t *testing.T, query string) []string {
	t.Helper()
	x := NewIndex(Aliases{})
	x.Put(Profile{ID: "a", About: essay})
	var phrases []string
	for _, s := range x.Suggest(Query{query}, 1, nil) {
		for _, r := range s.Reasons {
			if r.Kind != RelatedTopic {
				phrases = append(phrases, r.Phrase)
			}
		}
	}
	return phrases
}

func TestPhrasesOfALongTextShowTheWordsAroundTheMatch(t *testing.T) {
	t.Parallel()
	for query, want := range map[string][]string{
		"visual cortex":       {"visual cortex"},
		"auditory neurons":    {"unlike auditory neurons"},
		"transformers":        {"transformer language models predicted spike"},
		"spike prediction":    {"language models predicted spike trains"},
		"cortical neurons":    {"recorded neurons"},
		"mice":                {"mice ran"},
		"video transformers":  {"transformer language models predicted spike", "video"},
		"predict transformer": {"followed predictions of transformer models"},
	} {
		if diff := cmp.Diff(want, shown(t, query)); diff != "" {
			t.Errorf("phrases for %q (-want +got)\n%s", query, diff)
		}
	}
}

func TestPhrasesNeverReachOverPunctuation(t *testing.T) {
	t.Parallel()
	for _, query := range []string{"neurons auditory visual cortex", "video visual", "ran pretrained", "mice and models"} {
		for _, phrase := range shown(t, query) {
			if strings.ContainsAny(phrase, ".,") {
				t.Errorf("a phrase for %q is %q", query, phrase)
			}
		}
	}
}

func TestPhrasesHoldNoMoreWordsThanAreShown(t *testing.T) {
	t.Parallel()
	for _, query := range []string{essay, strings.ToUpper(essay), "pretrained transformer language models predicted spike trains"} {
		phrases := shown(t, query)
		if len(phrases) == 0 {
			t.Errorf("no phrases for %.30q", query)
		}
		for _, phrase := range phrases {
			if n := len(tellingWords(tokenise(phrase))); n > shownWords {
				t.Errorf("phrase %q holds %d telling words, want at most %d", phrase, n, shownWords)
			}
			if !strings.Contains(essay, phrase) {
				t.Errorf("phrase %q is not in the person's own words", phrase)
			}
		}
	}
}

func TestStretchesCoverEveryHit(t *testing.T) {
	t.Parallel()
	r := read(essay, Aliases{})
	var hits []hit
	for i, o := range r.units {
		hits = append(hits, hit{ask: i, first: o.first, last: o.last})
	}
	covered := map[int]bool{}
	length := 0
	for _, p := range stretches(&r, hits) {
		if p.last-p.first < length {
			t.Errorf("stretch %d-%d comes after a longer one", p.first, p.last)
		}
		length = p.last - p.first
		if length >= windowWords {
			t.Errorf("stretch %d-%d is longer than %d words", p.first, p.last, windowWords)
		}
		for _, ask := range p.asks {
			covered[ask] = true
		}
	}
	if len(covered) != len(hits) {
		t.Errorf("stretches cover %d of %d hits", len(covered), len(hits))
	}
}

func TestStrongestTakesTheFirstOfEqualsAndDropsTheEmpty(t *testing.T) {
	t.Parallel()
	phrases := []phrase{{first: 0}, {first: 1, asks: []int{0}}, {first: 2, asks: []int{1, 2}}, {first: 3, asks: []int{3}}}
	rest, most, score := strongest(phrases, []int64{3, 4, 1, 5})
	if most.first != 2 || score != 5 || len(rest) != 3 {
		t.Errorf("strongest = phrase %d with %d, %d left; want phrase 2 with 5, 3 left", most.first, score, len(rest))
	}
	if _, _, score := strongest(rest, make([]int64, 4)); score != 0 {
		t.Errorf("strongest of nothing left = %d, want 0", score)
	}
}

func TestAsksWithinNamesEachOnce(t *testing.T) {
	t.Parallel()
	hits := []hit{{7, 0, 0}, {8, 0, 1}, {7, 1, 1}, {9, 1, 2}, {7, 4, 4}}
	if got, want := asksWithin(hits, 0, 1), []int{7, 8}; !slices.Equal(got, want) {
		t.Errorf("asksWithin(0, 1) = %v, want %v", got, want)
	}
	if got, want := asksWithin(hits, 0, 4), []int{7, 8, 9}; !slices.Equal(got, want) {
		t.Errorf("asksWithin(0, 4) = %v, want %v", got, want)
	}
}

package matching

import (
	"strings"
	"testing"
)

func TestStopWordsSpareTheWordsOfTopics(t *testing.T) {
	t.Parallel()
	for _, word := range strings.Fields("r c learning vision language memory machine support vector large model " +
		"low rank group theory mean field system systems process data design decision making human feedback state space") {
		if isStop(word) || isBoilerplate(word) {
			t.Errorf("%q is dropped, but topics are made of it", word)
		}
	}
}

func TestStopWordsAreFolded(t *testing.T) {
	t.Parallel()
	// Were these not known in their folded form, questions would be about "dont".
	for _, text := range []string{"don't", "I'm", "It's", "ISN’T", "that's", "Who", "ABOUT", "e", "eg"} {
		for _, token := range tokenise(text) {
			if len(token.text) > 1 && !isStop(token.text) {
				t.Errorf("%q is read as the topic %q", text, token.text)
			}
		}
	}
}

func TestFramesNeedAStopWordBehindThemAndNoTopicBefore(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"help with statistics":          "statistics",
		"interested in help with maths": "maths",
		"help desks":                    "help desks",
		"peer help with statistics":     "peer help statistics",
		"research on research":          "research",
		"background":                    "background",
	} {
		var words []string
		for _, w := range tellingWords(tokenise(text)) {
			words = append(words, w.text)
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("tellingWords(%q) = %q, want %q", text, got, want)
		}
	}
}

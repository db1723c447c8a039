package matching

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSuggestionsAreStoredUnderStableNames(t *testing.T) {
	t.Parallel()
	s := Suggestion{ID: "p1", Score: 6, Reasons: []Reason{
		{SharesTopic, "optics", "optical", 3},
		{WritesAbout, "laser optics", "lasers", 2},
		{SeeksToo, "polymers", "polymer", 1},
	}}
	const want = `{"id":"p1","score":6,"reasons":[` +
		`{"kind":"shares","phrase":"optics","asked":"optical","score":3},` +
		`{"kind":"about","phrase":"laser optics","asked":"lasers","score":2},` +
		`{"kind":"seeks","phrase":"polymers","asked":"polymer","score":1}]}`
	stored, err := json.Marshal(s)
	if err != nil || string(stored) != want {
		t.Errorf("Marshal = %s, %v, want %s", stored, err, want)
	}
	var loaded Suggestion
	if err := json.Unmarshal(stored, &loaded); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, loaded); diff != "" {
		t.Errorf("a suggestion loaded again (-want +got)\n%s", diff)
	}
}

func TestTopLeavesOutWhatReadsAlike(t *testing.T) {
	t.Parallel()
	s := Suggestion{Reasons: []Reason{
		{Kind: SharesTopic, Phrase: "sparse autoencoders for interpretability", Score: 5},
		{Kind: WritesAbout, Phrase: "Sparse autoencoder", Score: 4},
		{Kind: WritesAbout, Phrase: "interpretable", Score: 3},
		{Kind: SeeksToo, Phrase: "protein folding", Score: 2},
		{Kind: SeeksToo, Phrase: "folding of proteins", Score: 1},
	}}
	for n, want := range map[int]string{
		-1: "", 0: "", 1: "sparse autoencoders for interpretability",
		3: "sparse autoencoders for interpretability|protein folding",
	} {
		var phrases []string
		for _, r := range s.Top(n) {
			phrases = append(phrases, r.Phrase)
		}
		if got := strings.Join(phrases, "|"); got != want {
			t.Errorf("Top(%d) = %q, want %q", n, got, want)
		}
	}
	if got := (Suggestion{}).Top(3); got != nil {
		t.Errorf("Top of no reasons = %v, want none", got)
	}
}

package matching

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answer returns the IDs suggested for a text, best first.
func answer(x *Index, text string) string {
	var ids []string
	for _, s := range x.Suggest(Query{text}, 10, nil) {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, " ")
}

const abstract = "Individuals recognise emotions in faces with varying accuracy. We trained convolutional neural " +
	"networks on photographs of older adults and asked whether sparse autoencoders trained on hidden layers recover " +
	"expressions that human raters name. Layers near the output coded joy and anger separately (r = .5, p < .01)."

func TestSuggestPrefersWhatAResearcherWouldPrefer(t *testing.T) {
	t.Parallel()
	share := func(id string, topics ...string) Profile { return Profile{ID: id, Shares: topics} }
	for _, c := range []struct {
		name, query string
		people      []Profile
		want        string
	}{
		{
			"a phrase before its words apart", "sparse autoencoders",
			[]Profile{share("apart", "sparse coding", "variational autoencoder"), share("phrase", "sparse autoencoders for interpretability")},
			"phrase apart",
		},
		{
			"even a long topic with the phrase", "sparse autoencoders",
			[]Profile{
				share("apart", "sparse coding", "variational autoencoder"),
				share("long", "sparse autoencoders for the mechanistic interpretability of protein language models"),
			},
			"long apart",
		},
		{
			"other inflection and order", "interpreting transformers",
			[]Profile{share("right", "Transformer interpretability"), share("wrong", "transcription factors")},
			"right",
		},
		{
			"shares before about before seeks", "graph theory",
			[]Profile{
				{ID: "seeks", Seeks: []string{"graph theory"}},
				{ID: "about", About: "I teach graph theory to first-year students"},
				{ID: "shares", Shares: []string{"graph theory"}},
			},
			"shares about seeks",
		},
		{
			"an abbreviation finds the phrase, the abbreviation first", "RLHF",
			[]Profile{share("phrase", "reinforcement learning from human feedback"), share("short", "rlhf"), share("other", "human evolution")},
			"short phrase",
		},
		{
			"the phrase finds the abbreviation", "reinforcement learning from human feedback",
			[]Profile{share("short", "RLHF"), share("other", "coral reefs")},
			"short",
		},
		{
			"an ambiguous abbreviation finds each meaning", "md",
			[]Profile{share("literal", "MD"), share("one", "molecular dynamics"), share("other", "glaciers")},
			"literal one",
		},
		{
			"part of an alias stands in a topic", "interpretability of language models",
			[]Profile{share("short", "LLM interpretability"), share("words", "language teaching", "climate models")},
			"short words",
		},
		{
			"a stray word is not enough", "drift diffusion models of choice",
			[]Profile{share("right", "drift diffusion"), share("stray", "mouse models"), share("stray2", "choice"), share("stray3", "role models")},
			"right",
		},
		{
			"short names", "C++",
			[]Profile{share("c", "C"), share("cpp", "C++"), share("r", "R")},
			"cpp",
		},
		{
			"equal scores by ID", "optics",
			[]Profile{share("b", "Optics"), share("c", "optics"), share("a", "optics")},
			"a b c",
		},
		{
			"a pasted abstract", abstract,
			[]Profile{share("faces", "facial emotions in older adults"), share("sae", "sparse autoencoders"), share("no", "r", "p-values", "varying")},
			"faces sae",
		},
	} {
		x := NewIndex(standard())
		for _, p := range c.people {
			x.Put(p)
		}
		if got := answer(x, c.query); got != c.want {
			t.Errorf("%s: Suggest(%.40q) = %q, want %q", c.name, c.query, got, c.want)
		}
	}
}

func TestSuggestNamesNobodyWithoutAKnownWord(t *testing.T) {
	t.Parallel()
	x := indexOf(network(3, 50))
	for _, text := range []string{
		"", "  \n", "the of and", "someone who knows about", "xyzzyqq plugh", "\x00", "\u202e\u202d", "🧠🔬", "\xff\xfe",
		strings.Repeat("x", 3*MaxRunes), strings.Repeat("zz ", MaxRunes), strings.Repeat("🧠", MaxRunes), strings.Repeat("-", MaxRunes),
	} {
		if got := x.Suggest(Query{text}, 5, nil); len(got) != 0 {
			t.Errorf("Suggest(%.20q) = %v, want nobody", text, got)
		}
	}
	if got := NewIndex(Aliases{}).Suggest(Query{"optics"}, 5, nil); len(got) != 0 {
		t.Errorf("Suggest among nobody = %v, want nobody", got)
	}
}

func TestSuggestFollowsEveryChange(t *testing.T) {
	t.Parallel()
	x := NewIndex(Aliases{})
	x.Put(Profile{ID: "a", Shares: []string{"optics"}})
	x.Put(Profile{ID: "b", Shares: []string{"optics", "lasers"}})
	x.Put(Profile{ID: "a", Shares: []string{"botany"}})
	if got, want := answer(x, "optics"), "b"; got != want {
		t.Errorf("after a changed the topic: %q, want %q", got, want)
	}
	x.Delete("b")
	if got, want := answer(x, "optics")+answer(x, "botany"), "a"; got != want {
		t.Errorf("after b left: %q, want %q", got, want)
	}
}

func TestScoreOfOneMillionIsAShortTopicEqualToTheQuery(t *testing.T) {
	t.Parallel()
	x := NewIndex(Aliases{})
	x.Put(Profile{ID: "a", Shares: []string{"sparse autoencoders", "optics"}})
	x.Put(Profile{ID: "b", Shares: []string{"botany"}})
	got := x.Suggest(Query{"Sparse Autoencoders"}, 1, nil)
	if len(got) != 1 || got[0].Score < million-3 || got[0].Score > million+3 {
		t.Errorf("Suggest = %+v, want a score of %d give or take the rounding of three addends", got, million)
	}
}

func TestReasonsQuoteThePersonAndTheQuestion(t *testing.T) {
	t.Parallel()
	x := NewIndex(standard())
	x.Put(Profile{
		ID: "a", Shares: []string{"  Human\tfeedback \x00", "Optics"}, About: abstract,
		Seeks: []string{"RLHF"},
	})
	type words struct {
		Kind          ReasonKind
		Phrase, Asked string
	}
	for query, want := range map[string][]words{
		"reinforcement learning from human feedback": {
			{SharesTopic, "Human feedback", "human feedback"},
			{SeeksToo, "RLHF", "reinforcement learning from human feedback"},
			{RelatedTopic, "Human feedback", "reinforcement learning from human feedback"},
			{WritesAbout, "human raters name", "human"},
		},
		"who trains sparse auto-encoders on neural nets?": {
			{WritesAbout, "sparse autoencoders trained", "trains sparse auto-encoders"},
			{WritesAbout, "trained convolutional neural networks", "neural nets"},
		},
	} {
		var got []words
		for _, s := range x.Suggest(Query{query}, 1, nil) {
			for _, r := range s.Reasons {
				got = append(got, words{r.Kind, r.Phrase, r.Asked})
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("reasons for %q (-want +got)\n%s", query, diff)
		}
	}
}

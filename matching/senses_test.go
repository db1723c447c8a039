package matching

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestAWordWithTwoSensesFindsTheOneMeant holds topics against one person of each sense.
// Neither needs to use the word: who does is found by it anyhow.
func TestAWordWithTwoSensesFindsTheOneMeant(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ query, right, wrong string }{
		{"working memory", "attention span and recall in children", "DRAM and cache memory of processors"},
		{"working memory", "short-term memory in ageing", "shared memory architectures"},
		{"working memory", "cognitive load", "memory controllers"},
		{"working memory training", "cognitive psychology", "memory management units"},
		{"number theory", "diophantine equations and modular forms", "string theory and gauge theory"},
		{"mechanistic interpretability", "explaining what neural networks represent", "reaction mechanisms in organic chemistry"},
		{"fairness", "algorithmic discrimination in classifiers", "the welfare of cattle"},
		{"fairness of classifiers", "machine learning classifiers without discrimination", "bargaining over the commons"},
		{"transformer", "pretrained language models", "discrete cosine transform coding"},
		{"transformer insulation oil", "high voltage power grids", "pretrained language models"},
		{"transformer language models", "self-attention in neural networks", "substations of the power grid"},
		{"attention", "self-attention in neural networks", "attracting tourists"},
		{"attention in visual search", "selective attention and visual cognition", "self-attention in neural networks"},
		{"kernel regression", "reproducing kernel Hilbert spaces", "the Linux operating system"},
		{"Linux kernel", "operating system scheduling", "support vector machines"},
		{"cell biology", "gene expression in tissue", "photovoltaic materials"},
		{"cell efficiency photovoltaics", "photovoltaic materials", "gene expression in tissue"},
		{"graph colouring", "combinatorics of vertices and edges", "charts of statistics"},
		{"culture of cells", "growth media in vitro", "ethnography of beliefs"},
		{"youth culture", "ethnography and anthropology", "cultured cells in vitro"},
		{"plasma confinement in a tokamak", "magnetic fusion", "blood serum proteins"},
		{"blood plasma proteins", "serum biomarkers", "magnetic fusion"},
		{"machine translation", "translating sentences between languages", "ribosomes and mRNA"},
		{"mRNA translation", "ribosome dynamics", "translating sentences between languages"},
		{"cosmic inflation", "the early universe", "monetary policy and prices"},
		{"inflation", "monetary policy of the central bank", "the early universe"},
	} {
		x := indexOf([]Profile{{ID: "wrong", Shares: []string{c.wrong}}, {ID: "right", Shares: []string{c.right}}})
		if got := answer(x, c.query); !strings.HasPrefix(got, "right") {
			t.Errorf("Suggest(%q) = %q, want %q before %q", c.query, got, c.right, c.wrong)
		}
		list := []Author{{Profile: Profile{ID: "wrong", Shares: []string{c.wrong}}}, {Profile: Profile{ID: "right", Shares: []string{c.right}}}}
		if got := nearest(list, Text{Title: c.query}); !strings.HasPrefix(got, "right") {
			t.Errorf("Compare(%q) = %q, want %q before %q", c.query, got, c.right, c.wrong)
		}
	}
}

func TestWhoWritesTheWordComesBeforeItsSense(t *testing.T) {
	t.Parallel()
	x := indexOf([]Profile{
		{ID: "sense", Shares: []string{"attention span and recall in children"}},
		{ID: "word", Shares: []string{"working memory"}},
		{ID: "about", About: "We study working memory in ageing"},
		{ID: "chips", Shares: []string{"DRAM and cache memory of processors"}},
	})
	if got := answer(x, "working memory"); !strings.HasPrefix(got, "word about sense") {
		t.Errorf("Suggest(working memory) = %q, want who writes it first, then its sense", got)
	}
}

// In a network of power engineers a bare "transformer" is what they mean by it.
func TestTheNetworkDecidesWhatABareWordMeans(t *testing.T) {
	t.Parallel()
	people := []Profile{
		{ID: "grid", Shares: []string{"electrical substations of the power grid"}},
		{ID: "text", Shares: []string{"pretraining of language models"}},
	}
	first := func(x *Index) string { return strings.Fields(answer(x, "transformer") + " nobody")[0] }
	x := indexOf(people)
	if got := first(x); got != "text" {
		t.Errorf("where nobody uses the word, %q comes first, want text", got)
	}
	for i := range 3 {
		x.Put(Profile{ID: fmt.Sprint("z", i), Shares: []string{"high voltage transformer windings"}})
	}
	x.Put(Profile{ID: "z3", Shares: []string{"transformer language models"}})
	var order []string
	for id := range strings.FieldsSeq(answer(x, "transformer")) {
		if id == "grid" || id == "text" {
			order = append(order, id)
		}
	}
	if !slices.Equal(order, []string{"grid"}) {
		t.Errorf("where three of four mean electricity, %q are related, want grid", order)
	}
	for i := range 3 {
		x.Delete(fmt.Sprint("z", i))
	}
	x.Delete("z3")
	if got := first(x); got != "text" || len(x.places.usage.told()) != 0 {
		t.Errorf("after they left, %q comes first and %v is counted, want text and nothing", got, x.places.usage.told())
	}
}

// told returns what is still counted.
func (u usage) told() (left []string) {
	for phrase, counts := range u {
		for i, n := range counts {
			if n != 0 {
				left = append(left, phrase.senses[i].gloss)
			}
		}
	}
	return left
}

func TestAuthorsDecideWhatABareWordMeans(t *testing.T) {
	t.Parallel()
	wrote := func(id, title string) Author {
		return Author{Profile: Profile{ID: id}, Texts: []Text{{Title: title}}}
	}
	list := []Author{wrote("grid", "Electrical substations of the power grid"), wrote("text", "Pretraining of language models")}
	if got := nearest(list, Text{Title: "transformer"}); !strings.HasPrefix(got, "text") {
		t.Errorf("where nobody uses the word, %q come first, want text", got)
	}
	list = append(list, wrote("z", "High voltage transformer windings"))
	if got := nearest(list, Text{Title: "transformer"}); strings.Index(got, "grid") > strings.Index(got+" text", "text") {
		t.Errorf("where electricity is meant, %q come first, want grid before text", got)
	}
}

func TestGlossLeavesAloneWhatTellsByItself(t *testing.T) {
	t.Parallel()
	for _, topic := range []string{
		"", "protein folding", "\x00", "memories", "kernels of corn and the memory of attention in a network of banks",
		strings.Repeat("attention ", 20), strings.Repeat("x", 200) + " attention",
	} {
		text, found := standardSenses().gloss(topic, nil)
		if topic != "memories" && (text != topic || found != nil) {
			t.Errorf("gloss(%q) = %q, %v, want it unchanged", topic, text, found)
		}
		if topic == "memories" && len(found) != 1 {
			t.Errorf("gloss(memories) finds %v, want memory in another form", found)
		}
	}
}

func TestTheLongestPhraseIsGlossed(t *testing.T) {
	t.Parallel()
	text, found := standardSenses().gloss("sparse autoencoder features", nil)
	if len(found) != 1 || len(found[0].phrase.stems) != 2 || !found[0].told || !strings.Contains(text, "features") || strings.Contains(text, "sparse autoencoder features") {
		t.Errorf("gloss = %q, %+v, want two words replaced and the third kept", text, found)
	}
}

func TestSensesAreReadStrictly(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"attention: [xyzzyqq]":          "no known word",
		"attention: []":                 "needs a word and a sense",
		"the: [graph theory]":           "needs a word and a sense",
		"attention: graph: theory: [":   "read senses",
		"attention: {graph: [theory]}":  "read senses",
		"attention: [[graph, theory]]":  "read senses",
		"- attention\n- graph theory\n": "read senses",
	} {
		if _, err := parseSenses(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("parseSenses(%q) = %v, want an error with %q", file, err, want)
		}
	}
	list, err := parseSenses("graph: [vertices, charts]\ngraph theory: [combinatorics]\n")
	if err != nil || len(list) != 1 || len(list["graph"]) != 2 || len(list["graph"][0].stems) != 2 {
		t.Errorf("parseSenses = %v, %v, want two phrases of one first word, the longer first", list, err)
	}
}

// The senses of a phrase must be apart, or they decide nothing.
func TestSensesOfAPhraseAreApart(t *testing.T) {
	t.Parallel()
	phrases := 0
	for _, list := range standardSenses() {
		for _, phrase := range list {
			phrases++
			for i, one := range phrase.senses {
				for _, other := range phrase.senses[:i] {
					if near := one.at.Dot(&other.at); near > 0.5 {
						t.Errorf("%v: the senses %q and %q are %.2f alike", phrase.stems, one.gloss, other.gloss, near)
					}
				}
			}
		}
	}
	if phrases < 30 {
		t.Errorf("%d phrases have senses, want a good starting set", phrases)
	}
}

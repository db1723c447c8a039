package matching

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// literal returns the stems and pairs of a text as words, without aliases.
func literal(text string) (stems, pairs []string) {
	r := read(text, Aliases{})
	for _, o := range r.units {
		if o.b == "" {
			stems = append(stems, o.a)
		} else {
			pairs = append(pairs, o.a+"+"+o.b)
		}
	}
	return stems, pairs
}

func TestReadDropsWhatOnlyIntroducesTheTopic(t *testing.T) {
	t.Parallel()
	want, _ := literal("sparse autoencoders")
	for _, text := range []string{
		"Sparse Autoencoders",
		"someone who knows about sparse autoencoders",
		"I am looking for help with sparse autoencoders",
		"expertise in sparse autoencoders, please",
		"Hi, we need an expert on sparse autoencoders",
		"anybody working on sparse autoencoders?",
	} {
		if got, _ := literal(text); !cmp.Equal(got, want) {
			t.Errorf("read(%q) = %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"expert systems":                      "expert system",
		"machine learning for ecology":        "machin learn ecolog",
		"reinforcement learning from people ": "reinforc learn peopl",
		"working memory":                      "work memori",
	} {
		if got, _ := literal(text); strings.Join(got, " ") != want {
			t.Errorf("read(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestReadPairsNeighboursInEitherOrderWithinAClause(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"cancer detection":                {"cancer+detect"},
		"detection of cancer":             {"cancer+detect"},
		"R, python":                       nil,
		"deep learning (vision)":          {"deep+learn"},
		"sparse, and someone who codes":   nil,
		"input/output":                    nil,
		"self-supervised \u00ad learning": {"self+superv", "learn+superv"},
		"boids boids":                     nil,
	} {
		if _, got := literal(text); !cmp.Equal(got, want) {
			t.Errorf("read(%q) pairs = %q, want %q", text, got, want)
		}
	}
}

func TestReadLeavesStatisticsAndFurnitureOutOfProse(t *testing.T) {
	t.Parallel()
	const abstract = "Results: We propose a novel method. Handedness and hair whorl direction were significantly " +
		"associated (r = .5, p < 0.05, n = 317) in healthy young males with a clockwise whorl and a swirling gait."
	stems, pairs := literal(abstract)
	for _, unwanted := range []string{"r", "p", "n", "05", "317", "result", "propos", "novel"} {
		if strings.Contains(" "+strings.Join(stems, " ")+" ", " "+unwanted+" ") {
			t.Errorf("read(abstract) holds %q", unwanted)
		}
	}
	if !strings.Contains(strings.Join(pairs, " "), "hair+whorl") {
		t.Errorf("read(abstract) pairs = %q, want hair+whorl among them", pairs)
	}
	if got, _ := literal("R and 3 novel methods"); !cmp.Equal(got, []string{"r", "3", "novel", "method"}) {
		t.Errorf("a short topic is read to the letter: got %q", got)
	}
}

func TestReadAddsTheMeaningOfAnAliasAndItsNeighbours(t *testing.T) {
	t.Parallel()
	aliases, err := ParseAliases(strings.NewReader("large language model: [llm]\nmolecular dynamics: [md]\nmedical doctor: [md]\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := read("safe LLMs interpretability", aliases)
	added := map[unit]float64{}
	for _, o := range r.units {
		if o.share > 0 {
			added[o.unit] = o.share
		}
	}
	want := map[unit]float64{
		{a: "larg"}: 1, {a: "languag"}: 1, {a: "model"}: 1,
		pairOf("larg", "languag"): 1, pairOf("languag", "model"): 1,
		pairOf("safe", "larg"): 1, pairOf("model", "interpret"): 1,
	}
	if diff := cmp.Diff(want, added, cmp.AllowUnexported(unit{})); diff != "" {
		t.Errorf("read with an alias (-want +got)\n%s", diff)
	}
	r = read("MD", aliases)
	for _, o := range r.units {
		if o.a == "dynam" && o.share != 0.5 {
			t.Errorf("an abbreviation of two meanings adds each with share %v, want 0.5", o.share)
		}
	}
}

func TestReadTakesSmallLettersInProseForUnits(t *testing.T) {
	t.Parallel()
	const frame = "Mice drank water with sucrose from bottles of 5 %s during daily sessions in quiet cages near windows facing gardens"
	for word, want := range map[string]bool{"ml": false, "ML": true} {
		got := false
		r := read(strings.Replace(frame, "%s", word, 1), DefaultAliases())
		for _, o := range r.units {
			got = got || o.a == "machin"
		}
		if got != want {
			t.Errorf("prose with %q means machine learning: %t, want %t", word, got, want)
		}
	}
}

func TestCleanPutsTextOnOneLine(t *testing.T) {
	t.Parallel()
	if got, want := clean("  a\tb\r\nc\x00d\u202ee  "), "a b c d e"; got != want {
		t.Errorf("clean = %q, want %q", got, want)
	}
}

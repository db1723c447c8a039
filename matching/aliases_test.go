package matching

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
)

func TestDefaultAliasesHoldAGoodStartingSet(t *testing.T) {
	t.Parallel()
	entries, n := DefaultAliases(), 0
	for _, list := range entries.byStem {
		n += len(list)
	}
	if n < 150 {
		t.Errorf("DefaultAliases() holds %d abbreviations, want at least 150", n)
	}
	for short, phrase := range map[string]string{
		"rlhf":        "reinforcement learning from human feedback",
		"LLMs":        "large language models",
		"fMRI":        "functional magnetic resonance imaging",
		"crispr":      "clustered regularly interspaced short palindromic repeats",
		"MCMC":        "Markov chain Monte Carlo",
		"cryo-EM":     "cryogenic electron microscopy",
		"t-SNE":       "t-distributed stochastic neighbour embedding",
		"C elegans":   "Caenorhabditis elegans",
		"RCT":         "randomised controlled trials",
		"md":          "molecular dynamics",
		"SAE":         "sparse autoencoders",
		"neural nets": "neural networks",
	} {
		r := read(short, entries)
		units := r.frequencies(saturated, occurrence.added)
		for _, s := range stemsOf(phrase) {
			if units[unit{a: s}] == 0 {
				t.Errorf("read(%q) lacks %q of %q", short, s, phrase)
			}
		}
	}
}

func TestParseAliasesNamesEveryProblemWithItsLine(t *testing.T) {
	t.Parallel()
	const file = `# comment
machine learning: [ml]
deep learning:
natural language processing: nlp
of the: [ot]
sparse autoencoder: [sae, the, "SAE", sparse autoencoders]
machine-learning: [mll]
good: [[nested], 7, true]
`
	_, err := ParseAliases(strings.NewReader(file))
	want := `read aliases: 8 problems
  line 3: "deep learning" needs a list of abbreviations or synonyms, as in [abc, def]
  line 4: "natural language processing" needs a list of abbreviations or synonyms, as in [abc, def]
  line 5: "of the" holds no word that tells anything; write another phrase
  line 6: "the" holds no word that tells anything; write another phrase
  line 6: "SAE" is already among the words for "sparse autoencoder", perhaps in another form; leave it out
  line 6: "sparse autoencoders" is already among the words for "sparse autoencoder", perhaps in another form; leave it out
  line 7: "machine-learning" is the same phrase as in line 2; join the two lists
  line 8: expected a word or a phrase; put it in quotes if it holds special characters`
	if err == nil || err.Error() != want {
		t.Errorf("ParseAliases: error\n%v\nwant\n%s", err, want)
	}
}

func TestParseAliasesRefusesWhatIsNoAliasFile(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"- a\n- b\n":                       "line 1: write a phrase",
		"just text":                        "line 1: write a phrase",
		"a: [b\nc: d":                      "line ",
		"machine: [m]\nmachine: [n]\n":     "line 2: ",
		"\xff\xfe":                         "not UTF-8",
		strings.Repeat("#", 1<<20+1):       "larger than 1048576 bytes",
		strings.Repeat("x", 101) + ": [a]": "longer than 100 characters",
	} {
		if _, err := ParseAliases(strings.NewReader(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseAliases(%.30q): error %v, want one with %q", file, err, want)
		}
	}
	broken := errors.New("disk on fire")
	if _, err := ParseAliases(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("ParseAliases of a broken reader: error %v, want %v", err, broken)
	}
}

func TestParseAliasesTakesAnEmptyFileForNone(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"", "# nothing yet\n", "---\n", "\n\n"} {
		a, err := ParseAliases(strings.NewReader(file))
		if err != nil || len(a.byStem) != 0 {
			t.Errorf("ParseAliases(%q) = %v, %v, want none", file, a, err)
		}
	}
}

func TestAliasesPreferTheLongestAndKeepAllMeanings(t *testing.T) {
	t.Parallel()
	a, err := ParseAliases(strings.NewReader("aaa: [x, x y]\nbbb: [x y z]\nccc: [x]\n"))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"x y z": "[[bbb]] 3",
		"x y":   "[[aaa]] 2",
		"x":     "[[aaa] [ccc]] 1",
		"x, y":  "[[aaa] [ccc]] 1",
		"y z":   "[] 0",
	} {
		meanings, length := a.at(tellingWords(tokenise(text)), 0, false)
		if got := fmt.Sprint(meanings, length); got != want {
			t.Errorf("at(%q) = %s, want %s", text, got, want)
		}
	}
}

func FuzzParseAliases(f *testing.F) {
	for _, seed := range []string{
		"machine learning: [ml]\n", "a: [b, 'c d']\nb:\n  - e\n", "? [x]\n: y",
		"a: &x [b]\nc: *x\n", "<<: {a: [b]}", "a: !!str b", "\x00", "{a: [b]}", "a: |\n  b\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		a, err := ParseAliases(strings.NewReader(file))
		if err != nil {
			if len(a.byStem) > 0 {
				t.Errorf("ParseAliases(%q) returns aliases beside the error %v", file, err)
			}
			return
		}
		for first, list := range a.byStem {
			for _, alias := range list {
				if len(alias.stems) == 0 || alias.stems[0] != first || len(alias.meanings) == 0 {
					t.Errorf("ParseAliases(%q): alias %+v under %q", file, alias, first)
				}
			}
		}
	})
}

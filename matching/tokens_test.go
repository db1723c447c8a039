package matching

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func folded(text string) (words []string) {
	for _, t := range tokenise(text) {
		words = append(words, t.text)
	}
	return words
}

func TestTokeniseKeepsWrittenFormsOfResearchWhole(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"C++ and C#, R or F#":          "c++ and c# r or f#",
		"C+ is no language":            "c is no language",
		"3D, 3-D, 5-HT and p53":        "3d 3d 5ht and p53",
		"COVID-19 and SARS-CoV-2":      "covid19 and sars cov2",
		"GPT-4, IL-6":                  "gpt4 il6",
		"X-ray, t-test, k-means":       "xray ttest kmeans",
		"multi-agent state-of-the":     "multi agent state of the",
		"2010-2012, post-2010":         "2010 2012 post 2010",
		"non\u2011linear":              "non linear",
		"Alzheimer's, Alzheimer’s":     "alzheimer alzheimer",
		"don't O'Brien":                "dont obrien",
		"TGF-β, β-amyloid":             "tgf beta beta amyloid",
		"Schrödinger, naïve, CAFÉ":     "schrodinger naive cafe",
		"ﬁne-tuning ＲＬＨＦ CO₂":          "fine tuning rlhf co2",
		"soft\u00adhyphen":             "softhyphen",
		"\u202ebidi\u202c \x00nul\x00": "bidi nul",
		"🧠 + 🔬 = 👩‍🔬":                  "",
		"broken \xff\xfe utf8":         "broken utf8",
		"- -- ' ++ #":                  "",
		"":                             "",
	} {
		if got := strings.Join(folded(text), " "); got != want {
			t.Errorf("tokenise(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTokeniseMarksPunctuationAndCapitals(t *testing.T) {
	t.Parallel()
	got := tokenise("one two, (THREE) four-five")
	want := []token{
		{text: "one", start: 0, end: 3},
		{text: "two", start: 4, end: 7},
		{text: "three", start: 10, end: 15, apart: true, capital: true},
		{text: "four", start: 17, end: 21, apart: true},
		{text: "five", start: 22, end: 26},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(token{})); diff != "" {
		t.Errorf("tokenise: (-want +got)\n%s", diff)
	}
}

func TestTokeniseReadsNoFurtherThanMaxRunes(t *testing.T) {
	t.Parallel()
	for _, letter := range []string{"a", "ä", "界"} {
		if got := tokenise(strings.Repeat(letter+" ", MaxRunes)); len(got) != MaxRunes/2 {
			t.Errorf("tokenise of %d times %q: %d words, want %d", MaxRunes, letter, len(got), MaxRunes/2)
		}
	}
	if got := tokenise(strings.Repeat("a", 3*MaxRunes)); len(got) != 1 || got[0].end != MaxRunes {
		t.Errorf("tokenise of one endless word: %d words, want 1 of %d bytes", len(got), MaxRunes)
	}
}

func FuzzTokenise(f *testing.F) {
	for _, seed := range []string{
		"sparse autoencoders", "C++ c# 3-D covid-19 p53", "TGF-β’s", "\x00\u202e\xff", "👩‍🔬", "a-", "-a", "'s", "a\u00ad-1",
	} {
		f.Add(seed)
	}
	aliases := DefaultAliases()
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, token := range tokenise(text) {
			if token.start < end || token.end <= token.start || token.end > len(text) {
				t.Fatalf("tokenise(%q): word at %d-%d after %d", text, token.start, token.end, end)
			}
			end = token.end
			if token.text == "" || !utf8.ValidString(token.text) {
				t.Errorf("tokenise(%q): word %q", text, token.text)
			}
		}
		r := read(text, aliases)
		for _, o := range r.units {
			if o.first < 0 || o.first > o.last || o.last >= len(r.words) || o.a == "" {
				t.Fatalf("read(%q): unit %+v among %d words", text, o, len(r.words))
			}
		}
		if line := clean(text); strings.ContainsAny(line, "\n\r\t\x00\u202e") || line != clean(line) {
			t.Errorf("clean(%q) = %q", text, line)
		}
	})
}

package matching

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAMisspeltWordFindsWhoIsMeant(t *testing.T) {
	t.Parallel()
	for query, topic := range map[string]string{
		"interpretibility":        "interpretability of language models",
		"electroencefalography":   "electroencephalography in infants",
		"optogenitics":            "optogenetics",
		"reinforcment learning":   "reinforcement learning",
		"ethnografy":              "ethnography of laboratories",
		"crystalography":          "crystallography",
		"phylogennetic trees":     "phylogenetic trees",
		"microbiomme of the gut":  "gut microbiome",
		"spectroscpy":             "spectroscopy",
		"Schroedinger equation":   "Schrödinger equation",
		"neurosciense of reward":  "neuroscience of reward",
		"bayessian inference":     "Bayesian inference",
		"metagenomicss":           "metagenomics",
		"photosyntesis in plants": "photosynthesis in plants",
	} {
		x := indexOf([]Profile{{ID: "right", Shares: []string{topic}}, {ID: "wrong", Shares: []string{"medieval trade law", "birds"}}})
		found := x.Suggest(Query{query}, 5, nil)
		if len(found) == 0 || found[0].ID != "right" || found[0].Score > million {
			t.Errorf("Suggest(%q) = %+v, want who shares %q, for no more than the right word", query, found, topic)
			continue
		}
		for _, r := range found[0].Reasons {
			if r.Phrase != topic || !strings.Contains(query, strings.Split(r.Asked, ", ")[0]) {
				t.Errorf("reason of %q = %+v, want the topic and the words as they were typed", query, r)
			}
		}
	}
}

func TestAWordThatIsUsedIsReadToTheLetter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ query, other string }{
		{"organic chemistry", "inorganic chemistry"},
		{"unsupervised", "supervised"},
		{"CRISPR", "crisp potatoes"},
		{"xyzzyqq", "graph theory"},
		{"cat", "car"},
		{"GPT-4", "GPT-3"},
	} {
		x := indexOf([]Profile{{ID: "other", Shares: []string{c.other}}})
		r := x.ask(Query{c.query})
		if r.likeness != nil {
			t.Errorf("%q is read as %v where people share %q, want it to the letter", c.query, r.likeness, c.other)
		}
	}
	x := indexOf([]Profile{{ID: "one", Shares: []string{"interpretibility"}}, {ID: "two", Shares: []string{"interpretability"}}})
	if got := answer(x, "interpretibility"); !strings.HasPrefix(got, "one") {
		t.Errorf("Suggest(interpretibility) = %q, want who writes it so first", got)
	}
}

// words that are alike, and some that are not.
var alikeWords = rapid.StringMatching("(inter|intra|elect)(pret|prat|ro)(ation|ability|ibil|on)?")

func TestNearestEqualsALookAtEveryWord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		known, asked := map[string]bool{}, alikeWords.Draw(t, "asked")
		s := spelling{}
		for range rapid.IntRange(0, 20).Draw(t, "words") {
			word := alikeWords.Draw(t, "word")
			if known[word] && rapid.Bool().Draw(t, "forget") {
				s.remove(word)
				delete(known, word)
			} else if !known[word] {
				s.add(word)
				known[word] = true
			}
		}
		want, most := "", 0.0
		for _, word := range slices.Sorted(maps.Keys(known)) {
			near := likenessOf(grams(asked), grams(word))
			if near >= alike && word[0] == asked[0] && isSpelled(word) && near > most {
				want, most = word, near
			}
		}
		if got, likeness := s.nearest(asked); isSpelled(asked) && (got != want || likeness != most) {
			t.Errorf("nearest(%q) = %q, %v, want %q, %v of %v", asked, got, likeness, want, most, known)
		}
		for word := range known {
			s.remove(word)
		}
		if len(s) != 0 {
			t.Errorf("%d runs are left of no words", len(s))
		}
	})
}

func TestSpellingSparesShortAndOddWords(t *testing.T) {
	t.Parallel()
	s := spelling{}
	for _, word := range []string{"", "c", "gene", "covid19", strings.Repeat("a", spelledMost+1)} {
		s.add(word)
		s.remove(word)
		if got, _ := s.nearest(word); got != "" || len(s) != 0 {
			t.Errorf("nearest(%q) = %q among %d, want nothing", word, got, len(s))
		}
	}
}

func TestTrigramsHoldNoneTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching("[ab]{1,12}").Draw(t, "word")
		list := trigrams(word)
		for i := 1; i < len(list); i++ {
			if slices.Compare(list[i-1][:], list[i][:]) >= 0 {
				t.Errorf("trigrams(%q) = %q, want them rising", word, list)
			}
		}
		if len(list) > len(word) || len(list) == 0 {
			t.Errorf("trigrams(%q) = %q, want at most one for each character", word, list)
		}
	})
}

func TestLikenessIsThatOfACosine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b        string
		least, most float64
	}{
		{"spectroscopi", "spectroscopi", 1, 1},
		{"spectroscopi", "spectroscpi", alike, 0.95},
		{"organ", "inorgan", 0.4, 0.9},
		{"graph", "birds", 0, 0},
	} {
		got := likenessOf(grams(c.a), grams(c.b))
		if back := likenessOf(grams(c.b), grams(c.a)); cmp.Compare(got, back) != 0 || got < c.least || got > c.most {
			t.Errorf("likeness of %q and %q = %.3f and %.3f, want between %v and %v", c.a, c.b, got, back, c.least, c.most)
		}
	}
}

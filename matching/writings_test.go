package matching

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// authors draws people with topics and with texts, dated or not.
var authors = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) Author {
	a := Author{Profile: Profile{ID: rapid.StringMatching("[a-e][0-9]").Draw(t, "id"), Shares: rapid.SliceOfN(topic, 0, 3).Draw(t, "shares")}}
	for range rapid.IntRange(0, 4).Draw(t, "texts") {
		a.Texts = append(a.Texts, Text{
			Title: topic.Draw(t, "title"), Abstract: rapid.OneOf(rapid.Just(""), prose).Draw(t, "abstract"),
			Year: rapid.SampledFrom([]int{0, 1999, 2020, 2024}).Draw(t, "year"),
		})
	}
	return a
}), 1, 8, func(a Author) string { return a.ID })

func TestReasonsOfAComparisonAddUpToItsScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := authors.Draw(t, "authors")
		c := NewWritings(list, standard()).Compare(Text{Title: topic.Draw(t, "title"), Abstract: prose.Draw(t, "abstract")})
		for i, a := range list {
			s, sum := c.Suggestion(i), int64(0)
			for _, r := range s.Reasons {
				sum += r.Score
			}
			if sum != s.Score || s.Score != c.Score(i) || s.ID != a.ID {
				t.Errorf("%s: reasons sum to %d, the suggestion is %d and the score %d", a.ID, sum, s.Score, c.Score(i))
			}
		}
	})
}

func TestAComparisonDoesNotDependOnTheOrderOfAuthors(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list, asked := authors.Draw(t, "authors"), Text{Title: topic.Draw(t, "title"), Abstract: prose.Draw(t, "abstract")}
		want := NewWritings(list, standard()).Compare(asked).Best(20)
		other := slices.Clone(list)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		random.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		if diff := gocmp.Diff(want, NewWritings(other, standard()).Compare(asked).Best(20)); diff != "" {
			t.Errorf("Best after a shuffle (-want +got)\n%s", diff)
		}
	})
}

// nearest returns the IDs of the authors nearest to a text.
func nearest(list []Author, asked Text) string {
	var ids []string
	for _, s := range NewWritings(list, standard()).Compare(asked).Best(10) {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, " ")
}

func TestTheNearestAuthorComesFirst(t *testing.T) {
	t.Parallel()
	wrote := func(id string, titles ...string) Author {
		a := Author{Profile: Profile{ID: id}}
		for i, title := range titles {
			a.Texts = append(a.Texts, Text{Title: title, Year: 2024 - 12*i})
		}
		return a
	}
	for _, c := range []struct {
		name, asked, want string
		authors           []Author
	}{
		{"related without a common word", "protein folding", "right", []Author{wrote("right", "AlphaFold structure prediction"), wrote("wrong", "Medieval trade law")}},
		{"a misspelling", "electroencefalography", "right", []Author{wrote("right", "Electroencephalography in infants"), wrote("wrong", "Supply chains of steel")}},
		{"new before old", "graph neural networks", "new old", []Author{wrote("old", "Coral reef fish", "Graph neural networks"), wrote("new", "Graph neural networks", "Coral reef fish")}},
		{"an abbreviation", "LLM", "right", []Author{wrote("right", "Evaluating large language models"), wrote("wrong", "Bird migration at night")}},
		{"no known word", "xyzzyqq", "", []Author{wrote("a", "Graph theory"), wrote("b")}},
	} {
		if got := nearest(c.authors, Text{Title: c.asked}); got != c.want && !(c.want != "" && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s: the nearest to %q are %q, want %q", c.name, c.asked, got, c.want)
		}
	}
}

func TestOfTopicsTheBestCounts(t *testing.T) {
	t.Parallel()
	one := Author{Profile: Profile{ID: "one", Shares: []string{"protein folding"}}}
	many := Author{Profile: Profile{ID: "many", Shares: []string{"protein folding", "medieval trade", "birds", "steel"}}}
	c := NewWritings([]Author{one, many}, standard()).Compare(Text{Title: "protein folding"})
	if c.Score(0) != c.Score(1) || c.Score(0) <= 0 {
		t.Errorf("scores with one and with four topics = %d and %d, want them equal", c.Score(0), c.Score(1))
	}
}

func TestReasonsQuoteTheAuthorsOwnWords(t *testing.T) {
	t.Parallel()
	a := Author{Profile: Profile{ID: "a", About: "We measured how reef fish respond to warm water over ten years of surveys"}, Texts: []Text{{Title: "Coral bleaching"}}}
	s := NewWritings([]Author{a}, standard()).Compare(Text{Title: "reef fish"}).Suggestion(0)
	for _, r := range s.Reasons {
		if !strings.Contains(a.About, r.Phrase) && r.Phrase != "Coral bleaching" {
			t.Errorf("reason %+v quotes what the author did not write", r)
		}
	}
	if len(s.Reasons) == 0 || !strings.HasPrefix(s.Reasons[0].Phrase, "reef fish") {
		t.Errorf("reasons = %+v, want reef fish first", s.Reasons)
	}
}

func TestOddTextsDoNoHarm(t *testing.T) {
	t.Parallel()
	odd := []string{"", "\x00", "\u202e", "🧠", "\xff", strings.Repeat("x", 3*MaxRunes), strings.Repeat("zz ", MaxRunes)}
	var list []Author
	for i, text := range odd {
		list = append(list, Author{Profile: Profile{ID: fmt.Sprint(i), Shares: []string{text}, About: text}, Texts: []Text{{text, text, -5}, {text, "", 1 << 40}}})
	}
	w := NewWritings(list, standard())
	for _, text := range odd {
		for i := range list {
			w.Compare(Text{Title: text, Abstract: text}).Suggestion(i)
		}
	}
}

// BenchmarkCompare measures one question among authors with an abstract each.
func BenchmarkCompare(b *testing.B) {
	for _, people := range []int{1_000, 10_000} {
		profiles := network(1, people)
		var list []Author
		for i, p := range profiles {
			list = append(list, Author{Profile: p, Texts: []Text{{Title: p.Shares[0], Abstract: profiles[i/3*3].About, Year: 2020}}})
		}
		w := NewWritings(list, standard())
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				w.Compare(Text{Title: profiles[i%people].Shares[0]}).Best(5)
			}
		})
	}
}

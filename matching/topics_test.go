package matching

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTopicsOfferWhatPeopleShareMostCommonFirst(t *testing.T) {
	t.Parallel()
	x := NewIndex(Aliases{})
	x.Put(Profile{ID: "a", Shares: []string{"Sparse autoencoders", "sparse  Autoencoders", "R"}, Seeks: []string{"sparse coding"}})
	x.Put(Profile{ID: "b", Shares: []string{"sparse autoencoders", "mechanistic interpretability"}})
	x.Put(Profile{ID: "c", Shares: []string{"sparse autoencoders", "Mechanics", " ", "ad-hoc\x00 \u202emethods"}})
	for _, c := range []struct {
		prefix string
		limit  int
		want   []string
	}{
		{"spa", 5, []string{"sparse autoencoders"}},
		{"SPARSE  auto", 5, []string{"sparse autoencoders"}},
		{"auto", 5, []string{"sparse autoencoders"}},
		{"mech", 5, []string{"Mechanics", "mechanistic interpretability"}},
		{"mech", 1, []string{"Mechanics"}},
		{"", 2, []string{"sparse autoencoders", "ad-hoc methods"}},
		{"ers", 5, nil},
		{"", 0, nil},
		{"", -1, nil},
	} {
		if diff := gocmp.Diff(c.want, x.Topics(c.prefix, c.limit)); diff != "" {
			t.Errorf("Topics(%q, %d) (-want +got)\n%s", c.prefix, c.limit, diff)
		}
	}
	x.Delete("b")
	x.Delete("c")
	if got, want := x.Topics("sparse", 5), []string{"Sparse autoencoders"}; !slices.Equal(got, want) {
		t.Errorf("Topics after people left = %q, want %q", got, want)
	}
}

func TestBestKeepsTheFirstInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.IntRange(0, 30)).Draw(t, "values")
		limit := rapid.IntRange(-1, 12).Draw(t, "limit")
		b := newBest(limit, cmp.Compare[int])
		for _, v := range values {
			b.offer(v)
		}
		slices.Sort(values)
		want := values[:min(len(values), max(limit, 0))]
		if !slices.Equal(b.values, want) {
			t.Errorf("best of limit %d = %v, want %v", limit, b.values, want)
		}
	})
}

func TestResultsAreBoundedWhateverTheWish(t *testing.T) {
	t.Parallel()
	x := NewIndex(Aliases{})
	for i := range MaxResults + 10 {
		x.Put(Profile{ID: strings.Repeat("i", i+1), Shares: []string{"topic " + invented(uint64(i))}})
	}
	if got := len(x.Topics("", 1<<40)); got != MaxResults {
		t.Errorf("Topics of a huge limit: %d, want %d", got, MaxResults)
	}
	if got := len(x.Suggest(Query{"topic"}, 1<<40, nil)); got != MaxResults {
		t.Errorf("Suggest of a huge k: %d, want %d", got, MaxResults)
	}
}

package matching

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWhoLeftLeavesNoTraceInTheAnswers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, q := crowd.Draw(t, "people"), query.Draw(t, "query")
		staying := people[:rapid.IntRange(0, len(people)).Draw(t, "staying")]
		x := indexOf(people)
		for _, p := range people[len(staying):] {
			x.Delete(p.ID)
		}
		if diff := cmp.Diff(indexOf(staying).Suggest(q, 20, nil), x.Suggest(q, 20, nil)); diff != "" {
			t.Errorf("Suggest(%q) after people left (-never there +left)\n%s", q.Text, diff)
		}
	})
}

func TestTopicsEqualACountByHand(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, limit := crowd.Draw(t, "people"), rapid.IntRange(0, 8).Draw(t, "limit")
		prefix := rapid.SampledFrom([]string{"", "l", "lea", "LLM", "graph th", "zz"}).Draw(t, "prefix")
		counts := map[string]int{}
		for _, p := range people {
			for key := range distinct(p.Shares) {
				if strings.Contains(" "+key, " "+strings.ToLower(prefix)) {
					counts[key]++
				}
			}
		}
		var want []string
		for key, n := range counts {
			want = append(want, fmt.Sprintf("%03d %s", 999-n, key))
		}
		slices.Sort(want)
		want = want[:min(len(want), limit)]
		var got []string
		for _, topic := range indexOf(people).Topics(prefix, limit) {
			key := strings.ToLower(topic)
			got = append(got, fmt.Sprintf("%03d %s", 999-counts[key], key))
		}
		if !slices.Equal(got, want) {
			t.Errorf("Topics(%q, %d) = %q, want %q", prefix, limit, got, want)
		}
	})
}

func TestAnUnknownPersonCanBeDeleted(t *testing.T) {
	t.Parallel()
	x := indexOf(network(2, 3))
	x.Delete("nobody")
	if got := x.Len(); got != 3 {
		t.Errorf("Len() after deleting nobody = %d, want 3", got)
	}
}

func TestAProfileWithoutWordsIsKeptAndNeverSuggested(t *testing.T) {
	t.Parallel()
	x := indexOf([]Profile{{ID: "empty"}, {ID: "stops", Shares: []string{"the", "of"}, About: "\x00 🧠"}, {}})
	if got := x.Len(); got != 3 {
		t.Errorf("Len() = %d, want 3", got)
	}
	for _, text := range []string{"the", "of", "🧠", "optics"} {
		if got := x.Suggest(Query{text}, 5, nil); len(got) != 0 {
			t.Errorf("Suggest(%q) = %v, want nobody", text, got)
		}
	}
}

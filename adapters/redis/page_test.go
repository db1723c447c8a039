package redis

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot"
)

// pages reads an index page by page, as a line of ids for each page.
func (w *world) pages(p bot.Page) []string {
	w.t.Helper()
	var lines []string
	for {
		records, next, err := w.Page(w.t.Context(), p)
		must(w.t, err)
		lines = append(lines, line(records))
		if p.After = next; next == "" {
			return lines
		}
	}
}

// file commits documents whose ids are the words of a line, at rising scores.
func (w *world) file(line string) {
	for i, id := range strings.Fields(line) {
		must(w.t, w.commit(put(id, 0, bot.Entry{Index: "i", Score: int64(i)})))
	}
}

func TestPagesFollowOneAnother(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.file("e d c b a")
		for _, test := range []struct {
			page bot.Page
			want []string
		}{
			{bot.Page{Index: "i"}, []string{"e d c b a"}},
			{bot.Page{Index: "i", Limit: 2}, []string{"e d", "c b", "a"}},
			{bot.Page{Index: "i", Limit: 5}, []string{"e d c b a"}},
			{bot.Page{Index: "i", Limit: 2, From: 1, To: 3}, []string{"d c", "b"}},
			{bot.Page{Index: "i", From: 9}, []string{""}},
			{bot.Page{Index: "none"}, []string{""}},
			{bot.Page{Index: "all/person", Limit: 3}, []string{"a b c", "d e"}},
			{bot.Page{Index: "all/robot"}, []string{""}},
		} {
			if got := w.pages(test.page); !slices.Equal(got, test.want) {
				t.Errorf("Page(%+v) = %q, want %q", test.page, got, test.want)
			}
		}
	})
}

func TestPagesGoOnWhereTheLastDocumentWasDeletedOrMoved(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, id := range strings.Fields("a b c d e f") {
			must(t, w.commit(put(id, 0, bot.Entry{Index: "i", Score: 7})))
		}
		_, next, err := w.Page(t.Context(), bot.Page{Index: "i", Limit: 3})
		must(t, err)
		must(t, w.commit(put("c", 1, bot.Entry{Index: "i", Score: 1})))
		if got := w.pages(bot.Page{Index: "i", After: next}); !slices.Equal(got, []string{"d e f"}) {
			t.Errorf("pages after a document that moved = %q, want d e f", got)
		}
		must(t, w.commit(bot.Write{Ref: person("c"), Version: 2}))
		if got := w.pages(bot.Page{Index: "i", After: next}); !slices.Equal(got, []string{"d e f"}) {
			t.Errorf("pages after a document that went = %q, want d e f", got)
		}
	})
}

func TestPageRefusesAPositionThatIsNone(t *testing.T) {
	w := inProcess(t)
	for _, after := range []string{"x", "1", "x y", " person:a"} {
		if _, _, err := w.Page(t.Context(), bot.Page{Index: "i", After: after}); err == nil {
			t.Errorf("Page(after %q) took it, want an error", after)
		}
	}
}

func FuzzPosition(f *testing.F) {
	for _, seed := range []string{"", "3 person:a", "-1.5e+17 a:b c", "x", " ", "1 "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, next string) {
		score, ref, err := position(next)
		if err == nil && next != "" && score+" "+ref != next {
			t.Errorf("position(%q) = %q, %q, want what stands there", next, score, ref)
		}
	})
}

func FuzzParseWork(f *testing.F) {
	for _, seed := range []string{"person:p#w", "person:p##", "a:b:c#w#x", "#", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ref, name, err := parseWork(text)
		if err == nil && strings.Contains(text, "#") && workOf(ref, name) != text {
			t.Errorf("parseWork(%q) = %v, %q, want what stands there", text, ref, name)
		}
	})
}

// Scores reach from the distant past to the greatest that stay exact.
func TestPagesOrderLargeAndNegativeScores(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		scores := []int64{-maxScore, -100_000_000_000_001, -1, 0, 1, 99_999_999_999_999, 100_000_000_000_001, maxScore}
		for i, score := range scores {
			must(t, w.commit(put(fmt.Sprint(i), 0, bot.Entry{Index: "i", Score: score})))
		}
		got := w.pages(bot.Page{Index: "i", From: -maxScore, Limit: 1})
		if want := strings.Fields("0 1 2 3 4 5 6 7"); !slices.Equal(got, want) {
			t.Errorf("pages = %q, want %q", got, want)
		}
		if got := w.pages(bot.Page{Index: "i"}); !slices.Equal(got, []string{"3 4 5 6 7"}) {
			t.Errorf("pages from 0 = %q, want 3 4 5 6 7", got)
		}
	})
}

// Whatever is filed, pages of any size list the same as one list does.
func TestPagesMissNothingAndRepeatNothing(t *testing.T) {
	w := inProcess(t)
	count := 0
	rapid.Check(t, func(rt *rapid.T) {
		count++
		index := fmt.Sprintf("i%d", count)
		scores := rapid.SliceOfN(rapid.Int64Range(0, 3), 0, 12).Draw(rt, "scores")
		for i, score := range scores {
			must(t, w.commit(put(fmt.Sprintf("%d-%d", count, i), 0, bot.Entry{Index: index, Score: score})))
		}
		limit := rapid.IntRange(1, 5).Draw(rt, "limit")
		got := strings.Join(w.pages(bot.Page{Index: index, Limit: limit}), " ")
		if want := w.listed(index); strings.TrimSpace(got) != want {
			rt.Fatalf("pages of %d = %q, want %q", limit, got, want)
		}
	})
}

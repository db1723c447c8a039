package chat

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestStringsAreCutBetweenCharacters(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		about, in string
		limit     int
		want      string
	}{
		{"short text", "abc", 3, "abc"},
		{"long text", "abcd", 3, "ab…"},
		{"white space before the cut", "ab cd", 4, "ab…"},
		{"a letter with a mark", "abe\u0301d", 4, "ab…"},
		{"a joined emoji", "a👩🏽\u200d🔬b", 5, "a…"},
		{"a flag", "a🇩🇪🇫🇷", 3, "a…"},
		{"two flags", "🇩🇪🇫🇷x", 4, "🇩🇪…"},
		{"only marks", strings.Repeat("\u0301", 9), 4, "…"},
		{"room for the ellipsis only", "abc", 1, "…"},
	} {
		if got := Clip(test.in, test.limit); got != test.want {
			t.Errorf("%s: Clip(%q, %d) = %q, want %q", test.about, test.in, test.limit, got, test.want)
		}
	}
}

func TestTextsAreCutBySpans(t *testing.T) {
	t.Parallel()
	link := Link{"paper", "https://a.org"}
	when := When{time.Unix(1, 0), "1 Jan 1970 UTC"}
	for _, test := range []struct {
		about string
		in    Text
		limit int
		want  Text
	}{
		{"all fits", T("ab", Strong("cd")), 4, T("ab", Strong("cd"))},
		{"plain text is cut", T("abc", Strong("cd")), 3, T("ab…")},
		{"strong text stays strong", T("ab", Strong("cdef")), 5, T("ab", Strong("cd"), "…")},
		{"code stays code", Text{Code("cdef")}, 3, T(Code("cd"), "…")},
		{"a link goes whole", T("see ", link), 12, T("see…")},
		{"a moment goes whole", T("at ", when), 16, T("at…")},
		{"a mention goes whole", T(Strong("x"), Mention{Name: "Ana Bo"}), 4, T(Strong("x"), "…")},
		{"what comes later goes too", T("see ", link, "a"), 10, T("see…")},
	} {
		if diff := cmp.Diff(test.want, test.in.clip(test.limit)); diff != "" {
			t.Errorf("%s: clip(%d) (-want +got):\n%s", test.about, test.limit, diff)
		}
	}
}

func TestClippedStringIsABeginningWithinItsLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, limit := genText().Draw(t, "text"), rapid.IntRange(1, 20).Draw(t, "limit")
		got := Clip(text, limit)
		if n := utf8.RuneCountInString(got); n > limit {
			t.Errorf("Clip(%q, %d) = %q, %d runes", text, limit, got, n)
		}
		if kept, cut := strings.CutSuffix(got, ellipsis); got != text && (!cut || !strings.HasPrefix(text, kept)) {
			t.Errorf("Clip(%q, %d) = %q, want a beginning and an ellipsis", text, limit, got)
		}
	})
}

func TestClippedTextIsWithinItsLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, limit := genLong().Draw(t, "text"), rapid.IntRange(1, 5000).Draw(t, "limit")
		got := text.clip(limit)
		if got.runes() > limit {
			t.Errorf("clip(%d) has %d runes", limit, got.runes())
		}
		if diff := cmp.Diff(got, got.clip(limit)); diff != "" {
			t.Errorf("clip(%d) again (-once +twice):\n%s", limit, diff)
		}
	})
}

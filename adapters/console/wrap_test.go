package console

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWrappedLinesFitAndLoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zß]{1,80}`)).Draw(t, "words")
		text := strings.Join(words, " ")
		got := wrap(text, inner, hanging)
		if back := fold(got); back != text {
			t.Errorf("wrap(%q) says %q", text, back)
		}
		for i, line := range strings.Split(got, "\n") {
			if utf8.RuneCountInString(line) > columns {
				t.Errorf("wrap(%q) line %d = %q, want at most %d columns", text, i, line, columns)
			}
			if i > 0 && !strings.HasPrefix(line, hanging) {
				t.Errorf("wrap(%q) line %d = %q, want a hanging indent", text, i, line)
			}
		}
	})
}

func TestTablesKeepTheirColumns(t *testing.T) {
	t.Parallel()
	line := strings.ReplaceAll("Curie       3   1", " ", "\u00a0")
	if got, want := wrap(line+"\n"+line, inner, hanging), inner+line+"\n"+hanging+line; got != want {
		t.Errorf("wrap(a table) = %q, want %q", got, want)
	}
}

func TestControlsAreNotBroken(t *testing.T) {
	t.Parallel()
	button := strings.TrimSpace(strings.Repeat("word ", 8))
	got := pack([]string{button, button, button}, "   ", inner, hanging)
	want := inner + button + "   " + button + "\n" + hanging + button
	if got != want {
		t.Errorf("pack(three buttons) = %q, want %q", got, want)
	}
}

func TestSafeLeavesNothingThatATerminalObeys(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain é 日本\n":    "plain é 日本\n",
		"a\tb":            "a b",
		"\x1b[2J\r\x07":   "\uFFFD[2J\uFFFD\uFFFD",
		"\u009b2J\u2066x": "\uFFFD2J\uFFFDx",
	} {
		if got := safe(text); got != want {
			t.Errorf("safe(%q) = %q, want %q", text, got, want)
		}
	}
}

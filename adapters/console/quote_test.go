package console

import (
	"testing"

	"pgregory.net/rapid"
)

func TestUnquoteReadsWhatQuoteWrote(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, behind := rapid.String().Draw(t, "text"), rapid.String().Draw(t, "behind")
		got, rest, err := unquote(quote(text) + behind)
		if got != text || rest != behind || err != nil {
			t.Errorf("unquote(%s%s) = %q, %q, %v, want %q and %q", quote(text), behind, got, rest, err, text, behind)
		}
	})
}

func TestUnquoteRefusesWhatIsNoQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":      `"" is not in double quotes`,
		"x":     `"x" is not in double quotes`,
		`"`:     errUnclosed.Error(),
		`"x\"`:  errUnclosed.Error(),
		`"x\`:   errUnclosed.Error(),
		`"\x"`:  errEscape.Error(),
		`"\é"`:  errEscape.Error(),
		`"a\\n`: errUnclosed.Error(),
	} {
		if _, _, err := unquote(text); err == nil || err.Error() != want {
			t.Errorf("unquote(%q) = %v, want %s", text, err, want)
		}
	}
}

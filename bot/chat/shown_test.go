package chat_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/chat"
)

func TestShownKeepsWhatPeopleReadAndNothingBehindIt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"two\nlines":                "two\nlines",
		"a\tb":                      "a b",
		"be\x00ll\x07":              "bell",
		"\u202eright to left\u202c": "right to left",
		"family 👩\u200d🔬":           "family 👩\u200d🔬",
		"\xff\ufffdbroken":          "broken",
	} {
		if got := chat.Shown(in); got != want {
			t.Errorf("Shown(%q) = %q, want %q", in, got, want)
		}
	}
	if got := chat.ShownLine(" two\n lines\t\u202e"); got != "two lines" {
		t.Errorf("ShownLine = %q, want one line", got)
	}
}

// What was cleaned when it was kept is shown as it is.
func TestShownChangesNothingThatIsClean(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(chat.Clean(rapid.String().Draw(t, "text")), "\ufffd", "")
		if got := chat.Shown(text); got != text {
			t.Fatalf("Shown(%q) = %q", text, got)
		}
	})
}

func TestQuotedSetsCodeApart(t *testing.T) {
	t.Parallel()
	text := chat.T("Type ", chat.Code("/interlab help"), " or ask ", chat.Mention{Name: "Ana"}, chat.Strong(" now"))
	if got, want := text.Quoted(), "Type `/interlab help` or ask Ana now"; got != want {
		t.Errorf("Quoted() = %q, want %q", got, want)
	}
}

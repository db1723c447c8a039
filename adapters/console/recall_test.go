package console

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

// heardTexts is a screen on which ana and bo have seen a text each.
func heardTexts(t *testing.T, texts map[Person]string) *screen {
	t.Helper()
	_, c := newFake(t, &strings.Builder{})
	for who, text := range texts {
		if _, err := c.Direct(t.Context(), who.User, who.Account(), chat.Message{Body: []chat.Text{chat.T(text)}}); err != nil {
			t.Fatal(err)
		}
	}
	return c.screen
}

func TestAPlaceholderStandsForTheWordThatWasSeenThere(t *testing.T) {
	t.Parallel()
	s := heardTexts(t, map[Person]string{ana: "The code of (this) talk is abc-def. Show it.", bo: "Nothing of abc-deg."})
	if err := s.expect(Expect{Who: ana, Not: true, Text: "No code is {code}"}); err != nil {
		t.Errorf("expect(not a text that is not there) = %v", err)
	}
	if got := s.recall("{code}"); got != "{code}" {
		t.Errorf("recall before anything was seen = %q, want the placeholder", got)
	}
	if err := s.expect(Expect{Who: ana, Text: "of (this) {thing} is {code}. Show"}); err != nil {
		t.Fatal(err)
	}
	if got := s.recall("{thing} {code} {Code} {x"); got != "talk abc-def {Code} {x" {
		t.Errorf("recall = %q, want what was seen and nothing else", got)
	}
	for _, e := range []Expect{{Who: ana, Text: "is {code}. Show"}, {Who: bo, Not: true, Text: "{code}"}, {Who: bo, Text: "of abc-deg"}} {
		if err := s.expect(e); err != nil {
			t.Errorf("%s = %v", e, err)
		}
	}
	if err := s.expect(Expect{Who: bo, Text: "{code}"}); err == nil || !strings.Contains(err.Error(), `was to see "abc-def"`) {
		t.Errorf("expect of what only ana saw = %v, want an error that names it", err)
	}
}

func TestWhatIsSaidAndFilledInRecalls(t *testing.T) {
	t.Parallel()
	s := heardTexts(t, map[Person]string{ana: "It is xyz"})
	if err := s.expect(Expect{Who: ana, Text: "It is {code}"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ deed, want Deed }{
		{Say{"use {code}"}, Say{"use xyz"}},
		{Fill{[]Value{{"a", "{code}"}, {"b", "{c}"}}}, Fill{[]Value{{"a", "xyz"}, {"b", "{c}"}}}},
		{Press{Pick{Label: "{code}"}}, Press{Pick{Label: "{code}"}}},
		{Arrive{}, Arrive{}},
	} {
		if diff := cmp.Diff(c.want, s.recalling(c.deed)); diff != "" {
			t.Errorf("recalling(%s) differs (-want +got):\n%s", c.deed, diff)
		}
	}
}

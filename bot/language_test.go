package bot

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"interlab/bot/chat"
)

func TestLanguagesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	if n := len(languages) + 1; n > chat.MaxOptions {
		t.Errorf("the menu has %d languages with the usual one, want at most %d", n, chat.MaxOptions)
	}
	for _, l := range languages {
		tag, err := language.Parse(string(l.tag))
		if name := display.English.Languages().Name(tag); err != nil || !strings.HasPrefix(name, l.name) || tag.String() != string(l.tag) {
			t.Errorf("%s is %q by BCP 47 (%v), want %q", l.tag, name, err, l.name)
		}
	}
	if !slices.IsSortedFunc(languages, func(a, b struct {
		tag  Language
		name string
	},
	) int {
		return strings.Compare(a.name, b.name)
	}) {
		t.Error("the languages are not in the order of their names")
	}
}

func TestALanguageIsReadByNameAndByTag(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Language{
		"": "", "usual": "", "USUAL": "", "German": "de", "gErman": "de", "de": "de", "de-AT": "de", "pt_BR": "pt", "EN": "en",
	} {
		if got, err := ParseLanguage(text); err != nil || got != want {
			t.Errorf("ParseLanguage(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"Elvish", "d", "germa", "<b>", "de German", strings.Repeat("x", 5000), "-"} {
		if got, err := ParseLanguage(text); err == nil {
			t.Errorf("ParseLanguage(%q) = %q, want a refusal", text[:min(len(text), 20)], got)
		} else if len([]rune(err.Error())) > 200 {
			t.Errorf("ParseLanguage of %d bytes refuses with %d", len(text), len(err.Error()))
		}
	}
	if got := Language("ca").Name(); got != "ca" {
		t.Errorf("a language beside the menu is called %q, want its tag", got)
	}
}

func TestOnlyAnotherLanguageThanTheUsualOneIsShown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ usual, held, unusual, in Language }{
		{"", "", "", ""},
		{"", "en", "English", "en"},
		{"en", "", "", "en"},
		{"en", "en", "", "en"},
		{"en", "de", "German", "de"},
		{"de", "", "", "de"},
	} {
		a := &App{language: c.usual}
		talk := &Colloquium{Language: c.held}
		if got := a.unusual(a.heldIn(talk)); got != string(c.unusual) || a.heldIn(talk) != c.in {
			t.Errorf("with the usual %q a talk in %q is in %q and shows %q, want %q and %q", c.usual, c.held, a.heldIn(talk), got, c.in, c.unusual)
		}
		if field := a.languageInput(); c.usual != "" && (!strings.Contains(field.Options[0].Label, c.usual.Name()) || len(field.Options) != len(languages)) {
			t.Errorf("with the usual %q the menu has %d options and begins %q", c.usual, len(field.Options), field.Options[0].Label)
		}
	}
}

package chat

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Completions are the options whose label has what was typed, without regard to
// case and accents: those that begin with it first, then the others, each in
// the order given, at most MaxOptions.
func Completions(options []Option, typed string) []Option {
	want := fold(typed)
	var begins, contains []Option
	for _, option := range options {
		label := fold(option.Label)
		switch {
		case strings.HasPrefix(label, want):
			begins = append(begins, option)
		case strings.Contains(label, want):
			contains = append(contains, option)
		}
	}
	all := slices.Concat(begins, contains)
	return all[:min(len(all), MaxOptions)]
}

// Choices completes an argument whose values the tree lists itself. It reports
// false for every other argument.
func (t *Tree) Choices(path []string, arg, typed string) ([]Option, bool) {
	leaf, ok := t.Find(path)
	if !ok {
		return nil, false
	}
	found, ok := leaf.arg(arg)
	if !ok || found.Kind != ArgChoice {
		return nil, false
	}
	options := make([]Option, len(found.Choices))
	for i, choice := range found.Choices {
		options[i] = Option{Label: choice, Value: choice}
	}
	return Completions(options, typed), true
}

// fold is the text on one line in lower case without accents.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(CleanLine(text)))
}

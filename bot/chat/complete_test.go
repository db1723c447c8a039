package chat

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCompletionsBeginWithPrefixes(t *testing.T) {
	t.Parallel()
	var options []Option
	for _, label := range []string{"Optics", "Neural optics", "Évolution", "Revolution", "optical traps"} {
		options = append(options, Option{Label: label, Value: label})
	}
	for _, test := range []struct {
		typed string
		want  []string
	}{
		{"opti", []string{"Optics", "optical traps", "Neural optics"}},
		{" ÉVO", []string{"Évolution", "Revolution"}},
		{"evo", []string{"Évolution", "Revolution"}},
		{"xyz", []string{}},
		{"", []string{"Optics", "Neural optics", "Évolution", "Revolution", "optical traps"}},
	} {
		got := []string{}
		for _, option := range Completions(options, test.typed) {
			got = append(got, option.Label)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Completions(%q) (-want +got):\n%s", test.typed, diff)
		}
	}
	if got := len(Completions(slices.Repeat(options, 9), "")); got != MaxOptions {
		t.Errorf("Completions of 45 options = %d, want %d", got, MaxOptions)
	}
}

func TestChoicesCompleteOnlyChoices(t *testing.T) {
	t.Parallel()
	find := []string{"match", "find"}
	got, ok := sample().Choices(find, "role", "ST")
	if want := []Option{{Label: "student", Value: "student"}, {Label: "Staff", Value: "Staff"}}; !ok || !slices.Equal(got, want) {
		t.Errorf("Choices(role, ST) = %v, %v, want %v", got, ok, want)
	}
	for _, test := range []struct {
		path []string
		arg  string
	}{{find, "topic"}, {find, "none"}, {[]string{"x"}, "role"}} {
		if got, ok := sample().Choices(test.path, test.arg, ""); ok {
			t.Errorf("Choices(%q, %q) = %v, true, want false", test.path, test.arg, got)
		}
	}
}

func TestCompletionsAreFoundByEveryPartOfTheirLabel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		options := rapid.SliceOfN(genOption(), 1, 40).Draw(t, "options")
		one := options[rapid.IntRange(0, len(options)-1).Draw(t, "one")]
		label := []rune(CleanLine(one.Label))
		from := rapid.IntRange(0, len(label)).Draw(t, "from")
		typed := string(label[from:rapid.IntRange(from, len(label)).Draw(t, "to")])
		got := Completions(options, typed)
		if len(got) > MaxOptions {
			t.Errorf("Completions(%q) = %d options, want at most %d", typed, len(got), MaxOptions)
		}
		if strings.Contains(fold(one.Label), fold(typed)) && len(got) < MaxOptions && !slices.Contains(got, one) {
			t.Errorf("Completions(%q) = %v, want %v among them", typed, got, one)
		}
		contains := false
		for _, option := range got {
			begins := strings.HasPrefix(fold(option.Label), fold(typed))
			if begins && contains {
				t.Errorf("Completions(%q) = %v, want those that begin with it first", typed, got)
			}
			contains = contains || !begins
		}
	})
}

func TestCompletingDoesNotChangeTheOptions(t *testing.T) {
	t.Parallel()
	options := []Option{{Label: "b a"}, {Label: "a"}, {Label: "ba"}}
	before := slices.Clone(options)
	Completions(options, "a")
	if !slices.Equal(options, before) {
		t.Errorf("Completions changed its options to %v, want %v", options, before)
	}
}

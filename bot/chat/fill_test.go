package chat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// leafOf is a leaf with arguments written as "name" for a text, "name#" for a
// number, "name@" for a person and "name?" for the choice of yes and no.
func leafOf(spec string) Command {
	var leaf Command
	for _, name := range strings.Fields(spec) {
		arg := Arg{Name: strings.TrimRight(name, "#@?")}
		switch name[len(name)-1] {
		case '#':
			arg.Kind = ArgNumber
		case '@':
			arg.Kind = ArgPerson
		case '?':
			arg.Kind, arg.Choices = ArgChoice, []string{"yes", "no"}
		}
		leaf.Args = append(leaf.Args, arg)
	}
	return leaf
}

func TestWordsWithoutNamesGoToArguments(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args, line string
		want       map[string]string
		rest       string
	}{
		{"topic", "sparse coding", map[string]string{"topic": "sparse coding"}, ""},
		{"topic", `"sparse coding"`, map[string]string{"topic": "sparse coding"}, ""},
		{"topic", `"sparse coding" again`, map[string]string{"topic": "sparse coding"}, "again"},
		{"a b", "one two three", map[string]string{"a": "one", "b": "two three"}, ""},
		{"a b", "one", map[string]string{"a": "one"}, ""},
		{"a b", `"one two" three four`, map[string]string{"a": "one two", "b": "three four"}, ""},

		// Choices and numbers at the end find their own.
		{"topic go?", "sparse coding yes", map[string]string{"topic": "sparse coding", "go": "yes"}, ""},
		{"topic go?", "sparse coding YES", map[string]string{"topic": "sparse coding", "go": "yes"}, ""},
		{"topic go?", "yes", map[string]string{"topic": "yes"}, ""},
		{"topic go?", "yes no", map[string]string{"topic": "yes", "go": "no"}, ""},
		{"topic go?", `sparse "no"`, map[string]string{"topic": "sparse", "go": "no"}, ""},
		{"topic go? n#", "sparse yes 3", map[string]string{"topic": "sparse", "go": "yes", "n": "3"}, ""},
		{"topic go? n#", "sparse coding 3", map[string]string{"topic": "sparse coding 3"}, ""},
		{"topic n#", "room 3 today", map[string]string{"topic": "room 3 today"}, ""},
		{"topic n#", "room 3 4", map[string]string{"topic": "room 3", "n": "4"}, ""},

		// An earlier text or a person takes the words where the last text cannot.
		{"topic go? note", "sparse coding", map[string]string{"topic": "sparse coding"}, ""},
		{"topic go? note", "sparse yes and more", map[string]string{"topic": "sparse", "go": "yes", "note": "and more"}, ""},
		{"who@ role? lab", "Bo yes Curie Lab", map[string]string{"who": "Bo", "role": "yes", "lab": "Curie Lab"}, ""},
		{"who@ role? lab", "Bo Larsen yes", map[string]string{"who": "Bo Larsen", "role": "yes"}, ""},
		{"who@", "Bo Larsen", map[string]string{"who": "Bo Larsen"}, ""},
		{"who@ topic", "Bo sparse coding", map[string]string{"who": "Bo", "topic": "sparse coding"}, ""},
		{"a@ b@", "Bo Ana Curie", map[string]string{"a": "Bo", "b": "Ana Curie"}, ""},

		// Where nothing fits, the first reading stands and is what the error is about.
		{"go?", "maybe", map[string]string{"go": "maybe"}, ""},
		{"n#", "3 4", map[string]string{"n": "3"}, "4"},
		{"go? topic", "maybe sparse coding", map[string]string{"go": "maybe", "topic": "sparse coding"}, ""},
		{"", "a", nil, "a"},

		// Words are joined as they were typed.
		{"topic", "a \"b\"  c\nd", map[string]string{"topic": "a \"b\"  c\nd"}, ""},
		{"topic", `a "b\"c" d`, map[string]string{"topic": `a "b\"c" d`}, ""},
	} {
		got := map[string]string{}
		var rest []string
		for _, left := range leafOf(test.args).fill(got, tokens(test.line)) {
			rest = append(rest, left.raw)
		}
		if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" || strings.Join(rest, " ") != test.rest {
			t.Errorf("fill of %q with %q leaves %q, want %q; values (-want +got):\n%s", test.args, test.line, rest, test.rest, diff)
		}
	}
}

func TestArgumentsWithValuesGetNoWords(t *testing.T) {
	t.Parallel()
	got := map[string]string{"a": "given"}
	if rest := leafOf("a b").fill(got, tokens("x y")); len(rest) > 0 {
		t.Errorf("fill leaves %v, want nothing", rest)
	}
	if diff := cmp.Diff(map[string]string{"a": "given", "b": "x y"}, got); diff != "" {
		t.Errorf("fill (-want +got):\n%s", diff)
	}
}

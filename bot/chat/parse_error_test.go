package chat

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryErrorSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ line, path, want string }{
		{"mtach", "", `There is no command "mtach". Did you mean "match"? Type help to see all.`},
		{"find optics", "", `There is no command "find". Did you mean "match find"? Type help to see all.`},
		{"what is this", "", `There is no command "what". Type help to see all.`},
		{"match", "match", `"match" needs one more word: find or block. For example: match find sparse autoencoders`},
		{"match fnd x", "match", `"match" does not know "fnd". Did you mean "match find"? It knows find and block.`},
		{"match everybody", "match", `"match" does not know "everybody". It knows find and block.`},
		{"match find x tpoic:y", "match find", `"match find" has no "tpoic:". Did you mean topic:? It takes topic, role, count and not. ` +
			`A text with a colon in it goes in double quotes.`},
		{"me lang:de", "me", `"me" takes nothing after it, so leave out "lang:".`},
		{"me now", "me", `"me" takes nothing after it, so leave out "now".`},
		{"match find topic:a topic:b", "match find", "topic: is given twice. Please keep one of them."},
		{"match find role:staff", "match find", `"match find" needs topic: as well. For example: match find sparse autoencoders`},
		{"match block", "match block", `"match block" needs person: as well. For example: match block "Bo Chen"`},
		{`match find "sparse`, "match find", `The quote before "sparse" is not closed. Put a " where it ends.`},
		{"match find x role:boss", "match find", `role: takes one of student, Staff or anybody at all, and "boss" is none of them.`},
		{"match find x count:many", "match find", `count: takes a whole number, such as 3, and "many" is none.`},
		{"match find topic: x", "match find", `Nothing stands after topic: yet. Write the value right behind the colon, ` +
			`in double quotes where it has spaces: topic:"..."`},
		{`goal add "a" "b" "c d"`, "goal add", `"goal add" has no place for "c d". Put a value of several words in double quotes. ` +
			`For example: goal add "Ship it" by March`},
		{strings.Repeat("x", MaxLine+1), "", "That line has 6001 characters, and I can read 6000 at once. Please make it shorter."},
	} {
		got, err := sample().Parse(test.line)
		var problem *ParseError
		if !errors.As(err, &problem) || len(got.Path) > 0 {
			t.Errorf("Parse(%.60q) = %+v, %v, want a *ParseError", test.line, got, err)
			continue
		}
		if diff := cmp.Diff(test.want, err.Error()); diff != "" || strings.Join(problem.Path, " ") != test.path {
			t.Errorf("Parse(%.60q) has path %q, want %q; text (-want +got):\n%s", test.line, problem.Path, test.path, diff)
		}
	}
}

func TestErrorsRepeatNoMoreThanFortyCharacters(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("z", 900)
	for _, line := range []string{
		long, "match " + long, "me " + long, "match find \"" + long, "match find x role:" + long, "match find x count:" + long,
		`goal add "a" "b" ` + long,
	} {
		_, err := sample().Parse(line)
		if err == nil || strings.Count(err.Error(), "z") > maxEcho {
			t.Errorf("Parse(%.30q...) = %v, want an error with at most %d z", line, err, maxEcho)
		}
	}
}

func TestEchoIsOneCleanShortLine(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ typed, want string }{
		{"optics", `"optics"`},
		{" a\n\u202eb ", `"a b"`},
		{strings.Repeat("é", 41), `"` + strings.Repeat("é", 39) + `…"`},
	} {
		if got := echo(test.typed); got != test.want {
			t.Errorf("echo(%q) = %s, want %s", test.typed, got, test.want)
		}
	}
}

func TestListsReadAsSentences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		items []string
		want  string
	}{
		{nil, ""},
		{[]string{"a"}, "a"},
		{[]string{"a", "b"}, "a or b"},
		{[]string{"a", "b", "c"}, "a, b or c"},
	} {
		if got := listed(test.items, "or"); got != test.want {
			t.Errorf("listed(%q) = %q, want %q", test.items, got, test.want)
		}
	}
}

func TestErrorsKeepTheirPathWhenAnotherIsMade(t *testing.T) {
	t.Parallel()
	path := append(make([]string, 0, 4), "match")
	_ = unknownSub(path, sample().Commands[2], "fnd")
	if got := path[:2][1]; got != "" {
		t.Errorf("unknownSub wrote %q behind its caller's path", got)
	}
}

package chat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// with is the sample after a change of one of its commands.
func with(change func(find *Command)) *Tree {
	tree := sample()
	change(&tree.Commands[2].Subs[0])
	return tree
}

func TestTreeFaultsAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	const find = "commands[match].subs[find]"
	for _, test := range []struct {
		about string
		tree  *Tree
		want  []string
	}{
		{"an empty tree", &Tree{}, []string{
			`name: "" is not made of 1 to 32 of a-z, 0-9 and -`, "summary: empty", "start: empty",
		}},
		{"no summary", with(func(c *Command) { c.Summary = " " }), []string{find + ".summary: empty"}},
		{
			"a long summary", with(func(c *Command) { c.Summary = strings.Repeat("é", 39) }),
			[]string{find + ".summary: 39 runes, at most 38"},
		},
		{"no route", with(func(c *Command) { c.Route = "" }), []string{find + ".route: empty"}},
		{"no example", with(func(c *Command) { c.Example = "" }), []string{find + ".example: empty"}},
		{
			"an example that does not work", with(func(c *Command) { c.Example = "match find role:boss x" }),
			[]string{find + `.example: role: takes one of student, Staff or anybody at all, and "boss" is none of them.`},
		},
		{
			"an example of another", with(func(c *Command) { c.Example = "me" }),
			[]string{find + `.example: "me" does not call "match find"`},
		},
		{
			"an example with the root", with(func(c *Command) { c.Example = "/interlab match find x" }),
			[]string{find + `.example: "/interlab match find x" does not call "match find"`},
		},
		{
			"a third level", with(func(c *Command) { *c = Command{Name: "find", Summary: "x", Subs: []Command{{Name: "y"}}} }),
			[]string{find + ": a group below a group"},
		},
	} {
		if diff := cmp.Diff(test.want, faultLines(test.tree.Validate())); diff != "" {
			t.Errorf("%s: Validate() (-want +got):\n%s", test.about, diff)
		}
	}
}

func TestArgumentFaultsAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	const args = "commands[match].subs[find].args"
	for _, test := range []struct {
		about string
		arg   Arg
		want  []string
	}{
		{
			"a bad name",
			Arg{Name: "Who", Summary: "x"},
			[]string{args + `[Who].name: "Who" is not made of 1 to 32 of a-z, 0-9 and -`},
		},
		{
			"a name that reads as a number",
			Arg{Name: "2nd", Summary: "x"},
			[]string{args + `[2nd].name: "2nd" does not begin with a letter`},
		},
		{
			"a long summary",
			Arg{Name: "a", Summary: strings.Repeat("x", 25)},
			[]string{args + "[a].summary: 25 runes, at most 24"},
		},
		{
			"required behind optional",
			Arg{Name: "a", Summary: "x", Required: true},
			[]string{
				args + "[a]: required, but stands behind an optional one",
				`commands[match].subs[find].example: "match find" needs a: as well. For example: match find sparse autoencoders`,
			},
		},
		{"a name twice", Arg{Name: "topic", Summary: "x"}, []string{args + `: "topic" stands twice`}},
		{"an unknown kind", Arg{Name: "a", Summary: "x", Kind: "date"}, []string{args + `[a].kind: unknown kind "date"`}},
		{
			"choices of a text",
			Arg{Name: "a", Summary: "x", Choices: []string{"y"}},
			[]string{args + "[a].choices: only a choice has them"},
		},
		{"no choices", Arg{Name: "a", Summary: "x", Kind: ArgChoice}, []string{args + "[a].choices: empty"}},
		{
			"bad choices",
			Arg{Name: "a", Summary: "x", Kind: ArgChoice, Choices: []string{"y", "Y", "", "z ", strings.Repeat("z", 76)}},
			[]string{
				args + "[a].choices[2]: empty", args + `[a].choices[3]: "z " is not clean`,
				args + "[a].choices[4]: 76 bytes, at most 75", args + `[a].choices: "y" stands twice`,
			},
		},
		{
			"too many choices",
			Arg{Name: "a", Summary: "x", Kind: ArgChoice, Choices: numbered(26)},
			[]string{args + "[a].choices: 26 choices, at most 25"},
		},
	} {
		tree := with(func(c *Command) { c.Args = append(c.Args, test.arg) })
		if diff := cmp.Diff(test.want, faultLines(tree.Validate())); diff != "" {
			t.Errorf("%s: Validate() (-want +got):\n%s", test.about, diff)
		}
	}
}

func TestGroupsAndLevelsAreChecked(t *testing.T) {
	t.Parallel()
	tree := sample()
	tree.Commands[2].Route = "match"
	tree.Commands = append(tree.Commands,
		Command{Name: "me", Summary: "x", Route: "x", Example: "me"},
		Command{Name: "interlab", Summary: "x", Route: "x", Example: "me"})
	want := []string{
		`commands: "me" stands twice`,
		"commands[match]: a group has no route, arguments or example of its own",
		`commands[interlab].name: "interlab" is the root's own name`,
		`commands[interlab].example: "me" does not call "interlab"`,
	}
	if diff := cmp.Diff(want, faultLines(tree.Validate())); diff != "" {
		t.Errorf("Validate() (-want +got):\n%s", diff)
	}
}

func TestTreeThatIsTooLargeIsRefused(t *testing.T) {
	t.Parallel()
	tree := sample()
	for _, name := range numbered(MaxCommands) {
		c := Command{Name: "x" + name, Summary: "x", Route: "x", Example: "x" + name}
		for _, arg := range numbered(MaxCommands) {
			c.Args = append(c.Args, Arg{Name: arg, Summary: "twenty-four runes long.."})
		}
		tree.Commands = append(tree.Commands, c)
	}
	got := faultLines(tree.Validate())
	if len(got) != 2 || got[0] != "commands: 29 commands, at most 25" || !strings.HasSuffix(got[1], "at most 8000") {
		t.Errorf("Validate() = %q, want the number of commands and the length of all texts", got)
	}
}

package chat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// genNames draws different names that begin with a letter.
func genNames(least, most int) *rapid.Generator[[]string] {
	return rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z][a-z0-9-]{0,7}`), least, most, rapid.ID[string])
}

func genArgs() *rapid.Generator[[]Arg] {
	return rapid.Custom(func(t *rapid.T) []Arg {
		names := genNames(0, 4).Draw(t, "arguments")
		required := rapid.IntRange(0, len(names)).Draw(t, "required")
		args := make([]Arg, len(names))
		for i, name := range names {
			args[i] = Arg{
				Name: name, Summary: "something", Required: i < required,
				Kind: rapid.SampledFrom([]ArgKind{ArgText, ArgChoice, ArgNumber, ArgPerson}).Draw(t, "kind"),
			}
			if args[i].Kind == ArgChoice {
				args[i].Choices = []string{"yes", "No way", "maybe"}
			}
		}
		return args
	})
}

// genValue draws a value that an argument takes, clean and not blank.
func genValue(arg Arg) *rapid.Generator[string] {
	switch arg.Kind {
	case ArgChoice:
		return rapid.SampledFrom(arg.Choices)
	case ArgNumber:
		return rapid.StringMatching(`-?[0-9]{1,5}`)
	default:
		return rapid.Map(genText(), func(s string) string { return Clean("v" + s) })
	}
}

// drawCall draws a call of one leaf, with all required arguments.
func drawCall(t *rapid.T, path []string, leaf Command) Call {
	args := map[string]string{}
	for _, arg := range leaf.Args {
		if arg.Required || rapid.Bool().Draw(t, arg.Name) {
			args[arg.Name] = genValue(arg).Draw(t, arg.Name)
		}
	}
	return Call{Path: path, Args: args}
}

// genTree draws valid trees, with examples made by Format.
func genTree() *rapid.Generator[*Tree] {
	return rapid.Custom(func(t *rapid.T) *Tree {
		tree := &Tree{Name: "the-root", Summary: "Any tree", Start: "start"}
		leaf := func(path ...string) Command {
			c := Command{Name: path[len(path)-1], Summary: "A leaf", Route: strings.Join(path, "."), Args: genArgs().Draw(t, "args")}
			if rapid.Bool().Draw(t, "blank") {
				c.Blank = "blank"
			}
			return c
		}
		for _, name := range genNames(1, 5).Draw(t, "commands") {
			subs := genNames(0, 3).Draw(t, "subs")
			if len(subs) == 0 {
				tree.Commands = append(tree.Commands, leaf(name))
				continue
			}
			group := Command{Name: name, Summary: "A group"}
			for _, sub := range subs {
				group.Subs = append(group.Subs, leaf(name, sub))
			}
			tree.Commands = append(tree.Commands, group)
		}
		exemplify(t, tree)
		return tree
	})
}

// exemplify gives every leaf an example.
func exemplify(t *rapid.T, tree *Tree) {
	for i := range tree.Commands {
		top := &tree.Commands[i]
		if !top.group() {
			top.Example = tree.Format(drawCall(t, []string{top.Name}, *top))
		}
		for j := range top.Subs {
			sub := &top.Subs[j]
			sub.Example = tree.Format(drawCall(t, []string{top.Name, sub.Name}, *sub))
		}
	}
}

func TestAnyTreeIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tree := genTree().Draw(t, "tree")
		if err := tree.Validate(); err != nil {
			t.Fatalf("Validate() = %v, want nil", err)
		}
		for path, leaf := range tree.Leaves() {
			want := drawCall(t, path, leaf)
			for _, line := range []string{tree.Format(want), "/the-root " + tree.Format(want), "THE-ROOT " + tree.Format(want)} {
				got, err := tree.Parse(line)
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
					t.Errorf("Parse(%q) = %v (-want +got):\n%s", line, err, diff)
				}
			}
			goesSomewhere(t, tree, leaf, want)
		}
	})
}

// goesSomewhere checks the route of a call with and without its arguments.
func goesSomewhere(t *rapid.T, tree *Tree, leaf Command, c Call) {
	want := leaf.Route
	if len(c.Args) == 0 && leaf.Blank != "" {
		want = leaf.Blank
	}
	if got, ok := tree.Route(c); !ok || got != want {
		t.Errorf("Route(%+v) = %q, %v, want %q", c, got, ok, want)
	}
	required := len(leaf.Args) > 0 && leaf.Args[0].Required
	err := tree.Check(Call{Path: c.Path})
	if refused := required && leaf.Blank == ""; (err != nil) != refused {
		t.Errorf("Check(%v without arguments) = %v, want an error: %v", c.Path, err, refused)
	}
}

func TestHelpOfAnyTreeNamesWhatCanBeTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tree := genTree().Draw(t, "tree")
		overview := drawn(tree.Help(nil))
		for _, c := range tree.Commands {
			if !strings.Contains(overview, c.Name) {
				t.Errorf("Help() does not name %q:\n%s", c.Name, overview)
			}
		}
		for path, leaf := range tree.Leaves() {
			card := tree.Help(path)
			if err := card.Validate(); err != nil || card.Title != strings.Join(path, " ") {
				t.Errorf("Help(%q) = %q, %v, want a valid card with that title", path, card.Title, err)
			}
			if len(card.Fields) != len(leaf.Args) {
				t.Errorf("Help(%q) has %d fields, want one for each of %d arguments", path, len(card.Fields), len(leaf.Args))
			}
		}
	})
}

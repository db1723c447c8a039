package chat

import (
	"fmt"
	"slices"
	"strings"
)

// Validate reports every fault of the tree in one error, nil when there is
// none: names and texts that a platform would refuse, commands that are neither
// group nor leaf, arguments that cannot be given, examples that do not work.
func (t *Tree) Validate() error {
	var f faults
	f.name("name", t.Name)
	f.summary("summary", t.Summary, MaxSummary)
	f.filled("start", t.Start)
	f.level(t, nil, t.Commands)
	f.atMost("tree", t.TextLength(), MaxCommandText, "characters in all names and summaries")
	return f.err()
}

func (f *faults) summary(where, text string, limit int) {
	f.filled(where, text)
	f.atMost(where, length(text), limit, "runes")
}

// level checks the commands under a path.
func (f *faults) level(t *Tree, under []string, commands []Command) {
	where := "commands"
	for _, name := range under {
		where += "[" + name + "].subs"
	}
	f.atMost(where, len(commands), MaxCommands, "commands")
	f.unique(where, commandNames(commands))
	for _, c := range commands {
		path := append(slices.Clone(under), c.Name)
		at := where + "[" + c.Name + "]"
		f.name(at+".name", c.Name)
		if strings.EqualFold(c.Name, t.Name) {
			f.add(at+".name", "%q is the root's own name", c.Name)
		}
		f.summary(at+".summary", c.Summary, MaxSummary)
		switch {
		case !c.group():
			f.leaf(t, at, path, c)
		case len(under) > 0:
			f.add(at, "a group below a group")
		default:
			f.group(at, c)
			f.level(t, path, c.Subs)
		}
	}
}

// unique reports names that stand twice.
func (f *faults) unique(where string, names []string) {
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			f.add(where, "%q stands twice", name)
		}
	}
}

func (f *faults) group(where string, c Command) {
	if c.Route != "" || c.Blank != "" || c.Example != "" || len(c.Args) > 0 {
		f.add(where, "a group has no route, arguments or example of its own")
	}
}

func (f *faults) leaf(t *Tree, where string, path []string, c Command) {
	f.filled(where+".route", c.Route)
	f.args(where+".args", c.Args)
	f.filled(where+".example", c.Example)
	if blank(c.Example) {
		return
	}
	call, err := t.Parse(c.Example)
	switch {
	case err != nil:
		f.add(where+".example", "%v", err)
	case !slices.Equal(call.Path, path) || !strings.HasPrefix(c.Example, path[0]):
		f.add(where+".example", "%q does not call %s", c.Example, named(path))
	}
}

func (f *faults) args(where string, args []Arg) {
	f.atMost(where, len(args), MaxCommands, "arguments")
	names := make([]string, len(args))
	for i, arg := range args {
		names[i] = arg.Name
		at := where + "[" + arg.Name + "]"
		f.name(at+".name", arg.Name)
		if isName(arg.Name) && namePrefix(arg.Name+":") == "" {
			f.add(at+".name", "%q does not begin with a letter", arg.Name)
		}
		f.summary(at+".summary", arg.Summary, MaxArgSummary)
		if arg.Required && i > 0 && !args[i-1].Required {
			f.add(at, "required, but stands behind an optional one")
		}
		f.kind(at, arg)
	}
	f.unique(where, names)
}

func (f *faults) kind(where string, arg Arg) {
	switch arg.Kind {
	case ArgText, ArgNumber, ArgPerson:
		if len(arg.Choices) > 0 {
			f.add(where+".choices", "only a choice has them")
		}
	case ArgChoice:
		f.choices(where+".choices", arg.Choices)
	default:
		f.add(where+".kind", "unknown kind %q", arg.Kind)
	}
}

func (f *faults) choices(where string, choices []string) {
	if len(choices) == 0 {
		f.add(where, "empty")
	}
	f.atMost(where, len(choices), MaxOptions, "choices")
	folded := make([]string, len(choices))
	for i, choice := range choices {
		folded[i] = strings.ToLower(choice)
		at := fmt.Sprintf("%s[%d]", where, i)
		f.filled(at, choice)
		f.atMost(at, len(choice), MaxOptionText, "bytes")
		if Clean(choice) != choice {
			f.add(at, "%q is not clean", choice)
		}
	}
	f.unique(where, folded)
}

package chat

import (
	"maps"
	"slices"
)

// Check says whether a call that a platform has parsed may be made: the path
// leads to a leaf, every argument is one of its own, no required one is missing
// and every choice and number is one. A leaf with Blank may be called without
// any argument. The error is a *ParseError.
func (t *Tree) Check(c Call) error {
	if len(c.Path) == 0 {
		return nil
	}
	path, leaf, err := t.leaf(c.Path)
	switch {
	case err != nil:
		return err
	case len(path) < len(c.Path):
		return unknownSub(path, leaf, c.Path[len(path)])
	}
	return leaf.check(path, c.Args)
}

func (c Command) check(path []string, args map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(args)) {
		if !slices.ContainsFunc(c.Args, func(a Arg) bool { return a.Name == name }) {
			return unknownArg(path, c, name)
		}
	}
	if len(args) == 0 && c.Blank != "" {
		return nil
	}
	for _, arg := range c.Args {
		value, given := args[arg.Name]
		switch {
		case arg.Required && blank(value):
			return missing(path, c, arg)
		case given && !arg.fits(value):
			return misfit(path, arg, value)
		}
	}
	return nil
}

// order is the names of the arguments given, in the order of the leaf's own;
// names that it does not know come last.
func (c Command) order(args map[string]string) []string {
	var out []string
	for _, arg := range c.Args {
		if _, ok := args[arg.Name]; ok {
			out = append(out, arg.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(args)) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

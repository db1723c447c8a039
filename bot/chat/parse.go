package chat

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads a typed line: the path of a command, with or without the root's
// name in front, then its arguments as name:value, name:"value in quotes", or
// values alone in the arguments' order. Names are read in any case.
//
// Values alone are a word or a quoted text each. The last text argument takes
// all words from its own on, but for those at the end that fit the choices and
// numbers behind it; where a choice or a number before it does not fit then, an
// earlier text or a person takes them instead.
//
// A line without a command is a call without a path. The error is a *ParseError.
func (t *Tree) Parse(line string) (Call, error) {
	if n := utf8.RuneCountInString(line); n > MaxLine {
		return Call{}, tooLong(n)
	}
	typed := t.withoutRoot(tokens(Clean(line)))
	if len(typed) == 0 {
		return Call{}, nil
	}
	path, leaf, err := t.leaf(names(typed))
	if err != nil {
		return Call{}, err
	}
	args, err := leaf.read(path, typed[len(path):])
	if err != nil {
		return Call{}, err
	}
	call := Call{Path: path, Args: args}
	if err := t.Check(call); err != nil {
		return Call{}, err
	}
	return call, nil
}

// Format writes a call as one would type it, without the root's name; a call
// without a path is that name alone. Parse reads it back as the same call.
func (t *Tree) Format(c Call) string {
	if len(c.Path) == 0 {
		return t.Name
	}
	out := slices.Clone(c.Path)
	leaf, _ := t.Find(c.Path)
	for _, name := range leaf.order(c.Args) {
		out = append(out, name+":"+quote(c.Args[name]))
	}
	return strings.Join(out, " ")
}

// withoutRoot drops the slash and the root's name from the beginning.
func (t *Tree) withoutRoot(typed []token) []token {
	if len(typed) == 0 {
		return nil
	}
	first := strings.TrimPrefix(typed[0].raw, "/")
	if first == "" || strings.EqualFold(first, t.Name) {
		return typed[1:]
	}
	if first != typed[0].raw {
		typed[0] = token{raw: first, value: first}
	}
	return typed
}

// names are the words that may be a path: all as typed, for no quoted text and
// no argument is the name of a command.
func names(typed []token) []string {
	out := make([]string, len(typed))
	for i, w := range typed {
		out[i] = w.raw
	}
	return out
}

// leaf follows the names to a command that can be called; what stands behind it
// is its arguments.
func (t *Tree) leaf(names []string) ([]string, Command, error) {
	path, at := t.walk(names)
	switch {
	case len(path) == 0:
		return nil, Command{}, t.unknown(names[0])
	case at.group() && len(names) == len(path):
		return nil, Command{}, incomplete(path, at)
	case at.group():
		return nil, Command{}, unknownSub(path, at, names[len(path)])
	}
	return path, at, nil
}

// read gives the words behind the command's path to its arguments.
func (c Command) read(path []string, typed []token) (map[string]string, error) {
	args := map[string]string{}
	var loose []token
	for _, w := range typed {
		arg, known := c.arg(w.name)
		_, twice := args[arg.Name]
		switch {
		case w.open:
			return nil, unclosed(path, w)
		case !known && w.named():
			return nil, unknownArg(path, c, w.name)
		case !known:
			loose = append(loose, w)
		case w.value == "" && !w.quoted:
			return nil, noValue(path, arg)
		case twice:
			return nil, repeated(path, arg)
		default:
			args[arg.Name] = arg.tidy(w.value)
		}
	}
	if rest := c.fill(args, loose); len(rest) > 0 {
		return nil, tooMany(path, c, rest[0])
	}
	if len(args) == 0 {
		return nil, nil
	}
	return args, nil
}

// named reports whether the word must be meant as name:value although no such
// argument is known. Addresses, paths, C++ names and smileys are not.
func (w token) named() bool {
	return w.name != "" && (w.quoted || (w.value != "" && !strings.ContainsAny(w.value[:1], `/:\()`)))
}

// tidy is the value as it is kept: clean, a choice in the tree's spelling.
func (a Arg) tidy(value string) string {
	value = Clean(value)
	if choice, ok := a.choice(value); ok && a.Kind == ArgChoice {
		return choice
	}
	return value
}

// fits reports whether a value may be given for the argument.
func (a Arg) fits(value string) bool {
	switch a.Kind {
	case ArgChoice:
		return slices.Contains(a.Choices, value)
	case ArgNumber:
		_, err := strconv.Atoi(value)
		return err == nil
	default:
		return true
	}
}

package chat

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Find is the group or leaf that the names lead to, in any case.
func (t *Tree) Find(path []string) (Command, bool) {
	found, at := t.walk(path)
	return at, len(path) > 0 && len(found) == len(path)
}

// Leaves yields every command that can be called with its path, in the tree's
// order.
func (t *Tree) Leaves() iter.Seq2[[]string, Command] {
	return func(yield func([]string, Command) bool) {
		for _, top := range t.Commands {
			if !top.group() {
				if !yield([]string{top.Name}, top) {
					return
				}
				continue
			}
			for _, sub := range top.Subs {
				if !yield([]string{top.Name, sub.Name}, sub) {
					return
				}
			}
		}
	}
}

// Route is where a call goes: Start without a path, Blank for a leaf that has
// one and was called without arguments, else the leaf's Route. It reports false
// for a path that leads to no leaf.
func (t *Tree) Route(c Call) (route string, ok bool) {
	if len(c.Path) == 0 {
		return t.Start, true
	}
	leaf, ok := t.Find(c.Path)
	switch {
	case !ok || leaf.group():
		return "", false
	case len(c.Args) == 0 && leaf.Blank != "":
		return leaf.Blank, true
	default:
		return leaf.Route, true
	}
}

// TextLength is how many characters of MaxCommandText the tree takes: all names
// and summaries, and every choice twice, for it is sent as a name and as a value.
func (t *Tree) TextLength() int {
	n := length(t.Name, t.Summary)
	for _, top := range t.Commands {
		n += top.textLength()
		for _, sub := range top.Subs {
			n += sub.textLength()
		}
	}
	return n
}

func (c Command) textLength() int {
	n := length(c.Name, c.Summary)
	for _, arg := range c.Args {
		n += length(arg.Name, arg.Summary) + 2*length(arg.Choices...)
	}
	return n
}

func length(texts ...string) int {
	n := 0
	for _, text := range texts {
		n += utf8.RuneCountInString(text)
	}
	return n
}

// walk follows the names down the tree as far as they lead. It returns the
// names passed, as the tree spells them, and the last command reached.
func (t *Tree) walk(names []string) (path []string, at Command) {
	level := t.Commands
	for _, name := range names {
		i := slices.IndexFunc(level, func(c Command) bool { return strings.EqualFold(c.Name, name) })
		if i < 0 {
			break
		}
		at = level[i]
		path, level = append(path, at.Name), at.Subs
	}
	return path, at
}

// group reports whether the command only holds others.
func (c Command) group() bool { return len(c.Subs) > 0 }

// arg is the command's argument of that name, in any case.
func (c Command) arg(name string) (Arg, bool) {
	i := slices.IndexFunc(c.Args, func(a Arg) bool { return strings.EqualFold(a.Name, name) })
	if i < 0 {
		return Arg{}, false
	}
	return c.Args[i], true
}

// choice is the argument's choice of that name as the tree spells it.
func (a Arg) choice(value string) (string, bool) {
	i := slices.IndexFunc(a.Choices, func(c string) bool { return strings.EqualFold(c, value) })
	if i < 0 {
		return "", false
	}
	return a.Choices[i], true
}

package chat

import (
	"fmt"
	"strings"
)

// ParseError says why a line or a call is no call of the tree.
type ParseError struct {
	Text string   // what happened and what to do, for the person who typed
	Path []string // the command or group that was understood; empty where none was
}

// Error returns the sentence.
func (e *ParseError) Error() string { return e.Text }

// maxEcho is how many runes of what a person typed an answer repeats.
const maxEcho = 40

// echo is what a person typed, in quotes, shortened to maxEcho.
func echo(typed string) string { return `"` + Clip(CleanLine(typed), maxEcho) + `"` }

// named is a command's full name in quotes.
func named(path []string) string { return `"` + strings.Join(path, " ") + `"` }

// listed is "a, b and c", or with "or" as the last word "a, b or c".
func listed(items []string, last string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	end := len(items) - 1
	return strings.Join(items[:end], ", ") + " " + last + " " + items[end]
}

func fail(path []string, format string, args ...any) *ParseError {
	return &ParseError{Text: fmt.Sprintf(format, args...), Path: path}
}

func tooLong(runes int) *ParseError {
	return fail(nil, "That line has %d characters, and I can read %d at once. Please make it shorter.", runes, MaxLine)
}

func (t *Tree) unknown(typed string) *ParseError {
	if near, ok := t.suggest(nil, typed); ok {
		return fail(nil, "There is no command %s. Did you mean %s? Type help to see all.", echo(typed), named(near))
	}
	return fail(nil, "There is no command %s. Type help to see all.", echo(typed))
}

func incomplete(path []string, group Command) *ParseError {
	names := commandNames(group.Subs)
	return fail(path, "%s needs one more word: %s. For example: %s",
		named(path), listed(names, "or"), group.Subs[0].Example)
}

func unknownSub(path []string, under Command, typed string) *ParseError {
	if !under.group() {
		return fail(path, "%s is a whole command, and %s cannot follow it. Type help %s to see how it is used.",
			named(path), echo(typed), strings.Join(path, " "))
	}
	hint := ""
	if near, ok := nearest(typed, commandNames(under.Subs)); ok {
		hint = fmt.Sprintf(" Did you mean %s?", named(append(path[:len(path):len(path)], near)))
	}
	return fail(path, "%s does not know %s.%s It knows %s.",
		named(path), echo(typed), hint, listed(commandNames(under.Subs), "and"))
}

func unknownArg(path []string, leaf Command, typed string) *ParseError {
	names := make([]string, len(leaf.Args))
	for i, arg := range leaf.Args {
		names[i] = arg.Name
	}
	if len(names) == 0 {
		return fail(path, "%s takes nothing after it, so leave out %s.", named(path), echo(typed+":"))
	}
	hint := ""
	if near, ok := nearest(typed, names); ok {
		hint = fmt.Sprintf(" Did you mean %s:?", near)
	}
	return fail(path, "%s has no %s.%s It takes %s. A text with a colon in it goes in double quotes.",
		named(path), echo(typed+":"), hint, listed(names, "and"))
}

func repeated(path []string, arg Arg) *ParseError {
	return fail(path, "%s: is given twice. Please keep one of them.", arg.Name)
}

func noValue(path []string, arg Arg) *ParseError {
	return fail(path, `Nothing stands after %s: yet. Write the value right behind the colon, in double quotes where it has spaces: %[1]s:"..."`,
		arg.Name)
}

func unclosed(path []string, w token) *ParseError {
	return fail(path, `The quote before %s is not closed. Put a " where it ends.`, echo(w.value))
}

func missing(path []string, leaf Command, arg Arg) *ParseError {
	return fail(path, "%s needs %s: as well. For example: %s", named(path), arg.Name, leaf.Example)
}

func misfit(path []string, arg Arg, value string) *ParseError {
	if arg.Kind == ArgNumber {
		return fail(path, "%s: takes a whole number, such as 3, and %s is none.", arg.Name, echo(value))
	}
	return fail(path, "%s: takes one of %s, and %s is none of them.", arg.Name, listed(arg.Choices, "or"), echo(value))
}

func tooMany(path []string, leaf Command, w token) *ParseError {
	if len(leaf.Args) == 0 {
		return fail(path, "%s takes nothing after it, so leave out %s.", named(path), echo(w.raw))
	}
	return fail(path, "%s has no place for %s. Put a value of several words in double quotes. For example: %s",
		named(path), echo(w.text()), leaf.Example)
}

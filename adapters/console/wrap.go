package console

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	columns = 96 // the widest line, in runes, unless one word is longer
	inner   = "    "
	hanging = inner + "  "
)

// pack sets pieces one after the other, with sep between two on one line, and
// breaks before a piece that would not fit. A piece is never broken.
func pack(pieces []string, sep, first, rest string) string {
	var out strings.Builder
	out.WriteString(first)
	used, fresh := utf8.RuneCountInString(first), true
	for _, piece := range pieces {
		width := utf8.RuneCountInString(piece)
		switch {
		case fresh:
			fresh = false
		case used+len(sep)+width > columns:
			out.WriteString("\n" + rest)
			used = utf8.RuneCountInString(rest)
		default:
			out.WriteString(sep)
			used += len(sep)
		}
		out.WriteString(piece)
		used += width
	}
	return out.String()
}

// wrap sets a text with a hanging indent. The text's own line breaks stay, and so
// do spaces at which it must not break, with which tables have their columns.
func wrap(text, first, rest string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = pack(strings.FieldsFunc(line, func(r rune) bool { return r == ' ' }), " ", first, rest)
		first = rest
	}
	return strings.Join(lines, "\n")
}

// safe takes from a text what a terminal would obey instead of showing:
// control characters, and those that reverse the direction of writing. Where
// chat.Shown drops them, a mark stands here: whoever tries the bot sees that
// something was there.
func safe(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return utf8.RuneError
		}
		return r
	}, text)
}

// fold makes every run of white space one space.
func fold(text string) string { return strings.Join(strings.Fields(text), " ") }

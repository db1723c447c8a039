package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of a typed line: text without white space, a quoted text, or
// one of these behind a name and a colon.
type token struct {
	gap    string // the white space before it
	raw    string // as typed
	name   string // what may be an argument's name
	value  string // what stands behind the name, or the whole; without quotes
	quoted bool
	open   bool // a quote that is never closed
}

// text is the token's value where it stands for itself, without a name.
func (w token) text() string {
	if w.quoted && w.name == "" {
		return w.value
	}
	return w.raw
}

// tokens splits a line.
func tokens(line string) []token {
	var out []token
	for {
		rest := strings.TrimLeftFunc(line, unicode.IsSpace)
		if rest == "" {
			return out
		}
		next := scan(rest)
		next.gap = line[:len(line)-len(rest)]
		out, line = append(out, next), rest[len(next.raw):]
	}
}

// scan reads the token that line begins with.
func scan(line string) token {
	name := namePrefix(line)
	behind := line
	if name != "" {
		behind = line[len(name)+1:]
	}
	if closers(behind) != "" {
		value, size, closed := scanQuoted(behind)
		return token{raw: line[:len(line)-len(behind)+size], name: name, value: value, quoted: true, open: !closed}
	}
	size := bareSize(behind)
	return token{raw: line[:len(line)-len(behind)+size], name: name, value: behind[:size]}
}

// namePrefix is the name before a colon that line begins with, or nothing. A
// name begins with a letter, so that 12:30 is none.
func namePrefix(line string) string {
	name, _, found := strings.Cut(line[:min(len(line), MaxCommandName+1)], ":")
	if !found || !isName(strings.ToLower(name)) || name[0] <= '9' {
		return ""
	}
	return name
}

// bareSize is the length of the word that line begins with: up to white space,
// and beyond it inside the angle brackets of a platform's mention.
func bareSize(line string) int {
	start := 0
	if strings.HasPrefix(line, "<@") {
		start = max(0, strings.IndexByte(line, '>'))
	}
	if end := strings.IndexFunc(line[start:], unicode.IsSpace); end >= 0 {
		return start + end
	}
	return len(line)
}

// closers are the quotes that end what the quote at the beginning of text
// opens; none where text begins with no quote. Typographic quotes are closed by
// any of their shape, for every language and every phone pairs them otherwise.
func closers(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	for _, shape := range []string{`"`, "“”„‟", "«»", "＂"} {
		if first != utf8.RuneError && strings.ContainsRune(shape, first) {
			return shape
		}
	}
	return ""
}

// scanQuoted reads the quoted text that s begins with: what is inside, the size
// with its quotes in bytes, and whether it was closed. A backslash makes a quote
// or a backslash behind it an ordinary character.
func scanQuoted(s string) (value string, size int, closed bool) {
	ends := closers(s)
	_, at := utf8.DecodeRuneInString(s)
	var out strings.Builder
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		at += n
		if strings.ContainsRune(ends, r) {
			return out.String(), at, true
		}
		if next, m := utf8.DecodeRuneInString(s[at:]); r == '\\' && (next == '\\' || closers(s[at:]) != "") {
			r = next
			at += m
		}
		out.WriteRune(r)
	}
	return out.String(), at, false
}

// quote is the value as scan reads it back whatever follows: as it stands where
// that is plain.
func quote(value string) string {
	if value != "" && closers(value) == "" && !strings.ContainsFunc(value, unicode.IsSpace) &&
		(!strings.HasPrefix(value, "<@") || strings.Contains(value, ">")) {
		return value
	}
	return `"` + escapes.Replace(value) + `"`
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`) //nolint:gochecknoglobals // a table that is only read

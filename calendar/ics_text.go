package calendar

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isAddress reports whether text is the address of a page of the web, written as
// RFC 3986 asks for: nothing else may stand in a file that programs follow.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	notASCII := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"<>\\^`{|}", r) }
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil &&
		!strings.ContainsFunc(text, notASCII)
}

// oneLine is a text without line breaks and control characters.
func oneLine(text string) string {
	return strings.Join(strings.Fields(plainText(text)), " ")
}

// plainText is valid text in which LF is the only control character.
func plainText(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, string(utf8.RuneError)), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
			return '\n'
		case r != '\n' && unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
}

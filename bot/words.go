package bot

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"interlab/bot/chat"
)

// counted is a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// clip shortens what is quoted in a sentence, at a word where there is one.
func clip(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

// sentenceList joins with commas and a last "and".
func sentenceList(parts []string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// links are web addresses in free text: with a scheme, or a host with a path, or
// one that begins with www. Those are what platforms make links of.
var links = regexp.MustCompile(`(?i)\b(?:[a-z][a-z0-9+.-]*://|www\.|mailto:|(?:[\pL\pN-]+\.)+\pL{2,}/)\S*`)

// withoutLinks replaces web addresses in text from a stranger. Wide letters and
// other forms that look like a plain address are read as one.
func withoutLinks(s string) string {
	if plain := norm.NFKC.String(s); links.MatchString(plain) {
		return links.ReplaceAllString(plain, "[link left out]")
	}
	return s
}

// linkless is withoutLinks of a text.
func linkless(text chat.Text) chat.Text {
	out := make(chat.Text, len(text))
	for i, span := range text {
		switch span := span.(type) {
		case chat.Say:
			out[i] = chat.Say(withoutLinks(string(span)))
		case chat.Strong:
			out[i] = chat.Strong(withoutLinks(string(span)))
		default:
			out[i] = span
		}
	}
	return out
}

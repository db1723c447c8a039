package matching

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxRunes is how much of one text is read, in runes: four long abstracts.
// What follows is ignored, so that no pasted text can make work without bound.
const MaxRunes = 10_000

// token is one word as it stands in a text.
type token struct {
	text       string // folded: compatible forms and case are gone
	start, end int    // its bytes in the text
	apart      bool   // punctuation stands between it and the token before
	capital    bool   // it holds an upper-case letter
}

// tokenise cuts a text into words. Letters, marks and digits make words;
// a few written forms of research stay whole: c++, c#, 3-d, covid-19, x-ray.
func tokenise(text string) []token {
	var tokens []token
	apart := false
	limit := head(text, MaxRunes)
	for at := 0; at < limit; {
		r, size := utf8.DecodeRuneInString(text[at:limit])
		if !isWordRune(r) {
			apart = apart || separates(r)
			at += size
			continue
		}
		end := wordEnd(text[:limit], at)
		if folded := fold(text[at:end]); folded != "" {
			tokens = append(tokens, token{
				text: folded, start: at, end: end, apart: apart,
				capital: strings.ContainsFunc(text[at:end], unicode.IsUpper),
			})
			apart = false
		}
		at = end
	}
	return tokens
}

// head returns how many bytes the first limit runes of a text take.
func head(text string, limit int) int {
	if len(text) <= limit {
		return len(text)
	}
	for at := range text {
		if limit == 0 {
			return at
		}
		limit--
	}
	return len(text)
}

// wordEnd returns where the word ends that starts at a byte.
func wordEnd(text string, start int) int {
	end := partEnd(text, start)
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		next := partEnd(text, end+size)
		if next == end+size || !joins(text[start:end], r, text[end+size:next]) {
			break
		}
		end = next
	}
	if end-start == 1 && (strings.HasPrefix(text[end:], "++") || strings.HasPrefix(text[end:], "#")) {
		end += 1 + strings.Count(text[end:min(end+2, len(text))], "++")
	}
	return end
}

// partEnd returns where the run of word runes ends that starts at a byte.
// Invisible format runes (soft hyphens, joiners, direction marks) do not end it.
func partEnd(text string, start int) int {
	for at, r := range text[start:] {
		if !isWordRune(r) && (at == 0 || !unicode.Is(unicode.Cf, r)) {
			return start + at
		}
	}
	return len(text)
}

// joins reports whether the rune between two parts makes one word of them.
// A hyphen does where a name would fall apart without it: covid-19 and gpt-4,
// x-ray and k-means, 3-d and 5-ht; but not in multi-agent or 2010-2012.
func joins(left string, between rune, right string) bool {
	switch between {
	case '\'', '\u2019':
		return true
	case '-', '\u2010', '\u2011':
		switch {
		case allDigits(left):
			return len(left) <= 2 && len(right) <= 2 && !hasDigit(right)
		case hasDigit(left):
			return false
		case hasDigit(right[:1]):
			return len(right) <= 3
		default:
			return len(left) == 1 && !hasDigit(right)
		}
	default:
		return false
	}
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// separates reports whether a rune keeps its neighbours from being read as a pair.
func separates(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '\u2013', '\'', '\u2019', '*', '_', '`':
		return false
	default:
		return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
	}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func hasDigit(s string) bool { return strings.ContainsFunc(s, isDigit) }

func allDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !isDigit(r) })
}

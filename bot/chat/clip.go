package chat

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ellipsis stands where text was cut off.
const ellipsis = "…"

// Clip shortens s to at most limit runes, an ellipsis being the last of them
// where anything was cut.
func Clip(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return cut(s, limit-1) + ellipsis
}

// cut is the longest beginning of s of at most limit runes that ends between
// two characters as people see them, without white space at its end.
func cut(s string, limit int) string {
	runes := []rune(s)
	end := min(limit, len(runes))
	for end > 0 && !boundary(runes, end) {
		end--
	}
	return strings.TrimRightFunc(string(runes[:max(end, 0)]), unicode.IsSpace)
}

// boundary reports whether text may be cut before runes[i]: the rules of
// https://www.unicode.org/reports/tr29/#Grapheme_Cluster_Boundary_Rules for
// marks (GB9, GB9a), joined emoji (GB11) and flags (GB12), wherever they apply.
func boundary(runes []rune, i int) bool {
	if i == 0 || i == len(runes) {
		return true
	}
	if extends(runes[i]) || runes[i-1] == joiner {
		return false
	}
	if !unicode.Is(unicode.Regional_Indicator, runes[i]) {
		return true
	}
	flags := 0
	for flags < i && unicode.Is(unicode.Regional_Indicator, runes[i-1-flags]) {
		flags++
	}
	return flags%2 == 0
}

// extends reports whether r belongs to the character before it: marks, joiners,
// skin tones, and the tags that spell a flag.
func extends(r rune) bool {
	return unicode.Is(unicode.M, r) || r == joiner || r == nonJoiner ||
		(r >= 0x1F3FB && r <= 0x1F3FF) || (r >= 0xE0020 && r <= 0xE007F)
}

// runes is the length of the text as people read it.
func (t Text) runes() int {
	n := 0
	for _, span := range t {
		n += utf8.RuneCountInString(span.Plain())
	}
	return n
}

// clip shortens the text to at most limit runes. What is left keeps its kinds.
func (t Text) clip(limit int) Text {
	if t.runes() <= limit {
		return t
	}
	return t.cut(limit)
}

// cut is the text's beginning and an ellipsis, at most limit runes together.
// Say, Strong and Code are cut where the room ends. A link, a moment or a
// mention stands whole or not at all: half an address leads nowhere, and a time
// without its zone is wrong.
func (t Text) cut(limit int) Text {
	out := make(Text, 0, len(t)+1)
	left := limit - 1
	for _, span := range t {
		size := utf8.RuneCountInString(span.Plain())
		if size > left {
			out = append(out, cutSpan(span, left)...)
			break
		}
		out, left = append(out, span), left-size
	}
	return out.trail()
}

func cutSpan(span Span, limit int) Text {
	short := cut(span.Plain(), limit)
	if short == "" {
		return nil
	}
	switch span.(type) {
	case Say:
		return Text{Say(short)}
	case Strong:
		return Text{Strong(short)}
	case Code:
		return Text{Code(short)}
	}
	return nil
}

// trail puts the ellipsis behind the text.
func (t Text) trail() Text {
	if len(t) > 0 {
		if last, ok := t[len(t)-1].(Say); ok {
			trimmed := strings.TrimRightFunc(string(last), unicode.IsSpace)
			return append(slices.Clone(t[:len(t)-1]), Say(trimmed+ellipsis))
		}
	}
	return append(slices.Clone(t), Say(ellipsis))
}

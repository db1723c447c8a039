package chat

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks may follow each other. Scripts in use
// need up to four; long stacks only serve to paint over other lines.
const maxMarks = 5

const (
	joiner    = '\u200d' // ZERO WIDTH JOINER
	nonJoiner = '\u200c' // ZERO WIDTH NON-JOINER
	emojiLook = '\ufe0f' // VARIATION SELECTOR-16
)

// Clean is what a person typed, made safe to keep and to show: valid UTF-8 in
// NFC, lines ended by LF, tabs as spaces, nothing at the edges, and none of what
// cannot be seen or reaches beyond the text itself: control characters, controls
// of direction, zero-width and other invisible characters, stacks of marks.
// Joiners stay where a script or an emoji needs them. Clean(Clean(s)) = Clean(s).
func Clean(text string) string {
	text = strings.ToValidUTF8(text, string(unicode.ReplacementChar))
	text = lineEnds.Replace(text)
	for {
		// Removing a character can bring two together that compose, and a
		// composed character can be of another class; every further turn
		// removes something or is the last.
		next := strings.TrimSpace(norm.NFC.String(unmix(visible(norm.NFC.String(text)))))
		if next == text {
			return text
		}
		text = next
	}
}

// CleanLine is Clean on one line, with every run of white space as one space.
func CleanLine(text string) string {
	return strings.Join(strings.Fields(Clean(text)), " ")
}

var lineEnds = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n",
	"\t", " ",
)

// visible is the text without what Clean removes.
func visible(text string) string {
	var out strings.Builder
	var last, waiting rune // the last rune written, and a joiner that waits for the next
	marks := 0
	for _, r := range text {
		switch {
		case r == joiner || r == nonJoiner:
			waiting = r
			continue
		case hidden(r):
			continue
		case unicode.Is(unicode.M, r):
			marks++
			if marks > maxMarks || last == 0 || unicode.IsSpace(last) {
				continue
			}
		default:
			marks = 0
		}
		if waiting != 0 && joins(last, waiting, r) {
			out.WriteRune(waiting)
		}
		out.WriteRune(r)
		last, waiting = r, 0
	}
	return out.String()
}

// hidden reports whether r shows nothing by itself: controls but for the line
// end, and the default ignorable code points
// (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point) but for
// variation selectors, which choose how the character before them looks.
func hidden(r rune) bool {
	if unicode.Is(unicode.Cc, r) {
		return r != '\n'
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point) &&
		!unicode.In(r, unicode.Prepended_Concatenation_Mark, unicode.Variation_Selector)
}

// joins reports whether a joiner between two characters changes how they look.
func joins(before, joint, after rune) bool {
	if joint == joiner && emojiEnd(before) && emojiStart(after) {
		return true
	}
	return unicode.In(before, joining...) && unicode.In(after, joining...) && unicode.IsLetter(after)
}

func emojiEnd(r rune) bool {
	return unicode.Is(unicode.So, r) || r == emojiLook || (r >= 0x1F3FB && r <= 0x1F3FF)
}

// emojiStart reports whether r may follow a joiner in an emoji. The double
// arrow is the one part of an emoji that is no Symbol, other.
func emojiStart(r rune) bool { return unicode.Is(unicode.So, r) || r == '↔' }

// joining are the scripts whose letters have joined and unjoined forms
// (https://www.unicode.org/versions/latest/core-spec/chapter-23/#G25237).
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Nko, unicode.Mongolian,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
	unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

package chat

import (
	"strings"
	"unicode"
)

// Shown is a text as a platform may show it, line by line: tabs as spaces, and
// none of what reaches beyond the text itself, such as control characters and
// those that turn the direction of what stands behind them. It is what an
// adapter does with every text, wherever it comes from; Clean is for keeping.
func Shown(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r == unicode.ReplacementChar, unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
}

// ShownLine is Shown on one line, with every run of white space as one space.
func ShownLine(text string) string { return strings.Join(strings.Fields(Shown(text)), " ") }

// Quoted is the text for where nothing is formatted: as Plain, but code keeps the
// backticks that set it apart, which people read as "to be typed".
func (t Text) Quoted() string {
	var out strings.Builder
	for _, span := range t {
		if code, ok := span.(Code); ok {
			out.WriteString("`" + string(code) + "`")
			continue
		}
		out.WriteString(span.Plain())
	}
	return out.String()
}

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
// backticks that set it apart, which people read as "to be typed". It is Shown.
func (t Text) Quoted() string {
	var out strings.Builder
	for _, span := range t {
		if code, ok := span.(Code); ok && code != "" {
			out.WriteString("`" + string(code) + "`")
			continue
		}
		out.WriteString(span.Plain())
	}
	return Shown(out.String())
}

// Shown is the message as a platform may show it: within the limits, and with
// its plain texts as ShownLine has them. Write shows the others.
func (m Message) Shown() Message {
	m = m.Clip() // which leaves what others hold alone
	m.Title = ShownLine(m.Title)
	for i := range m.Fields {
		m.Fields[i].Name = ShownLine(m.Fields[i].Name)
	}
	for _, row := range m.Rows {
		for i := range row.Buttons {
			row.Buttons[i].Label = ShownLine(row.Buttons[i].Label)
		}
		if row.Menu != nil {
			row.Menu.Hint = ShownLine(row.Menu.Hint)
			showOptions(row.Menu.Options)
		}
	}
	return m
}

// Shown is the form as a platform may show it, see that of a message. Every text
// has its limit.
func (f Form) Shown() Form {
	f = f.Clip() // which leaves what others hold alone
	f.Title, f.Submit = ShownLine(f.Title), ShownLine(f.Submit)
	for i := range f.Fields {
		field := &f.Fields[i]
		field.Label, field.Hint, field.Max = ShownLine(field.Label), ShownLine(field.Hint), field.limit()
		if len(field.Options) == 0 {
			field.Value = Shown(field.Value)
		}
		showOptions(field.Options)
	}
	return f
}

func showOptions(options []Option) {
	for i := range options {
		options[i].Label, options[i].Hint = ShownLine(options[i].Label), ShownLine(options[i].Hint)
	}
}

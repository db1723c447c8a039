package console

import (
	"fmt"
	"strings"

	"interlab/bot/chat"
)

// block is one part of what is shown: a text that is wrapped, or pieces that
// are kept whole.
type block struct {
	text   string
	pieces []string // buttons or options; sep stands between them
	sep    string
	deep   bool // belongs to the block above
}

// print sets the block below a header.
func (b block) print() string {
	first, rest := inner, hanging
	if b.deep {
		first, rest = hanging, hanging+"  "
	}
	switch {
	case b.pieces == nil:
		return wrap(b.text, first, rest)
	case b.text == "":
		return pack(b.pieces, b.sep, first, rest)
	}
	return pack(append([]string{b.text}, b.pieces...), b.sep, first, rest)
}

// plain is the block on one line, as expectations look into it.
func (b block) plain() string {
	return fold(b.text + " " + strings.Join(b.pieces, " "))
}

// layout is a message's parts below its title, in the order of the message.
func layout(m chat.Message) []block {
	var out []block
	for _, paragraph := range m.Body {
		out = append(out, block{text: spans(paragraph)})
	}
	for _, field := range m.Fields {
		out = append(out, block{text: safe(field.Name) + ": " + spans(field.Value)})
	}
	if len(m.Note) > 0 {
		out = append(out, block{text: spans(m.Note)})
	}
	out = append(out, controls(m.Rows)...)
	for _, file := range m.Attachments {
		out = append(out, block{text: attachment(file)})
	}
	return out
}

// controls numbers buttons over all rows, and options over all menus.
func controls(rows []chat.Row) []block {
	var out []block
	buttons, options := 0, 0
	for _, row := range rows {
		if row.Menu != nil {
			out = append(out, block{text: menuHead(*row.Menu), pieces: choices(row.Menu.Options, &options), sep: " "})
			continue
		}
		var pieces []string
		for _, button := range row.Buttons {
			buttons++
			pieces = append(pieces, fmt.Sprintf("[%d] %s", buttons, line(button.Label)))
		}
		out = append(out, block{pieces: pieces, sep: "   "})
	}
	return out
}

func menuHead(m chat.Menu) string {
	if m.Hint == "" {
		return "menu:"
	}
	return "menu: " + line(m.Hint) + ":"
}

func choices(options []chat.Option, count *int) []string {
	out := make([]string, len(options))
	for i, option := range options {
		*count++
		out[i] = fmt.Sprintf("(%d) %s", *count, line(option.Label))
		if option.Hint != "" {
			out[i] += " - " + line(option.Hint)
		}
	}
	return out
}

func attachment(a chat.Attachment) string {
	text := fmt.Sprintf("file: %s (%s, %d bytes)", line(a.Name), line(a.Type), len(a.Data))
	if a.Alt != "" {
		text += ": " + line(a.Alt)
	}
	return text
}

// formLayout is a form's fields, each with the name that fill uses and the
// value that stands in it.
func formLayout(f chat.Form) []block {
	var out []block
	for _, field := range f.Fields {
		out = append(out, block{text: fieldHead(field) + ": " + safe(field.Value)})
		if field.Hint != "" {
			out = append(out, block{text: line(field.Hint), deep: true})
		}
		if len(field.Options) > 0 {
			count := 0
			out = append(out, block{text: "one of:", pieces: choices(field.Options, &count), sep: " ", deep: true})
		}
	}
	return append(out, block{text: "fill to send: " + line(f.Submit)})
}

func fieldHead(f chat.FormField) string {
	head := fmt.Sprintf("%s (%s", line(f.Label), f.Name)
	if f.Required {
		head += ", required"
	}
	return head + ")"
}

// spans prints a text as a terminal can: without emphasis, code in backticks,
// a person's name behind an @, and a moment in the zone that its fallback names.
func spans(text chat.Text) string {
	var out strings.Builder
	for _, span := range text {
		switch span.(type) {
		case chat.Code:
			out.WriteString("`" + span.Plain() + "`")
		case chat.Mention:
			out.WriteString("@" + span.Plain())
		default:
			out.WriteString(span.Plain())
		}
	}
	return safe(out.String())
}

// line is a label, hint or title, which has no line breaks.
func line(text string) string { return fold(safe(text)) }

package chat

import (
	"slices"
	"unicode/utf8"
)

// paragraphGap is how many runes stand between two paragraphs: an empty line.
const paragraphGap = 2

// Clip is the message with everything that people read shortened to the limits,
// an ellipsis standing where text was cut. Where the whole is longer than
// MaxMessage the body gives way first, then the note, then the last fields.
// References and values are never changed. The receiver keeps what it has.
func (m Message) Clip() Message {
	m.Title = Clip(m.Title, MaxTitle)
	m.Body = clipBody(m.Body, MaxBody)
	m.Note = m.Note.clip(MaxNote)
	m.Fields = slices.Clone(m.Fields)
	for i, field := range m.Fields {
		m.Fields[i] = Field{Clip(field.Name, MaxFieldName), field.Value.clip(MaxFieldValue)}
	}
	m.Rows = clipRows(m.Rows)
	m.fit()
	return m
}

// fit shortens the parts that are already within their own limits, until the
// whole is within MaxMessage. A part that had text keeps at least the ellipsis.
func (m *Message) fit() {
	room := func(size int) int { return max(1, size-(m.runes()-MaxMessage)) }
	if m.runes() > MaxMessage {
		m.Body = clipBody(m.Body, room(bodyRunes(m.Body)))
	}
	if m.runes() > MaxMessage {
		m.Note = m.Note.clip(room(m.Note.runes()))
	}
	for i := len(m.Fields) - 1; i >= 0 && m.runes() > MaxMessage; i-- {
		m.Fields[i].Value = m.Fields[i].Value.clip(room(m.Fields[i].Value.runes()))
	}
}

// runes is the length of all that MaxMessage bounds.
func (m *Message) runes() int {
	n := utf8.RuneCountInString(m.Title) + bodyRunes(m.Body) + m.Note.runes()
	for _, field := range m.Fields {
		n += utf8.RuneCountInString(field.Name) + field.Value.runes()
	}
	return n
}

// bodyRunes is the length of the paragraphs with the gaps between them.
func bodyRunes(body []Text) int {
	n := paragraphGap * max(0, len(body)-1)
	for _, paragraph := range body {
		n += paragraph.runes()
	}
	return n
}

// clipBody shortens every paragraph to MaxParagraph and all together to limit.
// Paragraphs are dropped from the end; the last one left ends in an ellipsis.
func clipBody(body []Text, limit int) []Text {
	body = slices.Clone(body)
	for i, paragraph := range body {
		body[i] = paragraph.clip(MaxParagraph)
	}
	if bodyRunes(body) <= limit {
		return body
	}
	left := limit
	for i, paragraph := range body {
		gap := paragraphGap * min(i, 1)
		size := paragraph.runes()
		switch {
		case gap+size <= left:
			left -= gap + size
		case gap < left:
			body[i] = paragraph.cut(left - gap)
			return body[:i+1]
		default:
			last := body[i-1]
			body[i-1] = last.cut(min(last.runes()+left, MaxParagraph))
			return body[:i]
		}
	}
	return body
}

func clipRows(rows []Row) []Row {
	rows = slices.Clone(rows)
	for i, row := range rows {
		buttons := slices.Clone(row.Buttons)
		for j := range buttons {
			buttons[j].Label = Clip(buttons[j].Label, MaxLabel)
		}
		rows[i].Buttons = buttons
		if row.Menu != nil {
			rows[i].Menu = row.Menu.clip()
		}
	}
	return rows
}

func (m Menu) clip() *Menu {
	m.Hint = Clip(m.Hint, MaxMenuHint)
	m.Options = clipOptions(m.Options)
	return &m
}

func clipOptions(options []Option) []Option {
	options = slices.Clone(options[:min(len(options), MaxOptions)])
	for i := range options {
		options[i].Label = Clip(options[i].Label, MaxOptionText)
		options[i].Hint = Clip(options[i].Hint, MaxOptionText)
	}
	return options
}

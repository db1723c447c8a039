package calendar

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// Event is one appointment as a calendar file has it. Its texts are plain: what
// is special in the file's format is escaped, line breaks are kept only in
// Description, and control characters are left out.
type Event struct {
	// UID names the event for ever and everywhere, as "id@domain". It must not
	// depend on the time or the title, which change.
	UID string
	// Sequence grows with each change of time, place or status, and never shrinks.
	Sequence int
	// Created is when the event was first published, and Changed when anything
	// about it changed last. The file depends on nothing else, so equal events
	// give equal bytes.
	Created, Changed time.Time
	// Start and End bound the event. They are written in UTC, for there is no
	// other form that all programs read alike.
	Start, End time.Time
	// Cancelled says that the event does not take place.
	Cancelled bool
	Summary   string
	// Description may have several lines.
	Description string
	Location    string
	// URL is a web address, or empty.
	URL string
}

// productID names the writer of the file, as RFC 5545, section 3.7.3, asks for.
const productID = "-//interlab//EN"

// File returns a calendar of that one event (RFC 5545): UTF-8, lines ended by
// CR LF and at most 75 octets long. It has no METHOD, so that a program which
// opens it adds the event and offers no answers to anybody.
func (e Event) File() []byte {
	file := ics.NewCalendar()
	file.SetProductId(productID)
	event := file.AddEvent(oneLine(e.UID))
	event.SetDtStampTime(e.Changed)
	event.SetCreatedTime(e.Created)
	event.SetModifiedAt(e.Changed)
	event.SetSequence(e.Sequence)
	event.SetStartAt(e.Start)
	event.SetEndAt(e.End)
	event.SetStatus(ics.ObjectStatusConfirmed)
	event.SetSummary(oneLine(e.Summary))
	if e.Cancelled {
		event.SetStatus(ics.ObjectStatusCancelled)
		event.SetSummary("CANCELLED: " + oneLine(e.Summary)) // some programs show a cancelled event like any other
	}
	if e.Description != "" {
		event.SetDescription(plainText(e.Description))
	}
	if e.Location != "" {
		event.SetLocation(oneLine(e.Location))
	}
	if e.URL != "" {
		event.SetURL(oneLine(e.URL))
	}
	return []byte(file.Serialize(ics.WithNewLineWindows))
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

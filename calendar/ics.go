package calendar

import (
	"cmp"
	"slices"
	"time"

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
	// URL is the address of a page about the event. What is no address of the web
	// is left out of the file.
	URL string
	// Categories are topics, in any order.
	Categories []string
	// Series is the UID of the series that the event is one of, or empty.
	Series string
}

// Feed is a calendar that programs fetch again and again.
type Feed struct {
	// Name is what programs call it, and Description says what is in it.
	Name, Description string
	// Events are what is on. Their order does not matter; each UID may occur once.
	Events []Event
}

// productID names the writer of the file, as RFC 5545, section 3.7.3, asks for.
const productID = "-//interlab//EN"

// refreshEvery is how often programs are asked to fetch a feed (RFC 7986, section
// 5.7); many take no notice.
const refreshEvery = "PT1H"

// File returns a calendar of that one event (RFC 5545): UTF-8, lines ended by
// CR LF and at most 75 octets long. It has no METHOD, so that a program which
// opens it adds the event and offers no answers to anybody.
func (e Event) File() []byte {
	file := newFile()
	e.addTo(file)
	return []byte(file.Serialize(ics.WithNewLineWindows))
}

// File returns the feed as a calendar, as that of an Event. Events are ordered by
// start and UID, so that equal feeds give equal bytes. A feed without events is a
// calendar without events, which RFC 5545 does not foresee but programs read.
func (f Feed) File() []byte {
	file := newFile()
	file.SetName(oneLine(f.Name))
	file.SetXWRCalName(oneLine(f.Name)) // what programs read that do not know RFC 7986
	file.SetDescription(oneLine(f.Description))
	file.SetXWRCalDesc(oneLine(f.Description))
	file.SetRefreshInterval(refreshEvery)
	file.SetXPublishedTTL(refreshEvery)
	events := slices.Clone(f.Events)
	slices.SortFunc(events, func(a, b Event) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.UID, b.UID)) })
	for _, e := range events {
		e.addTo(file)
	}
	return []byte(file.Serialize(ics.WithNewLineWindows))
}

func newFile() *ics.Calendar {
	file := ics.NewCalendar()
	file.SetProductId(productID)
	file.SetCalscale("GREGORIAN")
	return file
}

// addTo writes the event.
func (e Event) addTo(file *ics.Calendar) {
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
	if isAddress(e.URL) {
		event.SetURL(e.URL)
	}
	for _, topic := range slices.Sorted(slices.Values(e.Categories)) {
		event.AddCategory(oneLine(topic))
	}
	if e.Series != "" {
		event.SetProperty("RELATED-TO", oneLine(e.Series), &ics.KeyValues{Key: "RELTYPE", Value: []string{"PARENT"}})
	}
}

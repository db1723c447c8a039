package calendar_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/calendar"
	"interlab/calendar/icstest"
)

// talk is an event with everything that a writer gets wrong.
func talk() calendar.Event {
	return calendar.Event{
		UID: "abc@test.interlab", Sequence: 2,
		Created: time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC), Changed: time.Date(2026, 10, 2, 9, 30, 0, 0, time.UTC),
		Start: time.Date(2026, 11, 3, 14, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 3, 15, 0, 0, 0, time.UTC),
		Summary:     "Sparse codes; or, \\how\\ to read a model\r\nEND:VCALENDAR",
		Description: "Tue 3 Nov 2026, 15:00 Berlin (UTC+1)\n\nÜber Größen 🙂, and a bell\a.",
		Location:    "Room 3, https://meet.example/x", URL: "https://meet.example/x?a=1,2;b",
		Categories: []string{"sparse codes", "maps, and; \\ more"}, Series: "s1@test.interlab",
	}
}

func TestAnEventIsWrittenAsCalendarProgramsReadIt(t *testing.T) {
	t.Parallel()
	want := strings.Join([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//interlab//EN", "CALSCALE:GREGORIAN", "BEGIN:VEVENT",
		"UID:abc@test.interlab",
		"DTSTAMP:20261002T093000Z", "CREATED:20261001T080000Z", "LAST-MODIFIED:20261002T093000Z", "SEQUENCE:2",
		"DTSTART:20261103T140000Z", "DTEND:20261103T150000Z", "STATUS:CONFIRMED",
		`SUMMARY:Sparse codes\; or\, \\how\\ to read a model END:VCALENDAR`,
		`DESCRIPTION:Tue 3 Nov 2026\, 15:00 Berlin (UTC+1)\n\nÜber Größen 🙂\, and a bell.`,
		`LOCATION:Room 3\, https://meet.example/x`, "URL:https://meet.example/x?a=1,2;b",
		`CATEGORIES:maps\, and\; \\ more`, "CATEGORIES:sparse codes", "RELATED-TO;RELTYPE=PARENT:s1@test.interlab",
		"END:VEVENT", "END:VCALENDAR",
	}, "\n")
	if diff := cmp.Diff(want, strings.Join(lint(t, talk().File()), "\n")); diff != "" {
		t.Errorf("File() differs (-want +got):\n%s", diff)
	}
}

func TestACancelledEventSaysSoInStatusAndTitle(t *testing.T) {
	t.Parallel()
	e := talk()
	e.Cancelled = true
	lines := lint(t, e.File())
	for _, want := range []string{"STATUS:CANCELLED", `SUMMARY:CANCELLED: Sparse codes\; or\, \\how\\ to read a model END:VCALENDAR`} {
		if !slices.Contains(lines, want) {
			t.Errorf("File() lacks %q: %q", want, lines)
		}
	}
}

func TestTimesOfAnyZoneAreWrittenInUTC(t *testing.T) {
	t.Parallel()
	e := talk()
	plain := e.File()
	away := time.FixedZone("away", -7*3600)
	e.Start, e.End, e.Created, e.Changed = e.Start.In(away), e.End.In(away), e.Created.In(away), e.Changed.In(away)
	if !bytes.Equal(plain, e.File()) {
		t.Errorf("File() depends on the zone of its times:\n%s", e.File())
	}
}

// Whatever people typed, the bytes are lawful and nothing of it becomes a
// property.
func TestAnyTextMakesALawfulFile(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([\x00-\x7f]|\r\n|END:VCALENDAR|é|🙂|[;,\\]){0,300}`), rapid.StringN(0, 400, -1))
	rapid.Check(t, func(r *rapid.T) {
		e := talk()
		e.Summary, e.Description, e.Location = text.Draw(r, "summary"), text.Draw(r, "description"), text.Draw(r, "location")
		e.Cancelled = rapid.Bool().Draw(r, "cancelled")
		if faults := icstest.Faults(e.File()); len(faults) > 0 {
			r.Fatalf("File() of %+v: %s\n%q", e, strings.Join(faults, "; "), e.File())
		}
	})
}

// lint fails on what RFC 5545 forbids and returns the unfolded lines.
func lint(t *testing.T, file []byte) []string {
	t.Helper()
	for _, fault := range icstest.Faults(file) {
		t.Errorf("File(): %s", fault)
	}
	text := strings.ReplaceAll(string(file), "\r\n ", "")
	return strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n")
}

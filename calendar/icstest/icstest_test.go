package icstest_test

import (
	"strings"
	"testing"

	"interlab/calendar/icstest"
)

// good is a file without a fault.
const good = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
CALSCALE:GREGORIAN
REFRESH-INTERVAL;VALUE=DURATION:PT1H
BEGIN:VEVENT
UID:a@test.interlab
DTSTAMP:20261002T093000Z
CREATED:20261001T080000Z
LAST-MODIFIED:20261002T093000Z
SEQUENCE:2
DTSTART:20261103T140000Z
DTEND:20261103T150000Z
STATUS:CONFIRMED
SUMMARY:Maps\, and more
URL:https://x.example/a
RELATED-TO;RELTYPE=PARENT:s@test.interlab
END:VEVENT
END:VCALENDAR
`

func file(text string) []byte { return []byte(strings.ReplaceAll(text, "\n", "\r\n")) }

func TestAGoodFileHasNoFaults(t *testing.T) {
	t.Parallel()
	if faults := icstest.Faults(file(good)); faults != nil {
		t.Errorf("Faults() = %q, want none", faults)
	}
	folded := strings.Replace(good, "Maps", "Ma\n ps", 1)
	if faults := icstest.Faults(file(folded)); faults != nil {
		t.Errorf("Faults() of a folded line = %q, want none", faults)
	}
}

func TestEveryFaultIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, new, want string }{
		{"END:VCALENDAR\n", "END:VCALENDAR", "the last line has no end"},
		{"Maps", strings.Repeat("x", 70), "octets"},
		{"VERSION:2.0\n", "VERSION:2.0\n\n", "an empty line"},
		{"Maps", "\xff", "no UTF-8"},
		{"Maps", "a\tb", "a control character"},
		{"Maps", "a\rb", "a control character"},
		{`\,`, ",", "SUMMARY"},
		{`\,`, `\x`, "SUMMARY"},
		{"DTSTART:20261103T140000Z", "DTSTART:20261103T140000", "DTSTART"},
		{"DTSTART:", "DTSTART;TZID=Europe/Berlin:", "DTSTART"},
		{"DTSTART:20261103T140000Z", "DTSTART:20261303T140000Z", "DTSTART"},
		{"DTEND:20261103T15", "DTEND:20261103T14", "ends before it begins"},
		{"CONFIRMED", "CANCELED", "STATUS"},
		{"CONFIRMED", "CANCELLED", "is CANCELLED and called"},
		{"SEQUENCE:2", "SEQUENCE:-1", "SEQUENCE"},
		{"SEQUENCE:2\n", "", "0 times SEQUENCE"},
		{"UID:a@test.interlab", "UID:a", "UID"},
		{"SUMMARY:", "SUMMARY:a\nSUMMARY:", "2 times SUMMARY"},
		{"LAST-MODIFIED:20261002", "LAST-MODIFIED:20261003", "was stamped at"},
		{"https://x.example/a", "https://ana:x@x.example/a", "URL"},
		{"RELTYPE=PARENT", "RELTYPE=CHILD", "RELATED-TO"},
		{"VERSION:2.0", "VERSION:1.0", "VERSION"},
		{"CALSCALE:GREGORIAN\n", "METHOD:PUBLISH\n", "METHOD"},
		{"BEGIN:VEVENT", "BEGIN:VTIMEZONE", "BEGIN:VTIMEZONE"},
		{"END:VEVENT\n", "", "not one whole calendar"},
		{"SUMMARY:", "ATTENDEE:mailto:x@y\nSUMMARY:", "ATTENDEE"},
		{"SUMMARY:", "no property\nSUMMARY:", "no property"},
		{"BEGIN:VEVENT", strings.TrimSuffix(good[strings.Index(good, "BEGIN:VEVENT"):strings.Index(good, "END:VCAL")], "\n") + "\nBEGIN:VEVENT", "is there twice"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		if faults := strings.Join(icstest.Faults(file(text)), "; "); text == good || !strings.Contains(faults, c.want) {
			t.Errorf("Faults() with %.40q = %q, want %q", c.new, faults, c.want)
		}
	}
	for _, text := range []string{"", "x", "\n", "BEGIN:VCALENDAR\nBEGIN:VCALENDAR\n"} {
		if icstest.Faults(file(text)) == nil {
			t.Errorf("Faults(%q) finds nothing", text)
		}
	}
}

func FuzzFaults(f *testing.F) {
	f.Add(good)
	f.Add("END:\r\nEND:")
	f.Fuzz(func(t *testing.T, text string) {
		if !strings.Contains(text, "UID:") && icstest.Faults([]byte(text)) == nil && strings.Contains(text, "VEVENT") {
			t.Fatalf("Faults(%q) finds nothing", text)
		}
	})
}

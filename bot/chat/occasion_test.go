package chat

import (
	"testing"
	"time"
)

func TestAnOccasionReadsAsACard(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 3, 14, 0, 0, 0, time.UTC)
	o := Occasion{Title: "Sparse codes", Start: start, End: start.Add(time.Hour), Where: "Room 3", About: []Text{T("Ana speaks.")}}
	m := o.Message()
	if err := m.Validate(); err != nil {
		t.Fatalf("Message() = %v", err)
	}
	if got, want := m.Fields[0].Value.Plain(), "Tue 3 Nov 2026, 14:00 to 15:00 UTC"; got != want || m.Title != "Sparse codes" {
		t.Errorf("Message() = %q at %q, want %q", m.Title, got, want)
	}
	o.Cancelled = true
	if got := o.Message().Title; got != "Cancelled: Sparse codes" {
		t.Errorf("Message().Title of a cancelled one = %q", got)
	}
}

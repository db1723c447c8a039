package chat

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What is kept in a store must be readable by the next version: a difference
// here is a change of the format of everything that waits there.

func keptMessage() Message {
	at := time.Date(2026, 12, 1, 9, 30, 0, 0, time.UTC)
	return Message{
		Title: "Bo knows sparse autoencoders",
		Body: []Text{T("Ask ", Mention{Name: "Bo", Accounts: []Account{{Platform: "p", User: "7"}, {Platform: "q", Team: "T", User: "U"}}},
			" about ", Strong("<*>"), " with ", Code("match find"), ", see ", Link{Label: "paper", URL: "https://example.org/p"},
			" at ", When{At: at, Fallback: "1 Dec 09:30 UTC"})},
		Fields: []Field{{Name: "Lab", Value: T("Noether")}},
		Note:   T("Nobody was told yet."),
		Rows: []Row{
			NewRow(Button{Label: "Ask", Ref: Ref{"match.ask", "p1"}, Tone: Main}, Button{Label: "No", Ref: Ref{Route: "match.no"}}),
			NewMenu(Menu{Ref: Ref{"match.why", "p1"}, Hint: "Why", Options: []Option{{Label: "Busy", Value: "busy", Hint: "this week"}}}),
		},
		Attachments: []Attachment{{Name: "a.png", Type: "image/png", Alt: "A map", Data: []byte{1, 2}}},
	}
}

func keptEvents() []Event {
	inputs := []Input{
		Line{Text: "match find optics"},
		Call{Path: []string{"match", "find"}, Args: map[string]string{"topic": "optics"}},
		Press{Ref: Ref{"match.ask", "p1"}, Values: []string{"busy"}, On: Posted{Place{Home{"p", "h"}, "c"}, "m1"}},
		Submission{Ref: Ref{"match.form", "d1"}, Values: map[string]string{"topic": "optics"}},
		Happening{What: ChannelGone},
	}
	events := make([]Event, len(inputs))
	for i, input := range inputs {
		events[i] = Event{
			ID: "p:1", At: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), From: Account{"p", "T", "U"}, Name: "Ana",
			In: Place{Home: Home{"p", "h"}}, Handle: Handle{Token: "t", Expires: time.Date(2026, 12, 1, 9, 15, 0, 0, time.UTC)}, Input: input,
		}
	}
	return events
}

func TestKeptFormatsStayReadable(t *testing.T) {
	t.Parallel()
	readable(t, "message.json", keptMessage())
	readable(t, "events.json", keptEvents())
}

// readable compares a value with the kept file, both as it is written and as
// the file reads.
func readable[T any](t *testing.T, name string, want T) {
	t.Helper()
	path := filepath.Join("testdata", name)
	written, err := json.MarshalIndent(want, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, append(written, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got T
	if err := json.Unmarshal(kept, &got); err != nil {
		t.Fatalf("Unmarshal(%s) = %v, want no error", name, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s reads as (-want +got):\n%s", name, diff)
	}
	if diff := cmp.Diff(string(kept), string(written)+"\n"); diff != "" {
		t.Errorf("%s would be written as (-kept +now), go test -update writes it anew:\n%s", name, diff)
	}
}

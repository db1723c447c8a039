package chat

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestEventsAreReadBackAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := genEvent().Draw(t, "event")
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatalf("Marshal(%+v) = %v, want no error", want, err)
		}
		var got Event
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("Unmarshal(%s) = %v, want no error", data, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Unmarshal(Marshal(event)) (-want +got):\n%s", diff)
		}
	})
}

func TestEventNamesTheKindOfItsInput(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		input Input
		want  string
	}{
		{Line{Text: "hi"}, `"kind":"line","input":{"text":"hi"}`},
		{Call{Path: []string{"me"}}, `"kind":"call","input":{"path":["me"]}`},
		{Press{Ref: Ref{"a", "1"}}, `"kind":"press","input":{"ref":"a:1"}`},
		{Submission{Ref: Ref{Route: "a"}}, `"kind":"form","input":{"ref":"a","values":null}`},
		{Happening{BotAdded}, `"kind":"home","input":{"what":"added"}`},
	} {
		data, err := json.Marshal(Event{ID: "1", Input: test.input})
		if err != nil || !strings.Contains(string(data), test.want) {
			t.Errorf("Marshal(%+v) = %s, %v, want it to contain %s", test.input, data, err, test.want)
		}
	}
}

func TestEventWithoutInputIsNotEncoded(t *testing.T) {
	t.Parallel()
	if data, err := json.Marshal(Event{ID: "7"}); err == nil || !strings.Contains(err.Error(), "event 7") {
		t.Errorf("Marshal(event without input) = %s, %v, want an error that names the event", data, err)
	}
}

func TestForgedEventsAreRefused(t *testing.T) {
	t.Parallel()
	for _, data := range []string{
		`{}`, `[]`, `{"kind":"line"}`, `{"kind":"shell","input":{}}`, `{"kind":"line","input":[]}`,
		`{"kind":"press","input":{"ref":"a b"}}`, `{"kind":"press","input":{"ref":""}}`,
		`{"kind":"form","input":{"ref":7}}`, `{"kind":"call","input":{"path":"x"}}`, `{"kind":"line","input":{"text":1}}`,
	} {
		var got Event
		if err := json.Unmarshal([]byte(data), &got); err == nil {
			t.Errorf("Unmarshal(%s) = %+v, want an error", data, got)
		}
	}
}

func FuzzEvent(f *testing.F) {
	f.Add([]byte(`{"id":"1","kind":"press","input":{"ref":"a:1","values":["x"]}}`))
	f.Add([]byte(`{"id":"1","at":"2026-01-02T03:04:05Z","kind":"form","input":{"ref":"a","values":{"b":"c"}}}`))
	f.Add([]byte(`{"kind":"home","input":{"what":"gone"},"in":{"home":{"platform":"p","id":"h"},"channel":"c"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var event, again Event
		if json.Unmarshal(data, &event) != nil {
			return
		}
		written, err := json.Marshal(event)
		if err != nil {
			return // a reference that was left out cannot be written
		}
		if err := json.Unmarshal(written, &again); err != nil {
			t.Fatalf("Unmarshal(%s) = %v, want no error", written, err)
		}
		if diff := cmp.Diff(event, again, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Unmarshal(Marshal(%s)) (-want +got):\n%s", data, diff)
		}
	})
}

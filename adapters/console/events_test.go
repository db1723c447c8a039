package console

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

// eventsOf plays a script and returns the events that it made, in order.
func eventsOf(t *testing.T, script string) []chat.Event {
	t.Helper()
	_, c := newFake(t, &strings.Builder{})
	var events []chat.Event
	for _, step := range parsed(t, script).Steps {
		before := c.events
		if err := c.play(t.Context(), step); err != nil {
			t.Fatal(err)
		}
		if c.events > before {
			events = append(events, c.lastAny)
		}
	}
	return events
}

func TestEventsSayWhoDidWhatAndWhere(t *testing.T) {
	t.Parallel()
	direct := chat.Place{Home: ana.Home}
	handle := func(id string) chat.Handle { return chat.Handle{Token: id, Expires: start.Add(handleLife)} }
	got := eventsOf(t, `
		ana@slack:curie> counter
		ana #general> /interlab help
		bo@discord:noether> choose "Five" on 1 of ana
		bo> add bot #talks`)
	on := chat.Posted{Place: direct, Message: "console:m1"}
	boIn := func(channel string) chat.Place { return chat.Place{Home: bo.Home, Channel: channel} }
	want := []chat.Event{
		{ID: "console:1", At: start, From: ana.Account(), Name: "Ana", In: direct, Handle: handle("console:1"), Input: chat.Line{Text: "counter"}},
		{ID: "console:2", At: start, From: ana.Account(), Name: "Ana", In: general, Handle: handle("console:2"), Input: chat.Line{Text: "/interlab help"}},
		{
			ID: "console:3", At: start, From: bo.Account(), Name: "Bo", In: boIn(""), Handle: handle("console:3"),
			Input: chat.Press{Ref: chat.Ref{Route: "step"}, Values: []string{"xxxxx"}, On: on},
		},
		{ID: "console:4", At: start, From: bo.Account(), Name: "Bo", In: boIn("talks"), Handle: handle("console:4"), Input: chat.Happening{What: chat.BotAdded}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func TestAPressInAChannelHappensThere(t *testing.T) {
	t.Parallel()
	events := eventsOf(t, "ana@slack:curie #general> counter\nana> press 2")
	press := events[1]
	if press.In != general || press.Input.(chat.Press).On.Place != general {
		t.Errorf("press happened in %v on %v, want both in %v", press.In, press.Input.(chat.Press).On, general)
	}
	if values := press.Input.(chat.Press).Values; values != nil {
		t.Errorf("button carries values %q, want none", values)
	}
}

func TestASubmissionCarriesEveryFieldAndWhatOpenedTheForm(t *testing.T) {
	t.Parallel()
	events := eventsOf(t, `
		ana@slack:curie> start
		ana> press "Propose"
		ana> fill title="Graphs"`)
	want := chat.Submission{
		Ref:    chat.Ref{Route: "talk"},
		Values: map[string]string{"title": "Graphs", "kind": "seminar"},
		On:     chat.Posted{Place: chat.Place{Home: ana.Home}, Message: "console:m1"},
	}
	if diff := cmp.Diff(chat.Input(want), events[2].Input); diff != "" {
		t.Errorf("submission (-want +got):\n%s", diff)
	}
}

func TestAgainIsTheSameEvent(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> hi\nbo@discord:noether> hi\nclock +5m")); err != nil {
		t.Fatal(err)
	}
	for who, id := range map[Person]string{ana: "console:1", bo: "console:2", {}: "console:2"} {
		e, err := c.event(t.Context(), Again{Who: who})
		if err != nil || e.ID != id || !e.At.Equal(start) {
			t.Errorf("event(again of %s) = %s at %s, %v, want %s at %s", who, e.ID, e.At, err, id, start)
		}
	}
	if c.events != 2 {
		t.Errorf("events made = %d, want 2: a repeat is no new event", c.events)
	}
}

func TestARefusedActMakesNoEvent(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	for _, script := range []string{"ana@slack:curie> press 1", "ana@slack:curie> fill", "again"} {
		if err := c.Play(t.Context(), parsed(t, script)); err == nil {
			t.Errorf("Play(%q) = nil, want an error", script)
		}
	}
	if c.events != 0 || len(c.last) != 0 {
		t.Errorf("events made = %d, kept %v, want none", c.events, c.last)
	}
}

func TestEventsCanBeKept(t *testing.T) {
	t.Parallel()
	for _, want := range eventsOf(t, `
		ana@slack:curie> counter
		ana> press 1
		ana> choose 2
		ana> add bot
		ana> start
		ana> press "Propose"
		ana> fill title="Graphs"`) {
		data, err := json.Marshal(want)
		if err != nil {
			t.Errorf("Marshal(%v) = %v", want, err)
			continue
		}
		var got chat.Event
		if err := json.Unmarshal(data, &got); err != nil {
			t.Errorf("Unmarshal(%s) = %v", data, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Unmarshal(%s) (-want +got):\n%s", data, diff)
		}
	}
}

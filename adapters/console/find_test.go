package console

import (
	"strings"
	"testing"

	"interlab/bot/chat"
)

// asked is a message with one button.
func asked(label string) chat.Message {
	return chat.Message{Title: "?", Rows: []chat.Row{chat.NewRow(chat.Button{Label: label, Ref: chat.Ref{Route: "r"}})}}
}

func TestTheNewestMessageIsTheOneShownLast(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	ctx := t.Context()
	first, err := c.Direct(ctx, "1", ana.Account(), asked("first"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Direct(ctx, "2", ana.Account(), asked("second")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Direct(ctx, "3", ana.Account(), hello); err != nil {
		t.Fatal(err)
	}
	newest := func(want int) {
		t.Helper()
		card, _, err := c.screen.control(ana, Pick{Number: 1}, buttonWidget)
		if err != nil || card.number != want {
			t.Errorf("control(press 1) is on %d, %v, want %d", card.number, err, want)
		}
	}
	newest(2)
	if _, err := c.Edit(ctx, "4", first, asked("first again")); err != nil {
		t.Fatal(err)
	}
	newest(1)
	if _, err := c.Edit(ctx, "5", first, hello); err != nil {
		t.Fatal(err)
	}
	newest(2)
}

func TestControlsAreNumberedAsTheyArePrinted(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	if _, err := c.Direct(t.Context(), "1", ana.Account(), everything()); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		pick        Pick
		kind        widget
		label, ref  string
		value, fail string
	}{
		{pick: Pick{Number: 1}, kind: buttonWidget, label: "I will come", ref: "yes"},
		{pick: Pick{Number: 3}, kind: buttonWidget, label: "Leave", ref: "leave"},
		{pick: Pick{Label: "I cannot", On: 1}, kind: buttonWidget, label: "I cannot", ref: "no"},
		{pick: Pick{Number: 2}, kind: optionWidget, label: "Thu", ref: "when", value: "b"},
		{pick: Pick{Label: "Online"}, kind: optionWidget, label: "Online", ref: "where", value: "c"},
		{pick: Pick{Number: 4}, kind: buttonWidget, fail: `message 1 has no button 4; it has 1 "I will come", 2 "I cannot", 3 "Leave"`},
		{pick: Pick{Label: "i cannot"}, kind: buttonWidget, fail: `message 1 has no button "i cannot"; it has 1 "I will come", 2 "I cannot", 3 "Leave"`},
		{pick: Pick{Number: 1, Of: bo}, kind: buttonWidget, fail: "bo@discord:noether sees no message with a button"},
		{pick: Pick{Number: 1, On: 7}, kind: buttonWidget, fail: "ana@slack:curie does not see a message 7"},
	} {
		_, got, err := c.screen.control(ana, test.pick, test.kind)
		if test.fail != "" {
			if err == nil || err.Error() != test.fail {
				t.Errorf("control(%s) = %v, want %s", test.pick, err, test.fail)
			}
			continue
		}
		if err != nil || got.label != test.label || got.ref.Route != test.ref || strings.Join(got.values, "") != test.value {
			t.Errorf("control(%s) = %+v, %v, want %q of %s with %q", test.pick, got, err, test.label, test.ref, test.value)
		}
	}
}

func TestAForgedIDIsMadeUpOrThatOfAnotherMessage(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	for _, id := range []string{"own", "other"} {
		m := chat.Message{Title: "?", Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Yes", Ref: chat.Ref{Route: "yes", ID: id}})}}
		if _, err := c.Direct(t.Context(), id, ana.Account(), m); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Direct(t.Context(), "bare", ana.Account(), chat.Message{Title: "bare"}); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		made     string
		like     int
		id, fail string
	}{
		{"", 0, "own", ""},
		{"../x", 0, "../x", ""},
		{"", 2, "other", ""},
		{"", 3, "", "message 3 has no control to take an id from"},
		{"", 9, "", "there is no message 9"},
	} {
		e := chat.Event{In: chat.Place{Home: bo.Home}}
		pick := Pick{Number: 1, On: 1, Of: ana, There: true, ID: test.made, Like: test.like}
		_, err := c.press(bo, pick, buttonWidget, &e)
		if test.fail != "" {
			if err == nil || err.Error() != test.fail {
				t.Errorf("press(%s) = %v, want %s", pick, err, test.fail)
			}
			continue
		}
		got, _ := e.Input.(chat.Press)
		if err != nil || got.Ref != (chat.Ref{Route: "yes", ID: test.id}) || e.In.Home != ana.Home {
			t.Errorf("press(%s) = %v in %v, %v; want the id %q in %v", pick, got.Ref, e.In.Home, err, test.id, ana.Home)
		}
	}
}

func TestAFormHasNothingToPress(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	err := c.Play(t.Context(), parsed(t, "ana@slack:curie> propose\nana> press 1 on 1"))
	if want := "talk.txt:2: message 1 has no button 1; it has none"; err == nil || err.Error() != want {
		t.Errorf("Play = %v, want %s", err, want)
	}
}

func TestANumberChoosesWhereThereAreOnlyMenus(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	menu := chat.Message{Title: "?", Rows: []chat.Row{chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "m"}, Options: []chat.Option{{Label: "A", Value: "a"}}})}}
	for i, test := range []struct {
		m    chat.Message
		want string
	}{{menu, "choose"}, {asked("yes"), "press"}, {everything(), "press"}, {menu, "choose"}} {
		if _, err := c.Direct(t.Context(), "d", ana.Account(), test.m); err != nil {
			t.Fatal(err)
		}
		verb, on, err := c.screen.newest(ana)
		if verb != test.want || on != i+1 || err != nil {
			t.Errorf("newest = %s on %d, %v, want %s on %d", verb, on, err, test.want, i+1)
		}
	}
}

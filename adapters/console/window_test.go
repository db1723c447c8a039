package console

import (
	"strings"
	"testing"
)

func TestExpectationsSeeEveryPartOfAMessage(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	if _, err := c.Direct(t.Context(), "1", ana.Account(), everything()); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"A talk @Ana speaks on graphs",
		"Tue 1 Dec, 15:00 Berlin (UTC+1).",
		"Two   lines.",
		"Type: `match find graphs`",
		"the page (https://example.org/a)",
		"You may change this.",
		"[1] I will come [2] I cannot [3] Leave",
		"menu: Another time: (1) Wed 15:00 - 3 can (2) Thu",
		"file: talk.ics (text/calendar, 5 bytes)",
		"Two curves that cross",
	} {
		if err := c.screen.expect(Expect{Who: ana, Text: text}); err != nil {
			t.Errorf("expect(%q) = %v", text, err)
		}
		if err := c.screen.expect(Expect{Who: ana, Text: text, Not: true}); err == nil {
			t.Errorf("expect(not %q) = nil, want an error", text)
		}
	}
	for _, text := range []string{"a talk", "direct", "bot →", "slack:curie/ana"} {
		if err := c.screen.expect(Expect{Who: ana, Text: text}); err == nil {
			t.Errorf("expect(%q) = nil, want an error: it is not in the message", text)
		}
	}
}

func TestATextIsNotFoundAcrossTwoMessages(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	for _, id := range []string{"1", "2"} {
		if _, err := c.Direct(t.Context(), id, ana.Account(), hello); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.screen.expect(Expect{Who: ana, Text: "Hello Hello"}); err == nil {
		t.Error("expect(Hello Hello) = nil, want an error: each message says it once")
	}
}

func TestEveryStatementBeginsAWindow(t *testing.T) {
	t.Parallel()
	for _, statement := range []string{
		"clock +1m",
		"store stops\nstore returns",
		"bo@discord:noether>",
		"bo@discord:noether> add bot",
		"together\n  bo@discord:noether> add bot\nend",
	} {
		played(t, "ana@slack:curie> hi\nexpect ana: hi\n"+statement+"\nexpect nobody\nexpect not ana: hi")
	}
}

func TestASkippedStatementBeginsNoWindow(t *testing.T) {
	t.Parallel()
	played(t, `
		ana@slack:curie> hi
		clock +1m [only: slack]
		expect ana: goodbye [only: slack]
		expect ana: hi`)
}

func TestSilenceNamesTheExceptions(t *testing.T) {
	t.Parallel()
	const talk = "together\n  ana@slack:curie> hi\n  bo@discord:noether> hi\nend\n"
	played(t, talk+"expect nobody but bo, ana")
	_, c := newFake(t, &strings.Builder{})
	err := c.Play(t.Context(), parsed(t, talk+"expect nobody but bo"))
	if err == nil || !strings.HasPrefix(err.Error(), "talk.txt:5: nobody else was to see anything, but there was:\n") ||
		!strings.Contains(err.Error(), "ana@slack:curie (private): You said `hi`.") || strings.Contains(err.Error(), "bo@") {
		t.Errorf("Play = %v, want an error that shows what ana saw", err)
	}
}

func TestAnExpectationShowsAllThatWasSeen(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	err := c.Play(t.Context(), parsed(t, "ana@slack:curie> remind\nclock +8d\nexpect ana: Day 2."))
	want := `talk.txt:3: ana@slack:curie was to see "Day 2.", and saw:
    2 bot → ana@slack:curie (direct): Reminder Day 1.
    3 bot → ana@slack:curie (direct): Reminder Day 7.`
	if err == nil || err.Error() != want {
		t.Errorf("Play = %v\nwant %s", err, want)
	}
}

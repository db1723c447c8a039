package console

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

// parsed is a script that must be right.
func parsed(t *testing.T, text string) *Script {
	t.Helper()
	script, err := Parse("talk.txt", strings.NewReader(text))
	if err != nil {
		t.Fatalf("Parse(%q) = %v", text, err)
	}
	return script
}

// played plays a script and returns its transcript.
func played(t *testing.T, text string) (*fake, string) {
	t.Helper()
	var out strings.Builder
	f, c := newFake(t, &out)
	if err := c.Play(t.Context(), parsed(t, text)); err != nil {
		t.Fatalf("Play = %v\n%s", err, &out)
	}
	return f, out.String()
}

func TestScriptsThatHold(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]string{
		"a press changes the card in place": `
			ana@slack:curie> counter
			expect ana: Counter Stands at: 0
			ana> press "One more"
			expect ana: Stands at: 1
			ana> press 1 on 1
			expect ana: Stands at: 2
			expect not ana: Stands at: 1`,
		"a choice carries the option's value": `
			ana@slack:curie> counter
			ana> choose 2
			expect ana: Stands at: 5
			ana> choose "Two" on 1
			expect ana: Stands at: 7`,
		"a redelivered event changes nothing": `
			ana@slack:curie> counter
			ana> press 1
			ana> again
			expect ana: Stands at: 1
			again
			expect ana: Stands at: 1`,
		"several expectations look at the same window": `
			ana@slack:curie> hello
			expect ana: You said
			expect ana: ` + "`hello`" + `
			expect nobody but ana
			expect not bo@discord:noether: hello`,
		"an arrival shows nothing": `
			ana@slack:curie>
			expect nobody`,
		"everybody of a home sees its channels": `
			bo@slack:curie>
			cy@slack:noether>
			ana@slack:curie #general> counter
			expect bo: Counter
			expect not cy: Counter
			expect nobody but ana
			bo> press "One more"
			expect ana: Stands at: 1`,
		"a foreign press answers the one who pressed": `
			bo@discord:noether> counter
			ana@slack:curie> press "One more" on 1 of bo
			expect ana: Stands at: 1
			expect nobody but ana
			bo> press "One more"
			expect bo: Stands at: 2`,
		"what falls due is done in order on the way": `
			ana@slack:curie> remind
			clock +36h
			expect ana: Day 1.
			expect not ana: Day 7.
			clock 2026-12-09T00:00Z
			expect ana: Day 7.
			clock +15m
			expect nobody`,
		"a form keeps what was typed until it is right": `
			ana@slack:curie> start
			ana> press "Propose"
			expect ana: Title (title, required): In one line Kind (kind): seminar
			ana> fill kind="Open colloquium"
			expect ana: form: Title: Give the talk a title.
			ana> fill title="On \"graphs\"\nand more"
			expect ana: Proposed On "graphs" and more as open
			clock +2d
			expect ana: Your talk On "graphs" and more is near.`,
		"a stopped store is told and nothing is lost by it": `
			ana@slack:curie> counter
			store stops
			ana> press 1
			expect ana: Nothing was saved
			ana> propose
			expect ana: Nothing was saved
			clock +1h
			store returns
			ana> press 1
			expect ana: Stands at: 1`,
		"an event that was not saved can be sent again": `
			ana@slack:curie> counter
			ana> press 1
			store stops
			ana> press 1
			store returns
			ana> again
			expect ana: Stands at: 2`,
		"lines for other players are skipped": `
			ana@slack:curie> hello
			bo@discord:noether> hello [only: discord]
			expect ana: You said
			ana> counter [only: console, slack]
			expect ana: Counter
			together [only: slack]
			  ana> press "No such button"
			end
			expect ana: Counter`,
		"the bot comes and goes": `
			ana@slack:curie> add bot
			ana #general> remove bot
			ana> channel gone #general
			expect nobody`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			played(t, script)
		})
	}
}

func TestWorkThatIsNeverDoneFailsTheClock(t *testing.T) {
	t.Parallel()
	f, c := newFake(t, &strings.Builder{})
	f.due, f.stuck = []reminder{{at: start.Add(time.Hour)}}, true
	err := c.Play(t.Context(), parsed(t, "clock +2h"))
	want := "talk.txt:1: at 2026-12-01 10:00Z everything was settled, but something due at 2026-12-01 10:00Z is left"
	if err == nil || err.Error() != want {
		t.Errorf("Play = %v, want %s", err, want)
	}
}

func TestPeopleEnterOnceWhenFirstNamed(t *testing.T) {
	t.Parallel()
	f, _ := played(t, "ana@slack:curie> hi\nana> hi\nbo@discord:noether> hi [only: slack]\nexpect not bo: hi\nbo@discord:curie>")
	want := []string{
		"slack:curie/ana slack:curie Ana",
		"discord:bo discord:noether Bo",
		"discord:bo discord:curie Bo",
	}
	if diff := cmp.Diff(want, f.people); diff != "" {
		t.Errorf("people entered (-want +got):\n%s", diff)
	}
}

func TestPlayNeedsAnAppAndAWorld(t *testing.T) {
	t.Parallel()
	if err := New(Options{}).Play(t.Context(), &Script{Name: "x"}); err == nil {
		t.Error("Play without an app = nil, want an error")
	}
}

func TestAFormIsNotAnsweredWithAForm(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	err := c.deliver(t.Context(), chat.Event{Input: chat.Submission{Ref: chat.Ref{Route: "loop"}}})
	if err == nil || !strings.Contains(err.Error(), "the form loop is to be answered with a form") {
		t.Errorf("deliver(submission planned as a form) = %v, want an error that says so", err)
	}
}

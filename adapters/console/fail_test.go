package console

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// failures are scripts and what Play must say of them. Quotes of code are
// written as ' in place of backticks.
var failures = []struct{ name, script, want string }{
	{
		name: "a text that was not seen",
		script: `
ana@slack:curie> hello
bo@discord:noether>
ana> hi
expect ana: goodbye`,
		want: `
talk.txt:4: ana@slack:curie was to see "goodbye", and saw:
    2 bot → ana@slack:curie (private): You said 'hi'.`,
	},
	{
		name: "a text that nobody saw",
		script: `
expect bo@discord:noether: hello`,
		want: `
talk.txt:1: bo@discord:noether was to see "hello", and saw nothing`,
	},
	{
		name: "a text that was not to be seen",
		script: `
ana@slack:curie> hello
expect not ana: You said`,
		want: `
talk.txt:2: ana@slack:curie was not to see "You said", and saw:
    1 bot → ana@slack:curie (private): You said 'hello'.`,
	},
	{
		name: "somebody saw something",
		script: `
ana@slack:curie> hello
expect nobody`,
		want: `
talk.txt:2: nobody was to see anything, but there was:
    1 bot → ana@slack:curie (private): You said 'hello'.`,
	},
	{
		name: "somebody else saw something",
		script: `
ana@slack:curie> hello
expect nobody but bo@slack:curie`,
		want: `
talk.txt:2: nobody else was to see anything, but there was:
    1 bot → ana@slack:curie (private): You said 'hello'.`,
	},
	{
		name: "no such button",
		script: `
ana@slack:curie> counter
ana> press "Yes"`,
		want: `
talk.txt:2: message 1 has no button "Yes"; it has 1 "One more", 2 "Leave it"`,
	},
	{
		name: "no such option",
		script: `
ana@slack:curie> counter
ana> choose 3`,
		want: `
talk.txt:2: message 1 has no option 3; it has 1 "Two", 2 "Five"`,
	},
	{
		name: "no buttons at all",
		script: `
ana@slack:curie> hello
ana> press 1`,
		want: `
talk.txt:2: ana@slack:curie sees no message with a button`,
	},
	{
		name: "no buttons on that message",
		script: `
ana@slack:curie> hello
ana> press 1 on 1`,
		want: `
talk.txt:2: message 1 has no button 1; it has none`,
	},
	{
		name: "a message of somebody else",
		script: `
ana@slack:curie> counter
bo@slack:curie> press 1 on 1`,
		want: `
talk.txt:2: bo@slack:curie does not see a message 1`,
	},
	{
		name: "a foreign press of what that person does not see",
		script: `
ana@slack:curie> counter
bo@slack:curie> hi
ana> press 1 on 1 of bo`,
		want: `
talk.txt:3: bo@slack:curie does not see a message 1`,
	},
	{
		name: "no form",
		script: `
ana@slack:curie> fill title="x"`,
		want: `
talk.txt:1: no form is open for ana@slack:curie; press what opens one first`,
	},
	{
		name: "no such field",
		script: `
ana@slack:curie> propose
ana> fill name="x"`,
		want: `
talk.txt:2: the form "Propose a talk" has no field name; it has title, kind`,
	},
	{
		name: "no such choice",
		script: `
ana@slack:curie> propose
ana> fill kind="ball"`,
		want: `
talk.txt:2: kind takes one of (1) Seminar (2) Open colloquium, not "ball"`,
	},
	{
		name: "nothing to repeat",
		script: `
again`,
		want: `
talk.txt:1: nobody has done anything yet that could be delivered again`,
	},
	{
		name: "nothing of that person to repeat",
		script: `
bo@slack:curie> hello
ana@slack:curie> again`,
		want: `
talk.txt:2: ana@slack:curie has done nothing yet that could be delivered again`,
	},
	{
		name: "the clock does not go back",
		script: `
clock 2026-11-30T09:00Z`,
		want: `
talk.txt:1: the clock moves only forward, and it is 2026-12-01 09:00Z already`,
	},
	{
		name: "a person that the world refuses",
		script: `
ghost@slack:curie> hello`,
		want: `
talk.txt:1: enter ghost@slack:curie: there are no ghosts`,
	},
	{
		name: "a person that the world refuses, expected",
		script: `
expect ghost@slack:curie: hello`,
		want: `
talk.txt:1: enter ghost@slack:curie: there are no ghosts`,
	},
	{
		name: "a person that the world refuses, repeated",
		script: `
ghost@slack:curie> again`,
		want: `
talk.txt:1: enter ghost@slack:curie: there are no ghosts`,
	},
	{
		name: "a line inside together",
		script: `
ana@slack:curie> hello
together
ana> hi
ana> press 1
end`,
		want: `
talk.txt:4: ana@slack:curie sees no message with a button`,
	},
}

func TestScriptsThatFail(t *testing.T) {
	t.Parallel()
	for _, test := range failures {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, c := newFake(t, &strings.Builder{})
			err := c.Play(t.Context(), parsed(t, test.script[1:]))
			if err == nil {
				t.Fatalf("Play(%s) = nil, want%s", test.script, test.want)
			}
			got := "\n" + strings.ReplaceAll(err.Error(), "`", "'")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Play(%s) (-want +got):\n%s", test.script, diff)
			}
		})
	}
}

func TestAMessageThatNoPlatformAcceptsFailsTheStatement(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	err := c.Play(t.Context(), parsed(t, "\nana@slack:curie> bad"))
	want := `talk.txt:2: answer answer:console:1: the message "" is not valid: `
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("Play = %v, want %s and what is wrong", err, want)
	}
}

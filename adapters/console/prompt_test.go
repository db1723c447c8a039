package console

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// typed gives lines to a prompt and returns what it shows.
func typed(t *testing.T, input string) string {
	t.Helper()
	var script, out strings.Builder
	_, c := newFake(t, &script)
	if err := c.Prompt(t.Context(), strings.NewReader(input), &out); err != nil {
		t.Fatalf("Prompt(%q) = %v", input, err)
	}
	if script.Len() > 0 {
		t.Errorf("Prompt(%q) wrote %q to the transcript's own place", input, &script)
	}
	_, rest, _ := strings.Cut(out.String(), "quit to leave.\n")
	return rest
}

const (
	counterAt0 = "1 bot → ana@slack:curie (direct): Counter\n    Stands at: 0\n    [1] One more   [2] Leave it\n    menu: (1) Two (2) Five\n"
	formCard   = "(form): Propose a talk\n    Title (title, required):\n      In one line\n    Kind (kind): seminar\n" +
		"      one of: (1) Seminar (2) Open colloquium\n    fill to send: Propose\n"
	formHead = "Enter keeps what stands in brackets; a dot alone leaves the form.\n"
	askKind  = "    Kind (1) Seminar (2) Open colloquium "
)

func TestPromptPlaysWhatIsTyped(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ input, want string }{
		"somebody speaks": {
			"as ana@slack:curie\nhello\n",
			"ana@slack:curie> hello\n1 bot → ana@slack:curie (private)\n    You said `hello`.\n",
		},
		"a number presses a button": {
			"ana@slack:curie> counter\nas ana\n1\nquit\nnever read\n",
			"ana@slack:curie> counter\n" + counterAt0 + "ana@slack:curie> press \"One more\" on 1\n" +
				strings.NewReplacer("direct", "in place", ": 0", ": 1").Replace(counterAt0),
		},
		"people take turns": {
			"bo@discord:noether>\nana@slack:curie>\n@bo\nwho\nbo>\nana> x\nwho",
			"  bo@discord:noether, who speaks now\n  ana@slack:curie\n" +
				"ana@slack:curie> x\n1 bot → ana@slack:curie (private)\n    You said `x`.\n" +
				"  bo@discord:noether, who speaks now\n  ana@slack:curie\n",
		},
		"errors are told and it goes on": {
			"hello\nas nemo\nana@slack:curie>\npress \"x\nfill\n9\nexpect ana: x\nstore burns\nstore stops\nhi\nstore returns",
			"! nobody speaks yet; write who does, such as: as ana@slack:curie\n" +
				"! nobody is called \"nemo\" yet; write the name in full first, such as nemo@slack:curie\n" +
				"! press wants a number or a label in double quotes: press 2, press \"Yes\" on 4 of bo: a quote is not closed; write \\\" for a quote inside quotes\n" +
				"! no form is open for ana@slack:curie; press what opens one first\n" +
				"! ana@slack:curie sees no message with a control\n" +
				"! ana@slack:curie was to see \"x\", and saw nothing\n" +
				"! a store stops or returns; \"burns\" is neither\n" +
				"store stops\nana@slack:curie> hi\n1 bot → ana@slack:curie (private): Nothing was saved\n" +
				"    Our store is not answering right now, so nothing was saved and nobody was told anything.\n" +
				"      Please try the same again in a few minutes.\nstore returns\n",
		},
		"the clock moves": {
			"ana@slack:curie> remind\nclock +1d\nclock +1h\n# nothing\n\n",
			"ana@slack:curie> remind\n1 bot → ana@slack:curie (private): I will remind you\n" +
				"clock 2026-12-02 09:00Z\n2 bot → ana@slack:curie (direct): Reminder\n    Day 1.\nclock 2026-12-02 10:00Z\n",
		},
		"several lines at once": {
			"as ana@slack:curie\ntogether\nhello\nend\n",
			"together\nana@slack:curie> hello\n1 bot → ana@slack:curie (private)\n    You said `hello`.\nend\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, typed(t, test.input)); diff != "" {
				t.Errorf("Prompt(%q) (-want +got):\n%s", test.input, diff)
			}
		})
	}
}

func TestPromptAsksForAFormsFields(t *testing.T) {
	t.Parallel()
	got := typed(t, "as ana@slack:curie\npropose\n\nball\n2\n Graphs \n\nwho")
	want := "ana@slack:curie> propose\n1 bot → ana@slack:curie " + formCard + formHead +
		"    Title []\n" + askKind + "[Seminar]\n! kind takes one of (1) Seminar (2) Open colloquium, not \"ball\"\n" + askKind + "[Seminar]\n" +
		"ana@slack:curie> fill kind=\"2\"\n    form: Title: Give the talk a title.\n" + formHead +
		"    Title []\n" + askKind + "[Open colloquium]\n" +
		"ana@slack:curie> fill title=\"Graphs\"\n2 bot → ana@slack:curie (private): Proposed\n    Graphs as open\n" +
		"  ana@slack:curie, who speaks now\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Prompt (-want +got):\n%s", diff)
	}
}

func TestPromptLeavesAFormOpen(t *testing.T) {
	t.Parallel()
	got := typed(t, "ana@slack:curie> start\nas ana\n1\n.\nwho\nfill\n")
	want := "ana@slack:curie> start\n1 bot → ana@slack:curie (private): Start\n    [1] Propose\n" +
		"ana@slack:curie> press \"Propose\" on 1\n2 bot → ana@slack:curie " + formCard + formHead +
		"    Title []\nThe form stays open; fill goes on with it.\n" +
		"  ana@slack:curie, who speaks now, with form 2 open\n" + formHead + "    Title []\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Prompt (-want +got):\n%s", diff)
	}
}

func TestPromptGreetsAndHelps(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	_, c := newFake(t, &strings.Builder{})
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie>\nbo@discord:noether>")); err != nil {
		t.Fatal(err)
	}
	if err := c.Prompt(t.Context(), strings.NewReader("?"), &out); err != nil {
		t.Fatal(err)
	}
	want := "This is a test.\nHere are:\n  ana@slack:curie, who speaks now\n  bo@discord:noether\n" +
		"To speak as somebody else, write: as NAME\nWrite help to ask the bot, ? for this terminal, quit to leave.\n" + promptHelp + "\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("Prompt (-want +got):\n%s", diff)
	}
}

func TestPromptEndsWithItsContext(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	keyboard, hand := io.Pipe()
	defer hand.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Prompt(ctx, keyboard, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("Prompt with a context that ended = %v, want %v", err, context.Canceled)
	}
}

func TestPromptShorthands(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> counter")); err != nil {
		t.Fatal(err)
	}
	p := &prompt{console: c, who: ana}
	for text, want := range map[string]string{
		"hello":              "ana@slack:curie> hello",
		"2":                  "ana@slack:curie> press 2 on 1",
		"2 things":           "ana@slack:curie> 2 things",
		"as bo":              "bo>",
		"@bo":                "bo>",
		"as bo@slack:curie":  "bo@slack:curie>",
		"as soon as you can": "ana@slack:curie> as soon as you can",
		"@bo hello":          "ana@slack:curie> @bo hello",
		"bo> hi":             "bo> hi",
		"clock +1d":          "clock +1d",
		"again":              "again",
		"# note":             "# note",
		"add bot":            "ana@slack:curie> add bot",
	} {
		if got, err := p.expand(text); got != want || err != nil {
			t.Errorf("expand(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestPromptHelpNamesOnlyWhatIsUnderstood(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	if err := c.Play(t.Context(), parsed(t, "bo@discord:noether>\nana@slack:curie> counter")); err != nil {
		t.Fatal(err)
	}
	p := &prompt{console: c, who: ana, parser: parser{people: c.screen.present()}}
	for _, help := range strings.Split(promptHelp, "\n")[1:] {
		text := strings.TrimSpace(help[:28])
		text, _, _ = strings.Cut(text, ",")
		if text == "who" {
			continue
		}
		text, err := p.expand(strings.Replace(text, "together ... end", "together", 1))
		if err != nil {
			t.Errorf("expand(%q) = %v", text, err)
		}
		if step, err := p.parser.line("", text); err != nil {
			t.Errorf("line(%q) = %v, %v", text, step, err)
		}
		p.parser.open, p.parser.block = nil, nil
	}
}

func TestPromptGoesOnAfterAWrongLineInABlock(t *testing.T) {
	t.Parallel()
	got := typed(t, "as ana@slack:curie\ntogether\nhello\nclock +1d\npress\nend\nend\n")
	want := "! together holds what people do, and \"clock\" is none; write end first\n" +
		"! press wants a number or a label in double quotes: press 2, press \"Yes\" on 4 of bo: \"\" is not in double quotes\n" +
		"together\nana@slack:curie> hello\n1 bot → ana@slack:curie (private)\n    You said `hello`.\nend\n" +
		"! end stands without together\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Prompt (-want +got):\n%s", diff)
	}
}

func TestPromptEndsInTheMiddleOfAForm(t *testing.T) {
	t.Parallel()
	got := typed(t, "as ana@slack:curie\npropose\nGraphs")
	if want := "    Title []\n" + askKind + "[Seminar]\n"; !strings.HasSuffix(got, want) {
		t.Errorf("Prompt shows %q, want it to end with %q: nothing is sent", got, want)
	}
}

package console

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

// relay is a platform behind a stage door: it answers every event in one way.
type relay struct {
	console *Console
	got     []chat.Event
	answer  func(chat.Event) error
}

func (r *relay) Deliver(_ context.Context, e chat.Event) error {
	r.got = append(r.got, e)
	return r.answer(e)
}

// behindDoor is a console whose people of slack come in through a relay.
func behindDoor(t *testing.T, out *strings.Builder) (*relay, *Console) {
	t.Helper()
	_, c := newFake(t, out)
	r := &relay{console: c}
	c.Install("slack", r)
	return r, c
}

func entitled(title string) chat.Message {
	return chat.Message{Title: title, Rows: []chat.Row{chat.NewRow(chat.Button{Label: "More", Ref: chat.Ref{Route: "more"}})}}
}

func TestPeopleBehindAStageDoorReachThePlatformAndNotTheApp(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	r, c := behindDoor(t, &out)
	r.answer = func(e chat.Event) error {
		c.Show(Shown{ID: e.ID, To: chat.Recipient{Account: e.From}, In: e.In, Private: true, Message: entitled("From the platform")})
		return nil
	}
	err := c.Play(t.Context(), parsed(t, "ana@slack:curie> hello\nexpect ana: From the platform\nana> again\nbo@discord:noether> counter\nexpect bo: Counter"))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.got) != 2 || r.got[0].ID != r.got[1].ID || r.got[0].From != ana.Account() {
		t.Errorf("the door got %+v, want ana's event twice", r.got)
	}
	if want := "1 bot → ana@slack:curie (private): From the platform"; !strings.Contains(out.String(), want) {
		t.Errorf("transcript has no %q:\n%s", want, out.String())
	}
}

func TestWhatAPlatformShowsCanBePressedByItsNumber(t *testing.T) {
	t.Parallel()
	r, c := behindDoor(t, &strings.Builder{})
	var at chat.Posted
	r.answer = func(e chat.Event) error {
		if press, ok := e.Input.(chat.Press); ok {
			return c.Change(press.On, true, e.ID, entitled("Pressed"))
		}
		at = c.Show(Shown{To: chat.Recipient{Account: e.From}, In: e.In, Message: entitled("Fresh")})
		return nil
	}
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> hello\nana> press \"More\" on 1\nexpect ana: Pressed")); err != nil {
		t.Fatal(err)
	}
	want := chat.Press{Ref: chat.Ref{Route: "more"}, On: at}
	if diff := cmp.Diff(want, r.got[1].Input); diff != "" {
		t.Errorf("press (-want +got):\n%s", diff)
	}
}

func TestAFormBehindAStageDoorStaysOpenUntilThePlatformTakesIt(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	r, c := behindDoor(t, &out)
	form := chat.Form{Ref: chat.Ref{Route: "talk"}, Title: "Talk", Submit: "Send", Fields: []chat.FormField{{Name: "title", Label: "Title"}}}
	r.answer = func(e chat.Event) error {
		s, submitted := e.Input.(chat.Submission)
		switch {
		case !submitted:
			c.OpenForm(e.From, e.In, chat.Posted{}, form)
		case s.Values["title"] == "":
			c.Problems(e.From, []chat.Problem{{Field: "title", Text: "Please say more."}})
		default:
			c.CloseForm(e.From, s.Ref)
		}
		return nil
	}
	script := "ana@slack:curie> propose\nana> fill\nexpect ana: form: Title: Please say more.\nana> fill title=\"A\"\n"
	if err := c.Play(t.Context(), parsed(t, script)); err != nil {
		t.Fatal(err)
	}
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> fill title=\"B\"")); err == nil {
		t.Error("a form that was taken is still open")
	}
}

func TestShownSaysWhoSeesIt(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	_, c := behindDoor(t, &out)
	in := chat.Place{Home: ana.Home, Channel: "general"}
	at := c.Show(Shown{To: chat.Recipient{Place: in}, In: in, Message: entitled("News")})
	c.Show(Shown{Under: at, In: in, Message: entitled("More news")})
	if err := c.Change(at, false, "", entitled("Old news")); err != nil {
		t.Fatal(err)
	}
	c.Show(Shown{To: chat.Recipient{Account: ana.Account()}, In: chat.Place{Home: ana.Home}, Message: entitled("Psst")})
	for _, want := range []string{
		"1 bot → slack:curie (public #general): News", "2 bot → slack:curie (thread under 1): More news",
		"1 bot → slack:curie (changed): Old news", "3 bot → slack:curie/ana (direct): Psst",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("transcript has no %q:\n%s", want, out.String())
		}
	}
	if err := c.Change(chat.Posted{Message: "none"}, false, "", entitled("?")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("Change(nothing) = %v, want ErrGone", err)
	}
}

func TestMarkedLinesArePlayedByThePlatformBehindItsDoor(t *testing.T) {
	t.Parallel()
	r, c := behindDoor(t, &strings.Builder{})
	r.answer = func(chat.Event) error { return nil }
	script := "ana@slack:curie> one [only: console]\nana> two [only: slack]\nbo@discord:noether> counter [only: slack]\nexpect ana: never [only: console]\nexpect bo: never [only: discord]"
	if err := c.Play(t.Context(), parsed(t, script)); err != nil {
		t.Fatal(err)
	}
	if len(r.got) != 1 || r.got[0].Input != (chat.Line{Text: "two"}) {
		t.Errorf("the door got %+v, want the line two alone", r.got)
	}
}

// What is about nobody in particular belongs to those who play: to platforms
// with a door where there are any, else to the terminal.
func TestMarksOfLinesAboutNobodyNameAnyoneWhoPlays(t *testing.T) {
	t.Parallel()
	const seen = "bo@discord:noether> counter\n"
	for _, test := range []struct {
		mark  string
		doors []chat.Platform
		plays bool
	}{
		{"", nil, true},
		{" [only: console]", nil, true},
		{" [only: slack]", nil, false},
		{"", []chat.Platform{"slack"}, true},
		{" [only: slack]", []chat.Platform{"slack"}, true},
		{" [only: console]", []chat.Platform{"slack"}, false},
		{" [only: discord]", []chat.Platform{"slack"}, false},
		{" [only: discord, console]", []chat.Platform{"slack", "discord"}, true},
	} {
		_, c := newFake(t, &strings.Builder{})
		for _, p := range test.doors {
			c.Install(p, nil)
		}
		err := c.Play(t.Context(), parsed(t, seen+"expect nobody"+test.mark))
		if (err != nil) != test.plays {
			t.Errorf("with doors of %v, expect nobody%s = %v; played = %t", test.doors, test.mark, err, test.plays)
		}
	}
}

func TestANilDoorLeavesPeopleInTheTerminalOnTheirPlatformsLines(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	_, c := newFake(t, &out)
	c.Install("slack", nil)
	script := "ana@slack:curie> counter [only: slack]\nexpect ana: Counter\nana> counter [only: console]"
	if err := c.Play(t.Context(), parsed(t, script)); err != nil || strings.Count(out.String(), "bot →") != 1 {
		t.Errorf("Play = %v, want one counter shown:\n%s", err, out.String())
	}
}

func TestAPlatformsFaultFailsTheStatement(t *testing.T) {
	t.Parallel()
	r, c := behindDoor(t, &strings.Builder{})
	broken := errors.New("a button without a label")
	r.answer = func(chat.Event) error { c.Fault(broken); return nil }
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> hello")); !errors.Is(err, broken) {
		t.Errorf("Play = %v, want the fault", err)
	}
}

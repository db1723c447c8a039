package console

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

// shown is blocks as they are printed.
func shown(blocks []block) string {
	lines := make([]string, len(blocks))
	for i, b := range blocks {
		lines[i] = b.print()
	}
	return strings.Join(lines, "\n")
}

func TestSpansArePrintedAsATerminalCan(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		span chat.Span
		want string
	}{
		{chat.Say("plain *text*"), "plain *text*"},
		{chat.Strong("loud"), "loud"},
		{chat.Code("help"), "`help`"},
		{chat.Link{Label: "here", URL: "https://example.org"}, "here (https://example.org)"},
		{chat.Link{Label: "https://example.org", URL: "https://example.org"}, "https://example.org"},
		{chat.When{At: start, Fallback: "9:00 UTC"}, "9:00 UTC"},
		{chat.Mention{Name: "Bo", Accounts: []chat.Account{bo.Account()}}, "@Bo"},
		{chat.Say("\x1b]0;title\a"), "\uFFFD]0;title\uFFFD"},
	} {
		if got := spans(chat.T(test.span)); got != test.want {
			t.Errorf("spans(%#v) = %q, want %q", test.span, got, test.want)
		}
	}
}

func TestLabelsStayOnOneLine(t *testing.T) {
	t.Parallel()
	rows := []chat.Row{
		chat.NewRow(chat.Button{Label: "Yes\n[9] forged", Ref: chat.Ref{Route: "a"}}),
		chat.NewMenu(chat.Menu{Hint: "Pick\none", Options: []chat.Option{{Label: "A\n\nB", Value: "v", Hint: "c\td"}}}),
	}
	want := "    [1] Yes [9] forged\n    menu: Pick one: (1) A B - c d"
	if diff := cmp.Diff(want, shown(controls(rows))); diff != "" {
		t.Errorf("controls (-want +got):\n%s", diff)
	}
}

func TestManyOptionsBreakBetweenThem(t *testing.T) {
	t.Parallel()
	var menu chat.Menu
	for range 6 {
		menu.Options = append(menu.Options, chat.Option{Label: "Tuesday 15:00 Berlin"})
	}
	want := `    menu: (1) Tuesday 15:00 Berlin (2) Tuesday 15:00 Berlin (3) Tuesday 15:00 Berlin
      (4) Tuesday 15:00 Berlin (5) Tuesday 15:00 Berlin (6) Tuesday 15:00 Berlin`
	if diff := cmp.Diff(want, shown(controls([]chat.Row{chat.NewMenu(menu)}))); diff != "" {
		t.Errorf("controls (-want +got):\n%s", diff)
	}
}

func TestAFormShowsWhatStandsInIt(t *testing.T) {
	t.Parallel()
	form := chat.Form{Title: "Profile", Submit: "Save", Fields: []chat.FormField{
		{Name: "about", Label: "About you", Value: "graphs\nproteins", Long: true},
		{Name: "city", Label: "City", Hint: "For your hours", Required: true},
		{Name: "pace", Label: "Pace", Value: "slow", Options: []chat.Option{{Label: "Slow", Value: "slow"}, {Label: "Fast", Value: "fast"}}},
	}}
	want := `    About you (about): graphs
      proteins
    City (city, required):
      For your hours
    Pace (pace): slow
      one of: (1) Slow (2) Fast
    fill to send: Save`
	if diff := cmp.Diff(want, shown(formLayout(form))); diff != "" {
		t.Errorf("formLayout (-want +got):\n%s", diff)
	}
}

func TestALongTitleHangsBelowItsHeader(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	_, c := newFake(t, &out)
	if _, err := c.Direct(t.Context(), "1", ana.Account(), chat.Message{Title: strings.Repeat("word ", 25)}); err != nil {
		t.Fatal(err)
	}
	want := "1 bot → slack:curie/ana (direct): " + strings.TrimSpace(strings.Repeat("word ", 12)) + "\n" +
		"      " + strings.TrimSpace(strings.Repeat("word ", 13)) + "\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("transcript (-want +got):\n%s", diff)
	}
}

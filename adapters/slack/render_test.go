package slack

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/chat"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what is rendered with testdata/NAME.json.
func golden(t *testing.T, name string, got any) {
	t.Helper()
	data, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(data)+"\n"); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// everything has each part of a message and each kind of span and control.
func everything() chat.Message {
	at := time.Date(2026, 12, 3, 9, 30, 0, 0, time.UTC)
	accounts := []chat.Account{{Platform: "discord", User: "7"}, {Platform: Platform, Team: "T1", User: "U7"}}
	return chat.Message{
		Title: "A talk: Sparse <autoencoders> & :tada:",
		Body: []chat.Text{
			chat.T("You meet ", chat.Mention{Name: "Bo Larsen", Accounts: accounts}, " and ", chat.Mention{Name: "Cy"}, " ", chat.When{At: at, Fallback: "Thu 3 Dec 2026, 10:30 Paris (UTC+1)"}, "."),
			chat.T("Read ", chat.Link{Label: "the slides", URL: "https://talks.example/7"}, " or ", chat.Link{URL: "https://a.example/"}, "; type ", chat.Code("match list"), "."),
		},
		Fields: []chat.Field{{Name: "Shares", Value: chat.T("graphs, ", chat.Strong("networks"))}, {Name: "Zone", Value: chat.T("Paris")}},
		Note:   chat.T("Type ", chat.Code("help"), " to see more."),
		Rows: []chat.Row{
			chat.NewRow(
				chat.Button{Label: "Yes, introduce us", Ref: chat.Ref{Route: "match.yes", ID: "m1"}, Tone: chat.Main},
				chat.Button{Label: "Not now", Ref: chat.Ref{Route: "match.notnow", ID: "m1"}},
				chat.Button{Label: "No", Ref: chat.Ref{Route: "match.no", ID: "m1"}, Tone: chat.Danger}),
			chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "met.why", ID: "m1"}, Hint: "What came of it?", Options: []chat.Option{
				{Label: "We plan a visit", Value: "visit", Hint: "or an exchange"}, {Label: "Nothing", Value: "none"},
			}}),
			chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "met.other"}, Options: []chat.Option{{Label: "One", Value: "1"}}}),
		},
	}
}

func TestAMessageOfEveryPartIsRendered(t *testing.T) {
	t.Parallel()
	m := everything()
	if err := m.Validate(); err != nil {
		t.Fatal(err)
	}
	golden(t, "message.json", messageBlocks(m.Shown(), "T1"))
	golden(t, "home.json", homeView(m, "T2"))
	if got, want := fallback(m.Shown()), "A talk: Sparse &lt;autoencoders&gt; &amp; :tada:\nYou meet Bo Larsen and Cy Thu 3 Dec 2026, 10:30 Paris (UTC+1).\nRead the slides (https://talks.example/7) or https://a.example/; type match list."; got != want {
		t.Errorf("fallback = %q, want %q", got, want)
	}
}

func TestAFormOfEveryFieldIsRendered(t *testing.T) {
	t.Parallel()
	golden(t, "form.json", modal(chat.Form{
		Ref: chat.Ref{Route: "profile.edit", ID: "p1"}, Title: "Your profile, 1 of 2", Submit: "Next",
		Fields: []chat.FormField{
			{Name: "shares", Label: "Topics you can share", Hint: "With commas", Value: "graphs", Required: true, Max: 500},
			{Name: "about", Label: "About", Long: true},
			{Name: "show", Label: "Others see", Value: "topics", Options: []chat.Option{{Label: "My name", Value: "name"}, {Label: "Topics only", Value: "topics", Hint: "until you agree"}}},
			{Name: "kind", Label: "Kind", Options: []chat.Option{{Label: "Any", Value: "any"}}},
		},
	}, `{"c":1}`))
}

func TestManyParagraphsShareABlock(t *testing.T) {
	t.Parallel()
	var m chat.Message
	for i := range 300 {
		m.Body = append(m.Body, chat.T(fmt.Sprint("line ", i)))
	}
	blocks := messageBlocks(m.Shown(), "T1")
	if len(blocks) != paragraphBlocks {
		t.Fatalf("messageBlocks(300 paragraphs) = %d blocks, want %d", len(blocks), paragraphBlocks)
	}
	data, _ := json.Marshal(blocks)
	for _, want := range []string{`"line 0"`, `"line 11"},{"type":"text","text":"\n"},{"type":"text","text":"line 12"}`, `"line 299"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("messageBlocks(300 paragraphs) has no %q", want)
		}
	}
}

// Slack refuses a message with a note that is longer, and what sets code apart
// makes it longer than it was.
func TestALongNoteIsOneText(t *testing.T) {
	t.Parallel()
	var note chat.Text
	for range 300 {
		note = append(note, chat.Say("type "), chat.Code("a"), chat.Say(" "))
	}
	m := chat.Message{Title: "T", Note: note, Body: []chat.Text{chat.T(strings.Repeat("science ", 375)), chat.T(strings.Repeat("science ", 100))}}
	var got []struct{ Elements []struct{ Text string } }
	data, _ := json.Marshal(messageBlocks(m, "T1"))
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	small := got[len(got)-1].Elements
	if len(small) != 1 || len([]rune(small[0].Text)) != chat.MaxNote || !strings.HasPrefix(small[0].Text, "type `a` type `a`") || !strings.HasSuffix(small[0].Text, "…") {
		t.Errorf("the note is %d texts, the first of %d runes; want one of %d", len(small), len([]rune(small[0].Text)), chat.MaxNote)
	}
	if got := []rune(fallback(m)); len(got) != fallbackText || got[len(got)-1] != '…' {
		t.Errorf("fallback of a long message has %d runes, want %d and an ellipsis at its end", len(got), fallbackText)
	}
}

func TestWhatTurnsTheDirectionOfTextIsNotShown(t *testing.T) {
	t.Parallel()
	if got, want := chat.Shown("a\u202eb\u2066c\x00d\te\nf"), "abcd e\nf"; got != want {
		t.Errorf("shown = %q, want %q", got, want)
	}
	if got, want := chat.ShownLine(" a\n\u202e b\t"), "a b"; got != want {
		t.Errorf("line = %q, want %q", got, want)
	}
}

// Whatever a person typed stands on the wire as text, in an element that has no
// markup; there is no element that could ping, link or format.
func TestTypedTextIsNeverMarkup(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.SampledFrom([]string{"<!channel>", "<@U1>", "*bold*", "_i_", "~s~", "`c`", "&lt;", "<https://x|y>", ":smile:", "\u202e", "@here", "#general"})
		text := func(label string) string {
			return strings.Join(rapid.SliceOfN(typed, 1, 5).Draw(t, label), " ")
		}
		m := chat.Message{
			Title: text("title"), Body: []chat.Text{chat.T(text("say"), chat.Strong(text("strong")), chat.Code(text("code")))},
			Fields: []chat.Field{{Name: text("name"), Value: chat.T(text("value"))}}, Note: chat.T(text("note")),
			Rows: []chat.Row{chat.NewRow(chat.Button{Label: text("label"), Ref: chat.Ref{Route: "r"}})},
		}
		data, err := json.Marshal(messageBlocks(m.Shown(), "T1"))
		if err != nil {
			t.Fatal(err)
		}
		for _, markup := range []string{`"mrkdwn"`, `"user"`, `"broadcast"`, `"link"`, `"channel"`, `"emoji":true`, `"type":"emoji"`} {
			if strings.Contains(string(data), markup) {
				t.Fatalf("%s is on the wire: %s", markup, data)
			}
		}
		if text := fallback(m.Shown()); strings.ContainsAny(text, "<>") {
			t.Fatalf("fallback = %q, want it escaped", text)
		}
	})
}

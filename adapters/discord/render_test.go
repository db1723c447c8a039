package discord

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/chat"
)

var update = flag.Bool("update", false, "write the goldens anew")

// golden compares what is sent with testdata/NAME.json.
func golden(t *testing.T, name string, got any) {
	t.Helper()
	text, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(text)+"\n"); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// everything is a message with all that there is.
func everything() chat.Message {
	ana := chat.Mention{Name: "Ana Ruiz", Accounts: []chat.Account{{Platform: "slack", Team: "T1", User: "U1"}, {Platform: Platform, User: "42"}}}
	bo := chat.Mention{Name: "Bo Larsen", Accounts: []chat.Account{{Platform: "slack", Team: "T1", User: "U2"}}}
	return chat.Message{
		Title: "Agreed with *Bo*",
		Body: []chat.Text{
			chat.T("You meet ", ana, " and ", bo, " at ", chat.When{At: time.Unix(1796290200, 0), Fallback: "Thu 3 Dec 2026, 10:30 Paris (UTC+1)"}, "."),
			chat.T(chat.Strong("Topic:"), " a_b, type ", chat.Code("match list"), " or read ", chat.Link{Label: "the notes", URL: "https://lab.example/a_(b)"}, " at https://lab.example/x_y_z."),
			chat.T("> no quote\n# no heading\n- no list"),
		},
		Fields: []chat.Field{{Name: "Hours", Value: chat.T("Mon-Fri 09:00-17:30")}},
		Note:   chat.T("Or type ", chat.Code("help"), "."),
		Rows: []chat.Row{
			chat.NewRow(
				chat.Button{Label: "Yes", Ref: chat.Ref{Route: "match.yes", ID: "m1"}, Tone: chat.Main},
				chat.Button{Label: "Later", Ref: chat.Ref{Route: "match.later", ID: "m1"}},
				chat.Button{Label: "Never", Ref: chat.Ref{Route: "match.never", ID: "m1"}, Tone: chat.Danger},
			),
			chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "pick", ID: "m1"}, Hint: "Choose", Options: []chat.Option{{Label: "One", Value: "1", Hint: "first"}, {Label: "Two", Value: "2"}}}),
		},
		Attachments: []chat.Attachment{{Name: "talk.ics", Type: "text/calendar", Data: []byte("x")}, {Name: "plot.png", Type: "image/png", Alt: "A plot", Data: []byte("y")}},
	}
}

func TestMessagesAreRendered(t *testing.T) {
	t.Parallel()
	golden(t, "post", render("delivery-1", everything(), true))
	golden(t, "direct", render("delivery-1", everything(), false))
	golden(t, "plain", render("delivery-2", chat.Message{Body: []chat.Text{chat.T("Only a sentence.")}}, true))
}

// A table is lines of code whose spaces, which neither break nor melt together,
// are its columns.
func TestTablesKeepTheirColumns(t *testing.T) {
	t.Parallel()
	line := strings.ReplaceAll("Curie       3   1", " ", "\u00a0")
	got := render("d1", chat.Message{Body: []chat.Text{chat.T(chat.Code(line), chat.Say("\n"), chat.Code("two\nlines"))}}, true)
	if want := "`" + line + "`\n`two lines`"; got.Embeds[0].Description != want {
		t.Errorf("a table is %q, want %q", got.Embeds[0].Description, want)
	}
}

func TestOccasionsAreRendered(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 3, 14, 0, 0, 0, time.UTC)
	golden(t, "event", renderEvent(chat.Occasion{
		Title: "Sparse *codes*", Start: start, End: start.Add(time.Hour), Where: "Room 3, https://meet.example.org/sparse",
		About: []chat.Text{chat.T("Ana Ruiz speaks."), chat.T("Features that *survive*.")},
	}, "https://discord.com/channels/1/2/3"))
}

func TestFormsAreRendered(t *testing.T) {
	t.Parallel()
	golden(t, "form", renderForm(chat.Form{
		Ref: chat.Ref{Route: "profile.edit", ID: "d1"}, Title: "Your profile, 1 of 2", Submit: "Next",
		Fields: []chat.FormField{
			{Name: "shares", Label: "What can you share?", Hint: "Topics, with commas", Value: "sparse *autoencoders*", Required: true, Long: true, Max: 500},
			{Name: "zone", Label: "Your city or zone"},
			{Name: "show", Label: "What others see first", Value: "name", Options: []chat.Option{{Label: "My name", Value: "name", Hint: "and lab"}, {Label: "My topics", Value: "topics"}}},
		},
	}))
}

func TestCommandsAreRendered(t *testing.T) {
	t.Parallel()
	tree := &chat.Tree{Name: "interlab", Summary: "Scientists talking to scientists", Start: "start", Commands: []chat.Command{
		{Name: "me", Summary: "What is mine", Route: "me", Example: "me"},
		{Name: "match", Summary: "Find somebody", Subs: []chat.Command{{
			Name: "find", Summary: "Who knows a topic", Route: "match.find", Blank: "match.new", Example: "match find x",
			Args: []chat.Arg{
				{Name: "topic", Summary: "what", Required: true, Complete: true},
				{Name: "kind", Summary: "what for", Kind: chat.ArgChoice, Choices: []string{"seminar", "visit"}},
			},
		}, {
			Name: "rate", Summary: "How it went", Route: "match.rate", Example: "match rate 3",
			Args: []chat.Arg{{Name: "stars", Summary: "1 to 5", Kind: chat.ArgNumber, Required: true}},
		}}},
	}}
	golden(t, "commands", commands(tree))
}

// hostile are texts that people might type to reach beyond them.
var hostile = []string{
	"@everyone @here <@&1> <@1> <#1>", "[free money](https://evil.example)", "`code` ```fence\n@everyone```", "**bold** __u__ ~~s~~ ||spoiler||",
	"> quote\n>>> all\n# head\n-# small\n- item", "\u202etxt.exe \u2066x\u2069", "<t:0:R> </cmd:1> <:emoji:1> <id:home>", `\*already\* \\`,
	"https://a.example/_x_ **b**", "a\u200bb\x00\x1b[31m", strings.Repeat("🧪", 5000), strings.Repeat("*", 5000), strings.Repeat("`", 90), "<https://evil.example>",
}

// What was typed is read as it was typed, wherever it stands, and fits.
func TestHostileTextStaysText(t *testing.T) {
	t.Parallel()
	for _, text := range hostile {
		m := chat.Message{
			Title: text, Body: []chat.Text{chat.T(text), chat.T(chat.Strong(text)), chat.T(chat.Code(text)), chat.T(chat.Link{Label: text, URL: "https://lab.example/a"})},
			Fields: []chat.Field{{Name: text, Value: chat.T(text, chat.Mention{Name: text})}}, Note: chat.T(text),
			Rows: []chat.Row{
				chat.NewRow(chat.Button{Label: text, Ref: chat.Ref{Route: "a"}}),
				chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "b"}, Hint: text, Options: []chat.Option{{Label: text, Value: "1", Hint: text}}}),
			},
		}
		b := render("id", m, true)
		if len(b.Mentions.Parse)+len(b.Mentions.Users)+len(b.Mentions.Roles) != 0 || b.Content != "" {
			t.Errorf("render(%.40q) may ping %+v with content %q", text, b.Mentions, b.Content)
		}
		e := b.Embeds[0]
		total := units(e.Title) + units(e.Description) + units(e.Footer.Text)
		for _, f := range e.Fields {
			total += units(f.Name) + units(f.Value)
		}
		if total > maxCard || units(e.Description) > maxDescription || units(e.Title) > maxTitle {
			t.Errorf("render(%.40q) has %d units in all, want at most %d", text, total, maxCard)
		}
		for _, shown := range []string{e.Title, e.Description} {
			shown = regexp.MustCompile("`[^`]*`").ReplaceAllString(shown, "") // nothing is formatted in code
			for _, bad := range []string{"money](https://evil", "\n# ", "\n> ", "\u202e", "\x1b", "\x00"} {
				if strings.Contains(shown, bad) {
					t.Errorf("render(%.40q) has %q in %.80q", text, bad, shown)
				}
			}
		}
	}
}

// Escaping keeps every limit and every character that is shown.
func TestEscapedTextKeepsItsLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		limit := rapid.IntRange(1, 300).Draw(t, "limit")
		got := escaped(text, limit)
		if units(got) > limit {
			t.Fatalf("escaped(%q, %d) = %q, %d units", text, limit, got, units(got))
		}
		if all := escaped(text, 10*len(text)+10); strings.ContainsRune(all, '…') && !strings.ContainsRune(text, '…') {
			t.Fatalf("escaped(%q) with room enough is cut: %q", text, all)
		}
	})
}

func TestMarksTellDeliveriesApart(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for i := range 200 {
		seen[mark(string(rune('a'+i)))] = true
	}
	if len(seen) < 195 {
		t.Errorf("200 deliveries have %d marks, want nearly as many", len(seen))
	}
	if a, b := nonce("a"), nonce(strings.Repeat("b", 90)); len(a) > 25 || len(b) > 25 || a == b {
		t.Errorf("nonces %q and %q, want two of at most 25 characters", a, b)
	}
}

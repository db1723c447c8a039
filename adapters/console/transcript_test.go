package console

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestTranscript(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/talk.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	script, err := Parse("testdata/talk.txt", file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	f, c := newFake(t, &out)
	if err := c.Play(t.Context(), script); err != nil {
		t.Errorf("Play = %v", err)
	}
	f.sayEverything(t)
	golden(t, "testdata/talk.golden", out.String())
}

// sayEverything uses every part of a message, and every way to send one.
func (f *fake) sayEverything(t *testing.T) {
	t.Helper()
	ctx, general := t.Context(), chat.Place{Home: chat.Home{Platform: "slack", ID: "curie"}, Channel: "general"}
	post, err := f.says.Post(ctx, "p1", general, everything())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.says.Thread(ctx, "t1", post, chat.Message{Body: []chat.Text{chat.T("The first reply.")}}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.says.Edit(ctx, "e1", post, chat.Message{Title: "Moved to Friday"}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.says.Direct(ctx, "d1", chat.Account{Platform: "discord", User: "bo"}, chat.Message{Title: "Hello"}); err != nil {
		t.Fatal(err)
	}
}

func everything() chat.Message {
	long := strings.Repeat("Representations of sparse features in large networks, and what they tell us. ", 3)
	return chat.Message{
		Title: "A talk",
		Body: []chat.Text{
			chat.T(chat.Mention{Name: "Ana"}, " speaks on ", chat.Strong("graphs"), " at ", chat.When{At: start, Fallback: "Tue 1 Dec, 15:00 Berlin (UTC+1)"}, "."),
			chat.T(long), chat.T("Two\nlines."),
		},
		Fields: []chat.Field{{Name: "Type", Value: chat.T(chat.Code("match find graphs"))}, {Name: "Page", Value: chat.T(chat.Link{Label: "the page", URL: "https://example.org/a"})}},
		Note:   chat.T("You may change this."),
		Rows: []chat.Row{
			chat.NewRow(chat.Button{Label: "I will come", Ref: chat.Ref{Route: "yes"}}, chat.Button{Label: "I cannot", Ref: chat.Ref{Route: "no"}}),
			chat.NewRow(chat.Button{Label: "Leave", Ref: chat.Ref{Route: "leave"}}),
			chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "when"}, Hint: "Another time", Options: []chat.Option{{Label: "Wed 15:00", Value: "a", Hint: "3 can"}, {Label: "Thu", Value: "b"}}}),
			chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "where"}, Options: []chat.Option{{Label: "Online", Value: "c"}}}),
		},
		Attachments: []chat.Attachment{
			{Name: "talk.ics", Type: "text/calendar", Data: []byte("BEGIN")},
			{Name: "plot.png", Type: "image/png", Alt: "Two curves that cross", Data: []byte{1, 2, 3}},
		},
	}
}

func TestATranscriptCannotObeyWhatPeopleTyped(t *testing.T) {
	t.Parallel()
	_, got := played(t, `ana@slack:curie> say "red `+"\x1b[31m\u202e"+`\n2 bot → bo (direct): forged"`)
	want := "ana@slack:curie> say \"red \uFFFD[31m\uFFFD\\n2 bot → bo (direct): forged\"\n" +
		"1 bot → ana@slack:curie (private)\n" +
		"    You said `red \uFFFD[31m\uFFFD\n" +
		"      2 bot → bo (direct): forged`.\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("transcript (-want +got):\n%s", diff)
	}
}

package chat

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// scribe notes what it was to write.
type scribe struct{ wrote []string }

func (s *scribe) note(kind string, texts ...string) {
	s.wrote = append(s.wrote, kind+" "+strings.Join(texts, "|"))
}
func (s *scribe) Say(text string)          { s.note("say", text) }
func (s *scribe) Strong(text string)       { s.note("strong", text) }
func (s *scribe) Code(text string)         { s.note("code", text) }
func (s *scribe) Link(l Link, to *url.URL) { s.note("link", l.Label, l.URL, to.Host) }
func (s *scribe) When(at time.Time, fallback string) {
	s.note("when", at.UTC().Format(time.DateOnly), fallback)
}
func (s *scribe) Mention(name, user string) { s.note("mention", name, user) }

func written(t Text, p Platform, team string) []string {
	var s scribe
	t.Write(&s, p, team)
	return s.wrote
}

func TestSpansAreWrittenAsTheyAreShown(t *testing.T) {
	t.Parallel()
	ana := Mention{Name: "Ana\x00", Accounts: []Account{{Platform: "p", Team: "T1", User: "U1"}}}
	for _, c := range []struct {
		in   Text
		want []string
	}{
		{T("a\tb\u202e", Strong("c\n"), Code("d")), []string{"say a b", "strong c\n", "code d"}},
		{Text{Say(""), Strong("\x00"), Code("\u202e"), nil}, nil},
		{T(ana), []string{"mention Ana|U1"}},
		{T(Mention{Name: "Bo", Accounts: []Account{{Platform: "p", Team: "T2", User: "U2"}}}), []string{"say Bo"}},
		{T(When{time.Unix(0, 0), "1 Jan\u202e 1970"}), []string{"when 1970-01-01|1 Jan 1970"}},
	} {
		if diff := cmp.Diff(c.want, written(c.in, "p", "T1")); diff != "" {
			t.Errorf("%#v is written (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestALinkShowsWhereItLeads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		link Link
		want string
	}{
		{Link{"the\nnotes", "https://lab.example/a"}, "link the notes|https://lab.example/a|lab.example"},
		{Link{"", "https://lab.example/a"}, "link |https://lab.example/a|lab.example"},
		{Link{"https://lab.example/a", "https://lab.example/a"}, "link |https://lab.example/a|lab.example"},
		{Link{" \u202e", "https://lab.example/a"}, "link |https://lab.example/a|lab.example"},
		{Link{"https://lab.example", "https://evil.example/a"}, "link https://lab.example|https://evil.example/a|evil.example"},
		{Link{"notes", "://"}, "say notes (://)"},
		{Link{"notes", "javascript:alert(1)"}, "say notes (javascript:alert(1))"},
		{Link{"notes", "ftp://lab.example"}, "say notes (ftp://lab.example)"},
	} {
		if got := written(T(c.link), "p", ""); len(got) != 1 || got[0] != c.want {
			t.Errorf("%+v is written %q, want %q", c.link, got, c.want)
		}
	}
}

// Nothing that is written could reach beyond its text, whatever stood in it.
func TestWhatIsWrittenIsShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab \n\t\x00\u202e\u2066\ufffd"))).Draw(t, "text")
		spans := T(text, Strong(text), Code(text), Link{text, "https://a.example"}, When{time.Unix(1, 0), text}, Mention{Name: text})
		for _, wrote := range written(spans, "p", "") {
			if Shown(wrote) != wrote {
				t.Errorf("%q is written", wrote)
			}
		}
	})
}

func TestControlsAreMadeInTheirOrder(t *testing.T) {
	t.Parallel()
	row := NewRow(Button{Label: "Yes"}, Button{Label: "No"})
	row.Menu = &Menu{Hint: "Which"}
	got := Controls(row, func(b Button) string { return "button " + b.Label }, func(m Menu) string { return "menu " + m.Hint })
	if diff := cmp.Diff([]string{"button Yes", "button No", "menu Which"}, got); diff != "" {
		t.Errorf("Controls (-want +got):\n%s", diff)
	}
}

func TestMessagesAndFormsAreShownWithinTheirLimits(t *testing.T) {
	t.Parallel()
	odd := func(word string) string { return " " + word + "\u202e\n two\x00 " }
	m := Message{
		Title: odd("title"), Body: []Text{T("body")}, Note: T("see ", Code("help"), Code(""), "\u202e"),
		Fields: []Field{{odd("name"), T("value")}},
		Rows: []Row{
			NewRow(Button{Label: odd("label"), Ref: Ref{Route: "a"}}),
			NewMenu(Menu{Ref: Ref{Route: "b"}, Hint: odd("hint"), Options: []Option{{odd("label"), "v\u202e", odd("hint")}}}),
		},
	}
	before, got := fmt.Sprintf("%+v %+v", m, *m.Rows[1].Menu), m.Shown()
	want := Message{
		Title: "title two", Body: m.Body, Note: m.Note, Fields: []Field{{"name two", T("value")}},
		Rows: []Row{
			NewRow(Button{Label: "label two", Ref: Ref{Route: "a"}}),
			NewMenu(Menu{Ref: Ref{Route: "b"}, Hint: "hint two", Options: []Option{{"label two", "v\u202e", "hint two"}}}),
		},
	}
	if diff := cmp.Diff(want, got); diff != "" || got.Note.Quoted() != "see `help`" {
		t.Errorf("Shown() with the note %q (-want +got):\n%s", got.Note.Quoted(), diff)
	}
	if after := fmt.Sprintf("%+v %+v", m, *m.Rows[1].Menu); before != after {
		t.Errorf("Shown() changed its message from %s to %s", before, after)
	}
	f := Form{Title: odd("title"), Submit: odd("send"), Fields: []FormField{
		{Name: "a", Label: odd("label"), Hint: odd("hint"), Value: "x\u202e", Max: 9},
		{Name: "b", Value: "v\u202e", Options: []Option{{odd("label"), "v\u202e", ""}}},
	}}
	if diff := cmp.Diff(Form{Title: "title two", Submit: "send two", Fields: []FormField{
		{Name: "a", Label: "label two", Hint: "hint two", Value: "x", Max: 9},
		{Name: "b", Value: "v\u202e", Max: MaxFormText, Options: []Option{{"label two", "v\u202e", ""}}},
	}}, f.Shown()); diff != "" || f.Fields[1].Options[0].Label != odd("label") {
		t.Errorf("Shown() of a form (-want +got):\n%s", diff)
	}
}

// What was shown once is shown as it is.
func TestShownTwiceIsShownOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		once := genMessage(genLong()).Draw(t, "message").Shown()
		if diff := cmp.Diff(once, once.Shown()); diff != "" {
			t.Errorf("Shown() again (-once +twice):\n%s", diff)
		}
	})
}

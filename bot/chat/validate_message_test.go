package chat

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// faultLines are the lines of an error, none for nil.
func faultLines(err error) []string {
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}

func row(ids ...string) Row {
	var buttons []Button
	for _, id := range ids {
		buttons = append(buttons, Button{Label: "Go", Ref: Ref{"go", id}})
	}
	return NewRow(buttons...)
}

func menu(values ...string) Row {
	m := Menu{Ref: Ref{Route: "menu"}}
	for _, value := range values {
		m.Options = append(m.Options, Option{Label: "x", Value: value})
	}
	return NewMenu(m)
}

// numbered is n different words.
func numbered(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "v" + strings.Repeat("i", i)
	}
	return out
}

func TestMessageFaultsAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		about string
		m     Message
		want  []string
	}{
		{"a title is enough", Message{Title: "a"}, nil},
		{"a body is enough", Message{Body: []Text{T("a")}}, nil},
		{"long text is no fault", Message{Title: strings.Repeat("a", 1e4)}, nil},
		{"nothing to show", Message{Note: T("a")}, []string{"message: neither a title nor a body"}},
		{"an unseen title", Message{Title: "\u200b "}, []string{"message: neither a title nor a body"}},
		{"an empty paragraph", Message{Body: []Text{T("a"), T(" ")}}, []string{"body[1]: empty"}},
		{
			"fields",
			Message{Title: "a", Fields: []Field{{"", T("b")}, {"c", nil}}},
			[]string{"fields[0].name: empty", "fields[1].value: empty"},
		},
		{"too many fields", Message{Title: "a", Fields: slices.Repeat([]Field{{"a", T("b")}}, 11)}, []string{"fields: 11 fields, at most 10"}},
	} {
		if diff := cmp.Diff(test.want, faultLines(test.m.Validate())); diff != "" {
			t.Errorf("%s: Validate() (-want +got):\n%s", test.about, diff)
		}
	}
}

func TestSpanFaultsAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	m := Message{
		Title: "a",
		Body: []Text{
			{Say("x"), nil},
			{Link{"x", "javascript:alert(1)"}, Link{"x", "/relative"}, Link{"x", "https://ok.org"}},
			{When{time.Unix(1, 0), ""}, When{time.Time{}, "x"}, When{time.Unix(1, 0), "x"}},
		},
		Note: Text{Mention{}},
	}
	want := []string{
		"body[0][1]: no span",
		`body[1][0]: "javascript:alert(1)" is not a web address`,
		`body[1][1]: "/relative" is not a web address`,
		"body[2][0]: a moment without its time or its fallback",
		"body[2][1]: a moment without its time or its fallback",
		"note[0]: a mention without a name",
	}
	if diff := cmp.Diff(want, faultLines(m.Validate())); diff != "" {
		t.Errorf("Validate() (-want +got):\n%s", diff)
	}
}

func TestControlFaultsAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("i", MaxRef)
	for _, test := range []struct {
		about string
		rows  []Row
		want  []string
	}{
		{"good rows", []Row{row("1", "2"), menu("a", "b")}, nil},
		{"neither buttons nor menu", []Row{{}}, []string{"rows[0]: needs either buttons or a menu"}},
		{"buttons and a menu", []Row{{Buttons: row("1").Buttons, Menu: menu("a").Menu}}, []string{"rows[0]: needs either buttons or a menu"}},
		{"too many rows", []Row{row("1"), row("2"), row("3"), row("4"), row("5"), row("6")}, []string{"rows: 6 rows, at most 5"}},
		{"too many buttons", []Row{row("1", "2", "3", "4", "5", "6")}, []string{"rows[0].buttons: 6 buttons, at most 5"}},
		{"a long reference", []Row{row("1"), row("2", "3", long)}, []string{"rows[1].buttons[2].ref: 103 bytes, at most 100"}},
		{
			"a reference twice",
			[]Row{row("1"), row("2", "1")},
			[]string{`rows[1].buttons[1].ref: "go:1" is the reference of rows[0].buttons[0] too`},
		},
		{"no reference", []Row{NewRow(Button{Label: "a"})}, []string{`rows[0].buttons[0].ref: "" cannot be read back`}},
		{
			"label and tone",
			[]Row{NewRow(Button{Ref: Ref{Route: "a"}, Tone: "loud"})},
			[]string{"rows[0].buttons[0].label: empty", `rows[0].buttons[0].tone: unknown tone "loud"`},
		},
		{"a menu without options", []Row{menu()}, []string{"rows[0].menu.options: empty"}},
		{"a menu with too many", []Row{menu(numbered(26)...)}, []string{"rows[0].menu.options: 26 options, at most 25"}},
		{
			"option values",
			[]Row{menu("a", "", "a", long+"v")},
			[]string{
				"rows[0].menu.options[1].value: empty",
				`rows[0].menu.options[2].value: "a" is the value of option 0 too`,
				"rows[0].menu.options[3].value: 101 bytes, at most 100",
			},
		},
	} {
		got := faultLines(Message{Title: "a", Rows: test.rows}.Validate())
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: Validate() (-want +got):\n%s", test.about, diff)
		}
	}
}

func TestAttachmentFaultsAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	files := []Attachment{
		{Name: "a.png", Type: "image/png", Data: []byte{1}},
		{Name: "a.png", Type: "image/png", Data: []byte{1}, Alt: "a map"},
		{},
	}
	want := []string{
		"attachments[0].alt: a picture needs a text that says what it shows",
		"attachments[2].name: empty", "attachments[2].type: empty", "attachments[2].data: empty",
	}
	if diff := cmp.Diff(want, faultLines(Message{Title: "a", Attachments: files}.Validate())); diff != "" {
		t.Errorf("Validate() (-want +got):\n%s", diff)
	}
	err := Message{Title: "a", Attachments: make([]Attachment, MaxAttachments+1)}.Validate()
	if got, want := faultLines(err)[0], "attachments: 11 attachments, at most 10"; got != want {
		t.Errorf("Validate(11 attachments) = %q first, want %q", got, want)
	}
}

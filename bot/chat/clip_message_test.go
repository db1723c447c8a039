package chat

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestClippedMessageIsWithinEveryLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := genMessage(genLong()).Draw(t, "message")
		got := m.Clip()
		for _, paragraph := range got.Body {
			within(t, "paragraph", paragraph.runes(), MaxParagraph)
		}
		within(t, "title", utf8.RuneCountInString(got.Title), MaxTitle)
		within(t, "body", bodyRunes(got.Body), MaxBody)
		within(t, "note", got.Note.runes(), MaxNote)
		within(t, "message", got.runes(), MaxMessage)
		for _, field := range got.Fields {
			within(t, "field name", utf8.RuneCountInString(field.Name), MaxFieldName)
			within(t, "field value", field.Value.runes(), MaxFieldValue)
		}
		for _, row := range got.Rows {
			rowWithin(t, row)
		}
		if diff := cmp.Diff(got, got.Clip()); diff != "" {
			t.Errorf("Clip() again (-once +twice):\n%s", diff)
		}
	})
}

func rowWithin(t *rapid.T, row Row) {
	for _, button := range row.Buttons {
		within(t, "label", utf8.RuneCountInString(button.Label), MaxLabel)
	}
	if row.Menu == nil {
		return
	}
	within(t, "hint", utf8.RuneCountInString(row.Menu.Hint), MaxMenuHint)
	within(t, "options", len(row.Menu.Options), MaxOptions)
	for _, option := range row.Menu.Options {
		within(t, "option label", utf8.RuneCountInString(option.Label), MaxOptionText)
		within(t, "option hint", utf8.RuneCountInString(option.Hint), MaxOptionText)
	}
}

func within(t *rapid.T, what string, size, limit int) {
	if size > limit {
		t.Errorf("Clip() leaves a %s of %d, want at most %d", what, size, limit)
	}
}

func TestClippingAddsNoFault(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := genMessage(genLong()).Draw(t, "message")
		if diff := cmp.Diff(faultLines(m.Validate()), faultLines(m.Clip().Validate())); diff != "" {
			t.Errorf("Clip().Validate() (-before +after):\n%s", diff)
		}
	})
}

func TestClippingShortMessageChangesNothing(t *testing.T) {
	t.Parallel()
	short := rapid.Map(rapid.StringMatching(`[a-z ]{1,20}`), func(s string) Text { return T(s) })
	rapid.Check(t, func(t *rapid.T) {
		m := genMessage(short).Draw(t, "message")
		m.Title, m.Rows = "a title", []Row{row("1"), menu("a", "b")}
		for i := range m.Fields {
			m.Fields[i].Name = "name"
		}
		if diff := cmp.Diff(m, m.Clip(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Clip() (-want +got):\n%s", diff)
		}
	})
}

func TestClippingLeavesItsReceiverAndAllReferences(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 2000)
	build := func() Message {
		return Message{
			Title:  long,
			Body:   []Text{T(long)},
			Fields: []Field{{long, T(long)}},
			Rows: []Row{
				NewRow(Button{Label: long, Ref: Ref{"go", long}}),
				NewMenu(Menu{Ref: Ref{"menu", long}, Options: []Option{{Label: long, Value: long}}}),
			},
		}
	}
	m := build()
	got := m.Clip()
	if diff := cmp.Diff(build(), m); diff != "" {
		t.Errorf("Clip() changed its receiver (-want +got):\n%s", diff)
	}
	if got.Rows[0].Buttons[0].Ref.ID != long || got.Rows[1].Menu.Ref.ID != long || got.Rows[1].Menu.Options[0].Value != long {
		t.Error("Clip() changed a reference or a value, want them whole")
	}
}

func TestLongMessageLosesItsBodyFirst(t *testing.T) {
	t.Parallel()
	text := func(n int) Text { return T(strings.Repeat("a", n)) }
	fields := []Field{{"f", text(1000)}, {"g", text(1000)}}
	m := Message{Body: []Text{text(2900), text(1000)}, Fields: fields, Note: text(500)}
	got := m.Clip()
	if got.runes() != MaxMessage || got.Note.runes() != 500 || got.Fields[1].Value.runes() != 1000 || len(got.Body) != 2 {
		t.Errorf("Clip() = %d runes with a body of %d, a note of %d and a last field of %d; want %d, with only the body shorter",
			got.runes(), bodyRunes(got.Body), got.Note.runes(), got.Fields[1].Value.runes(), MaxMessage)
	}
	m.Fields = nil
	for range MaxFields {
		m.Fields = append(m.Fields, Field{"f", text(1000)})
	}
	got = m.Clip()
	first, last := got.Fields[0].Value.runes(), got.Fields[MaxFields-1].Value.Plain()
	if got.runes() > MaxMessage || got.Body[0].Plain() != ellipsis || first != 1000 || last != ellipsis {
		t.Errorf("Clip() = %d runes, body %q, first field %d runes, last field %q; want the body and the last fields gone first",
			got.runes(), got.Body[0].Plain(), first, last)
	}
}

func TestParagraphsAreDroppedFromTheEnd(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		about string
		in    []Text
		limit int
		want  []Text
	}{
		{"all fit", []Text{T("abc"), T("def")}, 8, []Text{T("abc"), T("def")}},
		{"the last is cut", []Text{T("abc"), T("def")}, 7, []Text{T("abc"), T("d…")}},
		{"no room for the last", []Text{T("abc"), T("def")}, 5, []Text{T("abc…")}},
		{"no room for the ellipsis either", []Text{T("abc"), T("def")}, 3, []Text{T("ab…")}},
		{"the first is cut", []Text{T("abc"), T("def")}, 2, []Text{T("a…")}},
	} {
		got := clipBody(test.in, test.limit)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: clipBody(%d) (-want +got):\n%s", test.about, test.limit, diff)
		}
	}
}

func BenchmarkClipAndValidate(b *testing.B) {
	m := sample().Help([]string{"match", "find"})
	for b.Loop() {
		if err := m.Clip().Validate(); err != nil {
			b.Fatal(err)
		}
	}
}

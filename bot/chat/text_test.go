package chat

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestTextIsReadBackAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := genLine().Draw(t, "text")
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatalf("Marshal(%v) = %v, want no error", want, err)
		}
		var got Text
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("Unmarshal(%s) = %v, want no error", data, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Unmarshal(Marshal(text)) (-want +got):\n%s", diff)
		}
	})
}

func TestForgedTextIsRefused(t *testing.T) {
	t.Parallel()
	for _, data := range []string{
		`{}`, `"x"`, `[["say"]]`, `[[]]`, `[["html","<b>"]]`, `[["say",7]]`, `[[7,"x"]]`, `[["link","x"]]`, `[null]`,
		`[["when",{"at":"soon"}]]`,
	} {
		var got Text
		if err := json.Unmarshal([]byte(data), &got); err == nil {
			t.Errorf("Unmarshal(%s) = %v, want an error", data, got)
		}
	}
}

func TestPlainIsWhatAReaderWithoutFormattingSees(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		span Span
		want string
	}{
		{Say("*a*"), "*a*"},
		{Strong("a"), "a"},
		{Code("a"), "a"},
		{Link{"the paper", "https://a.org"}, "the paper (https://a.org)"},
		{Link{"https://a.org", "https://a.org"}, "https://a.org"},
		{Link{"", "https://a.org"}, "https://a.org"},
		{When{time.Unix(0, 0), "1 Jan 1970 00:00 UTC"}, "1 Jan 1970 00:00 UTC"},
		{Mention{Name: "Ana"}, "Ana"},
	} {
		if got := test.span.Plain(); got != test.want {
			t.Errorf("%#v.Plain() = %q, want %q", test.span, got, test.want)
		}
	}
}

func TestTextTakesStringsSpansAndTexts(t *testing.T) {
	t.Parallel()
	got := T("a", Strong("b"), T("c", Code("d")), 5)
	want := Text{Say("a"), Strong("b"), Say("c"), Code("d"), Say("5")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("T(...) (-want +got):\n%s", diff)
	}
}

func TestALinkShowsWhereItLeads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		link        Link
		label, host string
	}{
		{Link{"the\nnotes", "https://lab.example/a"}, "the notes", "lab.example"},
		{Link{"", "https://lab.example/a"}, "", ""},
		{Link{"https://lab.example/a", "https://lab.example/a"}, "", ""},
		{Link{"https://lab.example", "https://evil.example/a"}, "https://lab.example", "evil.example"},
		{Link{"notes", "://"}, "notes", ""},
	} {
		if label, host := c.link.Shown(); label != c.label || host != c.host {
			t.Errorf("%+v shows %q, %q; want %q, %q", c.link, label, host, c.label, c.host)
		}
	}
}

func TestAMentionKnowsTheAccountOfATeam(t *testing.T) {
	t.Parallel()
	m := Mention{Name: "Ana", Accounts: []Account{{Platform: "slack", Team: "T1", User: "U1"}, {Platform: "discord", User: "7"}, {Platform: "slack", Team: "T2", User: "U2"}}}
	for _, c := range []struct {
		platform   Platform
		team, want string
	}{{"slack", "T2", "U2"}, {"slack", "T3", ""}, {"slack", "", ""}, {"discord", "", "7"}} {
		if got := m.On(c.platform, c.team); got != c.want {
			t.Errorf("On(%s, %q) = %q, want %q", c.platform, c.team, got, c.want)
		}
	}
}

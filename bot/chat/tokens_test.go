package chat

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestLineIsSplitIntoTokens(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line string
		want []token
	}{
		{"", nil},
		{" \n ", nil},
		{"a  b", []token{{raw: "a", value: "a"}, {gap: "  ", raw: "b", value: "b"}}},
		{"topic:x", []token{{raw: "topic:x", name: "topic", value: "x"}}},
		{"Topic:", []token{{raw: "Topic:", name: "Topic"}}},
		{`topic:"a b" c`, []token{{raw: `topic:"a b"`, name: "topic", value: "a b", quoted: true}, {gap: " ", raw: "c", value: "c"}}},
		{`"a"b`, []token{{raw: `"a"`, value: "a", quoted: true}, {raw: "b", value: "b"}}},
		{`a"b"`, []token{{raw: `a"b"`, value: `a"b"`}}},
		{`"a`, []token{{raw: `"a`, value: "a", quoted: true, open: true}}},
		{`"`, []token{{raw: `"`, quoted: true, open: true}}},
		{`"\`, []token{{raw: `"\`, value: `\`, quoted: true, open: true}}},
		{`""`, []token{{raw: `""`, quoted: true}}},
		{`"\"\\\x"`, []token{{raw: `"\"\\\x"`, value: `"\\x`, quoted: true}}},
		{"“a\"b”", []token{{raw: "“a\"b”", value: `a"b`, quoted: true}}},
		{"”a”", []token{{raw: "”a”", value: "a", quoted: true}}},
		{"»a«", []token{{raw: "»a«", value: "a", quoted: true}}},
		{"12:30", []token{{raw: "12:30", value: "12:30"}}},
		{"-a:b", []token{{raw: "-a:b", value: "-a:b"}}},
		{"a_b:c", []token{{raw: "a_b:c", value: "a_b:c"}}},
		{"é:c", []token{{raw: "é:c", value: "é:c"}}},
		{"<@U1|a b> c", []token{{raw: "<@U1|a b>", value: "<@U1|a b>"}, {gap: " ", raw: "c", value: "c"}}},
		{"<@U1 c", []token{{raw: "<@U1", value: "<@U1"}, {gap: " ", raw: "c", value: "c"}}},
		{"who:<@U1|a b>", []token{{raw: "who:<@U1|a b>", name: "who", value: "<@U1|a b>"}}},
	} {
		got := tokens(test.line)
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(token{})); diff != "" {
			t.Errorf("tokens(%q) (-want +got):\n%s", test.line, diff)
		}
	}
}

func TestNamesLongerThanAnyArgumentAreText(t *testing.T) {
	t.Parallel()
	longest := strings.Repeat("n", MaxCommandName)
	if got := namePrefix(longest + ":x"); got != longest {
		t.Errorf("namePrefix(%q) = %q, want the name", longest+":x", got)
	}
	if got := namePrefix(longest + "n:x"); got != "" {
		t.Errorf("namePrefix(%q) = %q, want none", longest+"n:x", got)
	}
}

func TestTokensLoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := genText().Draw(t, "line")
		var back strings.Builder
		for _, token := range tokens(line) {
			back.WriteString(token.gap + token.raw)
			if token.raw == "" {
				t.Errorf("tokens(%q) has an empty token", line)
			}
		}
		if want := strings.TrimRightFunc(line, unicode.IsSpace); strings.TrimRightFunc(back.String(), unicode.IsSpace) != want {
			t.Errorf("tokens(%q) make up %q, want %q", line, back.String(), want)
		}
	})
}

func TestQuotedValuesAreOneToken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := genText().Draw(t, "value")
		quoted := quote(value)
		got := tokens("name:" + quoted + " next")
		if len(got) != 2 || got[0].name != "name" || got[0].value != value || got[0].open {
			t.Errorf("tokens(name:%s next) = %+v, want the value %q and the next", quoted, got, value)
		}
	})
}

func TestPlainValuesAreNotQuoted(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ value, want string }{
		{"optics", "optics"},
		{"12:30", "12:30"},
		{`C:\x`, `C:\x`},
		{`5"`, `5"`},
		{"a b", `"a b"`},
		{"a\nb", "\"a\nb\""},
		{"", `""`},
		{`"a"`, `"\"a\""`},
		{"„a", `"„a"`},
		{"<@U1>", "<@U1>"},
		{"<@U1|a b>", `"<@U1|a b>"`},
		{"<@U1", `"<@U1"`},
		{"a>b", "a>b"},
	} {
		if got := quote(test.value); got != test.want {
			t.Errorf("quote(%q) = %s, want %s", test.value, got, test.want)
		}
	}
}

package chat

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// call builds a call from a path and pairs of name and value.
func call(path string, pairs ...string) Call {
	c := Call{Path: strings.Fields(path)}
	for i := 0; i < len(pairs); i += 2 {
		if c.Args == nil {
			c.Args = map[string]string{}
		}
		c.Args[pairs[i]] = pairs[i+1]
	}
	return c
}

func TestLinesAreRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line string
		want Call
	}{
		{"", call("")},
		{" \n", call("")},
		{"/interlab", call("")},
		{"InterLab ", call("")},
		{"me", call("me")},
		{"/me", call("me")},
		{"/interlab help", call("help")},
		{"INTERLAB Help MATCH find", call("help", "command", "MATCH find")},
		{"match find", call("match find")},
		{"/interlab match find sparse  autoencoders", call("match find", "topic", "sparse  autoencoders")},
		{`match find "sparse autoencoders" student 5`, call("match find", "topic", "sparse autoencoders", "role", "student", "count", "5")},
		{"match find optics STAFF", call("match find", "topic", "optics", "role", "Staff")},
		{"match find optics staff 3", call("match find", "topic", "optics", "role", "Staff", "count", "3")},
		{"match find the staff of life", call("match find", "topic", "the staff of life")},
		{"match find optics count:3 lasers", call("match find", "topic", "optics lasers", "count", "3")},
		{"match find TOPIC:optics Role:staff", call("match find", "topic", "optics", "role", "Staff")},
		{"match find role:\u201canybody at all\u201d topic:„x y“", call("match find", "topic", "x y", "role", "anybody at all")},
		{`match find «x y» not:<@U1|Ana Bo>`, call("match find", "topic", "x y", "not", "<@U1|Ana Bo>")},
		{`match find topic:"say \"hi\" \\ \n"`, call("match find", "topic", `say "hi" \ \n`)},
		{"match find topic:\"a\n\u202eb\"", call("match find", "topic", "a\nb")},
		{`match find papers on "attention", mostly`, call("match find", "topic", `papers on "attention", mostly`)},
		{"match find https://a.org/x?y=z", call("match find", "topic", "https://a.org/x?y=z")},
		{"match find talks at 12:30 in std::vector or C:\\x :)", call("match find", "topic", "talks at 12:30 in std::vector or C:\\x :)")},
		{"match find topic=optics", call("match find", "topic", "topic=optics")},
		{"match find Re: optics", call("match find", "topic", "Re: optics")},
		{`match find "a b" staff 3 Bo Chen`, call("match find", "topic", "a b", "role", "Staff", "count", "3", "not", "Bo Chen")},
		{"match block Bo Chen", call("match block", "person", "Bo Chen")},
		{"match block <@U1|Bo Chen>", call("match block", "person", "<@U1|Bo Chen>")},
		{"goal add ship it by March", call("goal add", "topic", "ship", "note", "it by March")},
		{`goal add "ship it" by March`, call("goal add", "topic", "ship it", "note", "by March")},
		{`goal add x note:""`, call("goal add", "topic", "x", "note", "")},
		{"goal add topic:x don't", call("goal add", "topic", "x", "note", "don't")},
	} {
		got, err := sample().Parse(test.line)
		if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("Parse(%q) = %v (-want +got):\n%s", test.line, err, diff)
		}
	}
}

func genCall() *rapid.Generator[Call] {
	return rapid.Custom(func(t *rapid.T) Call {
		value := rapid.Map(genText(), func(s string) string { return Clean("v" + s) })
		text := rapid.Map(genText(), Clean)
		given := func(name string) bool { return rapid.Bool().Draw(t, name) }
		switch rapid.IntRange(0, 3).Draw(t, "command") {
		case 0:
			return call("")
		case 1:
			return call("match block", "person", value.Draw(t, "person"))
		case 2:
			return call("goal add", "topic", value.Draw(t, "topic"), "note", text.Draw(t, "note"))
		}
		c := call("match find", "topic", value.Draw(t, "topic"))
		if given("role") {
			c.Args["role"] = rapid.SampledFrom([]string{"student", "Staff", "anybody at all"}).Draw(t, "role")
		}
		if given("count") {
			c.Args["count"] = fmt.Sprint(rapid.IntRange(-99, 99).Draw(t, "count"))
		}
		if given("not") {
			c.Args["not"] = text.Draw(t, "not")
		}
		return c
	})
}

func TestFormattedCallsAreReadBack(t *testing.T) {
	t.Parallel()
	tree := sample()
	rapid.Check(t, func(t *rapid.T) {
		want := genCall().Draw(t, "call")
		line := tree.Format(want)
		got, err := tree.Parse(line)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("Parse(%q) = %v (-want +got):\n%s", line, err, diff)
		}
	})
}

func TestCallsAreFormattedAsOneTypesThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		call Call
		want string
	}{
		{call(""), "interlab"},
		{call("me"), "me"},
		{call("match find", "role", "Staff", "topic", "x"), "match find topic:x role:Staff"},
		{call("match find", "topic", `a "b" \`), `match find topic:"a \"b\" \\"`},
		{call("match block", "person", "<@U1>"), "match block person:<@U1>"},
		{call("match block", "person", "<@U1"), `match block person:"<@U1"`},
		{call("match block", "z", "1", "a", ""), `match block a:"" z:1`},
	} {
		if got := sample().Format(test.call); got != test.want {
			t.Errorf("Format(%+v) = %q, want %q", test.call, got, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, line := range []string{
		"/interlab match find “a b” role:staff 3", `match find "a\"b" not:<@U1|a b>`, "goal add x: note:\"", "help me", "mtach",
	} {
		f.Add(line)
	}
	tree := sample()
	f.Fuzz(func(t *testing.T, line string) {
		got, err := tree.Parse(line)
		var problem *ParseError
		if err != nil {
			if !errors.As(err, &problem) || !utf8.ValidString(problem.Text) || utf8.RuneCountInString(problem.Text) > 300 {
				t.Errorf("Parse(%q) = %v, want a short *ParseError", line, err)
			}
			return
		}
		again, err := tree.Parse(tree.Format(got))
		if diff := cmp.Diff(got, again); err != nil || diff != "" {
			t.Errorf("Parse(Format(Parse(%q))) = %v (-once +twice):\n%s", line, err, diff)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	tree := sample()
	for b.Loop() {
		if _, err := tree.Parse(`/interlab match find "sparse autoencoders" role:staff 3`); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseLongest(b *testing.B) {
	tree, line := sample(), "match find "+strings.Repeat("word ", (MaxLine-20)/5)
	for b.Loop() {
		if _, err := tree.Parse(line); err != nil {
			b.Fatal(err)
		}
	}
}

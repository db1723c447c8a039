package chat

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files")

// drawn is a card as plain text, code in backticks.
func drawn(m Message) string {
	var out strings.Builder
	line := func(prefix string, text Text) {
		out.WriteString(prefix)
		for _, span := range text {
			if code, ok := span.(Code); ok {
				span = Say("`" + code + "`")
			}
			out.WriteString(span.Plain())
		}
		out.WriteString("\n")
	}
	line("# ", T(m.Title))
	for _, paragraph := range m.Body {
		line("", paragraph)
	}
	for _, field := range m.Fields {
		line("  "+field.Name+": ", field.Value)
	}
	if len(m.Note) > 0 {
		line("-- ", m.Note)
	}
	return out.String()
}

func TestHelpReadsAsWritten(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, asked := range []string{
		"", "match", "match find", "MATCH Block", "me", "/interlab goal add", "mtach", "match fnd", "find", "match zzz", "zzz", "me too",
	} {
		fmt.Fprintf(&out, "> help %s\n%s\n", asked, drawn(sample().Help(strings.Fields(asked))))
	}
	path := filepath.Join("testdata", "help.golden")
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("Help() (-want +got), go test -update writes it anew:\n%s", diff)
	}
}

func TestHelpIsAlwaysValidAndShort(t *testing.T) {
	t.Parallel()
	large := sample()
	for _, name := range numbered(MaxCommands) {
		leaf := Command{Name: "x", Summary: "x", Example: strings.Repeat("x", 200)}
		for _, arg := range numbered(MaxFields + 2) {
			leaf.Args = append(leaf.Args, Arg{Name: arg, Summary: "y", Kind: ArgChoice, Choices: numbered(8)})
		}
		large.Commands = append(large.Commands, Command{Name: name, Summary: "x", Subs: []Command{leaf}})
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.OneOf(genText(), rapid.SampledFrom([]string{"match", "find", "v", "vi", "x", "me"}))
		path := rapid.SliceOfN(words, 0, 3).Draw(t, "path")
		card := large.Help(path)
		if err := card.Validate(); err != nil {
			t.Errorf("Help(%q).Validate() = %v, want nil", path, err)
		}
		if diff := cmp.Diff(card, card.Clip(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Help(%q) is not within the limits (-want +got):\n%s", path, diff)
		}
	})
}

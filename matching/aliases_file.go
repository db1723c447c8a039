package matching

import (
	_ "embed" // the starting set of aliases
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Limits of an alias file: far above any use, far below what could hurt.
const (
	maxAliasFile   = 1 << 20 // bytes
	maxAliasPhrase = 100     // runes
)

//go:embed aliases.yaml
var defaultAliases string

// DefaultAliases returns the aliases that come with the program, from aliases.yaml.
func DefaultAliases() Aliases {
	a, err := ParseAliases(strings.NewReader(defaultAliases))
	if err != nil {
		panic(err) // a test parses the embedded file
	}
	return a
}

// ParseAliases reads an alias file: a YAML mapping from a phrase, written
// out, to the list of its abbreviations and synonyms. An abbreviation may stand under
// several phrases. The error names every problem with its line; where the text is no
// YAML, the first.
func ParseAliases(r io.Reader) (Aliases, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxAliasFile+1))
	if err != nil {
		return Aliases{}, fmt.Errorf("read aliases: %w", err)
	}
	if len(data) > maxAliasFile {
		return Aliases{}, fmt.Errorf("read aliases: the file is larger than %d bytes", maxAliasFile)
	}
	if !utf8.Valid(data) {
		return Aliases{}, errors.New("read aliases: the file is not UTF-8 text")
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return Aliases{}, fmt.Errorf("read aliases: %w", syntaxError(err))
	}
	f := aliasFile{phrases: map[string]int{}}
	for _, document := range file.Docs {
		f.document(document.Body)
	}
	return f.finish()
}

// syntaxError puts the message of the YAML parser on one line.
func syntaxError(err error) error {
	var syntax yaml.Error
	if errors.As(err, &syntax) && syntax.GetToken() != nil {
		return fmt.Errorf("line %d: %s", syntax.GetToken().Position.Line, syntax.GetMessage())
	}
	return err
}

// aliasFile is an alias file on its way into Aliases.
type aliasFile struct {
	aliases  Aliases
	phrases  map[string]int // line of each phrase, by its stems
	problems []string
}

func (f *aliasFile) problem(at ast.Node, format string, args ...any) {
	line := at.GetToken().Position.Line
	f.problems = append(f.problems, fmt.Sprintf("line %d: ", line)+fmt.Sprintf(format, args...))
}

// finish returns the aliases, or all that is wrong with the file.
func (f *aliasFile) finish() (Aliases, error) {
	switch len(f.problems) {
	case 0:
		return f.aliases, nil
	case 1:
		return Aliases{}, fmt.Errorf("read aliases: %s", f.problems[0])
	default:
		return Aliases{}, fmt.Errorf("read aliases: %d problems\n  %s", len(f.problems), strings.Join(f.problems, "\n  "))
	}
}

// document reads the mapping that makes the file.
func (f *aliasFile) document(body ast.Node) {
	switch body := body.(type) {
	case nil, *ast.CommentGroupNode, *ast.NullNode:
	case *ast.MappingNode:
		for _, entry := range body.Values {
			f.entry(entry)
		}
	case *ast.MappingValueNode:
		f.entry(body)
	default:
		f.problem(body, "write a phrase, a colon and the list of its abbreviations")
	}
}

// entry reads one phrase and its list.
func (f *aliasFile) entry(entry *ast.MappingValueNode) {
	meaning, name, ok := f.phrase(entry.Key)
	if !ok {
		return
	}
	if line, twice := f.phrases[key(meaning)]; twice {
		f.problem(entry.Key, "%q is the same phrase as in line %d; join the two lists", name, line)
		return
	}
	f.phrases[key(meaning)] = entry.Key.GetToken().Position.Line
	list, isList := entry.Value.(*ast.SequenceNode)
	if !isList || len(list.Values) == 0 {
		f.problem(entry.Key, "%q needs a list of abbreviations or synonyms, as in [abc, def]", name)
		return
	}
	seen := [][]string{meaning}
	for _, item := range list.Values {
		stems, short, ok := f.phrase(item)
		switch {
		case !ok:
		case slices.ContainsFunc(seen, func(s []string) bool { return slices.Equal(s, stems) }):
			f.problem(item, "%q is already among the words for %q, perhaps in another form; leave it out", short, name)
		default:
			seen = append(seen, stems)
			f.aliases.add(stems, meaning)
		}
	}
}

// phrase reads one phrase as text and as stems.
func (f *aliasFile) phrase(node ast.Node) (stems []string, text string, ok bool) {
	switch node := node.(type) {
	case *ast.StringNode:
		text = node.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		text = node.GetToken().Value
	default:
		f.problem(node, "expected a word or a phrase; put it in quotes if it holds special characters")
		return nil, "", false
	}
	if utf8.RuneCountInString(text) > maxAliasPhrase {
		f.problem(node, "the phrase is longer than %d characters; shorten it", maxAliasPhrase)
		return nil, "", false
	}
	stems = stemsOf(text)
	if len(stems) == 0 {
		f.problem(node, "%q holds no word that tells anything; write another phrase", text)
	}
	return stems, text, len(stems) > 0
}

package configs

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// value is the text of one setting and where it stands: a path in the file, or
// the name of an environment variable.
type value struct {
	text, where string
}

// file holds the values of a settings file by path; a list's by the path of
// the list. A list of blocks has a value without text for each.
type file map[string][]value

// parseFile reads the settings file. The tree is walked here, not decoded into
// a struct, for three reasons: all mistakes are found and not the first only, a
// number keeps the digits that were typed (a password 007 stays 007), and no
// message of the library is used that cites lines of a file with secrets in it.
func parseFile(data []byte, found *problems) file {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		found.add("settings", "%s; correct the YAML there", syntaxError(err))
		return nil
	}
	if len(tree.Docs) > 1 {
		found.add("settings", "the file holds %d documents; remove the line --- between them", len(tree.Docs))
		return nil
	}
	values := file{}
	for _, doc := range tree.Docs {
		values.section("", doc.Body, found)
	}
	return values
}

// syntaxError tells line and fault without citing the source.
func syntaxError(err error) string {
	var located yaml.Error
	if !errors.As(err, &located) || located.GetToken() == nil {
		return "the file is no YAML"
	}
	at := located.GetToken().Position
	// The message may quote a key, and a key may be a secret whose colon is
	// misplaced.
	quoted := regexp.MustCompile(`"(\\.|[^"\\])*"`)
	message := quoted.ReplaceAllString(located.GetMessage(), `"..."`)
	return fmt.Sprintf("line %d, column %d: %s", at.Line, at.Column, message)
}

// section reads a block of settings; nothing at all is an empty block.
func (f file) section(path string, node ast.Node, found *problems) {
	if isNull(node) {
		return
	}
	block, ok := node.(ast.MapNode)
	if !ok {
		where := path
		if where == "" {
			where = "settings"
		}
		found.add(where, "is no block of settings%s; write %s", lineOf(node), orList(below(path)))
		return
	}
	for entries := block.MapRange(); entries.Next(); {
		f.entry(path, entries.Key(), entries.Value(), found)
	}
}

// entry reads one setting of a block: a text, a list or a block in turn.
func (f file) entry(section string, key ast.MapKeyNode, node ast.Node, found *problems) {
	path := under(section, shownKey(key))
	switch {
	case slices.Contains(known(), general(path)):
		f.text(path, path, node, found)
	case slices.Contains(known(), path+"[]"):
		f.list(path, node, found, func(where string, item ast.Node) { f.text(path, where, item, found) })
	case len(below(path+"[]")) > 0:
		f.list(path, node, found, func(where string, item ast.Node) {
			if _, block := item.(ast.MapNode); block || isNull(item) {
				f[path] = append(f[path], value{where: where})
			}
			f.section(where, item, found)
		})
	case len(below(path)) > 0:
		f.section(path, node, found)
	default:
		found.add(path, "is no setting%s; write %s", lineOf(key), orList(below(section)))
	}
}

// list reads a list, item by item.
func (f file) list(path string, node ast.Node, found *problems, read func(where string, item ast.Node)) {
	if isNull(node) {
		return
	}
	items, ok := node.(*ast.SequenceNode)
	if !ok {
		found.add(path, "is no list%s; write each on a line of its own after a dash", lineOf(node))
		return
	}
	for i, item := range items.Values {
		read(fmt.Sprintf("%s[%d]", path, i), item)
	}
}

// text reads one plain value and keeps it under path.
func (f file) text(path, where string, node ast.Node, found *problems) {
	var text string
	switch node := node.(type) {
	case *ast.StringNode:
		text = node.Value
	case *ast.LiteralNode:
		text = node.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		text = node.GetToken().Value
	default:
		if !isNull(node) {
			found.add(where, "is no plain text%s; write one value, in quotes if it has signs in it", lineOf(node))
		}
		return
	}
	f[path] = append(f[path], value{text, where})
}

// isNull reports whether nothing was written.
func isNull(node ast.Node) bool {
	if node == nil {
		return true
	}
	_, null := node.(*ast.NullNode)
	return null
}

// shownKey is the key as typed, or "?" where it could not be a setting's name:
// in {password hunter2} the key is the secret.
func shownKey(key ast.MapKeyNode) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
	text := key.GetToken().Value
	if text == "" || len(text) > 40 || strings.Trim(text, letters) != "" {
		return "?"
	}
	return text
}

// lineOf tells the line a node begins on, for the end of a phrase.
func lineOf(node ast.Node) string {
	token := node.GetToken()
	if token == nil || token.Position == nil {
		return ""
	}
	return fmt.Sprintf(" (line %d)", token.Position.Line)
}

package main_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// maxLines bounds every file of code, so that each can be read in one sitting.
// A file that wants more holds a second concept.
const maxLines = 400

// source is one parsed file of Go; its path has slashes and begins at the root.
type source struct {
	path  string
	file  *ast.File
	files *token.FileSet
	names map[string]string // import path by the name it has in the file
}

// saying is a use of names that some sources may not make, and why.
type saying struct {
	path  string // import path of the names' package, or "*"
	names string // the names; after a "!", all names but these
	where func(source) bool
	why   string
}

// forbidden lists the names that sources may not use.
func forbidden() []saying {
	outside := func(s source) bool { return s.production() && !s.in("adapters") && !s.program() }
	production := source.production
	everywhere := func(source) bool { return true }
	core := func(s source) bool { return s.production() && s.in("bot", "matching", "calendar") }
	const replay = "chance is an argument, so that a round replays"
	return []saying{
		{"time", "Now Since Until", outside, "the clock is an argument; only the program and adapters read one"},
		{"time", "Local LoadLocation", production, "zones come with the program; what the machine has must not matter"},
		{"time", "Sleep", everywhere, "wait for an event or a context; only in a synctest bubble is a sleep no sleep"},
		{"os", "Exit", func(s source) bool { return s.production() && s.path != "main.go" }, "main alone ends the program, when all others have drained"},
		{"*", "Fatal Fatalf Fatalln", func(s source) bool { return s.production() && !s.program() }, "return an error; main alone ends the program"},
		{"math/rand", "!New NewSource NewZipf Rand Source Source64 Zipf", core, replay},
		{"math/rand/v2", "!New NewPCG NewChaCha8 NewZipf Rand Source PCG ChaCha8 Zipf", core, replay},
	}
}

func TestSourcesSayNothingForbidden(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, b := range sourceBreaches(s) {
			t.Error(b)
		}
	}
}

func TestCodeLivesInTheHouse(t *testing.T) {
	t.Parallel()
	for _, name := range codeFiles(t) {
		if top, _, nested := strings.Cut(filepath.ToSlash(name), "/"); nested && !isTopFolder(top) {
			t.Errorf("%s is outside of the house: only folders of layers hold code", name)
		}
	}
}

func TestNoFileOfCodeIsTooLong(t *testing.T) {
	t.Parallel()
	for _, name := range codeFiles(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(text, []byte("\n")); lines > maxLines {
			t.Errorf("%s has %d lines, want at most %d: part it by concept", name, lines, maxLines)
		}
	}
}

// isTopFolder reports whether some layer is in the folder of the root.
func isTopFolder(name string) bool {
	return slices.ContainsFunc(layers(), func(l layer) bool { return within(l.folder, name) })
}

// codeFiles lists the files that people write code in.
func codeFiles(t *testing.T) []string {
	t.Helper()
	var names []string
	walk(t, func(path string) {
		if slices.Contains([]string{".go", ".lua", ".sh", ".html", ".css", ".js"}, filepath.Ext(path)) {
			names = append(names, path)
		}
	})
	return names
}

// sources parses all Go files of the house.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	walk(t, func(path string) {
		if filepath.Ext(path) != ".go" {
			return
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(text, []byte("//go:build ignore\n")) {
			return // a generator is a program of its own
		}
		all = append(all, parse(t, filepath.ToSlash(path), string(text)))
	})
	return all
}

// walk visits the files of the house: not what begins with a dot, nor what
// tests read.
func walk(t *testing.T, visit func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && (strings.HasPrefix(name, ".") || name == "testdata"):
			return filepath.SkipDir
		case !entry.IsDir():
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// parse reads one file of Go.
func parse(t *testing.T, name, text string) source {
	t.Helper()
	s := source{path: name, files: token.NewFileSet(), names: map[string]string{}}
	var err error
	if s.file, err = parser.ParseFile(s.files, name, text, parser.SkipObjectResolution); err != nil {
		t.Fatal(err)
	}
	for _, spec := range s.file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		local := path.Base(strings.TrimSuffix(imported, "/v2"))
		if spec.Name != nil {
			local = spec.Name.Name
		}
		s.names[local] = imported
	}
	return s
}

// in reports whether the file is in one of the folders or below.
func (s source) in(folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return within(s.path, f) })
}

// program reports whether the file belongs to the program itself.
func (s source) program() bool { return path.Dir(s.path) == "." }

// production reports whether the file is no test and serves none.
func (s source) production() bool {
	return !strings.HasSuffix(s.path, "_test.go") && !isTestSupport(path.Dir(s.path))
}

// sourceBreaches lists what a file says and may not.
func sourceBreaches(s source) []string {
	breaches := s.forbiddenNames()
	if s.production() && s.in("bot", "matching", "calendar") {
		breaches = append(breaches, s.platformNames()...)
	}
	return breaches
}

// forbiddenNames lists the uses of names that the file may not use.
func (s source) forbiddenNames() []string {
	var breaches []string
	ast.Inspect(s.file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CallExpr:
			// In a bubble the clock is the test's own.
			return s.qualified(node.Fun) != "testing/synctest.Test"
		case *ast.SelectorExpr:
			for _, f := range forbidden() {
				if f.where(s) && f.means(s.qualified(node), node.Sel.Name) {
					breaches = append(breaches, s.breach(node, f.path+"."+node.Sel.Name, f.why))
				}
			}
		}
		return true
	})
	return breaches
}

// platformNames lists the texts and names that speak of a platform.
func (s source) platformNames() []string {
	const why = "the core knows no platform"
	var breaches []string
	ast.Inspect(s.file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if namesPlatform(node.Value) {
				breaches = append(breaches, s.breach(node, node.Value, why))
			}
		case *ast.Ident:
			if namesPlatform(node.Name) {
				breaches = append(breaches, s.breach(node, node.Name, why))
			}
		}
		return true
	})
	return breaches
}

// breach tells where something stands that may not, and why.
func (s source) breach(at ast.Node, what, why string) string {
	return fmt.Sprintf("%s: %s: %s", s.files.Position(at.Pos()), what, why)
}

// qualified is the full name of a selector on an imported package, as
// "math/rand/v2.IntN"; "" for anything else.
func (s source) qualified(node ast.Expr) string {
	selector, ok := node.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	pkg, ok := selector.X.(*ast.Ident)
	if !ok || s.names[pkg.Name] == "" {
		return ""
	}
	return s.names[pkg.Name] + "." + selector.Sel.Name
}

// means reports whether the saying is about a name. A saying of package "*" is
// about any thing's method or function of that name.
func (f saying) means(qualified, name string) bool {
	names, allBut := strings.CutPrefix(f.names, "!")
	if f.path != "*" && qualified != f.path+"."+name {
		return false
	}
	return slices.Contains(strings.Fields(names), name) != allBut
}

// namesPlatform reports whether a name or a text has a platform's name in it.
func namesPlatform(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "slack") || strings.Contains(text, "discord")
}

func TestOnlyFoldersOfLayersHoldCode(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"bot": true, "adapters": true, "configs": true, "utils": false, "adapt": false, "slack": false} {
		if got := isTopFolder(name); got != want {
			t.Errorf("isTopFolder(%q) = %t, want %t", name, got, want)
		}
	}
}

// A checker that never refuses would pass as well.
func TestSourceRulesRefuse(t *testing.T) {
	t.Parallel()
	const now = "import \"time\"\nvar _ = time.Now()"
	for _, c := range []struct{ path, text, want string }{
		{"bot/match.go", "// Slack and time.Now() in a comment\nvar _ = 1", ""},
		{"adapters/slack/send.go", now + "\nvar platform = \"slack\"", ""},
		{"main.go", "import \"os\"\n" + now + "\nfunc main() { os.Exit(1) }", ""},
		{"bot/match_test.go", now + "\nvar _ = \"discord:1\"", ""},
		{"bot/storetest/suite.go", "import \"testing\"\nfunc Run(t *testing.T) { t.Fatal() }", ""},
		{"matching/round.go", "import \"math/rand/v2\"\nvar _ = rand.New(rand.NewPCG(1, 2)).IntN(3)", ""},
		{"calendar/a_test.go", "import (\"testing/synctest\"; \"time\")\nvar _ = func() { synctest.Test(nil, func() { time.Sleep(1) }) }", ""},
		{"bot/a.go", "type clock struct{ Now int }\nfunc f(time clock) int { return time.Now }", ""},

		{"bot/a.go", now, "bot/a.go:3:9: time.Now: "},
		{"configs/a.go", "import clock \"time\"\nvar _ = clock.Since", "configs/a.go:3:9: time.Since: "},
		{"adapters/web/a.go", "import \"time\"\nvar _ = time.Local", "adapters/web/a.go:3:9: time.Local: "},
		{"calendar/a_test.go", "import \"time\"\nfunc f() { time.Sleep(1) }", "calendar/a_test.go:3:12: time.Sleep: "},
		{"adapters/cli/a.go", "import \"os\"\nfunc f() { os.Exit(1) }", "adapters/cli/a.go:3:12: os.Exit: "},
		{"adapters/cli/a.go", "import \"log\"\nfunc f() { log.Fatalf(\"\") }", "adapters/cli/a.go:3:12: *.Fatalf: "},
		{"adapters/cli/a.go", "func f(l logger) { l.Fatal().Msg(\"\") }", "adapters/cli/a.go:2:20: *.Fatal: "},
		{"matching/a.go", "import \"math/rand/v2\"\nvar _ = rand.IntN(3)", "matching/a.go:3:9: math/rand/v2.IntN: "},
		{"bot/chat/a.go", "var _ = \"slack\"", "bot/chat/a.go:2:9: \"slack\": "},
		{"bot/a.go", "var _ = `your Discord`", "bot/a.go:2:9: `your Discord`: "},
		{"calendar/a.go", "func isSlack() {}", "calendar/a.go:2:6: isSlack: "},
	} {
		got := sourceBreaches(parse(t, c.path, "package p\n"+c.text))
		refused := len(got) == 1 && c.want != "" && strings.HasPrefix(got[0], c.want)
		if !refused && (c.want != "" || len(got) > 0) {
			t.Errorf("%s saying %q: sourceBreaches = %q, want %q", c.path, c.text, got, c.want)
		}
	}
}

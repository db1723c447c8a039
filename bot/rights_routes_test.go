package bot

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// source is what the functions of this package mention, read from their text.
type source map[*types.Func]*mentioned

type mentioned struct {
	funcs []*types.Func
	verbs []string // that it names
	kinds []string // of objects that it builds
}

// readSource checks the types of the package's own files. What other packages
// declare stays unknown, for nothing in them asks for a right.
func readSource(t *testing.T) source {
	t.Helper()
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: strangers{}, Error: func(error) {}}
	_, _ = config.Check("interlab/bot", set, files, info)
	all := source{}
	for _, file := range files {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				if fn, ok := info.Defs[f.Name].(*types.Func); ok {
					all[fn] = mentions(info, f.Body)
				}
			}
		}
	}
	return all
}

// strangers are packages of which nothing is known.
type strangers struct{}

func (strangers) Import(path string) (*types.Package, error) {
	p := types.NewPackage(path, path[strings.LastIndex(path, "/")+1:])
	p.MarkComplete()
	return p, nil
}

func mentions(info *types.Info, body ast.Node) *mentioned {
	m := &mentioned{}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			switch used := info.Uses[n].(type) {
			case *types.Func:
				m.funcs = append(m.funcs, used.Origin())
			case *types.Const:
				if named, ok := used.Type().(*types.Named); ok && named.Obj().Name() == "Verb" {
					m.verbs = append(m.verbs, used.Name())
				}
			}
		case *ast.CompositeLit:
			if named, ok := info.Types[n].Type.(*types.Named); ok && named.Obj().Name() == "Object" {
				m.kinds = append(m.kinds, kindNamed(n))
			}
		}
		return true
	})
	return m
}

// kindNamed is the name of the kind in an Object's literal.
func kindNamed(object *ast.CompositeLit) string {
	for _, e := range object.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok && pair.Key.(*ast.Ident).Name == "Kind" {
			return pair.Value.(*ast.Ident).Name
		}
	}
	return ""
}

// reach is what a route may come by: whether it asks for a right, and the verbs
// and kinds that are named on the way.
type reach struct {
	asks         bool
	verbs, kinds map[string]bool
}

func (s source) from(r route) reach {
	seen := map[*types.Func]bool{}
	out := reach{verbs: map[string]bool{}, kinds: map[string]bool{}}
	var walk func(*types.Func)
	walk = func(f *types.Func) {
		m := s[f]
		if m == nil || seen[f] {
			return
		}
		seen[f] = true
		out.asks = out.asks || f.Name() == "may" || f.Name() == "Can"
		for _, v := range m.verbs {
			out.verbs[v] = true
		}
		for _, k := range m.kinds {
			out.kinds[k] = true
		}
		for _, next := range m.funcs {
			walk(next)
		}
	}
	for _, f := range s.begins(r) {
		walk(f)
	}
	return out
}

// begins are the functions that a route begins with: a method, or the maker of
// a closure and all that is made beside it.
func (s source) begins(r route) []*types.Func {
	v := reflect.ValueOf(r.do)
	if v.IsNil() {
		v = reflect.ValueOf(r.form)
	}
	var found []*types.Func
	for _, part := range strings.FieldsFunc(runtime.FuncForPC(v.Pointer()).Name(), func(c rune) bool { return c == '.' || c == '-' }) {
		for f := range s {
			if f.Name() == part && !strings.HasSuffix(part, "Routes") {
				found = append(found, f)
			}
		}
	}
	return found
}

// ownAffairs are the routes that ask for no right, for they change only what
// belongs to the account that speaks and what its own words name; no id of a
// control leads them to anybody else's document.
var ownAffairs = map[string]string{
	"away.clear":           "the person's days",
	"away.note.sent":       "the person's days",
	"profile.away":         "the person's days",
	"profile.set":          "the person's profile; mayChangeLab guards the lab",
	"profile.privacy":      "the person's choices of who sees what",
	"profile.seen.sent":    "the person's choices of who sees what",
	"profile.pause":        "the person's pause",
	"profile.remind.set":   "the person's reminders",
	"profile.calendar.new": "the person's calendar key",
	"profile.calendar.off": "the person's calendar key",
	"profile.forget.sure":  "the person",
	"match.block":          "the person's blocks",
	"match.unblock":        "the person's blocks",
	"hush.end":             "the person's hush",
	"hush.month":           "the person's hush",
	"hush.stay":            "the person's hush",
	"link.start":           "the person's code",
	"link.use":             "the code is the right; five tries in ten minutes",
	"link.enter.sent":      "the code is the right; five tries in ten minutes",
	"follow.add":           "the person's list; what is followed is public",
	"follow.series":        "the person's list; what is followed is public",
	"follow.typed":         "the person's list; what is followed is public",
	"follow.untyped":       "the person's list",
	"residency.browse":     "the person's search",
	"residency.more":       "the person's search",
	"home." + "added":      "the platform says so, not a person",
	"home." + "removed":    "the platform says so, not a person",
	"home." + "gone":       "the platform says so, not a person",
}

// Every route that changes anything asks for a right on the way, or is about
// nothing but the affairs of whoever presses.
func TestEveryRouteThatChangesAsksForARight(t *testing.T) {
	t.Parallel()
	src := readSource(t)
	for name, r := range routes() {
		seen := src.from(r)
		switch {
		case len(src.begins(r)) == 0:
			t.Errorf("route %s: its function is not found in the source", name)
		case r.changes && !seen.asks && ownAffairs[name] == "":
			t.Errorf("route %s changes something and asks for no right", name)
		}
	}
	for name := range ownAffairs {
		if r, ok := routes()[name]; !ok {
			t.Errorf("%s is no route any more", name)
		} else if seen := src.from(r); seen.asks && name != "match.block" && name != "profile.forget.sure" {
			t.Errorf("%s asks for a right by now: take it off the list", name)
		}
	}
}

// Every rule is asked for by a route: one that is not says something about a
// right that nobody has looked at.
func TestEveryRuleIsAskedForByARoute(t *testing.T) {
	t.Parallel()
	src := readSource(t)
	asked := map[[2]string]bool{}
	for _, r := range routes() {
		seen := src.from(r)
		for verb := range seen.verbs {
			for kind := range seen.kinds {
				asked[[2]string{strings.ToLower(verb), strings.ToLower(strings.TrimPrefix(kind, "Kind"))}] = seen.asks
			}
		}
	}
	for _, r := range allowed {
		if !asked[[2]string{string(r.verb), string(r.kind)}] {
			t.Errorf("no route asks whether somebody may %s a %s", r.verb, r.kind)
		}
	}
}

// bots are the kinds that no person's press is measured by: the bot itself
// makes them, or they are only ever found by who the person is.
var bots = map[Kind]string{
	KindDelivery:    "planned and settled by the bot",
	KindUnlisted:    "a fingerprint, written when somebody goes",
	KindRsvp:        "found by talk and person: only ever one's own",
	KindVote:        "found by poll and person: only ever one's own",
	KindEntrant:     "found by round and person: only ever one's own",
	KindSheet:       "made by a round's work",
	KindPlanPage:    "made by a round's work",
	KindBulletin:    "made by the week",
	KindDigest:      "made by the week",
	KindAppointment: "written beside a role that changed",
	KindWeekly:      "made by the week",
}

func TestEveryKindHasARightOrIsTheBotsOwn(t *testing.T) {
	t.Parallel()
	for kind := range kinds {
		ruled := slices.ContainsFunc(allowed, func(r right) bool { return r.kind == kind })
		if ruled == (bots[kind] != "") {
			t.Errorf("%s: has a rule: %v, is named as the bot's own: %v; want one of the two", kind, ruled, bots[kind] != "")
		}
	}
}

// Package main_test holds the house: who may import whom, and what no source
// file may say. Each rule stands here with its reason, and each checker is
// itself tested on small examples of what it must refuse.
package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// module is the path that every package of ours begins with.
const module = "interlab"

// layer is a part of the house: the packages of a folder, without those of
// folders inside it that are layers themselves.
type layer struct {
	folder string
	may    []string // folders of the layers it may import, beside itself
	why    string
	pure   bool // does no I/O and takes time and chance as arguments
	// composes: its external tests may wire any parts together, since a
	// conversation is played through all of them at once.
	composes bool
}

// layers lists all parts; a package outside of them is refused.
func layers() []layer {
	core := []string{"bot", "bot/chat", "bot/exchange", "bot/seal", "matching", "calendar", "configs"}
	return []layer{
		{folder: "bot/chat", pure: true, why: "pure: the vocabulary depends on nothing, so every adapter can speak it"},
		{folder: "bot/chat/desk", may: []string{"bot/chat"}, why: "what platforms have in common in taking things in; it is no platform and does not know the core"},
		{folder: "matching", pure: true, why: "pure: given the same people and the same seed, the same answer"},
		{folder: "calendar", pure: true, why: "pure: time is an argument"},
		{folder: "bot/exchange", pure: true, may: []string{"calendar"}, why: "pure: a lifecycle over civil dates"},
		{folder: "bot/seal", pure: true, why: "pure: the same keys open the same; chance is an argument, but for the nonces that the standard library draws"},
		{folder: "configs", may: []string{"bot/chat", "bot/seal"}, why: "settings name accounts and keys, and nothing else of ours"},
		{
			folder: "bot", may: []string{"bot/chat", "bot/exchange", "bot/seal", "matching", "calendar"}, composes: true,
			why: "what people can do does not depend on where they say it, where it is kept or how it is set up",
		},

		{folder: "adapters/slack", may: []string{"bot/chat", "bot/chat/desk"}, composes: true, why: "cannot see a lab, a match or Redis"},
		{folder: "adapters/discord", may: []string{"bot/chat", "bot/chat/desk"}, composes: true, why: "cannot see a lab, a match or Redis"},
		{folder: "adapters/console", may: []string{"bot/chat"}, composes: true, why: "a platform like the others, or scripts would prove nothing of them"},

		{folder: "adapters/redis", may: core, composes: true, why: "keeps the core's documents; needs no other adapter"},
		{folder: "adapters/web", may: core, composes: true, why: "shows the core's documents; needs no other adapter"},
		{folder: "adapters/cli", may: core, composes: true, why: "what it needs of other adapters the program hands to it as functions"},

		{
			folder: "", composes: true, why: "the program is the one place that knows all parts",
			may: append([]string{
				"adapters/slack", "adapters/discord", "adapters/console", "adapters/redis", "adapters/web", "adapters/cli", "bot/chat/desk",
			}, core...),
		},
	}
}

// guest is a package from elsewhere that not every layer may use.
type guest struct {
	path  string   // import path; packages below it are meant too
	homes []string // folders of the layers that may import it
	tests bool     // whether any test may
	why   string
}

// guests lists the packages that are kept to some layers.
func guests() []guest {
	list := []guest{
		{path: "github.com/slack-go/slack", homes: []string{"adapters/slack"}, why: "nothing else knows the platform"},
		{path: "github.com/bwmarrin/discordgo", homes: []string{"adapters/discord"}, why: "nothing else knows the platform"},
		{path: "github.com/redis/go-redis", homes: []string{"adapters/redis"}, why: "the store is one adapter"},
		{path: "github.com/alicebob/miniredis", homes: []string{"adapters/redis"}, tests: true, why: "the store is one adapter; tests may run one"},
		{path: "github.com/prometheus", homes: []string{"adapters/web", ""}, why: "the core tells a meter, whoever keeps it"},
		{path: "github.com/alecthomas/kong", homes: []string{"adapters/cli", ""}, why: "only the program has a command line"},
	}
	for _, path := range []string{"testing", "github.com/google/go-cmp", "pgregory.net/rapid", "go.uber.org/goleak", "github.com/chromedp"} {
		list = append(list, guest{path: path, tests: true, why: "the program carries no test library"})
	}
	return list
}

// impure reports whether a pure layer may not import path: such layers do no
// I/O and take chance as an argument. What only parses, as net/url does, may be
// used.
func impure(path string) bool {
	for _, outside := range []string{
		"os", "net", "net/http", "syscall", "log", "crypto/rand", "github.com/rs/zerolog",
	} {
		if path == outside || outside != "net" && within(path, outside) {
			return true
		}
	}
	return false
}

// pkg is what "go list" tells of one package.
type pkg struct {
	ImportPath                         string
	Standard                           bool
	Imports, TestImports, XTestImports []string
}

func TestPackagesImportOnlyWhatTheirLayerMay(t *testing.T) {
	t.Parallel()
	packages, err := listPackages(t)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range importBreaches(packages) {
		t.Error(b)
	}
}

// What a layer may import may import no more than the layer itself: so direct
// imports are all that must be checked among our own packages.
func TestLayersAreClosed(t *testing.T) {
	t.Parallel()
	for _, l := range layers() {
		for _, below := range l.may {
			i := slices.IndexFunc(layers(), func(l layer) bool { return l.folder == below })
			if i < 0 {
				t.Errorf("layer %q may import %q, which is no layer", l.folder, below)
				continue
			}
			for _, deeper := range layers()[i].may {
				if deeper == l.folder || !slices.Contains(l.may, deeper) {
					t.Errorf("layer %q may import %q, and so reaches %q, which it may not", l.folder, below, deeper)
				}
			}
		}
	}
}

// listPackages asks the go command for all packages and what they depend on.
func listPackages(t *testing.T) ([]pkg, error) {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps", "-buildvcs=false",
		"-json=ImportPath,Standard,Imports,TestImports,XTestImports", "./...")
	var stderr bytes.Buffer
	list.Stderr = &stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, stderr.String())
	}
	var packages []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		packages = append(packages, p)
	}
}

// importBreaches lists the imports that break the house, sorted.
func importBreaches(packages []pkg) []string {
	graph := map[string][]string{}
	for _, p := range packages {
		if !p.Standard {
			graph[p.ImportPath] = p.Imports
		}
	}
	var breaches []string
	for _, p := range packages {
		if within(p.ImportPath, module) {
			breaches = append(breaches, breachesOf(p, graph)...)
		}
	}
	slices.Sort(breaches)
	return slices.Compact(breaches)
}

// breachesOf checks one package of ours; graph has the imports of all.
func breachesOf(p pkg, graph map[string][]string) []string {
	l, ok := layerOf(p.ImportPath)
	if !ok {
		return []string{p.ImportPath + " is in no layer: give it one, with the reason"}
	}
	return slices.Concat(layerBreaches(p, l), guestBreaches(p, l, graph), pureBreaches(p, l))
}

// layerBreaches checks what a package imports of ours. A test inside the
// package is held to what the package is.
func layerBreaches(p pkg, l layer) []string {
	var breaches []string
	for _, path := range slices.Concat(p.Imports, p.TestImports) {
		if !mayImport(l, path) {
			breaches = append(breaches, fmt.Sprintf("%s imports %s: %s", p.ImportPath, path, l.why))
		}
	}
	for _, path := range p.XTestImports {
		if !l.composes && !mayImport(l, path) {
			breaches = append(breaches, fmt.Sprintf("%s imports %s in a test: %s", p.ImportPath, path, l.why))
		}
	}
	for _, path := range p.Imports {
		if within(path, module) && isTestSupport(path) && !isTestSupport(p.ImportPath) {
			breaches = append(breaches, fmt.Sprintf("%s imports %s: the program carries no test code", p.ImportPath, path))
		}
	}
	return breaches
}

// guestBreaches checks what a package imports, or reaches, of the guests. The
// program reaches all of them through the adapters, and is held to its own
// imports.
func guestBreaches(p pkg, l layer, graph map[string][]string) []string {
	reached := closure(p.ImportPath, graph)
	if l.folder == "" {
		reached = p.Imports
	}
	tests := slices.Concat(p.TestImports, p.XTestImports)
	if isTestSupport(p.ImportPath) {
		tests = slices.Concat(p.Imports, tests)
	}
	var breaches []string
	for _, g := range guests() {
		if slices.Contains(g.homes, l.folder) {
			continue
		}
		ours := func(path string) bool { return within(path, g.path) }
		through := reached
		if len(g.homes) == 0 {
			// Some libraries import testing themselves, as snowball does.
			through = p.Imports
		}
		if i := slices.IndexFunc(through, ours); i >= 0 && !isTestSupport(p.ImportPath) {
			breaches = append(breaches, fmt.Sprintf("%s reaches %s: %s", p.ImportPath, reached[i], g.why))
		}
		if i := slices.IndexFunc(tests, ours); i >= 0 && !g.tests {
			breaches = append(breaches, fmt.Sprintf("%s imports %s in a test: %s", p.ImportPath, tests[i], g.why))
		}
	}
	return breaches
}

// pureBreaches checks that a pure layer imports nothing that does I/O.
func pureBreaches(p pkg, l layer) []string {
	var breaches []string
	for _, path := range p.Imports {
		if l.pure && impure(path) {
			breaches = append(breaches, fmt.Sprintf("%s imports %s: %s", p.ImportPath, path, l.why))
		}
	}
	return breaches
}

// mayImport reports whether path is no package of ours, or one of a layer that l may import.
func mayImport(l layer, path string) bool {
	if !within(path, module) {
		return true
	}
	other, ok := layerOf(path)
	return ok && (other.folder == l.folder || slices.Contains(l.may, other.folder))
}

// layerOf finds the innermost layer of a package of ours.
func layerOf(path string) (layer, bool) {
	folder := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	var best layer
	found := false
	for _, l := range layers() {
		inside := folder == l.folder || l.folder != "" && within(folder, l.folder)
		if inside && len(l.folder) >= len(best.folder) {
			best, found = l, true
		}
	}
	return best, found
}

// within reports whether path is root or below it.
func within(path, root string) bool {
	return path == root || strings.HasPrefix(path, root+"/")
}

// isTestSupport reports whether a package only serves tests, as slacktest does.
func isTestSupport(path string) bool { return strings.HasSuffix(path, "test") }

// closure lists all that a package imports, directly or not.
func closure(path string, graph map[string][]string) []string {
	seen := map[string]bool{path: true}
	reached := []string{path}
	for i := 0; i < len(reached); i++ {
		for _, next := range graph[reached[i]] {
			if !seen[next] {
				seen[next] = true
				reached = append(reached, next)
			}
		}
	}
	return reached[1:]
}

// A checker that never refuses would pass as well; here are imports that each
// rule must refuse, and those that it must let through.
func TestImportRulesRefuse(t *testing.T) {
	t.Parallel()
	const redis, sdk = "github.com/redis/go-redis/v9", "github.com/slack-go/slack"
	for _, c := range []struct {
		what     string
		packages []pkg
		want     string // "" if there is nothing to refuse
	}{
		{"the core uses matching", []pkg{{ImportPath: "interlab/bot", Imports: []string{"interlab/matching", "os"}}}, ""},
		{"the program uses all", []pkg{{ImportPath: "interlab", Imports: []string{"interlab/bot", "interlab/adapters/slack"}}}, ""},
		{"a folder of the layer", []pkg{{ImportPath: "interlab/calendar", Imports: []string{"interlab/calendar/zonedata", "net/url"}}}, ""},
		{"a played conversation", []pkg{{ImportPath: "interlab/bot", XTestImports: []string{"interlab/adapters/console"}}}, ""},
		{"a test's server", []pkg{{ImportPath: "interlab/adapters/web", TestImports: []string{"github.com/alicebob/miniredis/v2", "testing"}}}, ""},
		{"a suite for tests", []pkg{{ImportPath: "interlab/bot/storetest", Imports: []string{"testing", "interlab/bot"}}}, ""},
		{"the adapter of the driver", []pkg{{ImportPath: "interlab/adapters/redis", Imports: []string{redis}}}, ""},

		{"the core sees an adapter", []pkg{{ImportPath: "interlab/bot", Imports: []string{"interlab/adapters/redis"}}}, "interlab/bot imports interlab/adapters/redis: "},
		{"a platform sees the core", []pkg{{ImportPath: "interlab/adapters/slack/slacktest", Imports: []string{"interlab/bot"}}}, "interlab/adapters/slack/slacktest imports interlab/bot: "},
		{"adapters see each other", []pkg{{ImportPath: "interlab/adapters/cli", Imports: []string{"interlab/adapters/slack"}}}, "interlab/adapters/cli imports interlab/adapters/slack: "},
		{"part of a layer sees the layer above", []pkg{{ImportPath: "interlab/bot/chat", TestImports: []string{"interlab/bot"}}}, "interlab/bot/chat imports interlab/bot: "},
		{"a pure test composes", []pkg{{ImportPath: "interlab/matching", XTestImports: []string{"interlab/bot"}}}, "interlab/matching imports interlab/bot in a test: "},
		{"a folder of no layer", []pkg{{ImportPath: "interlab/utils"}}, "interlab/utils is in no layer: "},
		{"test code in the program", []pkg{{ImportPath: "interlab/bot", Imports: []string{"interlab/bot/storetest"}}}, "interlab/bot imports interlab/bot/storetest: "},
		{"a test library in the program", []pkg{{ImportPath: "interlab/configs", Imports: []string{"testing/fstest"}}}, "interlab/configs reaches testing/fstest: "},
		{"a driver outside", []pkg{{ImportPath: "interlab/bot", Imports: []string{redis}}}, "interlab/bot reaches " + redis + ": "},
		{"a driver in the program", []pkg{{ImportPath: "interlab", Imports: []string{redis}}}, "interlab reaches " + redis + ": "},
		{"a driver in a test", []pkg{{ImportPath: "interlab/bot", XTestImports: []string{sdk}}}, "interlab/bot imports " + sdk + " in a test: "},
		{"a driver through a library", []pkg{
			{ImportPath: "interlab/configs", Imports: []string{"example.org/cache"}},
			{ImportPath: "example.org/cache", Imports: []string{redis}},
		}, "interlab/configs reaches " + redis + ": "},
		{"a pure package reads files", []pkg{{ImportPath: "interlab/matching", Imports: []string{"os/exec"}}}, "interlab/matching imports os/exec: "},
		{"a pure package calls out", []pkg{{ImportPath: "interlab/bot/exchange", Imports: []string{"net"}}}, "interlab/bot/exchange imports net: "},
	} {
		got := importBreaches(c.packages)
		refused := len(got) == 1 && c.want != "" && strings.HasPrefix(got[0], c.want)
		if !refused && (c.want != "" || len(got) > 0) {
			t.Errorf("%s: importBreaches = %q, want %q", c.what, got, c.want)
		}
	}
}

package bot

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"interlab/bot/chat"
)

// namedRoute is where source text names the route of a control or of a form.
var namedRoute = regexp.MustCompile(`(?:Route: |contactCard\([^\n]*?, )"([a-z.]+)"`)

// A control whose route does not exist would be refused when it is pressed,
// long after the mistake.
func TestEveryControlLeadsSomewhere(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	all, seen := routes(), 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range namedRoute.FindAllStringSubmatch(string(text), -1) {
			seen++
			if _, ok := all[found[1]]; !ok {
				t.Errorf("%s names the route %q, which does not exist", name, found[1])
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d routes are named in the sources: the pattern has become blind", seen)
	}
}

func TestRoutesThatAnswerInNoWayOrTwoAreRefused(t *testing.T) {
	t.Parallel()
	do := func(*request) (chat.Message, error) { return chat.Message{}, nil }
	form := func(*request) (chat.Form, error) { return chat.Form{}, nil }
	tree := &chat.Tree{Name: "x", Start: "start"}
	for want, table := range map[string]map[string]route{
		"":                        {"start": {name: "start", show: chat.ShowPrivate, do: do}},
		"must answer in one way":  {"a": {name: "a", show: chat.ShowForm, do: do}},
		"its form goes nowhere":   {"a": {name: "a", show: chat.ShowForm, form: form}},
		"route b: must answer in": {"b": {name: "b", show: chat.ShowPrivate}},
	} {
		err := checkRoutes(tree, table)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("checkRoutes(%v) = %v, want %q", table, err, want)
		}
	}
}

func TestTheTreeAndTheRoutesFitTogether(t *testing.T) {
	t.Parallel()
	if err := checkRoutes(commands(), routes()); err != nil {
		t.Error(err)
	}
	for name, r := range routes() {
		if r.name != name {
			t.Errorf("route %s is filed under %s", r.name, name)
		}
	}
}

// The numbers behind an id name places; what is no number names none.
func TestControlsNamePlacesWithinADocument(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]int{"id": nil, "id.1.2": {1, 2}, "id.x": {-1}, "id.": {-1}, "": nil, "id.99999999999999999999": {-1}} {
		id, numbers := splitID(text)
		if (id != "id") != (text == "") || len(numbers) != len(want) {
			t.Errorf("splitID(%q) = %q, %v; want %v", text, id, numbers, want)
			continue
		}
		for i := range want {
			if numbers[i] != want[i] {
				t.Errorf("splitID(%q) = %v, want %v", text, numbers, want)
			}
		}
	}
	if got := joinID("id", 1, 2); got != "id.1.2" {
		t.Errorf("joinID = %q, want id.1.2", got)
	}
}

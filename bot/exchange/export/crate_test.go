package export_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/bot/exchange/export"
)

// node is an entity of a crate, as any reader of JSON has it.
type node map[string]any

// readCrate checks what RO-Crate 1.2 requires of every crate, and returns its
// entities by id.
func readCrate(t *testing.T, file export.File) (root node, byID map[string]node) {
	t.Helper()
	var crate struct {
		Context string `json:"@context"`
		Graph   []node `json:"@graph"`
	}
	if err := json.Unmarshal(file.Data, &crate); err != nil {
		t.Fatal(err)
	}
	if crate.Context != "https://w3id.org/ro/crate/1.2/context" {
		t.Errorf("@context is %q", crate.Context)
	}
	byID = map[string]node{}
	for _, n := range crate.Graph {
		id, ok := n["@id"].(string)
		if !ok || id == "" || n["@type"] == nil || byID[id] != nil {
			t.Errorf("an entity has no id, no type, or that of another: %v", n)
		}
		byID[id] = n
	}
	descriptor := byID["ro-crate-metadata.json"]
	about, _ := descriptor["about"].(map[string]any)
	conforms, _ := descriptor["conformsTo"].(map[string]any)
	id, _ := about["@id"].(string)
	root = byID[id]
	if descriptor["@type"] != "CreativeWork" || conforms["@id"] != "https://w3id.org/ro/crate/1.2" || root == nil {
		t.Fatalf("the descriptor is %v", descriptor)
	}
	return root, byID
}

// dangling are references to what is not in the crate.
func dangling(byID map[string]node) []string {
	var missing []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if id, ok := v["@id"].(string); ok && len(v) == 1 && byID[id] == nil && id != "https://w3id.org/ro/crate/1.2" {
				missing = append(missing, id)
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	for _, n := range byID {
		walk(map[string]any(n))
	}
	return missing
}

func TestCratesHaveWhatRoCrateRequires(t *testing.T) {
	t.Parallel()
	b := randomBook(21, 60)
	crates := 0
	for _, r := range b.Ledger.Records {
		file, err := b.Crate(r)
		if r.Exchange.Agreed.IsZero() {
			if !errors.Is(err, export.ErrNoCrate) {
				t.Errorf("Crate of what was never agreed on = %v, want ErrNoCrate", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		crates++
		if file.Name != r.ID+"-ro-crate-metadata.json" {
			t.Errorf("a detached crate is called %s", file.Name)
		}
		root, byID := readCrate(t, file)
		for _, required := range []string{"name", "description", "datePublished", "license"} {
			if root[required] == nil || root[required] == "" {
				t.Errorf("%s: the root has no %s", r.ID, required)
			}
		}
		if day, _ := root["datePublished"].(string); !isDay(day) || root["@type"] != "Dataset" {
			t.Errorf("%s: published %v, a %v", r.ID, root["datePublished"], root["@type"])
		}
		if id, _ := root["@id"].(string); !regexp.MustCompile(`^[a-z]+://[^\s]+/$`).MatchString(id) {
			t.Errorf("%s: the root's id %q is not an absolute URI", r.ID, id)
		}
		if missing := dangling(byID); len(missing) > 0 {
			t.Errorf("%s: references to nothing: %v", r.ID, missing)
		}
		for id, n := range byID {
			if isFile(n) && !strings.HasPrefix(id, "https://") {
				t.Errorf("%s: the file %s is not on the web, and a detached crate has no others", r.ID, id)
			}
		}
	}
	if crates < 30 {
		t.Errorf("only %d crates were made", crates)
	}
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func isFile(n node) bool {
	types, _ := n["@type"].([]any)
	return slices.Contains(types, any("File"))
}

// The checks refuse a crate with a reference to nothing.
func TestTheCheckOfCratesFindsADanglingReference(t *testing.T) {
	t.Parallel()
	if got := dangling(map[string]node{"a": {"@id": "a", "license": map[string]any{"@id": "#gone"}}}); !slices.Equal(got, []string{"#gone"}) {
		t.Errorf("dangling = %v, want #gone", got)
	}
}

func TestGoalsAreActionsWithTheirResults(t *testing.T) {
	t.Parallel()
	e := &exchange.Exchange{State: exchange.FollowingUp, Agreed: on(1), Completed: on(30)}
	e.Terms.Kind, e.Terms.From, e.Terms.To = exchange.Residency, dayNo(1), dayNo(20)
	e.Terms.Visitor, e.Terms.Host = exchange.Party{Person: "ana", Lab: "curie"}, exchange.Party{Person: "bo", Lab: "noether"}
	for n, state := range []exchange.GoalState{exchange.GoalVerified, exchange.GoalMissed, exchange.GoalCarried, exchange.GoalClaimed, exchange.GoalDropped} {
		e.Goals = append(e.Goals, exchange.Goal{Pledge: exchange.Pledge{N: n + 1, Giver: "curie", Receiver: "noether", Text: "They can run it"}, State: state})
	}
	evidence := func(where string, openness exchange.Openness) exchange.Evidence {
		return exchange.Evidence{Type: exchange.EvalHarness, Title: "Harness", Where: where, Licence: "MIT", Openness: openness, Goals: []int{1}, Credit: map[string][]exchange.Role{"cara": {exchange.Software}}}
	}
	r := exchange.Record{ID: "e1", Exchange: e, Continues: "e0", Evidence: []exchange.Evidence{
		evidence("https://github.com/curie/harness/tree/v1", exchange.ToAll), evidence("doi:10.5281/zenodo.1", exchange.Withheld), evidence("On the shelf in room 3", exchange.ToAll),
	}}
	b := export.Book{Network: "net", Labs: map[string]string{"curie": "Curie", "noether": "Noether"}, People: map[string]string{"ana": "Ana Roy", "cara": "Cara Diaz"}}
	file, err := b.Crate(r)
	if err != nil {
		t.Fatal(err)
	}
	root, byID := readCrate(t, file)
	for id, want := range map[string]string{"#goal-1": "Completed", "#goal-2": "Failed", "#goal-3": "Potential", "#goal-4": "Active", "#goal-5": "Failed"} {
		if got, _ := byID[id]["actionStatus"].(map[string]any); got["@id"] != "http://schema.org/"+want+"ActionStatus" {
			t.Errorf("%s: %v, want %s", id, got, want)
		}
		if byID[id]["description"] != nil {
			t.Errorf("%s tells a text that the reader may not know", id)
		}
	}
	if byID["#person-ana"]["name"] != "Ana Roy" || byID["#person-bo"]["name"] != "Somebody of Noether" || byID["#person-cara"]["name"] != "Cara Diaz" {
		t.Errorf("people: %v, %v, %v", byID["#person-ana"], byID["#person-bo"], byID["#person-cara"])
	}
	if byID["https://doi.org/10.5281/zenodo.1"] != nil || strings.Contains(string(file.Data), "room 3") {
		t.Error("what is withheld is in the crate of somebody who may not know it")
	}
	parts, _ := root["hasPart"].([]any)
	if len(parts) != 1 || root["datePublished"] != on(30).Format(time.DateOnly) || root["isBasedOn"] != "arcp://name,net/exchange/e0/" {
		t.Errorf("the root is %v", root)
	}
	b.Texts = map[string]bool{"e1": true}
	file, err = b.Crate(r)
	if err != nil {
		t.Fatal(err)
	}
	_, byID = readCrate(t, file)
	if byID["#goal-1"]["description"] != "They can run it" || byID["#work-2"] == nil || byID["#work-3"] == nil || len(dangling(byID)) > 0 {
		t.Errorf("their own crate lacks something: %v", byID)
	}
}

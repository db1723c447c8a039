package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/bot/exchange/export"
)

// sheet is what everybody may have of a small network: a figure of each sort, and
// works of which one has no place on the web and one is there twice.
func sheet() export.Sheet {
	p := exchange.Period{From: begin, To: begin.AddDate(1, 0, 0)}
	of := func(m exchange.Measure) exchange.Measure { m.Period = p; return m }
	return export.Sheet{
		Network: "test", Period: p, Labs: map[string]string{"b": "=Noether", "a": `Curie, "Inc"`},
		Measures: []exchange.Measure{
			of(exchange.Measure{Metric: "M4", Num: 3, Den: 4, Value: 0.75, Unit: exchange.Share, Known: true, People: 8}),
			of(exchange.Measure{Metric: "M17", Part: "weighted", Unit: exchange.Share}),
			of(exchange.Measure{Metric: "M16", Part: "d30", Unit: exchange.Share, Few: true, People: 4}),
			of(exchange.Measure{Metric: "M2", Part: "open", Num: 0, Den: 1, Unit: exchange.Count, Known: true}),
		},
		Works: []export.Work{
			{Type: exchange.EvalHarness, Title: "+harness", Version: "v1", Link: "https://github.com/curie/harness/tree/v1", Licence: "MIT", Since: dayNo(3), From: "a", To: "b"},
			{Type: exchange.Dataset, Title: "Traces", Link: "https://doi.org/10.5281/zenodo.3490396", Licence: "CC-BY-4.0", From: "b", To: exchange.Others},
			{Type: exchange.Dataset, Title: "Traces again", Link: "https://doi.org/10.5281/zenodo.3490396", Licence: "CC-BY-4.0", From: "b", To: "a"},
			{Type: exchange.ModelCard, Title: "A card on a wall", Licence: "CC-BY-4.0", From: "a", To: "b"},
		},
	}
}

func TestASheetIsOneDocument(t *testing.T) {
	t.Parallel()
	data, err := sheet().JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Schema  int `json:"schema_version"`
		Network string
		Scope   string
		From    string
		To      string
		Labs    []struct{ ID, Name string }
		Metrics []struct {
			Metric, Part, Scope           string
			Numerator, Denominator, Value *float64
			TooFew                        bool `json:"too_few"`
		}
		Works []struct {
			Title, Link, Licence, Since string
			From                        string `json:"from_lab"`
			To                          string `json:"to_lab"`
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != export.Schema || got.Network != "test" || got.Scope != "network" || got.From != "2026-01-01T00:00:00Z" || got.To != "2027-01-01T00:00:00Z" {
		t.Errorf("the sheet is of %+v", got)
	}
	if len(got.Labs) != 2 || got.Labs[0].ID != "a" || got.Labs[1].Name != "=Noether" {
		t.Errorf("labs are %v, want both by id, with their names as they are", got.Labs)
	}
	show := func(v *float64) string {
		if v == nil {
			return "-"
		}
		return fmt.Sprint(*v)
	}
	var figures []string
	for _, m := range got.Metrics {
		figures = append(figures, fmt.Sprintf("%s %s/%s=%s %v", m.Metric, show(m.Numerator), show(m.Denominator), show(m.Value), m.TooFew))
	}
	if want := []string{"M4 3/4=0.75 false", "M17 -/0=- false", "M16 -/-=- true", "M2 0/1=0 false"}; !slices.Equal(figures, want) {
		t.Errorf("figures are %q, want %q: of nothing no value, of a few nothing at all", figures, want)
	}
	if len(got.Works) != 4 || got.Works[0].Title != "+harness" || got.Works[0].Since != "2026-01-04" || got.Works[1].To != exchange.Others {
		t.Errorf("works are %+v", got.Works)
	}
	if again, err := sheet().JSON(); err != nil || !bytes.Equal(data, again) {
		t.Errorf("two documents of one sheet differ (%v)", err)
	}
}

// Nobody who opens it in a spreadsheet runs what a lab or a work is called.
func TestASheetIsThreeSafeTables(t *testing.T) {
	t.Parallel()
	files, err := sheet().CSV()
	if err != nil {
		t.Fatal(err)
	}
	packed, err := export.Zip(files)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"labs.csv": 2, "metrics.csv": 4, "works.csv": 4}
	for _, file := range archive.File {
		lines := table(t, file)
		if n, ok := want[file.Name]; !ok || len(lines) != n+1 {
			t.Errorf("%s has %d lines, want a head and %d", file.Name, len(lines), n)
		}
		for _, line := range lines[1:] {
			for _, cell := range line {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Errorf("%s has the cell %q, which a spreadsheet runs", file.Name, cell)
				}
			}
		}
		if file.Name == "labs.csv" && (strings.Join(lines[1], "|") != `a|Curie, "Inc"|` || strings.Join(lines[2], "|") != "b|'=Noether|") {
			t.Errorf("labs.csv is %q", lines)
		}
		delete(want, file.Name)
	}
	if len(want) > 0 {
		t.Errorf("these tables are missing: %v", want)
	}
}

// Its crate is one that RO-Crate 1.2 takes: each figure that is shown is a value,
// each place on the web is a part once, and what is hidden is not there.
func TestASheetIsACrate(t *testing.T) {
	t.Parallel()
	const address = "https://board.example/figures/2026"
	file, err := sheet().Crate(address, "Figures of 2026")
	if err != nil {
		t.Fatal(err)
	}
	root, byID := readCrate(t, file)
	for _, required := range []string{"name", "description", "datePublished", "license"} {
		if root[required] == nil {
			t.Errorf("the root has no %s", required)
		}
	}
	if root["@id"] != address || root["name"] != "Figures of 2026" {
		t.Errorf("the root is %v", root)
	}
	if published, err := time.Parse(time.DateOnly, fmt.Sprint(root["datePublished"])); err != nil || published.Year() != 2026 {
		t.Errorf("datePublished is %v, want a day of the year that the figures are of", root["datePublished"])
	}
	if missing := dangling(byID); len(missing) > 0 {
		t.Errorf("these are referred to and not there: %v", missing)
	}
	refs := func(property string) []string {
		var ids []string
		all, _ := root[property].([]any)
		for _, one := range all {
			one, _ := one.(map[string]any)
			ids = append(ids, fmt.Sprint(one["@id"]))
		}
		return ids
	}
	if got := refs("hasPart"); !slices.Equal(got, []string{"https://github.com/curie/harness/tree/v1", "https://doi.org/10.5281/zenodo.3490396"}) {
		t.Errorf("hasPart = %q, want each place once, and no work without one", got)
	}
	if got := refs("about"); !slices.Equal(got, []string{"#lab-a", "#lab-b"}) {
		t.Errorf("about = %q, want the labs", got)
	}
	var values []string
	for _, id := range refs("variableMeasured") {
		values = append(values, fmt.Sprint(byID[id]["propertyID"], "=", byID[id]["value"]))
	}
	if want := []string{"M4=0.75", "M2=0"}; !slices.Equal(values, want) {
		t.Errorf("variableMeasured = %q, want %q: only figures that are shown", values, want)
	}
	for id, n := range byID {
		if strings.Contains(fmt.Sprint(n["name"]), "M16") || strings.Contains(fmt.Sprint(n["name"]), "card on a wall") {
			t.Errorf("%s is in the crate: %v", id, n)
		}
	}
	if licence := byID["https://spdx.org/licenses/MIT"]; licence == nil {
		t.Error("the licence of a work is not described")
	}
}

// An empty sheet is empty lists, not nothing: readers need not look for null.
func TestAnEmptySheetHasEmptyLists(t *testing.T) {
	t.Parallel()
	empty := export.Sheet{Network: "test", Period: exchange.Period{To: begin.AddDate(1, 0, 0)}}
	data, err := empty.JSON()
	if err != nil || bytes.Contains(data, []byte("null")) {
		t.Errorf("JSON of nothing = %s, %v; want no null", data, err)
	}
	file, err := empty.Crate("https://board.example/", "Nothing")
	if err != nil || bytes.Contains(file.Data, []byte("null")) {
		t.Errorf("Crate of nothing = %s, %v; want no null", file.Data, err)
	}
	readCrate(t, file)
	if files, err := empty.CSV(); err != nil || len(files) != 3 || bytes.Count(files[0].Data, []byte("\n")) != 1 {
		t.Errorf("CSV of nothing = %v, %v; want three heads", files, err)
	}
}

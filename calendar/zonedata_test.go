package calendar_test

import (
	"archive/zip"
	"os"
	"slices"
	"strings"
	"testing"

	"interlab/calendar"
)

// lines reads a file of the zone data without comments and empty lines.
func lines(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile("zonedata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

func TestEveryNameLeadsToPinnedRules(t *testing.T) {
	t.Parallel()
	packed := map[string]bool{}
	for _, file := range openPinned(t).File {
		packed[file.Name] = true
		if file.Method != zip.Store {
			t.Errorf("%s is compressed; stored files make small differences between releases", file.Name)
		}
	}
	for _, line := range lines(t, "names.tsv") {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			t.Fatalf("names.tsv: %q has %d columns, want 3", line, len(f))
		}
		if !packed[f[1]] {
			t.Errorf("names.tsv: %s stands for %s, which has no rules", f[0], f[1])
		}
		if got := zone(t, f[0]).String(); got != f[1] {
			t.Errorf("ParseZone(%q) = %s, want %s", f[0], got, f[1])
		}
	}
	if all := calendar.Zones("", 1000); len(all) != len(packed) {
		t.Errorf("Zones() lists %d zones, want the %d packed ones", len(all), len(packed))
	}
}

func TestPlacesLeadToCanonicalZones(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, line := range lines(t, "places.txt") {
		if line == "[abbreviations]" {
			continue
		}
		place, list, ok := strings.Cut(line, " = ")
		zones := strings.Split(list, ", ")
		if !ok || seen[place] || len(zones) > 3 {
			t.Errorf("places.txt: %q is not a new place with one to three zones", line)
		}
		seen[place] = true
		for i, name := range zones {
			if got := zone(t, name).String(); got != name || slices.Contains(zones[:i], name) {
				t.Errorf("places.txt: %s names %s, want each canonical name once (%s)", place, name, got)
			}
		}
		got, err := calendar.ParseZone(place)
		if err == nil && got.String() != zones[0] || err != nil && !slices.Equal(zoneNames(refusal(t, err).Zones), zones) {
			t.Errorf("ParseZone(%q) = %v, %v, want %v", place, got, err, zones)
		}
	}
}

func TestPlacesAreNamedOnlyWhereTheZonesDoNot(t *testing.T) {
	t.Parallel()
	cities := map[string]bool{}
	for _, z := range calendar.Zones("", 1000) {
		cities[z.City()+" = "+z.String()] = true
	}
	for _, line := range lines(t, "places.txt") {
		if cities[line] {
			t.Errorf("places.txt: %q is known from the zone itself", line)
		}
	}
}

func TestCountriesOfOneZoneAreUnderstood(t *testing.T) {
	t.Parallel()
	zones := map[string][]string{}
	for _, line := range lines(t, "names.tsv") {
		if f := strings.Split(line, "\t"); f[2] != "" && f[0] == f[1] {
			country, _, _ := strings.Cut(f[2], " (")
			zones[country] = append(zones[country], f[0])
		}
	}
	if len(zones) < 200 {
		t.Errorf("names.tsv has %d countries, want at least 200", len(zones))
	}
	for country, of := range zones {
		got, err := calendar.ParseZone(country)
		if len(of) == 1 && (err != nil || got.String() != of[0]) {
			t.Errorf("ParseZone(%q) = %v, %v, want %s", country, got, err, of[0])
		}
	}
}

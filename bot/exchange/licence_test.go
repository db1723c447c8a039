package exchange_test

import (
	_ "embed" // of the lists of licences
	"strings"
	"testing"

	"interlab/bot/exchange"
)

func TestLicencesAreThoseOfSPDX(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, id string
		class    exchange.LicenceClass
	}{
		{"MIT", "MIT", exchange.OpenCode},
		{" apache-2.0 ", "Apache-2.0", exchange.OpenCode},
		{"gpl-3.0-OR-later", "GPL-3.0-or-later", exchange.OpenCode},
		{"CC-BY-4.0", "CC-BY-4.0", exchange.OpenContent},
		{"cc0-1.0", "CC0-1.0", exchange.OpenContent},
		{"ODbL-1.0", "ODbL-1.0", exchange.OpenContent},
		{"CC-BY-NC-4.0", "CC-BY-NC-4.0", exchange.NotOpen},
		{"CC-BY-ND-4.0", "CC-BY-ND-4.0", exchange.NotOpen},
		{"BUSL-1.1", "BUSL-1.1", exchange.NotOpen},
		{"mit or apache-2.0", "MIT OR Apache-2.0", exchange.OpenCode},
		{"gpl-2.0-only with classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0", exchange.OpenCode},
		{"(BUSL-1.1 OR MIT) AND CC-BY-4.0", "(BUSL-1.1 OR MIT) AND CC-BY-4.0", exchange.OpenCode},
		{"BUSL-1.1 OR CC-BY-4.0 AND CC0-1.0", "BUSL-1.1 OR CC-BY-4.0 AND CC0-1.0", exchange.OpenContent},
		{"MIT AND CC-BY-NC-4.0", "MIT AND CC-BY-NC-4.0", exchange.NotOpen},
		{"CC-BY-NC-4.0 AND MIT", "CC-BY-NC-4.0 AND MIT", exchange.NotOpen},
		{"Apache-2.0+", "Apache-2.0+", exchange.OpenCode},
		{"LicenseRef-Curie", "LicenseRef-Curie", exchange.NotOpen},
		{"MIT OR LicenseRef-Curie", "MIT OR LicenseRef-Curie", exchange.OpenCode},
	} {
		got, err := exchange.ParseLicence(c.text)
		if want := (exchange.Licence{ID: c.id, Class: c.class}); err != nil || got != want {
			t.Errorf("ParseLicence(%q) = %+v, %v, want %+v", c.text, got, err, want)
		}
		if got.Open() != (c.class != exchange.NotOpen) {
			t.Errorf("ParseLicence(%q).Open() = %v", c.text, got.Open())
		}
	}
}

func TestOtherNamesOfLicencesAreAskedAbout(t *testing.T) {
	t.Parallel()
	for text, hint := range map[string]string{
		"":                "spdx.org/licenses",
		"#":               "spdx.org/licenses",
		"our own":         "spdx.org/licenses",
		"MIT OR":          "spdx.org/licenses",
		"OR MIT":          "spdx.org/licenses",
		"(MIT":            "spdx.org/licenses",
		"MIT)":            "spdx.org/licenses",
		"()":              "spdx.org/licenses",
		"MIT ISC":         "spdx.org/licenses",
		"MIT / ISC":       "spdx.org/licenses",
		"MIT WITH ISC":    "spdx.org/licenses",
		"MIT WITH":        "spdx.org/licenses",
		"+":               "spdx.org/licenses",
		"LicenseRef-":     "spdx.org/licenses",
		"Apache 2":        "Apache-2.0?",
		"apache license":  "Apache-2.0?",
		"GPLv3":           "GPL-3.0-or-later?",
		"cc by":           "CC-BY-4.0?",
		"The MIT Licence": "MIT?",
	} {
		_, err := exchange.ParseLicence(text)
		refuses(t, "ParseLicence("+text+")", err, exchange.BadLicence)
		if err != nil && !strings.Contains(err.Error(), hint) {
			t.Errorf("ParseLicence(%q) = %q, want a hint %q", text, err, hint)
		}
	}
}

//go:embed conformant.txt
var conformant string

//go:embed licences.txt
var listed string

// The licences that are open by the Open Definition are kept by hand, so each is
// one of SPDX that the list marks, and forbids neither trade nor changes.
func TestLicencesKeptByHandAreOpenContentOfSPDX(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for line := range strings.Lines(conformant) {
		id := strings.TrimSpace(line)
		if strings.HasPrefix(id, "#") {
			continue
		}
		got, err := exchange.ParseLicence(id)
		if err != nil || got.ID != id || got.Class != exchange.OpenContent {
			t.Errorf("ParseLicence(%q) = %+v, %v, want open content of that name", id, got, err)
		}
		if seen[id] {
			t.Errorf("conformant.txt names %s twice", id)
		}
		seen[id] = true
	}
	if len(seen) == 0 {
		t.Error("conformant.txt names no licence")
	}
	for line := range strings.Lines(listed) {
		id, class, _ := strings.Cut(strings.TrimSpace(line), " ")
		restricted := strings.Contains(id, "-NC") || strings.Contains(id, "-ND")
		if class != "" && id != "#" && restricted && strings.HasPrefix(id, "CC-") {
			t.Errorf("%s counts as open, and forbids trade or changes", id)
		}
		if strings.HasPrefix(id, "CC-BY-") && !restricted && !seen[id] {
			t.Errorf("%s asks for attribution and sharing alike at most, and conformant.txt lacks it", id)
		}
	}
}

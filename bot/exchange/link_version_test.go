package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"interlab/bot/exchange"
	"interlab/calendar"
)

func TestALinkAndItsVersionThatContradictAreAskedAbout(t *testing.T) {
	t.Parallel()
	a, b := strings.Repeat("0a", 20), strings.Repeat("0b", 20)
	for _, c := range []struct{ where, version, want string }{
		{"https://github.com/curie/harness/releases/tag/v1.1", "v1.0", "The link says v1.1, the version says v1.0: which is right?"},
		{"https://github.com/curie/harness/tree/v1.1/src", "1.0", "The link says v1.1, the version says 1.0: which is right?"},
		{"https://github.com/curie/harness/blob/v1.1/README.md", "1.10", "The link says v1.1, the version says 1.10: which is right?"},
		{"https://github.com/curie/harness/archive/refs/tags/v1.1.tar.gz", "v1.0", "The link says v1.1, the version says v1.0: which is right?"},
		{"https://github.com/curie/harness/releases/download/v1.1/weights.bin", "v1.0", "The link says v1.1, the version says v1.0: which is right?"},
		{"https://github.com/curie/harness/releases/tag/harness-1.1", "harness 1.0", "The link says harness-1.1, the version says harness 1.0: which is right?"},
		{"https://github.com/curie/harness/tree/release%2F1.1", "1.0", "The link says release/1.1, the version says 1.0: which is right?"},
		{"https://github.com/curie/harness/releases/tag/2026-11-01", "2026-11-02", "The link says 2026-11-01, the version says 2026-11-02: which is right?"},
		{"https://github.com/curie/harness/releases/tag/v1.1-rc.1", "v1.1", "The link says v1.1-rc.1, the version says v1.1: which is right?"},
		{"https://gitlab.com/curie/harness/-/tags/v1.1", "v1.0", "The link says v1.1, the version says v1.0: which is right?"},
		{"https://gitlab.com/curie/harness/-/tree/v1.1?ref_type=tags", "v1.0", "The link says v1.1, the version says v1.0: which is right?"},
		{"https://github.com/curie/harness/commit/" + a, b[:8], "The link says 0a0a0a0a0a, the version says 0b0b0b0b: which is right?"},
		{"https://huggingface.co/curie/sae/tree/" + a, b, "The link says 0a0a0a0a0a, the version says 0b0b0b0b0b: which is right?"},
		{"https://huggingface.co/curie/sae/resolve/v1.1/model.safetensors", "v1.0", "The link says v1.1, the version says v1.0: which is right?"},
		{"https://huggingface.co/curie/sae?revision=v1.1", "v1.0", "The link says v1.1, the version says v1.0: which is right?"},
		{"https://pkg.go.dev/example.org/curie/harness@v1.2.3", "v1.2.4", "The link says v1.2.3, the version says v1.2.4: which is right?"},
		{"https://cdn.jsdelivr.net/npm/harness@1.2.3/index.js", "1.3", "The link says 1.2.3, the version says 1.3: which is right?"},
		{"https://www.npmjs.com/package/harness/v/1.2.3", "1.3", "The link says 1.2.3, the version says 1.3: which is right?"},
		{"https://zenodo.org/records/3490396", "10.5281/zenodo.3490397", "The link says zenodo.3490396, the version says 10.5281/zenodo.3490397: which is right?"},
		{"doi:10.5281/zenodo.3490396", "zenodo.3490397", "The link says zenodo.3490396, the version says zenodo.3490397: which is right?"},
		{"doi:10.6084/m9.figshare.12.v2", "v1", "The link says v2, the version says v1: which is right?"},
		{"arxiv:2403.13784v2", "v1", "The link says v2, the version says v1: which is right?"},
		{"swh:1:rev:" + a, b, "The link says 0a0a0a0a0a, the version says 0b0b0b0b0b: which is right?"},
		{"https://github.com/curie/harness/tree/main", "v1.0", "The link says main, the version says v1.0: which is right?"},
		{"https://github.com/curie/harness/releases/latest", "v1.0", "The link says latest, the version says v1.0: which is right?"},
		{"https://github.com/curie/harness/tree/v1.0", "main", "The link says v1.0, the version says main: which is right?"},

		{"https://github.com/curie/harness/releases/tag/v1.1", "", ""},
		{"https://github.com/curie/harness/releases/tag/v1.1", "1.1", ""},
		{"https://github.com/curie/harness/releases/tag/v1.1.0", "Version 1.1", ""},
		{"https://github.com/curie/harness/releases/tag/harness-1.1", "v1.1", ""},
		{"https://github.com/curie/harness/commit/" + a, a[:7], ""},
		{"https://github.com/curie/harness/commit/" + a, strings.ToUpper(a), ""},
		{"https://github.com/curie/harness/commit/" + a, "v1.1", ""}, // the tag may be of this commit
		{"https://github.com/curie/harness/releases/tag/v1.1", "2026-11-02", ""},
		{"https://github.com/curie/harness/releases/tag/spring", "v1.1", ""},
		{"https://github.com/curie/harness", "v1.1", ""},
		{"https://github.com/tree/v1.1", "v1.0", ""}, // a repository of that name
		{"https://zenodo.org/records/3490396", "v1.0", ""},
		{"https://zenodo.org/records/3490396", "3490396", ""},
		{"doi:10.5281/zenodo.3490396", "v2", ""},
		{"arxiv:2403.13784v2", "2", ""},
		{"arxiv:2403.13784", "v2", ""},
		{"isbn:9780306406157", "2", ""},
		{"https://example.org/@curie/notes", "2", ""},
		{"in a drawer, v1.1", "v1.0", ""},
	} {
		v := harness()
		v.Where, v.Version = c.where, c.version
		asked := slices.DeleteFunc(v.Doubts(calendar.Date{}, today()), func(s string) bool { return !strings.HasSuffix(s, "which is right?") })
		if got := strings.Join(asked, " "); got != c.want {
			t.Errorf("Doubts of %s with version %q = %q, want %q", c.where, c.version, got, c.want)
		}
	}
}

// What contradicts is asked about and kept as it is, if so said.
func TestAContradictionOfVersionsRefusesNothing(t *testing.T) {
	t.Parallel()
	v := harness()
	v.Where, v.Version = "https://github.com/curie/harness/releases/tag/v1.1", "v1.0"
	v.Openness = exchange.ToAll
	if got, err := v.Checked(today()); err != nil || got.Version != "v1.0" {
		t.Errorf("Checked(%+v) = %+v, %v, want it as it is", v, got, err)
	}
}

func FuzzVersionIn(f *testing.F) {
	f.Add("https://github.com/curie/harness/tree/v1.1")
	f.Add("doi:10.5281/zenodo.3490396")
	f.Add("https://example.org/a/v/@1")
	f.Fuzz(func(t *testing.T, where string) {
		got := exchange.VersionIn(where)
		v := exchange.Evidence{Where: where, Version: got}
		for _, said := range v.Doubts(calendar.Date{}, calendar.Date{}) {
			if strings.HasSuffix(said, "which is right?") {
				t.Errorf("VersionIn(%q) = %q contradicts itself", where, got)
			}
		}
	})
}

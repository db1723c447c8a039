package export

import (
	"testing"

	"interlab/bot/exchange"
)

// What a crate calls a work is where people are led to it, but for what no site
// resolves.
func TestFilesLeadWhereTheChatDoes(t *testing.T) {
	t.Parallel()
	revision := "swh:1:rev:309cf2674ee7a0749978cf8265ab91a60aea0f7d"
	for where, want := range map[string]string{
		"doi:10.5281/zenodo.3490396":  "https://doi.org/10.5281/zenodo.3490396",
		"arxiv:2403.13784v2":          "https://arxiv.org/abs/2403.13784v2",
		"orcid:0000-0002-1825-0097":   "https://orcid.org/0000-0002-1825-0097",
		"https://ror.org/05dxps055":   "https://ror.org/05dxps055",
		"ror:05dxps055":               "https://ror.org/05dxps055",
		revision:                      "https://archive.softwareheritage.org/" + revision,
		"https://curie.example/t/v1":  "https://curie.example/t/v1",
		"isbn:978-0-306-40615-7":      "urn:isbn:9780306406157",
		"orcid:0000-0002-1825-0098":   "",
		"a box in the cellar":         "",
		"https://git.curie.internal/": "",
	} {
		got := linkOf(where)
		if got != want {
			t.Errorf("linkOf(%q) = %q, want %q", where, got, want)
		}
		if link := (exchange.Evidence{Where: where}).Link(); link != "" && link != got {
			t.Errorf("the chat leads to %q and files to %q for %q", link, got, where)
		}
	}
}

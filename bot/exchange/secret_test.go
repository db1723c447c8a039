package exchange_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// What lets whoever reads it in, in any text that somebody types.
func TestSecretsAreSeenInAnyText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"see https://ana:hunter2@git.curie.example/x", "https://x.example/?token=1", "at https://x.example/a#access_token=1 now",
		"ghp_" + strings.Repeat("a", 36), "use hf_" + strings.Repeat("B", 34), "sk-" + strings.Repeat("c", 40), "AKIA" + strings.Repeat("A", 16),
		"https://s3.example/b?X-Amz-Signature=0", "https://x.example/f?sig=0&se=1",
	} {
		if !exchange.HasSecret(text) {
			t.Errorf("HasSecret(%q) = false, want true", text)
		}
	}
	for _, text := range []string{"", "in a drawer", "https://x.example/?page=2", "doi:10.5281/zenodo.3490396", "ana@curie.example", "v1.2.0", "key results: see the report"} {
		if exchange.HasSecret(text) {
			t.Errorf("HasSecret(%q) = true, want false", text)
		}
	}
}

// No field of evidence keeps a secret, wherever it was typed.
func TestNoFieldOfEvidenceKeepsASecret(t *testing.T) {
	t.Parallel()
	secret := "ghp_" + strings.Repeat("a", 36)
	for name, v := range map[string]exchange.Evidence{
		"title":   {Title: "with " + secret},
		"why":     {Why: secret},
		"version": {Version: secret},
		"where":   {Where: "words and " + secret},
		"doi":     {Where: "doi:10.1234/x?token=abc"},
		"fragment": {
			Where: "https://x.example/#access_token=abc",
		},
	} {
		v.Type, v.Openness, v.Holding = exchange.Paper, exchange.Internal, exchange.ForReview
		if v.Title == "" {
			v.Title = "A paper"
		}
		_, err := v.Checked(first())
		refuses(t, "Checked("+name+")", err, exchange.SecretLink)
	}
}

// A link that is kept has no secret in it, and is kept as itself.
func TestALinkThatIsKeptHasNoSecret(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SampledFrom([]string{"token", "page", "sig", "q", "Key", "X-Amz-Date", "v", "access_token", "lang"}).Draw(t, "key")
		where := "https://" + rapid.StringMatching(`[a-z]{1,8}\.(org|example)`).Draw(t, "host") + "/" + rapid.StringMatching(`[a-z/]{0,10}`).Draw(t, "path") + "?" + key + "=" + rapid.StringMatching(`[a-z0-9]{0,6}`).Draw(t, "value")
		v := exchange.Evidence{Type: exchange.Paper, Title: "A paper", Where: where, Openness: exchange.ToAll}
		checked, err := v.Checked(first())
		if exchange.HasSecret(where) {
			if err == nil {
				t.Fatalf("Checked(%q) keeps a secret", where)
			}
		} else if err != nil || checked.Link() != checked.Where || exchange.HasSecret(checked.Where) {
			t.Fatalf("Checked(%q) = %q, %v; want it as it is", where, checked.Where, err)
		}
	})
}

// Where evidence is, as something to open: an identifier by its resolver, a link
// as it is, and nothing for words.
func TestEvidenceLinksToWhereItIs(t *testing.T) {
	t.Parallel()
	for where, want := range map[string]string{
		"doi:10.5281/zenodo.3490396":           "https://doi.org/10.5281/zenodo.3490396",
		"arxiv:2403.13784v2":                   "https://arxiv.org/abs/2403.13784v2",
		"https://example.org/a":                "https://example.org/a",
		"isbn:9780306406157":                   "",
		"in a drawer":                          "",
		"http://10.0.0.1/x":                    "",
		"swh:1:rev:" + strings.Repeat("a", 40): "https://archive.softwareheritage.org/swh:1:rev:" + strings.Repeat("a", 40),
		"orcid:0000-0002-1825-0097":            "https://orcid.org/0000-0002-1825-0097",
		"ror:05dxps055":                        "https://ror.org/05dxps055",
	} {
		if got := (exchange.Evidence{Where: where}).Link(); got != want {
			t.Errorf("Link() of %q = %q, want %q", where, got, want)
		}
	}
}

// The day that a list goes by: of publication, of the end of an embargo, else of
// the declaration.
func TestEvidenceIsAsOldAsItsPublication(t *testing.T) {
	t.Parallel()
	v := exchange.Evidence{Declared: exchange.Mark{By: "ana", At: start()}}
	if got := v.Since(); got.String() != start().Format("2006-01-02") {
		t.Errorf("Since() = %s, want the day of the declaration", got)
	}
	v.Published = first().AddDays(-3)
	if got := v.Since(); got != v.Published {
		t.Errorf("Since() = %s, want the day of the publication %s", got, v.Published)
	}
	v.Openness, v.Until = exchange.Embargoed, first().AddDays(30)
	if got := v.Since(); got != v.Until {
		t.Errorf("Since() = %s, want the end of the embargo %s", got, v.Until)
	}
}

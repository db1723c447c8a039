package exchange_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// The identifiers are those that the schemes' own pages show as examples.
func TestIdentifiersAreReadInTheirUsualForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scheme   exchange.Scheme
		text, id string
	}{
		{exchange.DOI, "10.5281/zenodo.3490396", "10.5281/zenodo.3490396"},
		{exchange.DOI, "https://doi.org/10.1000/ABC(1)", "10.1000/abc(1)"},
		{exchange.DOI, "DOI: 10.1000/182", "10.1000/182"},
		{exchange.ArXiv, "2403.13784", "2403.13784"},
		{exchange.ArXiv, "https://arxiv.org/abs/2403.13784v2", "2403.13784v2"},
		{exchange.ArXiv, "https://arxiv.org/pdf/2403.13784v2.pdf", "2403.13784v2"},
		{exchange.ArXiv, "arXiv:hep-th/9901001", "hep-th/9901001"},
		{exchange.ArXiv, "math.GT/0309136v1", "math.GT/0309136v1"},
		{exchange.ISBN, "978-0-306-40615-7", "9780306406157"},
		{exchange.ISBN, "ISBN 0-306-40615-2", "0306406152"},
		{exchange.ISBN, "0-8044-2957-x", "080442957X"},
		{exchange.ORCID, "0000-0002-1825-0097", "0000-0002-1825-0097"},
		{exchange.ORCID, "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"},
		{exchange.ROR, "https://ror.org/05dxps055", "05dxps055"},
		{exchange.ROR, "03YRM5C26", "03yrm5c26"},
		{exchange.SWHID, "swh:1:rev:" + strings.Repeat("A1", 20), "swh:1:rev:" + strings.Repeat("a1", 20)},
	} {
		got, err := exchange.ParseIdentifier(c.scheme, c.text)
		if want := (exchange.Identifier{Scheme: c.scheme, ID: c.id}); err != nil || got != want {
			t.Errorf("ParseIdentifier(%s, %q) = %v, %v, want %v", c.scheme, c.text, got, err, want)
		}
	}
}

func TestWrongIdentifiersAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scheme exchange.Scheme
		text   string
	}{
		{exchange.DOI, ""},
		{exchange.DOI, "10.12/short"},
		{exchange.DOI, "10.5281/"},
		{exchange.DOI, "10.5281/a b"},
		{exchange.DOI, "11.5281/zenodo.1"},
		{exchange.ArXiv, "2413.13784"}, // no thirteenth month
		{exchange.ArXiv, "2403.137"},
		{exchange.ArXiv, "2403.13784v0"},
		{exchange.ISBN, "978-0-306-40615-8"},
		{exchange.ISBN, "0-306-40615-X"},
		{exchange.ISBN, "977-0-306-40615-7"},
		{exchange.ORCID, "0000-0002-1825-0098"},
		{exchange.ORCID, "0000-0002-1825"},
		{exchange.ORCID, "0000000218250097"},
		{exchange.ROR, "05dxps056"},
		{exchange.ROR, "05dxps05"}, // eight characters, as one manual prints it
		{exchange.ROR, "15dxps055"},
		{exchange.ROR, "0iluo0000"},
		{exchange.SWHID, "swh:1:rev:abc"},
		{"handle", "1/2"},
	} {
		_, err := exchange.ParseIdentifier(c.scheme, c.text)
		refuses(t, "ParseIdentifier("+string(c.scheme)+", "+c.text+")", err, exchange.BadIdentifier)
	}
}

func TestOneWrongDigitIsAlwaysNoticed(t *testing.T) {
	t.Parallel()
	good := map[exchange.Scheme]string{
		exchange.ORCID: "0000-0002-1825-0097", exchange.ROR: "05dxps055", exchange.ISBN: "9780306406157",
	}
	rapid.Check(t, func(t *rapid.T) {
		scheme := rapid.SampledFrom([]exchange.Scheme{exchange.ORCID, exchange.ROR, exchange.ISBN}).Draw(t, "scheme")
		text := []byte(good[scheme])
		i := rapid.IntRange(0, len(text)-1).Draw(t, "place")
		c := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if text[i] < '0' || text[i] > '9' || text[i] == c {
			return
		}
		text[i] = c
		if got, err := exchange.ParseIdentifier(scheme, string(text)); err == nil {
			t.Fatalf("ParseIdentifier(%s, %q) = %v, want a refusal", scheme, text, got)
		}
	})
}

func TestIdentifiersAreFoundByWhatIsBeforeThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://doi.org/10.1000/182":           "doi:10.1000/182",
		"10.1000/182":                           "doi:10.1000/182",
		"arXiv:2403.13784":                      "arxiv:2403.13784",
		"https://orcid.org/0000-0002-1825-0097": "orcid:0000-0002-1825-0097",
		"swh:1:cnt:" + strings.Repeat("0", 40):  "swhid:swh:1:cnt:" + strings.Repeat("0", 40),
	} {
		got, found, err := exchange.FindIdentifier(text)
		if err != nil || !found || got.String() != want {
			t.Errorf("FindIdentifier(%q) = %v, %v, %v, want %s", text, got, found, err, want)
		}
	}
	for _, text := range []string{"", "https://example.org/10.1000/182", "the harness", "2403.13784"} {
		if got, found, err := exchange.FindIdentifier(text); found || err != nil {
			t.Errorf("FindIdentifier(%q) = %v, %v, %v, want none", text, got, found, err)
		}
	}
	_, found, err := exchange.FindIdentifier("doi:10.1/x")
	refuses(t, "FindIdentifier(doi:10.1/x)", err, exchange.BadIdentifier)
	if !found {
		t.Error("FindIdentifier(doi:10.1/x) found nothing, want a DOI that is wrong")
	}
}

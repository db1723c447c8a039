package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"interlab/bot/exchange"
)

// Why something is not open is told of what anybody can get alone, and among all
// that is doubtful of it.
func TestALicenceIsDoubtedWhereItKeepsSomethingFromBeingOpen(t *testing.T) {
	t.Parallel()
	today := day("2027-01-11")
	for name, c := range map[string]struct {
		v    exchange.Evidence
		want string
	}{
		"open without a licence":       {exchange.Evidence{Openness: exchange.ToAll}, "It has no licence"},
		"open under one that is not":   {exchange.Evidence{Openness: exchange.ToAll, Licence: "CC-BY-NC-4.0"}, "CC-BY-NC-4.0 does not let everybody"},
		"open under an open one":       {exchange.Evidence{Openness: exchange.ToAll, Licence: "MIT"}, ""},
		"for two labs":                 {exchange.Evidence{Openness: exchange.Internal}, ""},
		"after an embargo, without":    {exchange.Evidence{Openness: exchange.Embargoed, Until: day("2027-01-10")}, "It has no licence"},
		"before the end of an embargo": {exchange.Evidence{Openness: exchange.Embargoed, Until: day("2027-02-01")}, ""},
	} {
		got := c.v.LicenceDoubt(today)
		if (got == "") != (c.want == "") || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: LicenceDoubt() = %q, want %q", name, got, c.want)
		}
		if all := c.v.Doubts(today, today); got != "" && !slices.Contains(all, got) {
			t.Errorf("%s: Doubts() = %q, without %q", name, all, got)
		}
	}
}

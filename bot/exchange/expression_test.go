package exchange_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// tree is a licence expression with what it must come to.
type tree struct {
	text string
	open bool
}

// anyTree draws an expression of a depth at most.
func anyTree(t *rapid.T, depth int) tree {
	if depth == 0 || rapid.Bool().Draw(t, "leaf") {
		return rapid.SampledFrom([]tree{
			{"MIT", true},
			{"CC-BY-4.0", true},
			{"BUSL-1.1", false},
			{"LicenseRef-own", false},
			{"CC-BY-NC-4.0", false},
			{"GPL-2.0-only WITH Classpath-exception-2.0", true},
		}).Draw(t, "licence")
	}
	a, b := anyTree(t, depth-1), anyTree(t, depth-1)
	if rapid.Bool().Draw(t, "and") {
		return tree{"(" + a.text + ") AND (" + b.text + ")", a.open && b.open}
	}
	return tree{"(" + a.text + ") OR (" + b.text + ")", a.open || b.open}
}

// Of an expression one side of an OR must be open, and both of an AND; whatever
// its capitals, it is written in one way, which reads back as itself.
func TestALicenceExpressionIsOpenIfAWayThroughItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := anyTree(t, 3)
		if len(strings.Fields(x.text)) > 12 {
			t.Skip("longer than anybody writes")
		}
		text := x.text
		if rapid.Bool().Draw(t, "small") {
			text = strings.ReplaceAll(strings.ToLower(text), "licenseref-own", "LicenseRef-own")
		}
		got, err := exchange.ParseLicence(text)
		if err != nil || got.Open() != x.open || got.ID != x.text {
			t.Fatalf("ParseLicence(%q) = %+v, %v; want open %v as %q", text, got, err, x.open, x.text)
		}
		if again, err := exchange.ParseLicence(got.ID); err != nil || again != got {
			t.Fatalf("ParseLicence(%q) = %+v, %v; want itself", got.ID, again, err)
		}
	})
}

// AND binds before OR, as the specification has it.
func TestAndBindsBeforeOr(t *testing.T) {
	t.Parallel()
	for text, open := range map[string]bool{
		"MIT OR BUSL-1.1 AND BUSL-1.1":   true,
		"(MIT OR BUSL-1.1) AND BUSL-1.1": false,
		"BUSL-1.1 AND BUSL-1.1 OR MIT":   true,
		"BUSL-1.1 AND (BUSL-1.1 OR MIT)": false,
	} {
		if got, err := exchange.ParseLicence(text); err != nil || got.Open() != open {
			t.Errorf("ParseLicence(%q) = %+v, %v; want open %v", text, got, err, open)
		}
	}
	_, err := exchange.ParseLicence(strings.Repeat("MIT OR ", 30) + "MIT")
	refuses(t, "ParseLicence(sixty words)", err, exchange.BadLicence)
}

func FuzzParseLicence(f *testing.F) {
	for _, text := range []string{"MIT", "MIT OR Apache-2.0", "((MIT))", "GPL-2.0-only WITH", "+", "LicenseRef-a+", "(((("} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := exchange.ParseLicence(text)
		if err != nil {
			return
		}
		if again, err := exchange.ParseLicence(got.ID); err != nil || again != got {
			t.Errorf("ParseLicence(%q) = %+v, and of its identifier %+v, %v", text, got, again, err)
		}
	})
}

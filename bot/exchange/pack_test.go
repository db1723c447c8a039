package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// at is evidence of a type at a place of its own, open to all.
func at(a exchange.Artefact, licence string) *exchange.Evidence {
	return &exchange.Evidence{
		Type: a, Title: a.Label(), Where: "https://example.org/v1/" + string(a), Licence: licence, Openness: exchange.ToAll,
	}
}

func have(v *exchange.Evidence) exchange.Slot {
	return exchange.Slot{State: exchange.HaveLink, Evidence: v}
}

func TestPacksTellWhatWasDeclared(t *testing.T) {
	t.Parallel()
	p := exchange.Pack{Profile: exchange.PackEvaluation}
	if got := p.Ask(today()); !slices.Equal(got, exchange.PackEvaluation.Required()) {
		t.Errorf("Ask() of an empty pack = %v, want all required", got)
	}
	must(t, p.Fill(exchange.EvalHarness, have(at(exchange.EvalHarness, "MIT")), today()))
	must(t, p.Fill(exchange.BenchmarkData, exchange.Slot{State: exchange.HeldBack, Holding: exchange.ForPrivacy}, today()))
	must(t, p.Fill(exchange.EvalResults, exchange.Slot{State: exchange.WillCome, By: day("2027-01-15")}, today()))
	must(t, p.Fill(exchange.ReproScript, exchange.Slot{State: exchange.NoneApplies, Why: "it runs by hand"}, today()))
	if got, want := p.Summary(today()), "Declared: 1 of 3 parts. No link was opened."; got != want {
		t.Errorf("Summary() = %q, want %q", got, want)
	}
	if got := p.Ask(day("2027-01-15")); len(got) != 0 {
		t.Errorf("Ask() on the day on which the results come = %v, want none", got)
	}
	if got := p.Ask(day("2027-01-16")); !slices.Equal(got, []exchange.Artefact{exchange.EvalResults}) {
		t.Errorf("Ask() the day after = %v, want the results", got)
	}
	must(t, p.Fill(exchange.EvalResults, exchange.Slot{State: exchange.HeldBack, Holding: exchange.ForSafety}, today()))
	if got := p.Ask(day("2028-01-01")); len(got) != 0 {
		t.Errorf("Ask() for what is held back = %v, want nothing, ever", got)
	}
}

func TestSlotsRefuseWhatDoesNotBelongInThem(t *testing.T) {
	t.Parallel()
	type slot = exchange.Slot
	wrong := at(exchange.EvalHarness, "MIT")
	wrong.Where = "https://example.org/?token=1"
	words := at(exchange.EvalHarness, "MIT")
	words.Where = "on our disk"
	same := at(exchange.EvalHarness, "MIT")
	same.Where = at(exchange.EvalResults, "").Where
	for what, c := range map[string]struct {
		a    exchange.Artefact
		s    slot
		want exchange.Reason
	}{
		"no such slot":           {exchange.Weights, have(at(exchange.Weights, "MIT")), exchange.BadSlot},
		"nothing":                {exchange.EvalHarness, slot{}, exchange.BadSlot},
		"an unknown state":       {exchange.EvalHarness, slot{State: "perhaps"}, exchange.BadSlot},
		"no link":                {exchange.EvalHarness, slot{State: exchange.HaveLink}, exchange.BadSlot},
		"another type":           {exchange.EvalHarness, have(at(exchange.Dataset, "MIT")), exchange.BadSlot},
		"a secret":               {exchange.EvalHarness, have(wrong), exchange.SecretLink},
		"words":                  {exchange.EvalHarness, have(words), exchange.BadLink},
		"the same link":          {exchange.EvalHarness, have(same), exchange.BadSlot},
		"no licence of SPDX":     {exchange.EvalHarness, have(at(exchange.EvalHarness, "mine")), exchange.BadLicence},
		"no day":                 {exchange.EvalHarness, slot{State: exchange.WillCome}, exchange.BadDates},
		"a past day":             {exchange.EvalHarness, slot{State: exchange.WillCome, By: day("2026-11-30")}, exchange.BadDates},
		"a far day":              {exchange.EvalHarness, slot{State: exchange.WillCome, By: day("2029-01-01")}, exchange.BadDates},
		"held back, no why":      {exchange.EvalHarness, slot{State: exchange.HeldBack}, exchange.BadOpenness},
		"held back, other":       {exchange.EvalHarness, slot{State: exchange.HeldBack, Holding: exchange.ForOther, Why: " "}, exchange.BadOpenness},
		"does not apply, no why": {exchange.EvalHarness, slot{State: exchange.NoneApplies}, exchange.BadSlot},
		"a long why":             {exchange.EvalHarness, slot{State: exchange.NoneApplies, Why: strings.Repeat("é", 201)}, exchange.BadText},
	} {
		p := exchange.Pack{Profile: exchange.PackEvaluation}
		must(t, p.Fill(exchange.EvalResults, have(at(exchange.EvalResults, "CC-BY-4.0")), today()))
		refuses(t, "Fill with "+what, p.Fill(c.a, c.s, today()), c.want)
		if len(p.Slots) != 1 {
			t.Errorf("Fill with %s left %d slots filled, want 1", what, len(p.Slots))
		}
	}
}

func TestAFullPackOfAModelIsClassI(t *testing.T) {
	t.Parallel()
	p := exchange.Pack{Profile: exchange.PackFullModel}
	for _, a := range exchange.PackFullModel.Required() {
		must(t, p.Fill(a, have(at(a, "MIT")), today()))
	}
	if got, want := p.Summary(today()), "Declared: 15 of 15 parts, class I. No link was opened."; got != want {
		t.Errorf("Summary() = %q, want %q", got, want)
	}
	preprint := at(exchange.Preprint, "CC-BY-4.0")
	must(t, p.Fill(exchange.Paper, have(preprint), today()))
	if got := p.Release(today()).Class(); got != exchange.ClassI {
		t.Errorf("Class() with a preprint for the paper = %v", got)
	}
	later := at(exchange.Dataset, "CC-BY-4.0")
	later.Openness, later.Holding, later.Until = exchange.Embargoed, exchange.ForReview, day("2027-03-01")
	must(t, p.Fill(exchange.Dataset, have(later), today()))
	for on, want := range map[calendar.Date]exchange.MOFClass{today(): exchange.ClassII, day("2027-03-01"): exchange.ClassI} {
		if got := p.Release(on).Class(); got != want {
			t.Errorf("Class() on %v = %v, want %v", on, got, want)
		}
	}
}

func TestProfilesHaveSlots(t *testing.T) {
	t.Parallel()
	for _, p := range exchange.Profiles() {
		all := append(p.Required(), p.Wanted()...)
		if !p.Known() || len(p.Required()) == 0 || len(p.Wanted()) == 0 {
			t.Errorf("%s: required %v, wanted %v", p, p.Required(), p.Wanted())
		}
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) != len(all) || slices.ContainsFunc(all, func(a exchange.Artefact) bool { return !a.Known() }) {
			t.Errorf("%s: slots %v, want known ones, each once", p, all)
		}
	}
	if p := (exchange.Pack{Profile: "gift"}); p.Profile.Known() || p.Summary(today()) != "Declared: –. No link was opened." {
		t.Errorf("Summary() of an unknown profile = %q", p.Summary(today()))
	}
}

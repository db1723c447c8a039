package exchange_test

import (
	"net/url"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// Every artefact has words of its own, a licence made for it, and a content.
func TestEveryArtefactHasItsOwnWords(t *testing.T) {
	t.Parallel()
	seen := map[string]exchange.Artefact{}
	for _, a := range exchange.Artefacts() {
		if other, twice := seen[a.Label()]; twice || a.Label() == "" || !a.Known() {
			t.Errorf("%s.Label() = %q, want words that %s does not have", a, a.Label(), other)
		}
		seen[a.Label()] = a
		if code := a.Fits() == exchange.OpenCode; code != (a.Content() == exchange.OfCode) {
			t.Errorf("%s is made for %s and its content is %q", a, a.Fits(), a.Content())
		}
	}
	if exchange.Artefact("sculpture").Known() {
		t.Error("a sculpture is known")
	}
}

func TestALinkSuggestsWhatItLeadsTo(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]exchange.Artefact{
		"https://arxiv.org/abs/2403.13784v2":                 exchange.Preprint,
		"https://www.arxiv.org/pdf/2403.13784":               exchange.Preprint,
		"https://openreview.net/forum?id=abc":                exchange.Paper,
		"https://huggingface.co/datasets/curie/probes":       exchange.Dataset,
		"https://huggingface.co/curie/probe":                 exchange.Weights,
		"https://huggingface.co/spaces/curie/probe":          "",
		"https://huggingface.co/curie":                       "",
		"https://github.com/curie/tests/pull/12":             exchange.Adoption,
		"https://github.com/curie/tests":                     exchange.EvalHarness,
		"https://gitlab.com/curie/tests":                     exchange.EvalHarness,
		"https://archive.softwareheritage.org/swh:1:rev:aaa": exchange.EvalHarness,
		"https://zenodo.org/records/1":                       exchange.Dataset,
		"https://osf.io/abcde":                               exchange.Dataset,
		"https://example.org/x":                              "",
		"https://doi.org/10.5281/zenodo.3490396":             "",
	} {
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := exchange.Suggest(u); got != want || ok != (want != "") {
			t.Errorf("Suggest(%s) = %q, %v; want %q", link, got, ok, want)
		}
	}
}

// A pack asks for no part twice, and no part of it is asked for that does not fit it.
func TestProfilesAskForEachPartOnce(t *testing.T) {
	t.Parallel()
	for _, p := range exchange.Profiles() {
		parts := append(p.Required(), p.Wanted()...)
		for i, a := range parts {
			if slices.Contains(parts[:i], a) || !a.Known() || !(exchange.Pack{Profile: p}).Fits(a, a) {
				t.Errorf("a pack of %s asks for %s twice, or for what nothing fits", p, a)
			}
		}
		if len(p.Required()) == 0 || len(parts) > 25 {
			t.Errorf("a pack of %s has %d required parts of %d; a menu holds 25", p, len(p.Required()), len(parts))
		}
	}
	if p := exchange.Profile("sculpture"); p.Known() || p.Required() != nil || p.Wanted() != nil {
		t.Error("a pack of sculptures is known")
	}
}

// Whatever is said of the parts of a pack, in whatever order: what is complete and
// what is still asked for never contradict each other, no place is linked twice,
// and what was refused changed nothing.
func TestAPackNeverContradictsItself(t *testing.T) {
	t.Parallel()
	today := first()
	rapid.Check(t, func(t *rapid.T) {
		p := &exchange.Pack{Profile: rapid.SampledFrom(exchange.Profiles()).Draw(t, "profile")}
		parts := append(p.Profile.Required(), p.Profile.Wanted()...)
		for range rapid.IntRange(1, 12).Draw(t, "words") {
			a := rapid.SampledFrom(append(parts, exchange.Adoption)).Draw(t, "part")
			s := anySlot(t, a)
			before, had := p.Slots[a]
			if err := p.Fill(a, s, today); err != nil && (p.Slots[a].State != before.State || had != (p.Slots[a].State != exchange.Unsaid)) {
				t.Fatalf("Fill(%s, %+v) = %v and changed it from %+v to %+v", a, s, err, before, p.Slots[a])
			}
		}
		check(t, p)
	})
}

// anySlot draws what somebody may say of a part, right or wrong.
func anySlot(t *rapid.T, a exchange.Artefact) exchange.Slot {
	s := exchange.Slot{
		State:   rapid.SampledFrom([]exchange.SlotState{exchange.Unsaid, exchange.HaveLink, exchange.WillCome, exchange.HeldBack, exchange.NoneApplies}).Draw(t, "state"),
		By:      first().AddDays(rapid.IntRange(-5, 900).Draw(t, "by")),
		Holding: rapid.SampledFrom(append(exchange.Holdings(), "")).Draw(t, "holding"),
		Why:     rapid.SampledFrom([]string{"", "because"}).Draw(t, "why"),
	}
	if rapid.IntRange(0, 9).Draw(t, "evidence") > 0 {
		s.Evidence = &exchange.Evidence{
			Type: a, Title: "x", Openness: exchange.ToAll, Licence: rapid.SampledFrom([]string{"MIT", "", "CC-BY-NC-4.0", "none"}).Draw(t, "licence"),
			Where: rapid.SampledFrom([]string{"https://example.org/a", "https://example.org/b", "in a drawer", "doi:10.1/x"}).Draw(t, "where"),
		}
	}
	return s
}

// check is what holds of every pack.
func check(t *rapid.T, p *exchange.Pack) {
	complete, asked := p.Complete(), p.Ask(first())
	open, accounted := p.Opened(first())
	if complete.Num > complete.Den || open.Num > accounted.Num || open.Den != accounted.Den {
		t.Fatalf("Complete() = %v, Opened() = %v, %v", complete, open, accounted)
	}
	where := map[string]bool{}
	for a, s := range p.Slots {
		if s.Evidence != nil && where[s.Evidence.Where] {
			t.Fatalf("%s is linked twice", s.Evidence.Where)
		}
		if s.Evidence != nil {
			where[s.Evidence.Where] = true
		}
		if (s.State == exchange.HaveLink) != (s.Evidence != nil) || s.State == exchange.HeldBack && slices.Contains(asked, a) {
			t.Fatalf("a part is %+v, and asked for: %v", s, asked)
		}
	}
	if complete.Num == complete.Den && len(asked) > 0 {
		t.Fatalf("Complete() = %v and still asks for %v", complete, asked)
	}
}

package bot

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

func init() { //nolint:gochecknoinits // the generators of all documents are one table
	documents[KindEvidence] = rapid.Custom(func(t *rapid.T) Document { return anyEvidence.Draw(t, "evidence") })
}

var anyDate = rapid.Custom(func(t *rapid.T) calendar.Date {
	return must(calendar.ParseDate("2027-01-01")).AddDays(rapid.IntRange(0, 900).Draw(t, "day"))
})

var anyPiece = rapid.Custom(func(t *rapid.T) exchange.Evidence {
	v := exchange.Evidence{
		Type: rapid.SampledFrom(exchange.Artefacts()).Draw(t, "type"), Title: anyText.Draw(t, "title"), Version: anyText.Draw(t, "version"),
		Where:    rapid.SampledFrom([]string{"doi:10.5281/zenodo.3490396", "https://example.org/a", "in a drawer"}).Draw(t, "where"),
		Licence:  rapid.SampledFrom([]string{"", "MIT", "CC-BY-4.0", "CC-BY-NC-4.0"}).Draw(t, "licence"),
		Openness: rapid.SampledFrom([]exchange.Openness{exchange.ToAll, exchange.Embargoed, exchange.Internal}).Draw(t, "openness"),
		Holding:  rapid.SampledFrom(exchange.Holdings()).Draw(t, "holding"), Why: anyText.Draw(t, "why"),
		Until: anyDate.Draw(t, "until"), Published: anyDate.Draw(t, "published"), Goals: []int{1},
		Credit:   rapid.MapOfN(anyID, rapid.SliceOfNDistinct(rapid.SampledFrom(exchange.Roles()), 1, 3, rapid.ID), 1, 3).Draw(t, "credit"),
		Declared: exchange.Mark{By: anyID.Draw(t, "by"), At: anyTime.Draw(t, "at")}, Ran: rapid.Bool().Draw(t, "ran"),
	}
	if rapid.Bool().Draw(t, "confirmed") {
		v.Confirmed = &exchange.Mark{By: anyID.Draw(t, "confirmed by"), At: anyTime.Draw(t, "then")}
	}
	return v
})

var anyEvidence = rapid.Custom(func(t *rapid.T) *Evidence {
	slot := anyPiece.Draw(t, "slot")
	return &Evidence{
		ID: anyID.Draw(t, "id"), Labs: []string{anyID.Draw(t, "home"), anyID.Draw(t, "host")}, Last: 2, At: anyTime.Draw(t, "at"),
		Items: []Piece{{N: 1, Rev: 1, Evidence: anyPiece.Draw(t, "piece")}},
		Kits: []KeptPack{{N: 2, Pack: exchange.Pack{Profile: exchange.PackDataset, Slots: map[exchange.Artefact]exchange.Slot{
			exchange.Dataset:  {State: exchange.HaveLink, Evidence: &slot},
			exchange.DataCard: {State: exchange.HeldBack, Holding: exchange.ForSafety, Why: anyText.Draw(t, "why")},
		}}}},
	}
})

// Whoever is named in evidence is found by it, and by nothing once they left.
func TestEvidenceIsFoundByEverybodyItNames(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := anyEvidence.Draw(t, "evidence")
		for _, person := range v.people() {
			if !slices.ContainsFunc(v.Entries(), func(e Entry) bool { return e.Index == evidenceOf+person }) {
				t.Fatalf("Entries() = %v, want one of %s", v.Entries(), person)
			}
			rungs := rungsOf(v)
			v.Forget(person)
			if slices.Contains(v.people(), person) {
				t.Fatalf("people() after Forget(%s) = %v", person, v.people())
			}
			if !slices.Equal(rungsOf(v), rungs) {
				t.Fatalf("Forget(%s) changed how well evidence is known: %v, want %v", person, rungsOf(v), rungs)
			}
		}
		if got := v.people(); len(got) > 0 {
			t.Fatalf("people() = %v after everybody left, want nobody", got)
		}
	})
}

func rungsOf(v *Evidence) []exchange.Rung {
	var rungs []exchange.Rung
	v.each(func(one *exchange.Evidence) { rungs = append(rungs, one.Rung()) })
	slices.Sort(rungs) // slots of a pack come in any order
	return rungs
}

func TestAMergeNamesTheOtherPersonInEvidence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := anyEvidence.Draw(t, "evidence")
		from := rapid.SampledFrom(v.people()).Draw(t, "from")
		before := v.people()
		if err := repointEvidence(nil, nil, v, from, &Person{ID: "one"}); err != nil {
			t.Fatal(err)
		}
		if slices.Contains(v.people(), from) || !slices.Contains(v.people(), "one") || len(v.people()) != len(before) {
			t.Fatalf("people() = %v after %v had %s renamed to one", v.people(), before, from)
		}
	})
}

// What a pack links and what shows a goal is one thing on the list of what is open.
func TestWhatIsOpenIsShownOnce(t *testing.T) {
	t.Parallel()
	today := must(calendar.ParseDate("2027-03-01"))
	open := exchange.Evidence{Type: exchange.Dataset, Title: "Probes", Where: "doi:10.5281/zenodo.3490396", Licence: "CC-BY-4.0", Openness: exchange.ToAll}
	later, held := open, open
	later.Where, later.Openness, later.Until = "https://example.org/later", exchange.Embargoed, today.AddDays(1)
	held.Where, held.Openness = "https://example.org/held", exchange.Internal
	slot := open
	v := &Evidence{
		ID: "e1", At: time.Unix(0, 0), Items: []Piece{{N: 1, Evidence: open}, {N: 2, Evidence: later}, {N: 3, Evidence: held}},
		Kits: []KeptPack{{N: 4, Pack: exchange.Pack{Profile: exchange.PackDataset, Slots: map[exchange.Artefact]exchange.Slot{exchange.Dataset: {State: exchange.HaveLink, Evidence: &slot}}}}},
	}
	if got := v.Shown(today); len(got) != 1 || got[0].Where != open.Where {
		t.Errorf("Shown(%s) = %v, want the dataset once", today, got)
	}
	if got := v.Shown(today.AddDays(1)); len(got) != 2 {
		t.Errorf("Shown(%s) = %v, want the one whose embargo is over as well", today.AddDays(1), got)
	}
	if len(v.All()) != 3 || len(v.Packs()) != 1 {
		t.Errorf("All(), Packs() = %d, %d; want 3 pieces and 1 pack", len(v.All()), len(v.Packs()))
	}
}

// What is looked over is told apart: what is there, and what is not.
func TestATextThatIsLookedOverIsTickedOff(t *testing.T) {
	t.Parallel()
	found, missing := ticked(exchange.Files("README.md\nLICENSE\ntrain.py\n"))
	if got := []string{"a licence", "a readme", "code that trains"}; !slices.Equal(found, got) || !slices.Contains(missing, "tests") || len(found)+len(missing) != len(exchange.Files("")) {
		t.Errorf("ticked = %q and %q, want %q found and the rest missing", found, missing, got)
	}
}

// An exchange that is none any more takes what it left behind along, and whoever
// leaves is named in nothing.
func TestEvidenceGoesWithItsExchangeAndItsPeople(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	v := &Evidence{ID: e.ID, Labs: []string{"l1", "l2"}, At: e.At, Items: []Piece{{N: 1, Rev: 1, Evidence: exchange.Evidence{
		Type: exchange.Dataset, Title: "Probes", Openness: exchange.ToAll, Credit: map[string][]exchange.Role{"ana": {exchange.Software}}, Declared: exchange.Mark{By: "ana", At: e.At},
	}}}}
	m := newMemory()
	m.keep(e, v)
	tx := newTx(t.Context(), m, e.At, nil)
	rq := &request{tx: tx, me: &Person{ID: "ana"}, now: e.At}
	if err := rq.leaveEvidence(); err != nil {
		t.Fatal(err)
	}
	left, err := load[*Evidence](tx, KindEvidence, e.ID)
	if err != nil || len(left.people()) > 0 || len(left.Items) != 1 {
		t.Errorf("after ana left, evidence = %+v, %v; want the piece, by nobody", left, err)
	}
	tx = newTx(t.Context(), m, e.At, nil)
	if _, err := load[*Exchange](tx, KindExchange, e.ID); err != nil {
		t.Fatal(err)
	}
	if err := repointExchange(nil, tx, e, e.Terms.Visitor.Person, &Person{ID: e.Terms.Host.Person}); err != nil {
		t.Fatal(err)
	}
	c, err := tx.commit()
	if err != nil || len(c.Writes) != 2 || c.Writes[0].Data != nil || c.Writes[1].Data != nil {
		t.Errorf("commit = %+v, %v; want the exchange and its evidence deleted", c.Writes, err)
	}
}

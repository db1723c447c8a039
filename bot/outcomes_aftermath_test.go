package bot_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// keptAll are all documents of a kind, as they lie in the store.
func keptAll[T any](r *residence, kind bot.Kind) []T {
	r.t.Helper()
	var all []T
	for page := (bot.Page{Index: "all/" + string(kind), From: -1 << 53}); ; {
		records, next, err := r.Page(r.t.Context(), page)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, record := range records {
			var kept struct {
				D T `json:"d"`
			}
			if err := json.Unmarshal(record.Data, &kept); err != nil {
				r.t.Fatal(err)
			}
			all = append(all, kept.D)
		}
		if next == "" {
			return all
		}
		page.After = next
	}
}

// leaveBehind gives every second exchange that began evidence and packs, and asks
// about every verified goal after a month. Four months later it is over.
func (r *residence) leaveBehind() {
	r.t.Helper()
	began := r.now
	r.now = r.now.AddDate(0, 4, 0)
	for i, e := range keptAll[bot.Exchange](r, bot.KindExchange) {
		if e.Start.IsZero() {
			continue
		}
		if i%2 == 0 {
			r.keep(leftBy(&e, i, began))
		}
		for _, g := range e.Goals {
			if g.State == exchange.GoalVerified {
				r.keep(askedAbout(&e, g, exchange.Visitor, i, began), askedAbout(&e, g, exchange.Host, i/3, began))
			}
		}
	}
}

// leftBy is a dataset of the visitor's, open or not, in a pack and beside one, and
// weights without more.
func leftBy(e *bot.Exchange, i int, began time.Time) *bot.Evidence {
	piece := func(a exchange.Artefact, what string) exchange.Evidence {
		v := exchange.Evidence{
			Type: a, Title: what + " of " + e.ID, Where: fmt.Sprintf("doi:10.5281/zenodo.%d%d", len(what), 1000+i), Licence: "CC-BY-4.0", Openness: exchange.ToAll, Goals: []int{1},
			Declared: exchange.Mark{By: e.Terms.Visitor.Person, At: began.AddDate(0, 0, 3+i%70)},
			Credit:   map[string][]exchange.Role{e.Terms.Visitor.Person: {exchange.Software}},
		}
		switch i % 6 {
		case 2:
			v.Openness, v.Holding = exchange.Internal, exchange.ForReview
		case 4:
			v.Published = e.Start.AddDays(i % 40)
		}
		return v
	}
	set, weights := piece(exchange.Dataset, "Set"), piece(exchange.Weights, "Weights")
	return &bot.Evidence{
		ID: e.ID, Labs: []string{e.Terms.Visitor.Lab, e.Terms.Host.Lab}, At: began, Last: 3,
		Items: []bot.Piece{{N: 1, Rev: 1, Evidence: piece(exchange.Preprint, "Preprint")}},
		Kits: []bot.KeptPack{
			{N: 2, Pack: exchange.Pack{Profile: exchange.PackDataset, Slots: map[exchange.Artefact]exchange.Slot{
				exchange.Dataset:  {State: exchange.HaveLink, Evidence: &set},
				exchange.DataCard: {State: exchange.HeldBack, Holding: exchange.ForSafety},
			}}},
			{N: 3, Pack: exchange.Pack{Profile: exchange.PackModel, Slots: map[exchange.Artefact]exchange.Slot{
				exchange.Weights: {State: exchange.HaveLink, Evidence: &weights}, exchange.Architecture: {State: exchange.NoneApplies, Why: "none"},
			}}},
		},
	}
}

// askedAbout is the question about a goal after a month, to one seat: answered
// soon, answered late, or never.
func askedAbout(e *bot.Exchange, g exchange.Goal, seat exchange.Seat, i int, began time.Time) *bot.FollowUp {
	f := &bot.FollowUp{ID: fmt.Sprintf("f-%s-%d-%s", e.ID, g.N, seat)}
	f.FollowUp = exchange.FollowUp{
		Exchange: e.ID, Stage: exchange.Ask30, Goal: g.N, Person: e.Party(seat).Person, Seat: seat, Day: e.Start.AddDays(31),
		State: exchange.Silence, First: began.AddDate(0, 0, 32),
	}
	if i%4 > 0 {
		said := []string{exchange.Unaided, exchange.Helped, "no"}[i%3]
		f.State, f.Answer = exchange.Answered, &exchange.Answer{Choice: said, By: f.Person, At: f.First.AddDate(0, 0, 10*(i%4))}
	}
	return f
}

// aftermathByHand counts from the documents, exchange by exchange.
type aftermathByHand struct {
	begun, opened, models              int
	open, accounted, applies           int
	linked, required                   int
	asked, answered, inUse, kept, goal int
}

func handCount(r *residence, of exchange.Scope) (n aftermathByHand) {
	evidence, asked := keptAll[bot.Evidence](r, bot.KindEvidence), keptAll[bot.FollowUp](r, bot.KindFollowUp)
	for _, e := range keptAll[bot.Exchange](r, bot.KindExchange) {
		if of.Lab != "" && e.Terms.Visitor.Lab != of.Lab && e.Terms.Host.Lab != of.Lab || e.Start.IsZero() {
			continue
		}
		n.begun++
		for _, v := range evidence {
			if v.ID == e.ID {
				n.evidence(&v, e.Start)
			}
		}
		for _, g := range e.Goals {
			n.question(slices.DeleteFunc(slices.Clone(asked), func(f bot.FollowUp) bool { return f.Exchange != e.ID || f.Goal != g.N }))
		}
	}
	return n
}

// evidence counts that of one exchange: all of its pieces are open, or none is.
func (n *aftermathByHand) evidence(v *bot.Evidence, start calendar.Date) {
	first := v.Items[0].Published
	if first.IsZero() {
		at := v.Items[0].Declared.At
		first, _ = calendar.NewDate(at.Year(), at.Month(), at.Day())
	}
	public := v.Items[0].Openness == exchange.ToAll
	if public && start.DaysUntil(first) <= 90 {
		n.opened++
	}
	if public {
		n.models++
	}
	for _, k := range v.Kits {
		for _, a := range k.Profile.Required() {
			s := k.Slots[a]
			if s.State == exchange.NoneApplies {
				continue
			}
			n.applies++
			n.required++
			switch s.State {
			case exchange.HaveLink:
				n.linked++
				n.accounted++
				if public {
					n.open++
				}
			case exchange.HeldBack:
				n.accounted++
			}
		}
	}
}

// question counts what two people said of a goal.
func (n *aftermathByHand) question(asked []bot.FollowUp) {
	yes, no := 0, 0
	for _, f := range asked {
		n.asked++
		switch {
		case f.Answer == nil:
			continue
		case f.Answer.Choice == "no":
			no++
		default:
			yes++
		}
		if f.Answer.At.Sub(f.First) <= 21*24*time.Hour {
			n.answered++
		}
	}
	if len(asked) > 0 {
		n.goal++
	}
	if yes+no > 0 {
		n.kept++
	}
	if yes > no {
		n.inUse++
	}
}

// What is open and what is in use are counted from evidence and questions of more
// than a page, for the network and for each lab.
func TestOutcomesCountEvidenceAndAnswers(t *testing.T) {
	t.Parallel()
	r, ids := settledNetwork(t, 450)
	r.leaveBehind()
	if n := len(keptAll[bot.FollowUp](r, bot.KindFollowUp)); n <= bot.MaxListed {
		t.Fatalf("%d questions, want more than a page", n)
	}
	scopes := []exchange.Scope{{}}
	for _, id := range ids {
		scopes = append(scopes, exchange.Scope{Lab: id})
	}
	for _, of := range scopes {
		l, n := outcomesOf(t, r, of), handCount(r, of)
		for _, c := range []struct {
			metric, part string
			num, den     int
		}{
			{"M9", "soon", n.opened, n.begun},
			{"M11", "models of " + exchange.Unclassified.String(), n.models, 1},
			{"M12", "", n.open, n.applies},
			{"M13", "", n.accounted, n.applies},
			{"M14", "", n.linked, n.required},
			{"M15", "all", n.answered, n.asked},
			{"M16", "d30", n.inUse, n.kept},
			{"M16", "d30 coverage", n.kept, n.goal},
		} {
			if got, want := measured(l, ever(r), of, c.metric, c.part), float64(c.num)/float64(c.den); got != want || want == 0 {
				t.Errorf("%s %s of %s = %v, want %d of %d as counted, and something", c.metric, c.part, of, got, c.num, c.den)
			}
		}
	}
}

// Whoever is credited is named in the works of the network, in no table.
func TestThoseWhoAreCreditedHaveTheirWorks(t *testing.T) {
	t.Parallel()
	r, _ := settledNetwork(t, 30)
	curie := r.personID(chat.Account{Platform: "slack", Team: "curie", User: "p-curie"})
	v := leftBy(&keptAll[bot.Exchange](r, bot.KindExchange)[0], 0, r.now)
	v.Items[0].Openness, v.Items[0].Where, v.Items[0].Title = exchange.ToAll, "https://doi.org/10.5281/zenodo.3490396", "Sparse codes"
	v.Items[0].Credit = map[string][]exchange.Role{curie: {exchange.Software}}
	r.keep(v)
	files := unpacked(t, r, bot.Order{Format: bot.FormatBibTeX})
	for name, want := range map[string]string{".bib": "doi = {10.5281/zenodo.3490396}", "-doi.txt": "10.5281/zenodo.3490396\n"} {
		found := false
		for file, text := range files {
			found = found || strings.HasSuffix(file, curie+name) && strings.Contains(text, want)
		}
		if !found {
			t.Errorf("no file *%s of the person has %q: %v", name, want, files)
		}
	}
}

// unpacked are the files of an export by their names.
func unpacked(t *testing.T, r *residence, o bot.Order) map[string]string {
	t.Helper()
	packed, err := r.app.Export(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(packed.Data), int64(len(packed.Data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// exhibited is a store with an exchange from lab l1 to l2 that left things behind.
func exhibited(t *testing.T, now time.Time) *App {
	t.Helper()
	m := newMemory()
	day := must(calendar.ParseDate("2027-03-01"))
	e := &Exchange{ID: "e1", Exchange: exchange.Exchange{
		State: exchange.Closed, Terms: exchange.Terms{Visitor: exchange.Party{Person: "ana", Lab: "l1"}, Host: exchange.Party{Person: "bo", Lab: "l2"}, From: day, To: day},
		Goals: []exchange.Goal{{Pledge: exchange.Pledge{N: 1, Giver: "l2", Receiver: "l1", Text: "Train probes", Due: day}}},
	}}
	piece := func(title, where, licence string, openness exchange.Openness, goals ...int) Piece {
		return Piece{Evidence: exchange.Evidence{
			Type: exchange.Dataset, Title: title, Where: where, Licence: licence, Openness: openness, Until: day, Goals: goals,
			Declared: exchange.Mark{By: "bo", At: now.AddDate(0, 0, -3)},
		}}
	}
	newest := piece("Newest", "https://example.org/newest", "CC0-1.0", exchange.ToAll, 1)
	newest.Published = must(calendar.ParseDate("2027-02-20"))
	v := &Evidence{ID: "e1", Labs: []string{"l1", "l2"}, At: now, Items: []Piece{
		piece("Probes", "doi:10.5281/zenodo.3490396", "CC-BY-4.0", exchange.ToAll, 1), newest,
		piece("Later", "https://example.org/later", "CC-BY-4.0", exchange.Embargoed),
		piece("Inside", "https://example.org/inside", "CC-BY-4.0", exchange.Internal),
		piece("No licence", "https://example.org/none", "", exchange.ToAll),
		piece("Not open", "https://example.org/nc", "CC-BY-NC-4.0", exchange.ToAll),
		piece("Told", "on our shelf", "CC-BY-4.0", exchange.ToAll),
	}}
	m.keep(&Lab{ID: "l1", Name: "Curie Lab"}, &Lab{ID: "l2", Name: "Noether"}, &Lab{ID: "l3", Name: "Hopper"}, e, v)
	return newMemoryApp(m, &moving{now})
}

// Only what anybody may get and use is on the network's page: no person is named,
// and a day on which an embargo ends adds to it by itself.
func TestThePageOfArtefactsShowsWhatIsOpen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lab, day, want string
	}{
		{"", "2027-02-25", "Probes, Newest"},
		{"curie  lab", "2027-02-25", "Probes, Newest"},
		{"l2", "2027-03-01", "Later, Probes, Newest"},
		{"Hopper", "2027-03-01", ""},
	} {
		a := exhibited(t, must(time.Parse(time.DateOnly, c.day)))
		made, err := a.Artefacts(t.Context(), c.lab)
		var titles []string
		for _, m := range made {
			titles = append(titles, m.Title)
		}
		if got := strings.Join(titles, ", "); err != nil || got != c.want {
			t.Errorf("Artefacts(%q) on %s = %q, %v; want %q", c.lab, c.day, got, err, c.want)
		}
	}
}

func TestAnArtefactSaysWhichWayItWentAndWhereItIs(t *testing.T) {
	t.Parallel()
	made := must(exhibited(t, must(time.Parse(time.DateOnly, "2027-02-25"))).Artefacts(t.Context(), "l1"))
	if len(made) != 2 {
		t.Fatalf("Artefacts(l1) = %+v, want two", made)
	}
	if m := made[0]; m.Labs != [2]string{"Noether", "Curie Lab"} || m.Link != "https://doi.org/10.5281/zenodo.3490396" || m.Rung != exchange.RungWellFormed || m.Since.String() != "2027-02-22" {
		t.Errorf("Artefacts(l1)[0] = %+v, want it from Noether to Curie Lab, linked by its DOI", m)
	}
	if m := made[1]; m.Since.String() != "2027-02-20" || m.Link != m.Where {
		t.Errorf("Artefacts(l1)[1] = %+v, want the day it was published, and its own link", m)
	}
	var denied *Denied
	if _, err := exhibited(t, feedDay).Artefacts(t.Context(), "Nowhere"); !errors.As(err, &denied) {
		t.Errorf("Artefacts(Nowhere) = %v, want a sentence", err)
	}
}

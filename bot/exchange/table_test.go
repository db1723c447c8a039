package exchange_test

import (
	"errors"
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// The people of the tests: ana of Curie visits bo of Noether; cy and di lead these
// labs where a test has leads; eve is nobody here.
func ana() exchange.Party { return exchange.Party{Person: "ana", Lab: "curie"} }
func bo() exchange.Party  { return exchange.Party{Person: "bo", Lab: "noether"} }
func cy() exchange.Party  { return exchange.Party{Person: "cy", Lab: "curie"} }
func di() exchange.Party  { return exchange.Party{Person: "di", Lab: "noether"} }
func eve() exchange.Party { return exchange.Party{Person: "eve", Lab: "hopper"} }

// start is the moment at which the tests begin, on the day today.
func start() time.Time { return time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC) }

func today() calendar.Date { return day("2026-12-01") }

func day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err) // a constant of a test
	}
	return d
}

// plan are good terms, with one goal each way.
func plan() exchange.Terms {
	return exchange.Terms{
		Kind: exchange.Residency, Visitor: ana(), Host: bo(), From: day("2027-01-11"), To: day("2027-02-19"),
		Goals: []exchange.Pledge{
			{Giver: "curie", Receiver: "noether", Text: "Noether can run our tests", Due: day("2027-02-05")},
			{Giver: "noether", Receiver: "curie", Text: "Curie can train its own", Due: day("2027-02-19")},
		},
	}
}

// proposed is an exchange that ana has proposed to bo.
func proposed(t testing.TB) *exchange.Exchange {
	t.Helper()
	e, err := exchange.Propose(plan(), ana(), today(), start())
	if err != nil {
		t.Fatalf("Propose(%v) = %v", plan(), err)
	}
	return e
}

// scheduled is one that bo has agreed to, active one that has begun.
func scheduled(t testing.TB) *exchange.Exchange {
	t.Helper()
	e := proposed(t)
	must(t, e.Agree(bo(), 1, today(), start()))
	return e
}

func active(t testing.TB) *exchange.Exchange {
	t.Helper()
	e := scheduled(t)
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	return e
}

// first is the first day of plan.
func first() calendar.Date { return plan().From }

// led is plan with leads in both labs: cy of Curie and di of Noether.
func led() exchange.Terms {
	terms := plan()
	terms.HomeLead, terms.HostLead = cy(), di()
	return terms
}

// short is a short exchange whose leads need not sign.
func short() exchange.Terms {
	terms := led()
	terms.Kind, terms.To = exchange.Short, terms.From.AddDays(9)
	for i := range terms.Goals {
		terms.Goals[i].Due = terms.To
	}
	return terms
}

// between is an exchange on terms that everybody has signed.
func between(t testing.TB, terms exchange.Terms) *exchange.Exchange {
	t.Helper()
	e, err := exchange.Propose(terms, ana(), today(), start())
	if err != nil {
		t.Fatalf("Propose(%v) = %v", terms, err)
	}
	for _, seat := range exchange.Seats()[1:] {
		if e.State.Open() && e.Party(seat) != (exchange.Party{}) {
			must(t, e.Agree(e.Party(seat), e.Version, today(), start()))
		}
	}
	return e
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refuses fails the test unless an error is a refusal for a reason, with a sentence.
func refuses(t testing.TB, what string, err error, want exchange.Reason) {
	t.Helper()
	var r *exchange.Refusal
	if !errors.As(err, &r) || r.Reason != want || r.Sentence == "" {
		t.Errorf("%s = %v, want a refusal: %s", what, err, want)
	}
}

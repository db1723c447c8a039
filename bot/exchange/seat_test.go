package exchange_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot/exchange"
)

func fay() exchange.Party { return exchange.Party{Person: "fay", Lab: "curie"} }

// A lab that has named a lead signs with two people.
func TestLeadsSignAfterTheTwoWhoMeet(t *testing.T) {
	t.Parallel()
	e, err := exchange.Propose(led(), ana(), today(), start())
	must(t, err)
	refuses(t, "Agree by a lead before the other side", e.Agree(di(), 1, today(), start()), exchange.NotYours)
	if got := e.Waiting(); !slices.Equal(got, []exchange.Seat{exchange.Host}) {
		t.Errorf("Waiting() = %v, want the host alone", got)
	}
	must(t, e.Agree(bo(), 1, today(), start()))
	if got := e.Waiting(); !slices.Equal(got, []exchange.Seat{exchange.HomeLead, exchange.HostLead}) || e.State != exchange.Negotiating {
		t.Errorf("Waiting() = %v in %s, want both leads", got, e.State)
	}
	refuses(t, "Agree(again)", e.Agree(bo(), 1, today(), start()), exchange.Twice)
	must(t, e.Agree(di(), 1, today(), start()))
	must(t, e.Agree(cy(), 1, today(), start()))
	if e.State != exchange.Scheduled || e.Agreed.IsZero() {
		t.Errorf("after four signatures: %s", e.State)
	}
}

func TestALeadWhoVisitsSignsOnce(t *testing.T) {
	t.Parallel()
	terms := led()
	terms.HomeLead = ana()
	e, err := exchange.Propose(terms, ana(), today(), start())
	must(t, err)
	must(t, e.Agree(bo(), 1, today(), start()))
	must(t, e.Agree(di(), 1, today(), start()))
	if e.State != exchange.Scheduled || e.Signed[exchange.HomeLead].Person != "ana" {
		t.Errorf("%s, signed %v; want scheduled, ana for both of her seats", e.State, e.Signed)
	}
}

func TestLeadsSitOnTheirOwnSide(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(*exchange.Terms){
		"a lead who hosts the visitor": func(x *exchange.Terms) { x.HomeLead = exchange.Party{Person: "bo", Lab: "curie"} },
		"one lead of both labs":        func(x *exchange.Terms) { x.HostLead = exchange.Party{Person: "cy", Lab: "noether"} },
	} {
		terms := led()
		change(&terms)
		_, err := exchange.Propose(terms, ana(), today(), start())
		refuses(t, "Propose("+what+")", err, exchange.SamePerson)
	}
	terms := led()
	terms.HomeLead.Lab = "hopper"
	_, err := exchange.Propose(terms, ana(), today(), start())
	refuses(t, "Propose(a lead of another lab)", err, exchange.SameLab)
}

// The leads of a short exchange are told, and have three working days.
func TestALeadObjectsToAShortExchange(t *testing.T) {
	t.Parallel()
	e := between(t, short()) // agreed on a Tuesday
	if got := e.ObjectBy(); got != start().Add(3*24*time.Hour) {
		t.Errorf("ObjectBy() = %s, want Friday", got)
	}
	refuses(t, "Agree by a lead who need not", e.Agree(cy(), e.Version, today(), start()), exchange.NotNow)
	refuses(t, "Object by the visitor", e.Object(ana(), "No", start()), exchange.NotYours)
	refuses(t, "Object without a reason", e.Object(cy(), "", start()), exchange.BadText)
	refuses(t, "Object after three working days", e.Object(cy(), "No", e.ObjectBy()), exchange.NotNow)
	old := e.Version
	must(t, e.Object(cy(), "She is needed here that week", start()))
	if e.State != exchange.Negotiating || len(e.Waiting()) != 2 || e.Objection.By != "cy" {
		t.Errorf("%s, waiting for %v after %v; want both asked again", e.State, e.Waiting(), e.Objection)
	}
	refuses(t, "Agree(what was objected to)", e.Agree(ana(), old, today(), start()), exchange.Superseded)
	must(t, e.Agree(ana(), e.Version, today(), start()))
	must(t, e.Agree(bo(), e.Version, today(), start()))
	if e.State != exchange.Scheduled || e.Objection != nil {
		t.Errorf("agreed again: %s, objection %v", e.State, e.Objection)
	}
	friday := &exchange.Exchange{Terms: short(), Agreed: time.Date(2026, time.December, 4, 9, 0, 0, 0, time.UTC)}
	if got := friday.ObjectBy().Weekday(); got != time.Wednesday {
		t.Errorf("ObjectBy() of a Friday is a %s, want Wednesday", got)
	}
	if got := between(t, led()).ObjectBy(); !got.IsZero() {
		t.Errorf("ObjectBy() where leads sign = %s, want never", got)
	}
}

func TestOneWayNeedsBothLeadsAndAReason(t *testing.T) {
	t.Parallel()
	one := func(terms exchange.Terms, why string) error {
		terms.Goals = terms.Goals[:1]
		terms.OneWay = why
		_, err := exchange.Propose(terms, ana(), today(), start())
		return err
	}
	const why = "Noether lends its cluster and learns nothing this time"
	must(t, one(led(), why))
	refuses(t, "one way without leads", one(plan(), why), exchange.OneWay)
	refuses(t, "one way without a reason", one(led(), ""), exchange.OneWay)
	refuses(t, "one way for short", one(led(), "because"), exchange.BadText)
	refuses(t, "one way for long", one(led(), strings.Repeat("x", exchange.MaxOneWay+1)), exchange.BadText)
	both := led()
	both.OneWay = why
	_, err := exchange.Propose(both, ana(), today(), start())
	refuses(t, "a reason for one way where both have goals", err, exchange.OneWay)
	none := led()
	none.Goals, none.OneWay = nil, why
	_, err = exchange.Propose(none, ana(), today(), start())
	refuses(t, "no goals at all", err, exchange.OneWay)

	terms := short()
	terms.Goals, terms.OneWay = terms.Goals[:1], why
	if e := between(t, terms); len(e.Signed) != 4 {
		t.Errorf("a short one-way exchange is signed by %d seats, want the leads as well", len(e.Signed))
	}
}

func TestASeatGoesToSomebodyOfTheSameLab(t *testing.T) {
	t.Parallel()
	e := between(t, led())
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Change(ana(), e.Version, later(e, 5), first(), start()))
	must(t, e.Vacate(exchange.Visitor, start()))
	refuses(t, "Vacate(again)", e.Vacate(exchange.Visitor, start()), exchange.NotNow)
	refuses(t, "Fill by another lab", e.Fill(exchange.Visitor, eve(), start()), exchange.NotYours)
	refuses(t, "Fill by the other side", e.Fill(exchange.Visitor, exchange.Party{Person: "di", Lab: "curie"}, start()), exchange.SamePerson)
	must(t, e.Fill(exchange.Visitor, fay(), start()))
	if e.Party(exchange.Visitor) != fay() || len(e.Vacant) != 0 || len(e.Left) != 1 || e.Left[0].Signed.Person != "ana" {
		t.Errorf("visitor %v, vacant %v, left %v; want fay, none, and ana's signature as history", e.Party(exchange.Visitor), e.Vacant, e.Left)
	}
	for seat, sig := range e.Signed {
		if sig.Hash != e.Terms.Hash() {
			t.Errorf("the %s's signature no longer holds", seat)
		}
	}
	if got := e.WaitingNext(); !slices.Equal(got, []exchange.Seat{exchange.Visitor, exchange.Host}) {
		t.Errorf("WaitingNext() = %v, want the successor asked as well", got)
	}
	refuses(t, "Fill of one's own seat", e.Fill(exchange.Visitor, fay(), start()), exchange.Twice)
	refuses(t, "Tell by whoever left", e.Tell(2, ana(), exchange.OnTrack, "", start()), exchange.NotYours)
	must(t, e.Verify(1, bo(), exchange.Alone, start()))
	if e.Baseline.Visitor != ana() {
		t.Errorf("the baseline names %v, want ana as at first", e.Baseline.Visitor)
	}
	refuses(t, "Vacate before anything binds", proposed(t).Vacate(exchange.Host, start()), exchange.NotNow)
	refuses(t, "Vacate of a seat that nobody had", active(t).Vacate(exchange.HostLead, start()), exchange.NotNow)
	refuses(t, "Fill before anything binds", proposed(t).Fill(exchange.Visitor, fay(), start()), exchange.NotNow)
}

func TestAHandoverIsGivenAndTaken(t *testing.T) {
	t.Parallel()
	e := active(t)
	share := day("2027-03-01")
	refuses(t, "TakeOver of nothing", e.TakeOver(bo(), start()), exchange.NotNow)
	refuses(t, "HandOver by the host", e.HandOver(bo(), "Here", exchange.AccessGone, share, start()), exchange.NotYours)
	refuses(t, "HandOver of nothing said", e.HandOver(ana(), "", exchange.AccessGone, share, start()), exchange.BadText)
	refuses(t, "HandOver of a book", e.HandOver(ana(), strings.Repeat("ä", exchange.MaxWhere+1), exchange.AccessGone, share, start()), exchange.BadText)
	refuses(t, "HandOver without access", e.HandOver(ana(), "Here", "perhaps", share, start()), exchange.BadText)
	refuses(t, "HandOver without a day", e.HandOver(ana(), "Here", exchange.AccessNone, exchange.Terms{}.From, start()), exchange.BadDates)
	must(t, e.HandOver(ana(), "Here", exchange.AccessNone, share, start()))
	refuses(t, "TakeOver by the visitor", e.TakeOver(ana(), start()), exchange.NotYours)
	must(t, e.TakeOver(bo(), start()))
	refuses(t, "TakeOver(again)", e.TakeOver(bo(), start()), exchange.Twice)
	must(t, e.HandOver(ana(), "There", exchange.AccessKept, share, start()))
	if e.HandedOver() {
		t.Error("what was handed over anew counts as taken")
	}
	if !between(t, short()).HandedOver() {
		t.Error("a short exchange waits for a handover")
	}
	refuses(t, "HandOver before it began", scheduled(t).HandOver(ana(), "Here", exchange.AccessNone, share, start()), exchange.NotNow)
}

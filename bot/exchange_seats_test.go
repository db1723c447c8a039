package bot

import (
	"slices"
	"testing"

	"interlab/bot/exchange"
)

func TestALeadStandsForTheLabThatTheyLead(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	e.Terms.HomeLead = exchange.Party{Person: "cy", Lab: "curie"}
	lead := Grant{Lead, "curie"}
	for _, c := range []struct {
		what   string
		person Person
		want   exchange.Party
	}{
		{"the visitor", Person{ID: "ana", Lab: "curie"}, exchange.Party{Person: "ana", Lab: "curie"}},
		{"the visitor in another lab", Person{ID: "ana", Lab: "hopper"}, exchange.Party{Person: "ana", Lab: "hopper"}},
		{"the lead", Person{ID: "cy", Lab: "curie", Roles: []Grant{lead}}, exchange.Party{Person: "cy", Lab: "curie"}},
		{"the lead who works elsewhere", Person{ID: "cy", Lab: "hopper", Roles: []Grant{lead}}, exchange.Party{Person: "cy", Lab: "curie"}},
		{"the lead who is none any more", Person{ID: "cy", Lab: "curie"}, exchange.Party{Person: "cy"}},
		{"somebody else", Person{ID: "eve", Lab: "curie"}, exchange.Party{Person: "eve", Lab: "curie"}},
	} {
		if got := e.partyOf(&c.person); got != c.want {
			t.Errorf("partyOf(%s) = %v, want %v", c.what, got, c.want)
		}
	}
	if e.other("cy") != e.Terms.Host || e.other("bo") != e.Terms.Visitor {
		t.Errorf("across from cy and bo sit %v and %v, want bo and ana", e.other("cy"), e.other("bo"))
	}
}

func TestSeatsAreToldApartByNumbers(t *testing.T) {
	t.Parallel()
	for _, seat := range exchange.Seats() {
		if got, ok := seatNumbered([]int{seatNumber(seat)}); !ok || got != seat || seatName(seat) == "" {
			t.Errorf("seatNumbered(seatNumber(%s)) = %s, %t", seat, got, ok)
		}
	}
	for _, numbers := range [][]int{nil, {-1}, {4}} {
		if seat, ok := seatNumbered(numbers); ok {
			t.Errorf("seatNumbered(%v) = %s, want none", numbers, seat)
		}
	}
}

func TestALeadIsListedOnceAndAnOfferIsFound(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	e.Terms.HomeLead = e.Terms.Visitor
	e.Offered = map[exchange.Seat]string{exchange.Host: "fay"}
	var indexes []string
	for _, entry := range e.Entries() {
		indexes = append(indexes, entry.Index)
	}
	slices.Sort(indexes)
	if len(slices.Compact(slices.Clone(indexes))) != len(indexes) {
		t.Errorf("Entries() = %v, want each once", indexes)
	}
	if !slices.Contains(indexes, "exchange.seat/fay") {
		t.Errorf("Entries() = %v, want the one to whom a seat was offered", indexes)
	}
	if err := repointOffer(nil, nil, e, "fay", &Person{ID: "fay2"}); err != nil || e.Offered[exchange.Host] != "fay2" {
		t.Errorf("repointOffer = %v, offered to %v; want fay2", err, e.Offered)
	}
}

func TestTheRightHelperIsAsked(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	mine, theirs := exchange.Goal{Pledge: e.Terms.Goals[0]}, exchange.Goal{Pledge: e.Terms.Goals[1]}
	for _, c := range []struct {
		goal exchange.Goal
		help exchange.Helper
		me   string
		led  bool
		want exchange.Seat
	}{
		{mine, exchange.HelpOther, "ana", true, exchange.Host},
		{mine, exchange.HelpHostLead, "ana", true, exchange.HostLead},
		{mine, exchange.HelpHostLead, "ana", false, exchange.Host},
		{mine, exchange.HelpLead, "ana", true, exchange.HomeLead},
		{theirs, exchange.HelpLead, "bo", true, exchange.HostLead},
		{theirs, exchange.HelpLead, "bo", false, exchange.Visitor},
		{theirs, exchange.HelpLead, "di", true, exchange.Visitor}, // oneself is no help
	} {
		e.Terms.HomeLead, e.Terms.HostLead = exchange.Party{}, exchange.Party{}
		if c.led {
			e.Terms.HomeLead, e.Terms.HostLead = exchange.Party{Person: "cy", Lab: "curie"}, exchange.Party{Person: "di", Lab: "noether"}
		}
		if got := helperSeat(e, c.goal, c.help, c.me); got != c.want {
			t.Errorf("helperSeat(%s for %s, leads %t) = %s, want %s", c.help, c.me, c.led, got, c.want)
		}
	}
}

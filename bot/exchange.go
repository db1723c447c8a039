package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// KindExchange is a visit with goals, between two people who were introduced.
const KindExchange Kind = "exchange"

// Exchange is a lifecycle as package exchange has it, with the moments at which
// something is due: they depend on where people are, which it knows nothing of.
// Its goals are part of it, for one signature covers them all, and what becomes
// of one can complete the whole.
//
// What is asked later, when an exchange is completed, follows from its State,
// Completed, Completion, Goals and Handover.
type Exchange struct {
	ID        string    `json:"id"`
	Match     string    `json:"match"`               // that introduced the two
	At        time.Time `json:"at"`                  // when it was proposed
	Continues string    `json:"continues,omitempty"` // the exchange that it follows on

	exchange.Exchange `json:"deal"`

	Begins time.Time `json:"begins,omitzero"` // the start of the first day and
	Ends   time.Time `json:"ends,omitzero"`   // of the day after the last, where the host is
	Done   []string  `json:"done,omitempty"`  // work that was done

	Offered map[exchange.Seat]string `json:"offered,omitempty"` // whom a seat was offered to
}

// Ref names the exchange.
func (e *Exchange) Ref() Ref { return Ref{KindExchange, e.ID} }

// Entries are both people's exchanges and both labs', oldest first, and the pair
// while terms are being agreed on, of which there may be one.
func (e *Exchange) Entries() []Entry {
	var entries []Entry
	at := e.At.UnixMilli()
	for _, seat := range exchange.Seats() {
		party := e.Party(seat)
		if party == (exchange.Party{}) {
			continue
		}
		entries = append(entries, Entry{Index: exchangesOf + party.Person, Score: at}, Entry{Index: exchangesOfLab + party.Lab, Score: at})
	}
	for _, person := range e.Offered {
		entries = append(entries, Entry{Index: seatsOffered + person, Score: at})
	}
	entries = distinct(entries)
	if e.State.Open() {
		entries = append(entries, Entry{Index: openExchange(e.Terms.Visitor.Person, e.Terms.Host.Person), Unique: true})
	}
	return entries
}

// exchangesOf and a person's id, exchangesOfLab and a lab's, list exchanges.
const (
	exchangesOf    = "exchange.of/"
	exchangesOfLab = "exchange.lab/"
	seatsOffered   = "exchange.seat/" // and a person's id: where they were asked to take a seat
)

// openExchange is the entry of two people who are agreeing on terms.
func openExchange(a, b string) string {
	if b < a {
		a, b = b, a
	}
	return "exchange.open/" + a + "/" + b
}

// distinct leaves one of several equal entries: a lead who visits is listed once.
func distinct(entries []Entry) []Entry {
	var found []Entry
	for _, entry := range entries {
		if !slices.Contains(found, entry) {
			found = append(found, entry)
		}
	}
	return found
}

// object is the exchange as rights see it, for everybody who sits in it.
func (e *Exchange) object() Object {
	o := Object{Kind: KindExchange}
	for _, seat := range exchange.Seats() {
		if person := e.Party(seat).Person; person != "" {
			o.People = append(o.People, person)
		}
	}
	return o
}

// seatOf is where a person sits, whether or not they still stand for the lab.
func (e *Exchange) seatOf(person string) exchange.Seat {
	for _, seat := range exchange.Seats() {
		if e.Party(seat).Person == person {
			return seat
		}
	}
	return exchange.Visitor
}

// other is the visitor or the host, across from a person.
func (e *Exchange) other(person string) exchange.Party {
	if e.seatOf(person).Side() == exchange.Visitor {
		return e.Terms.Host
	}
	return e.Terms.Visitor
}

// partyOf is what a person stands for in an exchange: a lead for the lab that
// they lead, wherever they work, everybody else for the lab that they are in.
func (e *Exchange) partyOf(p *Person) exchange.Party {
	lead := false
	for _, seat := range exchange.Seats() {
		party := e.Party(seat)
		switch {
		case party.Person != p.ID:
		case !seat.IsLead() && party.Lab == p.Lab, seat.IsLead() && slices.Contains(p.Roles, Grant{Lead, party.Lab}):
			return party
		default:
			lead = lead || seat.IsLead()
		}
	}
	if lead {
		return exchange.Party{Person: p.ID}
	}
	return p.party()
}

// party is a person as exchanges know them.
func (p *Person) party() exchange.Party { return exchange.Party{Person: p.ID, Lab: p.Lab} }

// dealt makes a refusal of package exchange one of ours.
func dealt(err error) error {
	var r *exchange.Refusal
	if errors.As(err, &r) {
		return denied("%s", r.Sentence)
	}
	return err
}

// notHereExchange is said where a control names nothing that is kept.
const notHereExchange = "This is no longer kept here, so nothing was done. Type exchange show to see what is."

// exchange is the one of an id, for somebody who may do something to it.
func (rq *request) exchange(id string, verb Verb) (*Exchange, error) {
	e, err := load[*Exchange](rq.tx, KindExchange, id)
	if errors.Is(err, errNotFound) {
		return nil, denied(notHereExchange)
	}
	if err != nil {
		return nil, err
	}
	return e, rq.may(verb, e.object(), "This exchange is between two other people. Nothing has changed.")
}

// pressed is the exchange that the control names, and the numbers behind it.
func (rq *request) pressed(verb Verb) (*Exchange, []int, error) {
	id, numbers := rq.control()
	e, err := rq.exchange(id, verb)
	return e, numbers, err
}

// partner is the other person of an exchange, while they can still speak for
// the lab that it is with.
func (rq *request) partner(e *Exchange) (*Person, error) {
	party := e.other(rq.me.ID)
	other, err := load[*Person](rq.tx, KindPerson, party.Person)
	switch {
	case errors.Is(err, errNotFound):
		return nil, denied("The other one is no longer here, so nothing was changed. You can plan an exchange with somebody else: match list.")
	case err != nil:
		return nil, err
	case other.Lab != party.Lab:
		lab, err := rq.app.lab(rq.tx, party.Lab)
		if err != nil {
			return nil, err
		}
		return nil, denied("%s is no longer with %s, so nothing was changed. To plan an exchange with their new lab: exchange propose.", firstName(other.Name), lab)
	}
	return other, nil
}

// today is the day it is for the person.
func (rq *request) today() calendar.Date { return rq.app.zones.Today(rq.now, rq.me.zone()) }

// noticeNumber takes a notice such as "terms.3" apart.
func noticeNumber(notice string) (name string, n int) {
	name, digits, _ := strings.Cut(notice, ".")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return name, 0
	}
	return name, n
}

// numbered makes such a notice.
func numbered(notice string, n int) string { return fmt.Sprintf("%s.%d", notice, n) }

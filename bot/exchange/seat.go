package exchange

import (
	"slices"
	"time"
)

// Party is a person who stands for a lab. The lab is the one that they were in,
// or led, when they took the seat.
type Party struct {
	Person string `json:"person"`
	Lab    string `json:"lab"`
}

// Seat is a party's place in an exchange.
type Seat string

// The seats. A seat of a lead is empty where the lab has named none.
const (
	Visitor  Seat = "visitor"
	Host     Seat = "host"
	HomeLead Seat = "home_lead" // of the visitor's lab
	HostLead Seat = "host_lead"
)

// Seats lists all of them.
func Seats() []Seat { return []Seat{Visitor, Host, HomeLead, HostLead} }

// IsLead reports whether the seat is a lead's.
func (s Seat) IsLead() bool { return s == HomeLead || s == HostLead }

// other is the seat across the table.
func (s Seat) other() Seat {
	return map[Seat]Seat{Visitor: Host, Host: Visitor, HomeLead: HostLead, HostLead: HomeLead}[s]
}

// Side is Visitor or Host: the side of the table that the seat is on.
func (s Seat) Side() Seat {
	if s == Visitor || s == HomeLead {
		return Visitor
	}
	return Host
}

// at is the party of a seat.
func (t Terms) at(s Seat) Party { return *t.seat(s) }

func (t *Terms) seat(s Seat) *Party {
	switch s {
	case Host:
		return &t.Host
	case HomeLead:
		return &t.HomeLead
	case HostLead:
		return &t.HostLead
	case Visitor:
	}
	return &t.Visitor
}

// signers are the seats whose signature terms need: those that somebody sits in,
// but for the leads of a short exchange. What goes one way only, the leads of
// both labs must have agreed to.
func (t Terms) signers() []Seat {
	return slices.DeleteFunc(Seats(), func(s Seat) bool {
		return t.at(s) == Party{} || s.IsLead() && !t.Kind.LeadsSign() && t.OneWay == ""
	})
}

// Party is who sits in a seat; the zero Party where nobody does.
func (e *Exchange) Party(s Seat) Party { return e.Terms.at(s) }

// Seat is where a person sits, the visitor's or the host's seat before a lead's.
// Somebody who is no party, or who has left the lab that they stood for, is
// refused.
func (e *Exchange) Seat(by Party) (Seat, error) {
	left := false
	for _, seat := range Seats() {
		switch e.Terms.at(seat) {
		case Party{}:
		case by:
			return seat, nil
		default:
			left = left || e.Terms.at(seat).Person == by.Person
		}
	}
	if left {
		return "", refuse(Moved, "You have changed lab since this exchange was proposed, so you can no longer speak for the lab it is with. Nothing has changed; an exchange of your new lab needs a new plan.")
	}
	return "", refuse(NotYours, "This exchange is between two other people. Nothing has changed.")
}

// seatsOf are all seats of a person.
func (e *Exchange) seatsOf(by Party) []Seat {
	return slices.DeleteFunc(Seats(), func(s Seat) bool { return by == Party{} || e.Terms.at(s) != by })
}

// side is which side of the table a person sits on.
func (e *Exchange) side(by Party) (Seat, error) {
	seat, err := e.Seat(by)
	if err != nil {
		return "", err
	}
	return seat.Side(), nil
}

// Left is somebody who sat in a seat once, with what they had signed.
type Left struct {
	Seat   Seat      `json:"seat"`
	Party  Party     `json:"party"`
	Signed Signature `json:"signed,omitzero"`
	At     time.Time `json:"at"`
}

// Vacate notes that whoever sits in a seat no longer stands for its lab. The
// exchange goes on; what they signed stays.
func (e *Exchange) Vacate(s Seat, now time.Time) error {
	_, vacant := e.Vacant[s]
	if !e.State.Binding() || e.State == Closed || vacant || e.Terms.at(s) == (Party{}) {
		return refuse(NotNow, "That seat cannot become empty now. Nothing has changed.")
	}
	c := e.clone()
	if c.Vacant == nil {
		c.Vacant = map[Seat]time.Time{}
	}
	c.Vacant[s] = now
	*e = *c
	return nil
}

// Fill puts somebody of the lab into a seat that is vacant, or that whoever sits
// there hands over. They sign what is in force by it; what the others signed
// holds, for nothing else in the terms differs. Nobody sits on both sides.
func (e *Exchange) Fill(s Seat, by Party, now time.Time) error {
	old := e.Terms.at(s)
	switch {
	case !e.State.Binding() || e.State == Closed:
		return refuse(NotNow, e.notNow())
	case old == by:
		return refuse(Twice, "You sit in that seat already. Nothing has changed.")
	case old == Party{} || old.Lab != by.Lab:
		return refuse(NotYours, "Only somebody of that lab can take the seat. Nothing has changed.")
	case e.Terms.at(s.other()).Person == by.Person || e.Terms.at(s.other().mate()).Person == by.Person:
		return refuse(SamePerson, "Nobody can speak for both labs. Nothing has changed.")
	}
	c := e.clone()
	c.Left = append(c.Left, Left{Seat: s, Party: old, Signed: c.Signed[s], At: now})
	delete(c.Vacant, s)
	delete(c.Signed, s)
	c.rewrite(func(t *Terms) { *t.seat(s) = by })
	if slices.Contains(c.Terms.signers(), s) {
		c.Signed[s] = Signature{Person: by.Person, Version: c.Version, Hash: c.Terms.Hash(), At: now}
	}
	*e = *c
	return nil
}

// mate is the other seat on the same side.
func (s Seat) mate() Seat {
	return map[Seat]Seat{Visitor: HomeLead, HomeLead: Visitor, Host: HostLead, HostLead: Host}[s]
}

// rewrite changes who sits where in the terms in force and in those proposed.
// What held for them before holds for them after.
func (e *Exchange) rewrite(change func(*Terms)) {
	rehash := func(t *Terms, signed map[Seat]Signature) {
		was := t.Hash()
		change(t)
		for seat, sig := range signed {
			if sig.Hash == was {
				sig.Hash = t.Hash()
				signed[seat] = sig
			}
		}
	}
	rehash(&e.Terms, e.Signed)
	if e.Next != nil {
		rehash(&e.Next.Terms, e.Next.Signed)
		for seat, sig := range e.Next.Signed {
			if sig.Person != e.Next.Terms.at(seat).Person {
				delete(e.Next.Signed, seat)
			}
		}
	}
}

// Across is the visitor's or the host's seat on the other side.
func (s Seat) Across() Seat { return s.Side().other() }

package exchange

import (
	"time"

	"interlab/calendar"
)

// Agree signs the version that somebody was shown. When every seat has signed
// the same terms they are agreed, and the exchange is scheduled.
func (e *Exchange) Agree(by Party, version int, today calendar.Date, now time.Time) error {
	seat, err := e.answering(by, version)
	if err != nil {
		return err
	}
	if e.signed(seat) {
		return refuse(Twice, "You have agreed to these terms already. It is the other side's turn.")
	}
	if err := e.Terms.Check(today); err != nil {
		return err
	}
	c := e.clone()
	if c.State == Proposed {
		if err := c.take(Interest, by, now); err != nil {
			return err
		}
	}
	if err := c.take(Agree, by, now); err != nil {
		return err
	}
	c.Signed[seat] = Signature{Person: by.Person, Version: version, Hash: c.Terms.Hash(), At: now}
	if _, waits := c.Waits(); !waits {
		if err := c.schedule(by, now); err != nil {
			return err
		}
	}
	*e = *c
	return nil
}

// answering is the seat of somebody who answers a version of the terms.
func (e *Exchange) answering(by Party, version int) (Seat, error) {
	seat, err := e.Seat(by)
	switch {
	case err != nil:
		return "", err
	case !e.State.Open() && !e.State.Binding():
		return "", refuse(NotNow, e.notNow())
	case version != e.Version:
		return "", refuse(Superseded, "The terms have been changed since this card. Nothing was signed; here is how they stand now.")
	case !e.State.Open():
		return "", refuse(NotNow, e.notNow())
	}
	return seat, nil
}

// schedule takes terms into force that everybody has signed.
func (e *Exchange) schedule(by Party, now time.Time) error {
	if err := e.take(AllAgreed, Party{}, now); err != nil {
		return err
	}
	if err := e.take(SetDates, by, now); err != nil {
		return err
	}
	if e.Baseline == nil {
		e.Baseline = e.Terms.copied()
	}
	e.Was = nil
	e.Goals = e.Goals[:0:0]
	for _, p := range e.Terms.Goals {
		e.Goals = append(e.Goals, Goal{Pledge: p, State: GoalOpen})
	}
	return nil
}

// Change puts other terms on the table instead of a version. All signatures
// but the author's lapse; what people have is that version's card no longer.
func (e *Exchange) Change(by Party, version int, next Terms, today calendar.Date, now time.Time) error {
	seat, err := e.Seat(by)
	if err != nil {
		return err
	}
	if version != e.Version {
		return refuse(Superseded, "The terms have been changed meanwhile, so nothing was saved. Look at how they stand now, then change them again.")
	}
	if sameParties := next.Visitor == e.Terms.at(Visitor) && next.Host == e.Terms.at(Host) ||
		next.Visitor == e.Terms.at(Host) && next.Host == e.Terms.at(Visitor); !sameParties {
		return refuse(NotYours, "The terms name other people than the exchange is between. Nothing has changed.")
	}
	if next, err = e.revised(next, today); err != nil {
		return err
	}
	c := e.clone()
	for _, event := range c.changing(seat) {
		if err := c.take(event, by, now); err != nil {
			return err
		}
	}
	if next.Visitor != c.Terms.Visitor {
		c.Proposer = c.Proposer.other() // they change places; who proposed stays who they are
	}
	if c.Was == nil || c.signed(seat.other()) {
		c.Was = e.Terms.copied() // several changes in a row are news together
	}
	c.put(next, by, now)
	*e = *c
	return nil
}

// changing are the events that lead to other terms.
func (e *Exchange) changing(seat Seat) []Event {
	switch {
	case e.State == Proposed && seat == e.Proposer:
		return []Event{Correct}
	case e.State == Proposed:
		return []Event{Interest, EditTerms}
	}
	return []Event{EditTerms}
}

// Decline ends the talk about terms. Whoever proposed takes the proposal back.
func (e *Exchange) Decline(by Party, now time.Time) error {
	seat, err := e.Seat(by)
	if err != nil {
		return err
	}
	if e.State == Proposed && seat == e.Proposer {
		return e.take(Withdraw, by, now)
	}
	return e.take(Decline, by, now)
}

// Lapse ends terms that nobody answered in time.
func (e *Exchange) Lapse(now time.Time) error {
	if e.State == Proposed {
		return e.take(NoAnswer, Party{}, now)
	}
	return e.take(Idle, Party{}, now)
}

package exchange

import (
	"slices"
	"time"

	"interlab/calendar"
)

// Agree signs the version that somebody was shown: the terms on the table, or
// those that are to take the place of terms in force. When every seat that must
// has signed the same ones, they are in force.
func (e *Exchange) Agree(by Party, version int, today calendar.Date, now time.Time) error {
	if e.Next != nil && e.State.Binding() {
		return e.agreeNext(by, version, today, now)
	}
	if err := e.answering(by, version); err != nil {
		return err
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
	c.sign(by, now)
	if len(c.Waiting()) == 0 {
		if err := c.schedule(by, now); err != nil {
			return err
		}
	}
	*e = *c
	return nil
}

// answering refuses whoever cannot sign a version of the terms.
func (e *Exchange) answering(by Party, version int) error {
	_, err := e.Seat(by)
	switch {
	case err != nil:
		return err
	case !e.State.Open() && !e.State.Binding():
		return refuse(NotNow, e.notNow())
	case version != e.Version:
		return refuse(Superseded, "The terms have been changed since this card. Nothing was signed; here is how they stand now.")
	case !e.State.Open():
		return refuse(NotNow, e.notNow())
	}
	return mustSign(e.Terms, by, e.signed)
}

// mustSign refuses whoever has no signature to give to terms.
func mustSign(t Terms, by Party, signed func(Seat) bool) error {
	missing, sits := false, false
	for _, seat := range t.signers() {
		if t.at(seat) == by {
			sits, missing = true, missing || !signed(seat)
		}
	}
	switch {
	case !sits:
		return refuse(NotYours, "These terms need no signature of yours. Nothing has changed.")
	case !missing:
		return refuse(Twice, "You have agreed to these terms already. It is the other side's turn.")
	}
	return nil
}

// schedule takes terms into force that everybody has signed.
func (e *Exchange) schedule(by Party, now time.Time) error {
	if err := e.take(AllAgreed, Party{}, now); err != nil {
		return err
	}
	m, ok := moveFrom(e.State, SetDates)
	if !ok {
		return refuse(NotNow, e.notNow())
	}
	e.record(m, by.Person, now, "") // dates are part of what the last of them signed
	if e.Baseline == nil {
		e.Baseline = e.Terms.copied()
	}
	e.Was, e.Objection, e.Agreed = nil, nil, now
	e.Goals = e.Goals[:0:0]
	for _, p := range e.Terms.Goals {
		e.Goals = append(e.Goals, e.fresh(p))
	}
	return nil
}

// fresh is a pledge that comes into force. Its first day is the one that it was
// agreed for at the very first.
func (e *Exchange) fresh(p Pledge) Goal {
	g := Goal{Pledge: p, State: GoalOpen, First: p.Due}
	for _, first := range e.Baseline.Goals {
		if first.N == p.N {
			g.First = first.Due
		}
	}
	return g
}

// Change puts other terms on the table instead of a version. Before everybody
// has signed, and before the first day where more than a week's move is meant,
// all signatures but the author's lapse. Later the terms in force stay so until
// everybody has signed the others.
func (e *Exchange) Change(by Party, version int, next Terms, today calendar.Date, now time.Time) error {
	seat, err := e.Seat(by)
	if err != nil {
		return err
	}
	if version != e.Version {
		return refuse(Superseded, "The terms have been changed meanwhile, so nothing was saved. Look at how they stand now, then change them again.")
	}
	if sameParties := next.Visitor == e.Terms.Visitor && next.Host == e.Terms.Host && next.HomeLead == e.Terms.HomeLead && next.HostLead == e.Terms.HostLead ||
		next.Visitor == e.Terms.Host && next.Host == e.Terms.Visitor && next.HomeLead == e.Terms.HostLead && next.HostLead == e.Terms.HomeLead; !sameParties {
		return refuse(NotYours, "The terms name other people than the exchange is between. Nothing has changed.")
	}
	if e.State.Binding() && (e.State != Scheduled || e.Terms.near(next)) {
		return e.amend(by, next, today, now)
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
	c.Next = nil
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

// Object lets a lead who did not sign say why agreed terms will not do, for
// three working days. They are talked about again, and nobody has signed them.
func (e *Exchange) Object(by Party, why string, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	if err := CheckText(why); err != nil {
		return err
	}
	c := e.clone()
	if err := c.take(Object, by, now); err != nil {
		return err
	}
	if until := e.ObjectBy(); until.IsZero() || !now.Before(until) {
		return refuse(NotNow, "The three working days in which a lead may object are over, so nothing was changed. Anybody may still cancel the exchange.")
	}
	c.Version, c.Put, c.Signed, c.Next = c.version(), now, map[Seat]Signature{}, nil
	c.Objection = &Said{by.Person, why, now}
	*e = *c
	return nil
}

// ObjectBy is until when a lead may object; zero where their signature was
// needed. Working days are Monday to Friday: where they are others, three of
// these are no fewer.
func (e *Exchange) ObjectBy() time.Time {
	if e.Agreed.IsZero() || slices.Contains(e.Terms.signers(), HomeLead) || slices.Contains(e.Terms.signers(), HostLead) {
		return time.Time{}
	}
	at := e.Agreed
	for days := 3; days > 0; {
		at = at.Add(24 * time.Hour)
		if d := at.UTC().Weekday(); d != time.Saturday && d != time.Sunday {
			days--
		}
	}
	return at
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

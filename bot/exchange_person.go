package bot

import (
	"errors"
	"fmt"
	"maps"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// repointExchange puts the other person into an exchange. One between the two is
// no exchange any more and goes; a second open plan with the same third person
// ends as silence would end it.
func repointExchange(_ *App, tx *Tx, e *Exchange, from string, to *Person) error {
	pair := openExchange(to.ID, e.other(from).Person)
	taken := tx.plans(pair)
	err := e.Replace(from, to.ID)
	var refusal *exchange.Refusal
	if errors.As(err, &refusal) && refusal.Reason == exchange.SamePerson {
		tx.remove(e.Ref())
		return dropEvidence(tx, e.ID)
	}
	if err != nil || !e.State.Open() {
		return err
	}
	if _, err = owner[*Exchange](tx, pair); errors.Is(err, errNotFound) && !taken {
		return nil
	}
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	return e.Lapse(tx.now)
}

// repointOffer offers a seat to the other person instead.
func repointOffer(_ *App, _ *Tx, e *Exchange, from string, to *Person) error {
	for seat, person := range e.Offered {
		if person == from {
			e.Offered[seat] = to.ID
		}
	}
	return nil
}

// closePlan ends terms that the person was agreeing on with somebody whom they
// block. The other one hears what every decline says. What is agreed goes on: it
// binds two labs, and anybody may end it at once on its card.
func (rq *request) closePlan(other *Person) ([]chat.Text, error) {
	e, err := owner[*Exchange](rq.tx, openExchange(rq.me.ID, other.ID))
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var gone *exchange.Refusal
	if err := e.Decline(e.partyOf(rq.me), rq.now); errors.As(err, &gone) {
		return nil, nil // they have left the lab that it was with
	} else if err != nil {
		return nil, err
	}
	rq.tx.put(e)
	return []chat.Text{chat.T("The exchange that you two were planning does not come about; they hear that as kindly as after any other decline.")}, rq.tellOthers(e, noticeVisitDeclined)
}

// leaveExchanges ends what the person takes part in, as anyone may at once.
func (rq *request) leaveExchanges() error {
	all, err := rq.exchanges()
	if err != nil {
		return err
	}
	for _, listed := range all {
		e, err := load[*Exchange](rq.tx, KindExchange, listed.ID)
		if err != nil {
			return err
		}
		before := e.State
		if err := e.part(rq); err != nil {
			return fmt.Errorf("leave exchange %s: %w", e.ID, err)
		}
		if e.State != before && before.Binding() {
			if err := rq.tellOthers(e, noticeVisitLeft); err != nil {
				return err
			}
		}
		e.Forget(rq.me.ID)
		rq.tx.recallAll(e.Ref(), "", noticeVisitLeft)
	}
	return rq.leaveOffers()
}

// leaveOffers takes the person off the seats that they were offered.
func (rq *request) leaveOffers() error {
	all, err := listAll[*Exchange](rq.tx, seatsOffered+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range all {
		e, err := load[*Exchange](rq.tx, KindExchange, listed.ID)
		if err != nil {
			return err
		}
		maps.DeleteFunc(e.Offered, func(_ exchange.Seat, person string) bool { return person == rq.me.ID })
		rq.tx.put(e)
	}
	return nil
}

// part ends an exchange for a person who leaves. The seat of a lead becomes
// empty; the two who meet go on.
func (e *Exchange) part(rq *request) error {
	rq.tx.put(e)
	by := e.partyOf(rq.me)
	seat, err := e.Seat(by)
	if err != nil {
		return nil //nolint:nilerr // they left the lab before, and speak for it no more
	}
	switch {
	case seat.IsLead() && e.State.Binding() && e.State != exchange.Closed:
		if _, vacant := e.Vacant[seat]; vacant {
			return nil
		}
		return e.Vacate(seat, rq.now)
	case seat.IsLead():
		return nil
	case e.State.Open():
		return e.Decline(by, rq.now)
	case e.State == exchange.Scheduled || e.State == exchange.NotStarted:
		return e.Cancel(by, rq.now)
	case e.State == exchange.Active || e.State == exchange.Paused:
		return e.EndNow(by, rq.now)
	}
	return nil
}

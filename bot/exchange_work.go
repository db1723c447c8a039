package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/exchange"
)

// exchangeWork is what happens to an exchange by itself.
func (a *App) exchangeWork(tx *Tx, e *Exchange, c Claim) error {
	tx.put(e)
	base, numbers := splitID(c.Work)
	e.Done = append(e.Done, c.Work)
	switch base {
	case workAsk:
		return a.planQuestion(tx, e, c.Work)
	case workNudge1, workNudge2:
		return a.nudgeTerms(tx, e)
	case workExpire:
		return a.lapseTerms(tx, e)
	case workAgain:
		return a.nudgeSeats(tx, e, e.WaitingNext(), numbered(noticeTermsAgain, e.Next.Version))
	case workDrop:
		return a.dropAmendment(tx, e)
	case workSeat:
		return a.askOrganisersForSeat(tx, e, numbers)
	case workSettle:
		return e.Settle(tx.now)
	case workShut:
		return e.Shut(tx.now)
	}
	return a.exchangeTurn(tx, e, base)
}

// exchangeTurn is a turn of a visit that is to begin or under way. Work that was
// derived by an earlier program may be known no more; it is done by being left.
func (a *App) exchangeTurn(tx *Tx, e *Exchange, base string) error {
	switch base {
	case workStand:
		if err := e.Stand(tx.now); err != nil {
			return err
		}
		return a.tellParties(tx, e, noticeVisitStands)
	case workGiveUp:
		if err := e.GiveUp(tx.now); err != nil {
			return err
		}
		return a.tellParties(tx, e, noticeVisitGivenUp)
	case workPause:
		if err := e.LapsePause(tx.now); err != nil {
			return err
		}
		return a.tellParties(tx, e, noticeVisitOver)
	case workLast:
		if err := e.End(tx.now); err != nil {
			return err
		}
		return a.tellParties(tx, e, noticeVisitOver)
	}
	return fmt.Errorf("exchange %s: unknown work %q", e.ID, base)
}

// dropAmendment ends an amendment that not everybody signed, and tells both.
func (a *App) dropAmendment(tx *Tx, e *Exchange) error {
	if err := e.ForgetNext(); err != nil {
		return err
	}
	return a.tellParties(tx, e, noticeChangeLapsed)
}

// nudgeTerms reminds whoever has not answered the terms on the table.
func (a *App) nudgeTerms(tx *Tx, e *Exchange) error {
	return a.nudgeSeats(tx, e, e.Waiting(), numbered(noticeTermsAgain, e.Version))
}

// nudgeSeats puts a question to those who sit in some seats, each person once.
func (a *App) nudgeSeats(tx *Tx, e *Exchange, seats []exchange.Seat, notice string) error {
	return a.withParties(tx, e, seats, func(p *Person) error {
		return a.nudge(tx, p, Delivery{Notice: notice, Subject: e.Ref()})
	})
}

// lapseTerms ends terms that nobody answered, and tells whoever had signed them.
func (a *App) lapseTerms(tx *Tx, e *Exchange) error {
	waits := e.Waiting()
	if err := e.Lapse(tx.now); err != nil {
		return err
	}
	signed := slices.DeleteFunc(exchange.Seats(), func(s exchange.Seat) bool { return slices.Contains(waits, s) || s.IsLead() })
	return a.tellSeats(tx, e, signed, noticeVisitLapsed)
}

// tellParties tells the visitor and the host, in their own hours.
func (a *App) tellParties(tx *Tx, e *Exchange, notice string) error {
	return a.tellSeats(tx, e, []exchange.Seat{exchange.Visitor, exchange.Host}, notice)
}

// tellSeats tells those who sit in some seats, each person once.
func (a *App) tellSeats(tx *Tx, e *Exchange, seats []exchange.Seat, notice string) error {
	return a.withParties(tx, e, seats, func(p *Person) error {
		a.tell(tx, p, Delivery{Notice: notice, Subject: e.Ref()})
		return nil
	})
}

// withParties does something for each person who sits in some seats, once.
func (a *App) withParties(tx *Tx, e *Exchange, seats []exchange.Seat, do func(*Person) error) error {
	var done []string
	for _, seat := range seats {
		person := e.Party(seat).Person
		if person == "" || slices.Contains(done, person) {
			continue
		}
		done = append(done, person)
		if err := a.withParty(tx, e, seat, do); err != nil {
			return err
		}
	}
	return nil
}

// withParty does something for whoever sits in a seat, if they are still here
// and still stand for its lab.
func (a *App) withParty(tx *Tx, e *Exchange, s exchange.Seat, do func(*Person) error) error {
	person, err := load[*Person](tx, KindPerson, e.Party(s).Person)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, vacant := e.Vacant[s]; vacant {
		return nil
	}
	return do(person)
}

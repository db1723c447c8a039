package bot

import (
	"errors"
	"fmt"
	"time"

	"interlab/bot/exchange"
)

// exchangeWork is what happens to an exchange by itself.
func (a *App) exchangeWork(tx *Tx, e *Exchange, c Claim) error {
	tx.put(e)
	base, _ := splitID(c.Work)
	if base == workGoal {
		return a.askGoal(tx, e, c)
	}
	e.Done = append(e.Done, c.Work)
	switch base {
	case workNudge1, workNudge2:
		return a.nudgeTerms(tx, e)
	case workExpire:
		return a.lapseTerms(tx, e)
	case workBegin:
		return a.beginExchange(tx, e)
	case workLast:
		if err := e.End(tx.now); err != nil {
			return err
		}
		return a.tellParties(tx, e, noticeVisitOver)
	case workSettle:
		return e.Settle(tx.now)
	case workShut:
		return e.Shut(tx.now)
	}
	return fmt.Errorf("exchange %s: unknown work %q", e.ID, c.Work)
}

// nudgeTerms reminds whoever has not answered the terms on the table.
func (a *App) nudgeTerms(tx *Tx, e *Exchange) error {
	seat, waits := e.Waits()
	if !waits {
		return nil
	}
	until, _ := e.AnswerBy()
	return a.withParty(tx, e, seat, func(p *Person) error {
		return a.nudge(tx, p, Delivery{Notice: numbered(noticeTermsAgain, e.Version), Subject: e.Ref(), Until: until})
	})
}

// lapseTerms ends terms that nobody answered, and tells whoever had put them.
func (a *App) lapseTerms(tx *Tx, e *Exchange) error {
	seat, _ := e.Waits()
	if err := e.Lapse(tx.now); err != nil {
		return err
	}
	for _, s := range exchange.Seats() {
		if s == seat {
			continue
		}
		if err := a.withParty(tx, e, s, func(p *Person) error {
			a.tell(tx, p, Delivery{Notice: noticeVisitLapsed, Subject: e.Ref()})
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// beginExchange is the first day. From here on goals are asked about on the
// days they are due, by the giver's calendar.
func (a *App) beginExchange(tx *Tx, e *Exchange) error {
	if err := e.Begin(tx.now); err != nil {
		return err
	}
	for _, g := range e.Goals {
		at := tx.now
		if err := a.withParty(tx, e, e.Giver(g.Pledge), func(p *Person) error {
			at = a.startOf(g.Due, p.zone())
			return nil
		}); err != nil {
			return err
		}
		e.askAt(g.N, 0, at)
	}
	return a.tellParties(tx, e, noticeVisitBegins)
}

// askGoal puts a question about a goal: to its giver while it is open, to its
// receiver once it is claimed. After two reminders it is left in peace.
func (a *App) askGoal(tx *Tx, e *Exchange, c Claim) error {
	_, numbers := splitID(c.Work)
	g, ok := e.Goal(numbers[0])
	if !ok {
		return nil
	}
	ask := e.Asks[g.N]
	ask.Sent++
	ask.At = time.Time{}
	if ask.Sent < maxAsks {
		ask.At = tx.now.Add(firstNudge)
		if ask.Sent > 1 {
			ask.At = tx.now.Add(secondNudge - firstNudge)
		}
	}
	e.Asks[g.N] = ask
	seat, notice := e.Giver(g.Pledge), noticeGoal
	if g.State == exchange.GoalClaimed {
		seat, notice = e.Receiver(g.Pledge), noticeVerify
	}
	return a.withParty(tx, e, seat, func(p *Person) error {
		return a.nudge(tx, p, Delivery{Notice: numbered(notice, g.N), Subject: e.Ref()})
	})
}

// tellParties tells both people of an exchange, in their own hours.
func (a *App) tellParties(tx *Tx, e *Exchange, notice string) error {
	for _, seat := range exchange.Seats() {
		if err := a.withParty(tx, e, seat, func(p *Person) error {
			a.tell(tx, p, Delivery{Notice: notice, Subject: e.Ref()})
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// withParty does something for whoever sits in a seat, if they are still here.
func (a *App) withParty(tx *Tx, e *Exchange, s exchange.Seat, do func(*Person) error) error {
	person, err := load[*Person](tx, KindPerson, e.Party(s).Person)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return do(person)
}

package bot

import (
	"errors"
	"fmt"

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
		return nil
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
		if err := e.part(rq); err != nil {
			return fmt.Errorf("leave exchange %s: %w", e.ID, err)
		}
	}
	return nil
}

// part ends an exchange for a person who leaves.
func (e *Exchange) part(rq *request) error {
	rq.tx.put(e)
	switch {
	case e.State.Open():
		return e.Decline(rq.me.party(), rq.now)
	case e.State == exchange.Scheduled:
		return e.Cancel(rq.me.party(), rq.now)
	case e.State == exchange.Active:
		return e.EndNow(rq.me.party(), rq.now)
	}
	return nil
}

package exchange_test

import (
	"testing"

	"interlab/bot/exchange"
)

// passes lets everything happen that happens by itself.
func passes(e *exchange.Exchange) error {
	now := start()
	switch e.State {
	case exchange.Proposed, exchange.Negotiating:
		return e.Lapse(now)
	case exchange.Scheduled:
		return e.Stand(now)
	case exchange.NotStarted:
		return e.GiveUp(now)
	case exchange.Active:
		return e.End(now)
	case exchange.Paused:
		return e.LapsePause(now)
	case exchange.WrappingUp:
		return e.Settle(now)
	default:
		return e.Shut(now)
	}
}

// Everybody is silent, from any state on: it ends, soon, by the clock alone, and
// nothing is confirmed by it.
func TestSilenceEndsEverythingAndConfirmsNothing(t *testing.T) {
	t.Parallel()
	for _, state := range states() {
		e := in(t, state)
		if e.State.Working() && e.State != exchange.Closed {
			must(t, e.Claim(1, ana(), start()))
		}
		before := len(e.Steps)
		for !e.State.Final() {
			if len(e.Steps) > before+4 {
				t.Fatalf("from %s it goes on and on: %v", state, ids(e))
			}
			must(t, passes(e))
		}
		for _, step := range e.Steps[before:] {
			if step.By != "" {
				t.Errorf("from %s, step %s was made by %s", state, step.Move, step.By)
			}
		}
		for _, g := range e.Goals {
			if g.Verified != nil || e.Completion == exchange.Full {
				t.Errorf("from %s silence confirmed %+v, completed %q", state, g, e.Completion)
			}
		}
		if by, waits := e.AnswerBy(); waits || len(e.Waiting()) > 0 || len(e.WaitingNext()) > 0 {
			t.Errorf("from %s, in %s somebody is waited for until %s", state, e.State, by)
		}
	}
}

// An amendment that is open when the visit ends by itself goes with it.
func TestAnOpenAmendmentHoldsNothingUp(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Change(ana(), e.Version, later(e, 9), first(), start()))
	must(t, e.End(start()))
	if e.Next == nil {
		t.Error("an extension that is being signed was lost on the last day")
	}
	must(t, e.Settle(start()))
	if e.Next != nil {
		t.Error("an extension is still open after the exchange was completed")
	}
	refuses(t, "Agree to it then", e.Agree(bo(), 2, first(), start()), exchange.Superseded)
}

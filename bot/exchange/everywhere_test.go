package exchange_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"interlab/bot/exchange"
)

// in makes an exchange in each state, by what people do.
func in(t *testing.T, state exchange.State) *exchange.Exchange {
	t.Helper()
	made := map[exchange.State]func() *exchange.Exchange{
		exchange.Proposed: func() *exchange.Exchange { return proposed(t) },
		exchange.Negotiating: func() *exchange.Exchange {
			e := proposed(t)
			must(t, e.Change(bo(), 1, e.Terms, today(), start()))
			return e
		},
		exchange.Scheduled:  func() *exchange.Exchange { return scheduled(t) },
		exchange.NotStarted: func() *exchange.Exchange { e := scheduled(t); must(t, e.Stand(start())); return e },
		exchange.Active:     func() *exchange.Exchange { return active(t) },
		exchange.Paused: func() *exchange.Exchange {
			e := active(t)
			must(t, e.Pause(ana(), first().AddDays(9), false, first(), start()))
			return e
		},
		exchange.WrappingUp: func() *exchange.Exchange { e := active(t); must(t, e.End(start())); return e },
		exchange.FollowingUp: func() *exchange.Exchange {
			e := active(t)
			must(t, e.End(start()))
			must(t, e.Settle(start()))
			return e
		},
		exchange.Closed: func() *exchange.Exchange {
			e := active(t)
			must(t, e.End(start()))
			must(t, e.Settle(start()))
			must(t, e.Shut(start()))
			return e
		},
		exchange.Declined:  func() *exchange.Exchange { e := proposed(t); must(t, e.Decline(bo(), start())); return e },
		exchange.Withdrawn: func() *exchange.Exchange { e := proposed(t); must(t, e.Decline(ana(), start())); return e },
		exchange.Expired:   func() *exchange.Exchange { e := proposed(t); must(t, e.Lapse(start())); return e },
		exchange.Cancelled: func() *exchange.Exchange { e := scheduled(t); must(t, e.Cancel(bo(), start())); return e },
	}
	e := made[state]()
	if e.State != state {
		t.Fatalf("in(%s) = %s", state, e.State)
	}
	return e
}

// all states in which an exchange is kept.
func states() []exchange.State {
	return []exchange.State{
		exchange.Proposed, exchange.Negotiating, exchange.Scheduled, exchange.NotStarted, exchange.Active, exchange.Paused, exchange.WrappingUp,
		exchange.FollowingUp, exchange.Closed, exchange.Declined, exchange.Withdrawn, exchange.Expired, exchange.Cancelled,
	}
}

// try is what somebody who may do it tries, with the states in which it works.
type try struct {
	do    func(e *exchange.Exchange) error
	works []exchange.State
}

// tries are all deeds, each by somebody who would have the right to it.
func tries() map[string]try {
	on, now := first().AddDays(1), start().Add(time.Hour)
	working := []exchange.State{exchange.Active, exchange.Paused, exchange.WrappingUp, exchange.FollowingUp}
	visiting := []exchange.State{exchange.Active, exchange.Paused, exchange.WrappingUp}
	binding := slices.Concat([]exchange.State{exchange.Scheduled, exchange.NotStarted}, working)
	return map[string]try{
		"lapse":         {func(e *exchange.Exchange) error { return e.Lapse(now) }, []exchange.State{exchange.Proposed, exchange.Negotiating}},
		"decline":       {func(e *exchange.Exchange) error { return e.Decline(bo(), now) }, []exchange.State{exchange.Proposed, exchange.Negotiating}},
		"cancel":        {func(e *exchange.Exchange) error { return e.Cancel(bo(), now) }, []exchange.State{exchange.Scheduled, exchange.NotStarted}},
		"confirm start": {func(e *exchange.Exchange) error { return e.ConfirmStart(bo(), first(), on, now) }, []exchange.State{exchange.Scheduled, exchange.NotStarted}},
		"dispute":       {func(e *exchange.Exchange) error { return e.Dispute(bo(), now) }, []exchange.State{exchange.Active}},
		"stand":         {func(e *exchange.Exchange) error { return e.Stand(now) }, []exchange.State{exchange.Scheduled}},
		"give up":       {func(e *exchange.Exchange) error { return e.GiveUp(now) }, []exchange.State{exchange.NotStarted}},
		"pause":         {func(e *exchange.Exchange) error { return e.Pause(bo(), on.AddDays(5), true, on, now) }, []exchange.State{exchange.Active}},
		"resume":        {func(e *exchange.Exchange) error { return e.Resume(bo(), on, now) }, []exchange.State{exchange.Paused}},
		"lapse pause":   {func(e *exchange.Exchange) error { return e.LapsePause(now) }, []exchange.State{exchange.Paused}},
		"finish":        {func(e *exchange.Exchange) error { return e.Finish(bo(), now) }, []exchange.State{exchange.Active}},
		"end":           {func(e *exchange.Exchange) error { return e.End(now) }, []exchange.State{exchange.Active}},
		"end now":       {func(e *exchange.Exchange) error { return e.EndNow(ana(), now) }, []exchange.State{exchange.Active, exchange.Paused}},
		"look":          {func(e *exchange.Exchange) error { return e.Look(ana(), exchange.PlanEnds, now) }, []exchange.State{exchange.Active, exchange.Paused}},
		"hand over": {func(e *exchange.Exchange) error {
			return e.HandOver(ana(), "Here", exchange.AccessNone, on, now)
		}, visiting},
		"settle": {func(e *exchange.Exchange) error { return e.Settle(now) }, []exchange.State{exchange.WrappingUp}},
		"reopen": {func(e *exchange.Exchange) error { return e.Reopen("olga", "Because", now) }, []exchange.State{exchange.FollowingUp}},
		"renew":  {func(e *exchange.Exchange) error { return e.Renew(ana(), now) }, []exchange.State{exchange.FollowingUp}},
		"shut":   {func(e *exchange.Exchange) error { return e.Shut(now) }, []exchange.State{exchange.FollowingUp}},
		"vacate": {func(e *exchange.Exchange) error { return e.Vacate(exchange.Host, now) }, binding},
		"fill":   {func(e *exchange.Exchange) error { return e.Fill(exchange.Visitor, fay(), now) }, binding},
		"tell":   {func(e *exchange.Exchange) error { return e.Tell(1, ana(), exchange.OnTrack, "", now) }, working},
		"claim":  {func(e *exchange.Exchange) error { return e.Claim(1, ana(), now) }, working},
		"miss":   {func(e *exchange.Exchange) error { return e.Miss(1, ana(), "No", now) }, working},
		"carry":  {func(e *exchange.Exchange) error { return e.Carry(1, ana(), "Bo", now) }, []exchange.State{exchange.WrappingUp, exchange.FollowingUp}},
	}
}

// Every deed works in its states and in no other one, where it is refused with a
// sentence and changes nothing.
func TestEveryDeedHasItsStates(t *testing.T) {
	t.Parallel()
	for name, tried := range tries() {
		for _, state := range states() {
			e := in(t, state)
			before := text(t, e)
			err := tried.do(e)
			var refusal *exchange.Refusal
			switch works := slices.Contains(tried.works, state); {
			case works && err != nil:
				t.Errorf("%s in %s = %v, want it done", name, state, err)
			case works && text(t, e) == before:
				t.Errorf("%s in %s changed nothing", name, state)
			case !works && (!errors.As(err, &refusal) || refusal.Sentence == ""):
				t.Errorf("%s in %s = %v, want a refusal", name, state, err)
			case !works && text(t, e) != before:
				t.Errorf("%s in %s was refused and changed the exchange", name, state)
			}
		}
	}
}

// Nobody who sits nowhere does anything, in any state.
func TestStrangersDoNothing(t *testing.T) {
	t.Parallel()
	now, on := start(), first()
	for what, do := range map[string]func(e *exchange.Exchange, by exchange.Party) error{
		"agree":   func(e *exchange.Exchange, by exchange.Party) error { return e.Agree(by, e.Version, on, now) },
		"change":  func(e *exchange.Exchange, by exchange.Party) error { return e.Change(by, e.Version, e.Terms, on, now) },
		"refuse":  func(e *exchange.Exchange, by exchange.Party) error { return e.Refuse(by, e.Version) },
		"decline": func(e *exchange.Exchange, by exchange.Party) error { return e.Decline(by, now) },
		"object":  func(e *exchange.Exchange, by exchange.Party) error { return e.Object(by, "No", now) },
		"cancel":  func(e *exchange.Exchange, by exchange.Party) error { return e.Cancel(by, now) },
		"start":   func(e *exchange.Exchange, by exchange.Party) error { return e.ConfirmStart(by, on, on, now) },
		"dispute": func(e *exchange.Exchange, by exchange.Party) error { return e.Dispute(by, now) },
		"pause":   func(e *exchange.Exchange, by exchange.Party) error { return e.Pause(by, on.AddDays(3), true, on, now) },
		"resume":  func(e *exchange.Exchange, by exchange.Party) error { return e.Resume(by, on, now) },
		"finish":  func(e *exchange.Exchange, by exchange.Party) error { return e.Finish(by, now) },
		"end now": func(e *exchange.Exchange, by exchange.Party) error { return e.EndNow(by, now) },
		"look":    func(e *exchange.Exchange, by exchange.Party) error { return e.Look(by, exchange.PlanStands, now) },
		"hand over": func(e *exchange.Exchange, by exchange.Party) error {
			return e.HandOver(by, "Here", exchange.AccessNone, on, now)
		},
		"take over": func(e *exchange.Exchange, by exchange.Party) error { return e.TakeOver(by, now) },
		"renew":     func(e *exchange.Exchange, by exchange.Party) error { return e.Renew(by, now) },
		"tell":      func(e *exchange.Exchange, by exchange.Party) error { return e.Tell(1, by, exchange.AtRisk, "", now) },
		"claim":     func(e *exchange.Exchange, by exchange.Party) error { return e.Claim(1, by, now) },
		"verify":    func(e *exchange.Exchange, by exchange.Party) error { return e.Verify(1, by, exchange.Alone, now) },
		"doubt":     func(e *exchange.Exchange, by exchange.Party) error { return e.Doubt(1, by, now) },
		"miss":      func(e *exchange.Exchange, by exchange.Party) error { return e.Miss(1, by, "No", now) },
		"carry":     func(e *exchange.Exchange, by exchange.Party) error { return e.Carry(1, by, "Bo", now) },
	} {
		for _, state := range states() {
			for _, by := range []exchange.Party{eve(), {}, {Person: "ana", Lab: "hopper"}} {
				e := in(t, state)
				before := text(t, e)
				var refusal *exchange.Refusal
				if err := do(e, by); !errors.As(err, &refusal) || text(t, e) != before {
					t.Errorf("%s by %v in %s = %v, want a refusal and nothing changed", what, by, state, err)
				}
			}
		}
	}
}

func text(t *testing.T, e *exchange.Exchange) string {
	t.Helper()
	data, err := json.Marshal(e)
	must(t, err)
	return string(data)
}

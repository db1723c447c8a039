package exchange_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// deed is something that somebody tries to do to an exchange.
type deed struct {
	name string
	do   func() error
}

// deeds are all that can be tried by one of four people on one goal or version,
// and by the clock.
func deeds(rt *rapid.T, e *exchange.Exchange, now time.Time) []deed {
	by := rapid.SampledFrom([]exchange.Party{ana(), bo(), eve(), {Person: "bo", Lab: "hopper"}}).Draw(rt, "by")
	n := rapid.IntRange(0, 4).Draw(rt, "goal")
	version := rapid.IntRange(max(0, e.Version-1), e.Version).Draw(rt, "version")
	on := rapid.SampledFrom([]string{"2026-12-01", "2027-01-20"}).Draw(rt, "today")
	return []deed{
		{"agree", func() error { return e.Agree(by, version, day(on), now) }},
		{"agree", func() error { return e.Agree(by, e.Version, day(on), now) }},
		{"change", func() error { return e.Change(by, version, changed(rt, e.Terms), day(on), now) }},
		{"decline", func() error { return e.Decline(by, now) }},
		{"cancel", func() error { return e.Cancel(by, now) }},
		{"end now", func() error { return e.EndNow(by, now) }},
		{"tell", func() error { return e.Tell(n, by, exchange.Blocked, "compute", now) }},
		{"claim", func() error { return e.Claim(n, by, now) }},
		{"claim", func() error { return e.Claim(n, ana(), now) }},
		{"verify", func() error { return e.Verify(n, by, now) }},
		{"verify", func() error { return e.Verify(n, bo(), now) }},
		{"doubt", func() error { return e.Doubt(n, by) }},
		{"lapse", func() error { return e.Lapse(now) }},
		{"begin", func() error { return e.Begin(now) }},
		{"end", func() error { return e.End(now) }},
		{"settle", func() error { return e.Settle(now) }},
		{"shut", func() error { return e.Shut(now) }},
	}
}

// changed are other terms, good or bad.
func changed(rt *rapid.T, terms exchange.Terms) exchange.Terms {
	terms.Goals = slices.Clone(terms.Goals)
	switch rapid.IntRange(0, 5).Draw(rt, "change") {
	case 0:
		terms.Visitor, terms.Host = terms.Host, terms.Visitor
	case 1:
		terms.To = terms.To.AddDays(rapid.IntRange(-60, 60).Draw(rt, "days"))
	case 2:
		terms.Goals = terms.Goals[1:]
	case 3:
		terms.Goals = append(terms.Goals, exchange.Pledge{Giver: "curie", Receiver: "noether", Text: "One more", Due: terms.To})
	case 4:
		terms.Goals[0].Text = ""
	case 5:
		terms.Host = eve()
	}
	return terms
}

// Whatever people and the clock try in whatever order, the rules hold at every
// step, and what is refused changes nothing.
func TestTheRulesHoldInEveryHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e, err := exchange.Propose(plan(), ana(), today(), start())
		if err != nil {
			rt.Fatal(err)
		}
		var baseline *exchange.Terms
		for i := range rapid.IntRange(1, 40).Draw(rt, "length") {
			before := encoded(rt, e)
			tried := rapid.SampledFrom(deeds(rt, e, start().Add(time.Duration(i)*time.Hour))).Draw(rt, "deed")
			err := tried.do()
			var refusal *exchange.Refusal
			if err != nil && (!errors.As(err, &refusal) || encoded(rt, e) != before) {
				rt.Fatalf("%s = %v and changed the exchange", tried.name, err)
			}
			if baseline == nil && e.Baseline != nil {
				baseline = decoded(rt, encoded(rt, e)).Baseline
			}
			if diff := cmp.Diff(baseline, e.Baseline, cmpopts.EquateComparable(calendar.Date{})); diff != "" {
				rt.Fatalf("%s changed the baseline:\n%s", tried.name, diff)
			}
			holds(rt, e)
		}
	})
}

// holds checks what is true of every exchange at every moment.
func holds(rt *rapid.T, e *exchange.Exchange) {
	if e.State.Binding() {
		for _, seat := range exchange.Seats() {
			if sig := e.Signed[seat]; sig.Hash != e.Terms.Hash() || sig.Version != e.Version || sig.Person != e.Party(seat).Person {
				rt.Fatalf("%s, and the %s signed %+v", e.State, seat, sig)
			}
		}
	}
	planned := 0
	for way, f := range e.Figures() {
		if f.Planned < 1 || f.Planned > exchange.MaxGoals || f.Verified > f.Claimed || f.Claimed+f.Dropped > f.Planned || way.From == way.To {
			rt.Fatalf("figures of %v = %+v", way, f)
		}
		planned += f.Planned
	}
	if e.State.Binding() && (len(e.Figures()) != 2 || planned != len(e.Goals)) {
		rt.Fatalf("%s with goals in %d directions, %d of %d counted", e.State, len(e.Figures()), planned, len(e.Goals))
	}
	goalsHold(rt, e)
	if got := replayed(rt, e.Steps); got != e.State {
		rt.Fatalf("the steps lead to %s, and the exchange is %s", got, e.State)
	}
	if diff := cmp.Diff(encoded(rt, e), encoded(rt, decoded(rt, encoded(rt, e)))); diff != "" {
		rt.Fatalf("read back it is another one:\n%s", diff)
	}
}

// goalsHold checks who said what of the goals.
func goalsHold(rt *rapid.T, e *exchange.Exchange) {
	for _, g := range e.Goals {
		claimed := g.State == exchange.GoalClaimed || g.State == exchange.GoalVerified
		if claimed != (g.Claimed != nil) || (g.State == exchange.GoalVerified) != (g.Verified != nil) {
			rt.Fatalf("goal %+v does not say who said so", g)
		}
		if g.Verified != nil && (g.Verified.By == g.Claimed.By || g.Verified.By != e.Party(e.Receiver(g.Pledge)).Person) {
			rt.Fatalf("goal %+v was verified by %s", g, g.Verified.By)
		}
		if e.Completion == exchange.Full && !g.Settled() && e.State != exchange.WrappingUp {
			rt.Fatalf("completed in full with the open goal %+v", g)
		}
	}
}

// replayed is the state that the steps lead to by the table alone.
func replayed(rt *rapid.T, steps []exchange.Step) exchange.State {
	state := exchange.Draft
	for _, step := range steps {
		i := slices.IndexFunc(exchange.Moves(), func(m exchange.Move) bool { return m.ID == step.Move && m.From == state })
		if i < 0 {
			rt.Fatalf("step %s is no move of %s", step.Move, state)
		}
		state = exchange.Moves()[i].To
	}
	return state
}

func encoded(rt *rapid.T, e *exchange.Exchange) string {
	data, err := json.Marshal(e)
	if err != nil {
		rt.Fatal(err)
	}
	return string(data)
}

func decoded(rt *rapid.T, text string) *exchange.Exchange {
	var e exchange.Exchange
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		rt.Fatal(err)
	}
	return &e
}

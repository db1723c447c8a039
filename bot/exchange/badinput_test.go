package exchange_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// What people do by mistake, each from where it happens. All of it is refused
// with a sentence that says what to do, and nothing of it is half-saved.
func TestMistakesAreToldInASentenceAndSaveNothing(t *testing.T) {
	t.Parallel()
	later := start().Add(time.Hour)
	goal := func(p exchange.Pledge) func(*exchange.Exchange) error {
		return func(e *exchange.Exchange) error {
			next := e.Terms
			next.Goals = append(slices.Clone(next.Goals), p)
			return e.Change(ana(), e.Version, next, today(), later)
		}
	}
	dates := func(from, to calendar.Date) func(*exchange.Exchange) error {
		return func(e *exchange.Exchange) error {
			next := e.Terms
			next.From, next.To = from, to
			return e.Change(ana(), e.Version, next, today(), later)
		}
	}
	for _, c := range []struct {
		what string
		in   func(testing.TB) *exchange.Exchange
		do   func(*exchange.Exchange) error
		want exchange.Reason
		says string
	}{
		{"signing twice", proposed, func(e *exchange.Exchange) error { return e.Agree(ana(), 1, today(), later) }, exchange.Twice, "other side"},
		{"signing twice in a talk", changedOnce, func(e *exchange.Exchange) error { return e.Agree(bo(), 2, today(), later) }, exchange.Twice, "already"},
		{"signing an old version", changedOnce, func(e *exchange.Exchange) error { return e.Agree(ana(), 1, today(), later) }, exchange.Superseded, "here is how they stand now"},
		{"changing an old version", changedOnce, func(e *exchange.Exchange) error { return e.Change(ana(), 1, e.Terms, today(), later) }, exchange.Superseded, "nothing was saved"},
		{"signing an amendment that was replaced", amendedTwice, func(e *exchange.Exchange) error { return e.Agree(bo(), 2, first(), later) }, exchange.Superseded, "Nothing was signed"},
		{"one's own goal verified", claimedOnce, func(e *exchange.Exchange) error { return e.Verify(1, ana(), exchange.Alone, later) }, exchange.NotYours, "Only the lab that receives"},
		{"somebody else's goal claimed", active, func(e *exchange.Exchange) error { return e.Claim(1, bo(), later) }, exchange.NotYours, "Only the lab that gives"},
		{"a goal with both labs equal", proposed, goal(exchange.Pledge{Giver: "curie", Receiver: "curie", Text: "x", Due: plan().To}), exchange.SameLab, "Choose which gives"},
		{"a goal of a third lab", proposed, goal(exchange.Pledge{Giver: "hopper", Receiver: "curie", Text: "x", Due: plan().To}), exchange.SameLab, "Choose which gives"},
		{"a text of 10,000 runes", proposed, goal(exchange.Pledge{Giver: "curie", Receiver: "noether", Text: strings.Repeat("ü", 10000), Due: plan().To}), exchange.BadText, "10000 characters"},
		{"a reason of 10,000 runes", active, func(e *exchange.Exchange) error { return e.Miss(1, ana(), strings.Repeat("ü", 10000), later) }, exchange.BadText, "10000 characters"},
		{"six goals in one direction", fiveGoals, goal(exchange.Pledge{Giver: "curie", Receiver: "noether", Text: "x", Due: plan().To}), exchange.TooMany, "Change one of them instead"},
		{"dates reversed", proposed, dates(plan().To, plan().From), exchange.BadDates, "Swap them"},
		{"dates that are over", proposed, dates(today().AddDays(-9), today().AddDays(-5)), exchange.BadDates, "still to come"},
		{"an extension after the end", completed, func(e *exchange.Exchange) error {
			return e.Change(ana(), e.Version, withDays(e, 9), plan().To.AddDays(30), later)
		}, exchange.NotNow, "Plan the next one"},
		{"a pause that is over before it began", active, func(e *exchange.Exchange) error { return e.Pause(ana(), first(), true, first(), later) }, exchange.BadDates, "Nothing was paused"},
		{"a lead who left", ledBy, func(e *exchange.Exchange) error { return e.EndNow(exchange.Party{Person: "cy"}, later) }, exchange.Moved, "no longer speak"},
		{"a host who left", active, func(e *exchange.Exchange) error {
			return e.Verify(1, exchange.Party{Person: "bo", Lab: "hopper"}, exchange.Alone, later)
		}, exchange.Moved, "no longer speak"},
		{"a goal that is not there", active, func(e *exchange.Exchange) error { return e.Claim(17, ana(), later) }, exchange.NoGoal, "no such goal"},
		{"cancelling what has begun", active, func(e *exchange.Exchange) error { return e.Cancel(ana(), later) }, exchange.NotNow, "under way"},
		{"ending what has not begun", scheduled, func(e *exchange.Exchange) error { return e.EndNow(ana(), later) }, exchange.NotNow, "can be cancelled"},
		{"going on with what is not paused", active, func(e *exchange.Exchange) error { return e.Resume(ana(), first(), later) }, exchange.NotNow, "under way"},
		{"claiming before it began", scheduled, func(e *exchange.Exchange) error { return e.Claim(1, ana(), later) }, exchange.NotNow, "worked on from then on"},
	} {
		e := c.in(t)
		before := text(t, e)
		err := c.do(e)
		var refusal *exchange.Refusal
		if !errors.As(err, &refusal) || refusal.Reason != c.want || !strings.Contains(refusal.Sentence, c.says) {
			t.Errorf("%s = %v, want %s with %q", c.what, err, c.want, c.says)
		}
		if text(t, e) != before {
			t.Errorf("%s was refused and changed the exchange", c.what)
		}
	}
}

// The places from which the mistakes are made.

func changedOnce(t testing.TB) *exchange.Exchange {
	e := proposed(t)
	must(t, e.Change(bo(), 1, e.Terms, today(), start()))
	return e
}

func claimedOnce(t testing.TB) *exchange.Exchange {
	e := active(t)
	must(t, e.Claim(1, ana(), start()))
	return e
}

func completed(t testing.TB) *exchange.Exchange {
	e := active(t)
	must(t, e.End(start()))
	must(t, e.Settle(start()))
	return e
}

func ledBy(t testing.TB) *exchange.Exchange {
	e := between(t, led())
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	return e
}

func fiveGoals(t testing.TB) *exchange.Exchange {
	terms := plan()
	for range exchange.MaxGoals - 1 {
		terms.Goals = append(terms.Goals, terms.Goals[0])
	}
	e, err := exchange.Propose(terms, ana(), today(), start())
	must(t, err)
	return e
}

func amendedTwice(t testing.TB) *exchange.Exchange {
	e := active(t)
	must(t, e.Change(ana(), e.Version, withDays(e, 5), first(), start()))
	must(t, e.Change(ana(), e.Version, withDays(e, 6), first(), start()))
	return e
}

func withDays(e *exchange.Exchange, days int) exchange.Terms {
	terms := e.Terms
	terms.Goals, terms.To = slices.Clone(terms.Goals), terms.To.AddDays(days)
	return terms
}

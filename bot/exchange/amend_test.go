package exchange_test

import (
	"slices"
	"testing"
	"time"

	"interlab/bot/exchange"
)

// later are the terms in force with a later last day.
func later(e *exchange.Exchange, days int) exchange.Terms {
	terms := e.Terms
	terms.Goals = slices.Clone(terms.Goals)
	terms.To = terms.To.AddDays(days)
	return terms
}

func TestAnExtensionNeedsEverySignatureAndKeepsTheDaysOfGoals(t *testing.T) {
	t.Parallel()
	e := between(t, led())
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	on := first().AddDays(10)
	must(t, e.Change(bo(), e.Version, later(e, 20), on, start()))
	if e.Terms.To != plan().To || e.State != exchange.Active {
		t.Fatalf("before it is signed the last day is %s in %s, want as agreed", e.Terms.To, e.State)
	}
	for _, signer := range []exchange.Party{ana(), cy(), di()} {
		if e.Next == nil {
			t.Fatalf("in force before %s signed", signer.Person)
		}
		must(t, e.Agree(signer, e.Next.Version, on, start()))
	}
	if e.Terms.To != plan().To.AddDays(20) || e.State != exchange.Active || len(e.Amended) != 1 || e.Baseline.To != plan().To {
		t.Errorf("in force until %s in %s, %d amended, at first until %s; want 20 days more, one, and the baseline as it was", e.Terms.To, e.State, len(e.Amended), e.Baseline.To)
	}
	if g, _ := e.Goal(1); g.Due != plan().Goals[0].Due || g.First != g.Due {
		t.Errorf("Goal(1) is due on %s, at first %s; want it unmoved", g.Due, g.First)
	}
}

func TestAnExtensionThatIsRefusedOrForgottenChangesNothing(t *testing.T) {
	t.Parallel()
	for what, end := range map[string]func(*exchange.Exchange) error{
		"refused by the other":      func(e *exchange.Exchange) error { return e.Refuse(bo(), e.Next.Version) },
		"taken back":                func(e *exchange.Exchange) error { return e.Refuse(ana(), e.Next.Version) },
		"forgotten after two weeks": func(e *exchange.Exchange) error { return e.ForgetNext() },
	} {
		e := active(t)
		hash := e.Terms.Hash()
		must(t, e.Change(ana(), e.Version, later(e, 10), first(), start()))
		if until := e.Next.Until(); until != start().Add(14*24*time.Hour) {
			t.Errorf("Until() = %s, want two weeks on", until)
		}
		old := e.Next.Version
		must(t, end(e))
		if e.Terms.Hash() != hash || e.Next != nil || len(e.WaitingNext()) != 0 {
			t.Errorf("%s: terms %v, next %v; want as they were", what, e.Terms, e.Next)
		}
		refuses(t, what+", then Agree", e.Agree(bo(), old, first(), start()), exchange.Superseded)
		refuses(t, what+", then Refuse", e.Refuse(bo(), old), exchange.Superseded)
	}
}

func TestACardOfAReplacedExtensionSignsNothing(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Change(ana(), e.Version, later(e, 10), first(), start()))
	old := e.Next.Version
	must(t, e.Change(bo(), e.Version, later(e, 12), first(), start()))
	refuses(t, "Agree(the first)", e.Agree(ana(), old, first(), start()), exchange.Superseded)
	refuses(t, "Agree(one's own)", e.Agree(bo(), e.Next.Version, first(), start()), exchange.Twice)
	refuses(t, "Agree by somebody else", e.Agree(eve(), e.Next.Version, first(), start()), exchange.NotYours)
	must(t, e.Agree(ana(), e.Next.Version, first(), start()))
	if e.Terms.To != plan().To.AddDays(12) {
		t.Errorf("until %s, want the second proposal", e.Terms.To)
	}
}

func TestTwoExtensionsAreTheMost(t *testing.T) {
	t.Parallel()
	e := active(t)
	for range exchange.MaxExtensions {
		must(t, e.Change(ana(), e.Version, later(e, 5), first(), start()))
		must(t, e.Agree(bo(), e.Next.Version, first(), start()))
	}
	refuses(t, "a third extension", e.Change(ana(), e.Version, later(e, 5), first(), start()), exchange.NotNow)
	next := later(e, 0)
	next.Goals[0].Text = "Other words"
	must(t, e.Change(ana(), e.Version, next, first(), start()))
}

func TestALateExtensionGoesOnFromTheEnd(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.End(start()))
	on := plan().To.AddDays(2)
	refuses(t, "a change that is no extension", e.Change(ana(), e.Version, later(e, 0), on, start()), exchange.NotNow)
	refuses(t, "an extension into the past", e.Change(ana(), e.Version, later(e, 1), on, start()), exchange.BadDates)
	must(t, e.Change(ana(), e.Version, later(e, 10), on, start()))
	must(t, e.Agree(bo(), e.Next.Version, on, start()))
	if e.State != exchange.Active || !e.Ended.IsZero() || e.Extensions() != 1 {
		t.Errorf("%s, ended %s, %d extensions; want it active again, once extended", e.State, e.Ended, e.Extensions())
	}
	must(t, e.End(start()))
	must(t, e.Settle(start()))
	refuses(t, "an extension after the end", e.Change(ana(), e.Version, later(e, 10), on, start()), exchange.NotNow)
}

func TestWhatHasBegunKeepsItsFirstDayAndKind(t *testing.T) {
	t.Parallel()
	e := active(t)
	for what, change := range map[string]func(*exchange.Terms){
		"first day": func(x *exchange.Terms) { x.From = x.From.AddDays(1) },
		"kind":      func(x *exchange.Terms) { x.Kind = exchange.Fellowship },
		"places":    func(x *exchange.Terms) { x.Visitor, x.Host = x.Host, x.Visitor },
	} {
		next := later(e, 1)
		change(&next)
		refuses(t, "another "+what, e.Change(ana(), e.Version, next, first(), start()), exchange.BadDates)
	}
	next := later(e, 1)
	next.To = first().AddDays(-1)
	refuses(t, "a last day that is over", e.Change(ana(), e.Version, next, first(), start()), exchange.BadDates)
}

// A move of a week is signed beside the terms; more opens them again.
func TestDaysMoveByAWeekWithoutNewTalks(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]exchange.State{7: exchange.Scheduled, 8: exchange.Negotiating} {
		e := scheduled(t)
		next := later(e, days)
		next.From = next.From.AddDays(days)
		for i := range next.Goals {
			next.Goals[i].Due = next.Goals[i].Due.AddDays(days)
		}
		must(t, e.Change(ana(), e.Version, next, today(), start()))
		if e.State != want {
			t.Errorf("moved by %d days: %s, want %s", days, e.State, want)
		}
		must(t, e.Agree(bo(), e.Last, today(), start()))
		if e.State != exchange.Scheduled || e.Terms.From != plan().From.AddDays(days) || e.Baseline.From != plan().From {
			t.Errorf("moved by %d days and signed: %s from %s, at first %s", days, e.State, e.Terms.From, e.Baseline.From)
		}
	}
}

// Goals are dropped only by everybody, and nothing said of them is lost.
func TestAGoalIsDroppedByEverybody(t *testing.T) {
	t.Parallel()
	e := active(t)
	next := later(e, 0)
	next.Goals = append(next.Goals, exchange.Pledge{Giver: "curie", Receiver: "noether", Text: "Another", Due: next.To})
	next.Goals = next.Goals[1:]
	must(t, e.Change(ana(), e.Version, next, first(), start()))
	if g, _ := e.Goal(1); g.State != exchange.GoalOpen {
		t.Errorf("Goal(1) before the other one agreed = %s, want open", g.State)
	}
	must(t, e.Agree(bo(), e.Next.Version, first(), start()))
	one, _ := e.Goal(1)
	three, ok := e.Goal(3)
	if one.State != exchange.GoalDropped || !ok || three.State != exchange.GoalOpen {
		t.Errorf("goals 1 and 3 = %s, %s; want the first dropped and the third open", one.State, three.State)
	}
	must(t, e.Claim(3, ana(), start()))
	must(t, e.Verify(3, bo(), exchange.Alone, start()))
	settled := later(e, 0)
	settled.Goals = slices.Clone(settled.Goals)
	settled.Goals[1].Text = "Other words for what is verified"
	refuses(t, "Change(a settled goal)", e.Change(ana(), e.Version, settled, first(), start()), exchange.NotNow)
}

func TestLeadsSignAmendmentsButDoNotWriteThem(t *testing.T) {
	t.Parallel()
	e := between(t, led())
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	refuses(t, "Change by a lead", e.Change(cy(), e.Version, later(e, 5), first(), start()), exchange.NotYours)
	must(t, e.Change(ana(), e.Version, later(e, 5), first(), start()))
	if got := e.WaitingNext(); !slices.Equal(got, []exchange.Seat{exchange.Host}) {
		t.Errorf("WaitingNext() = %v, want the host before the leads", got)
	}
	must(t, e.Refuse(di(), e.Next.Version))
}

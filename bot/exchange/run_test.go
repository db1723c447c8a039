package exchange_test

import (
	"testing"
	"time"

	"interlab/bot/exchange"
)

func TestNothingBeginsUnlessSomebodySaysSo(t *testing.T) {
	t.Parallel()
	e := scheduled(t)
	refuses(t, "ConfirmStart by nobody", e.ConfirmStart(eve(), first(), first(), start()), exchange.NotYours)
	refuses(t, "ConfirmStart(four days ahead)", e.ConfirmStart(ana(), first().AddDays(-4), first().AddDays(-4), start()), exchange.NotNow)
	refuses(t, "ConfirmStart(tomorrow)", e.ConfirmStart(ana(), first().AddDays(1), first(), start()), exchange.BadDates)
	refuses(t, "Dispute of what has not begun", e.Dispute(bo(), start()), exchange.NotNow)
	must(t, e.ConfirmStart(bo(), first().AddDays(-3), first(), start()))
	if e.State != exchange.Active || e.Start != first().AddDays(-3) || e.Began.By != "bo" {
		t.Errorf("%s since %s by %v, want active three days ahead by bo", e.State, e.Start, e.Began)
	}
	refuses(t, "ConfirmStart(again)", e.ConfirmStart(ana(), first(), first(), start()), exchange.NotNow)
}

func TestTheOtherSideMaySayThatItHasNotBegun(t *testing.T) {
	t.Parallel()
	e := active(t)
	refuses(t, "Dispute of one's own word", e.Dispute(ana(), start()), exchange.NotYours)
	refuses(t, "Dispute after a week", e.Dispute(bo(), start().Add(7*24*time.Hour)), exchange.NotNow)
	must(t, e.Dispute(bo(), start().Add(time.Hour)))
	if e.State != exchange.Scheduled || e.Began != nil || e.Doubted.IsZero() {
		t.Errorf("%s, began %v; want it scheduled as before", e.State, e.Began)
	}
	led := between(t, led())
	must(t, led.ConfirmStart(ana(), first(), first(), start()))
	refuses(t, "Dispute by a lead", led.Dispute(di(), start()), exchange.NotYours)
}

func TestWhatNobodySaysBeganEndsByItself(t *testing.T) {
	t.Parallel()
	e := scheduled(t)
	must(t, e.Stand(start()))
	refuses(t, "Pause of what has not begun", e.Pause(ana(), first().AddDays(9), false, first(), start()), exchange.NotNow)
	c := scheduled(t)
	must(t, c.Stand(start()))
	must(t, c.ConfirmStart(ana(), first().AddDays(2), first().AddDays(30), start()))
	moved := scheduled(t)
	must(t, moved.Stand(start()))
	next := later(moved, 30)
	next.From = next.From.AddDays(30)
	for i := range next.Goals {
		next.Goals[i].Due = next.To
	}
	must(t, moved.Change(ana(), moved.Version, next, first().AddDays(25), start()))
	must(t, moved.Agree(bo(), moved.Next.Version, first().AddDays(25), start()))
	must(t, e.GiveUp(start()))
	if e.State != exchange.Cancelled || c.State != exchange.Active || moved.State != exchange.Scheduled {
		t.Errorf("given up, begun, moved: %s, %s, %s; want cancelled, active, scheduled", e.State, c.State, moved.State)
	}
	if g, _ := e.Goal(1); g.State != exchange.GoalDropped {
		t.Errorf("Goal(1) of what never began = %s, want dropped", g.State)
	}
}

func TestBothFinishEarlyTogether(t *testing.T) {
	t.Parallel()
	e := between(t, led())
	refuses(t, "Finish before it began", e.Finish(ana(), start()), exchange.NotNow)
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	refuses(t, "Finish by a lead", e.Finish(cy(), start()), exchange.NotYours)
	must(t, e.Finish(ana(), start()))
	refuses(t, "Finish(again)", e.Finish(ana(), start()), exchange.Twice)
	if e.State != exchange.Active {
		t.Errorf("after one of the two: %s, want active", e.State)
	}
	must(t, e.Finish(bo(), start()))
	if e.State != exchange.WrappingUp || e.Completion == exchange.Early {
		t.Errorf("after both: %s, %q; want wrapping up and not early", e.State, e.Completion)
	}
}

func TestAnybodyEndsItAtOnce(t *testing.T) {
	t.Parallel()
	for _, by := range []exchange.Party{ana(), bo(), cy(), di()} {
		e := between(t, led())
		must(t, e.ConfirmStart(ana(), first(), first(), start()))
		must(t, e.EndNow(by, start()))
		if e.State != exchange.WrappingUp || e.Completion != exchange.Early {
			t.Errorf("ended by %s: %s, %q", by.Person, e.State, e.Completion)
		}
		c := between(t, led())
		must(t, c.Cancel(by, start()))
	}
}

func TestAnOrganiserOpensItAgainForAMonth(t *testing.T) {
	t.Parallel()
	e := active(t)
	refuses(t, "Reopen of what is under way", e.Reopen("olga", "Because", start()), exchange.NotNow)
	must(t, e.End(start()))
	must(t, e.Settle(start()))
	refuses(t, "Reopen without a reason", e.Reopen("olga", "", start()), exchange.BadText)
	refuses(t, "Reopen after 30 days", e.Reopen("olga", "Because", start().Add(30*24*time.Hour)), exchange.NotNow)
	must(t, e.Reopen("olga", "A result was left out", start().Add(time.Hour)))
	last := e.Steps[len(e.Steps)-1]
	if e.State != exchange.WrappingUp || e.Completion != "" || last.By != "olga" || last.Note == "" {
		t.Errorf("%s, %q after %+v; want wrapping up by olga with her reason", e.State, e.Completion, last)
	}
	must(t, e.Settle(start()))
	refuses(t, "Renew by nobody", e.Renew(eve(), start()), exchange.NotYours)
	must(t, e.Renew(bo(), start()))
	must(t, e.Shut(start()))
	refuses(t, "Renew of what is closed", e.Renew(bo(), start()), exchange.NotNow)
}

func TestAPauseIsForAWhile(t *testing.T) {
	t.Parallel()
	e := active(t)
	on := first().AddDays(7)
	refuses(t, "Pause until yesterday", e.Pause(ana(), on.AddDays(-1), false, on, start()), exchange.BadDates)
	refuses(t, "Pause for 91 days", e.Pause(ana(), on.AddDays(91), false, on, start()), exchange.BadDates)
	refuses(t, "Pause by nobody", e.Pause(eve(), on.AddDays(9), false, on, start()), exchange.NotYours)
	must(t, e.Pause(ana(), on.AddDays(90), true, on, start()))
	if b, ok := e.Pausing(); !ok || b.Until != on.AddDays(90) {
		t.Errorf("Pausing() = %v, %t; want until the ninetieth day", b, ok)
	}
	refuses(t, "Pause of what is paused", e.Pause(bo(), on.AddDays(9), false, on, start()), exchange.NotNow)
	must(t, e.Resume(bo(), on.AddDays(5), start()))
	if g, _ := e.Goal(1); g.Due != plan().Goals[0].Due.AddDays(5) || g.First != plan().Goals[0].Due {
		t.Errorf("Goal(1) is due on %s, at first %s; want it five days later and the first day as it was", g.Due, g.First)
	}
	if _, ok := e.Pausing(); ok || e.State != exchange.Active {
		t.Errorf("after Resume: %s", e.State)
	}
	must(t, e.Pause(bo(), on.AddDays(20), false, on.AddDays(10), start()))
	must(t, e.Resume(ana(), on.AddDays(15), start()))
	if g, _ := e.Goal(1); g.Due != plan().Goals[0].Due.AddDays(5) {
		t.Errorf("Goal(1) is due on %s after a pause that moves nothing", g.Due)
	}
}

func TestAPauseThatNobodyEndsEndsTheExchange(t *testing.T) {
	t.Parallel()
	e := active(t)
	refuses(t, "LapsePause of what goes on", e.LapsePause(start()), exchange.NotNow)
	must(t, e.Pause(ana(), first().AddDays(20), false, first(), start()))
	left := *e
	must(t, e.LapsePause(start()))
	must(t, left.EndNow(bo(), start()))
	if e.State != exchange.WrappingUp || left.State != exchange.WrappingUp || left.Completion != exchange.Early {
		t.Errorf("lapsed: %s, left: %s %q; want both wrapping up", e.State, left.State, left.Completion)
	}
}

func TestHalfWayBothSayWhetherTheGoalsAreRight(t *testing.T) {
	t.Parallel()
	e := active(t) // 11 Jan to 19 Feb
	refuses(t, "Look by nobody", e.Look(eve(), exchange.PlanStands, start()), exchange.NotYours)
	must(t, e.Look(ana(), exchange.PlanStands, start()))
	must(t, e.Look(bo(), exchange.PlanChanges, start()))
	if e.Midterm[exchange.Visitor].Plan != exchange.PlanStands || e.Midterm[exchange.Host].Plan != exchange.PlanChanges {
		t.Errorf("Midterm = %v, want what each said", e.Midterm)
	}
	must(t, e.End(start()))
	refuses(t, "Look after the end", e.Look(bo(), exchange.PlanStands, start()), exchange.NotNow)
}

package exchange_test

import (
	"testing"
	"time"

	"interlab/bot/exchange"
)

func TestWhatWasSaidOfAGoalCanBeTakenBack(t *testing.T) {
	t.Parallel()
	e, at := active(t), start()
	next := func() time.Time { at = at.Add(time.Hour); return at }
	was, _ := e.Goal(1)
	must(t, e.Tell(1, ana(), exchange.Blocked, exchange.NeedsData, next()))
	must(t, e.TakeBack(was, at))
	must(t, e.Claim(1, ana(), next()))
	claimed, _ := e.Goal(1)
	must(t, e.Verify(1, bo(), exchange.Alone, next()))
	refuses(t, "TakeBack of a claim that was confirmed since", e.TakeBack(was, at.Add(-time.Hour)), exchange.NotNow)
	must(t, e.TakeBack(claimed, at))
	must(t, e.Doubt(1, bo(), next()))
	must(t, e.TakeBack(claimed, at))
	if g, _ := e.Goal(1); g.State != exchange.GoalClaimed || g.NotYet != 1 {
		t.Errorf("after taking back a doubt the goal is %s with %d doubts; want it claimed, and the question another one", g.State, g.NotYet)
	}
	must(t, e.TakeBack(was, claimed.Claimed.At))
	if g, _ := e.Goal(1); g.State != exchange.GoalOpen || g.Claimed != nil {
		t.Errorf("after taking back the claim the goal is %+v", g)
	}
}

func TestWhatCompletedAnExchangeStays(t *testing.T) {
	t.Parallel()
	e := active(t)
	e.Terms.Kind = exchange.Short // without a handover
	for _, n := range []int{1, 2} {
		giver, receiver := ana(), bo()
		if n == 2 {
			giver, receiver = receiver, giver
		}
		must(t, e.Claim(n, giver, start()))
		if n == 2 {
			must(t, e.End(start()))
		}
		was, _ := e.Goal(n)
		at := start().Add(time.Duration(n) * time.Hour)
		must(t, e.Verify(n, receiver, exchange.Alone, at))
		if n == 2 {
			refuses(t, "TakeBack of what completed it", e.TakeBack(was, at), exchange.NotNow)
		}
	}
}

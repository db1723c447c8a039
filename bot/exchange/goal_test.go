package exchange_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
)

func TestOnlyTheReceivingSideVerifies(t *testing.T) {
	t.Parallel()
	e := active(t)
	refuses(t, "Verify(what nobody claims)", e.Verify(1, bo(), start()), exchange.NotNow)
	refuses(t, "Claim by the receiver", e.Claim(1, bo(), start()), exchange.NotYours)
	must(t, e.Claim(1, ana(), start()))
	refuses(t, "Claim(again)", e.Claim(1, ana(), start()), exchange.NotNow)
	refuses(t, "Verify by the claimant", e.Verify(1, ana(), start()), exchange.NotYours)
	refuses(t, "Verify by somebody else", e.Verify(1, eve(), start()), exchange.NotYours)
	refuses(t, "Verify by somebody who left", e.Verify(1, exchange.Party{Person: "bo", Lab: "hopper"}, start()), exchange.Moved)
	refuses(t, "Verify(no such goal)", e.Verify(9, bo(), start()), exchange.NoGoal)
	must(t, e.Verify(1, bo(), start()))
	if g, _ := e.Goal(1); g.State != exchange.GoalVerified || g.Claimed.By != "ana" || g.Verified.By != "bo" {
		t.Errorf("Goal(1) = %+v, want it verified by bo after ana's claim", g)
	}
}

func TestNotYetOpensAGoalAgain(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Claim(1, ana(), start()))
	refuses(t, "Doubt by the claimant", e.Doubt(1, ana()), exchange.NotYours)
	must(t, e.Doubt(1, bo()))
	if g, _ := e.Goal(1); g.State != exchange.GoalOpen || g.Claimed != nil || g.NotYet != 1 {
		t.Errorf("Goal(1) = %+v, want it open with one not yet", g)
	}
	must(t, e.Claim(1, ana(), start()))
}

func TestGoalsAreWorkedOnFromTheFirstDayToTheClose(t *testing.T) {
	t.Parallel()
	e := proposed(t)
	refuses(t, "Claim while proposed", e.Claim(1, ana(), start()), exchange.NotNow)
	must(t, e.Agree(bo(), 1, today(), start()))
	refuses(t, "Claim before the first day", e.Claim(1, ana(), start()), exchange.NotNow)
	for _, turn := range []func(time.Time) error{e.Begin, e.End, e.Settle} {
		must(t, turn(start()))
		must(t, e.Claim(1, ana(), start()))
		must(t, e.Doubt(1, bo()))
	}
	must(t, e.Shut(start()))
	refuses(t, "Claim after the close", e.Claim(1, ana(), start()), exchange.NotNow)
}

func TestAStatusIsTheGiversToTell(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Tell(1, ana(), exchange.Blocked, "compute", start()))
	refuses(t, "Tell by the receiver", e.Tell(1, bo(), exchange.OnTrack, "", start()), exchange.NotYours)
	if g, _ := e.Goal(1); g.Status != exchange.Blocked || g.Obstacle != "compute" {
		t.Errorf("Goal(1) = %+v, want it blocked by compute", g)
	}
	must(t, e.Tell(1, ana(), exchange.OnTrack, "compute", start()))
	if g, _ := e.Goal(1); g.Obstacle != "" {
		t.Errorf("a goal on track has the obstacle %q, want none", g.Obstacle)
	}
	must(t, e.Claim(1, ana(), start()))
	refuses(t, "Tell after the claim", e.Tell(1, ana(), exchange.AtRisk, "", start()), exchange.NotNow)
}

func TestHealthFollowsFromDayAndStatus(t *testing.T) {
	t.Parallel()
	due := day("2027-02-05")
	for _, c := range []struct {
		state  exchange.GoalState
		status exchange.Status
		late   int
		want   exchange.Health
	}{
		{exchange.GoalOpen, "", 0, exchange.Well},
		{exchange.GoalOpen, "", 1, exchange.Overdue},
		{exchange.GoalOpen, exchange.OnTrack, 0, exchange.Well},
		{exchange.GoalOpen, exchange.OnTrack, 1, exchange.Overdue},
		{exchange.GoalOpen, exchange.AtRisk, -9, exchange.Risky},
		{exchange.GoalOpen, exchange.Blocked, 0, exchange.Risky},
		{exchange.GoalOpen, exchange.Blocked, 1, exchange.Overdue},
		{exchange.GoalClaimed, exchange.Blocked, 1, exchange.Well},
		{exchange.GoalVerified, "", 99, exchange.Well},
		{exchange.GoalDropped, exchange.AtRisk, 99, exchange.Well},
	} {
		g := exchange.Goal{Pledge: exchange.Pledge{Due: due}, State: c.state, Status: c.status}
		if got := g.Health(due.AddDays(c.late)); got != c.want {
			t.Errorf("Health(%s, %q, %d days after its day) = %s, want %s", c.state, c.status, c.late, got, c.want)
		}
	}
}

func TestHowAnExchangeIsCompleted(t *testing.T) {
	t.Parallel()
	settle := func(e *exchange.Exchange) {
		for n, giver := range map[int]exchange.Party{1: ana(), 2: bo()} {
			must(t, e.Claim(n, giver, start()))
			must(t, e.Verify(n, map[int]exchange.Party{1: bo(), 2: ana()}[n], start()))
		}
	}
	for _, c := range []struct {
		what string
		run  func(*exchange.Exchange)
		want exchange.Completion
	}{
		{"all verified after the end", func(e *exchange.Exchange) { must(t, e.End(start())); settle(e) }, exchange.Full},
		{"all verified before the end", func(e *exchange.Exchange) { settle(e); must(t, e.End(start())); must(t, e.Settle(start())) }, exchange.Full},
		{"goals left open", func(e *exchange.Exchange) { must(t, e.End(start())); must(t, e.Settle(start())) }, exchange.Silent},
		{"left with open goals", func(e *exchange.Exchange) { must(t, e.EndNow(bo(), start())); must(t, e.Settle(start())) }, exchange.Early},
		{"left with all verified", func(e *exchange.Exchange) { settle(e); must(t, e.EndNow(ana(), start())) }, exchange.Early},
	} {
		e := active(t)
		c.run(e)
		if e.Completion != c.want || e.State != exchange.FollowingUp {
			t.Errorf("%s: %s in %s, want %s in following_up", c.what, e.Completion, e.State, c.want)
		}
	}
}

func TestFiguresCountBothDirections(t *testing.T) {
	t.Parallel()
	there, back := exchange.Way{From: "curie", To: "noether"}, exchange.Way{From: "noether", To: "curie"}
	e := proposed(t)
	want := func(what string, there1, back1 exchange.Figures) {
		t.Helper()
		if diff := cmp.Diff(map[exchange.Way]exchange.Figures{there: there1, back: back1}, e.Figures()); diff != "" {
			t.Errorf("Figures %s (-want +got):\n%s", what, diff)
		}
	}
	if got := e.Figures(); len(got) != 0 {
		t.Errorf("Figures of a proposal = %v, want none", got)
	}
	must(t, e.Agree(bo(), 1, today(), start()))
	want("once agreed", exchange.Figures{Planned: 1}, exchange.Figures{Planned: 1})
	must(t, e.Begin(start()))
	must(t, e.Claim(1, ana(), start()))
	want("once claimed", exchange.Figures{Planned: 1, Claimed: 1}, exchange.Figures{Planned: 1})
	must(t, e.Verify(1, bo(), start()))
	want("once verified", exchange.Figures{Planned: 1, Claimed: 1, Verified: 1}, exchange.Figures{Planned: 1})
	e = scheduled(t)
	must(t, e.Cancel(bo(), start()))
	want("once cancelled", exchange.Figures{Planned: 1, Dropped: 1}, exchange.Figures{Planned: 1, Dropped: 1})
}

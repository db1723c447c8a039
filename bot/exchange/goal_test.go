package exchange_test

import (
	"testing"
	"time"

	"interlab/bot/exchange"
)

func TestOnlyTheReceivingSideVerifies(t *testing.T) {
	t.Parallel()
	e := active(t)
	refuses(t, "Verify(what nobody claims)", e.Verify(1, bo(), exchange.Alone, start()), exchange.NotNow)
	refuses(t, "Claim by the receiver", e.Claim(1, bo(), start()), exchange.NotYours)
	must(t, e.Claim(1, ana(), start()))
	refuses(t, "Claim(again)", e.Claim(1, ana(), start()), exchange.NotNow)
	refuses(t, "Verify by the claimant", e.Verify(1, ana(), exchange.Alone, start()), exchange.NotYours)
	refuses(t, "Verify by somebody else", e.Verify(1, eve(), exchange.Alone, start()), exchange.NotYours)
	refuses(t, "Verify by somebody who left", e.Verify(1, exchange.Party{Person: "bo", Lab: "hopper"}, exchange.Alone, start()), exchange.Moved)
	refuses(t, "Verify(no such goal)", e.Verify(9, bo(), exchange.Alone, start()), exchange.NoGoal)
	must(t, e.Verify(1, bo(), exchange.Alone, start()))
	if g, _ := e.Goal(1); g.State != exchange.GoalVerified || g.Claimed.By != "ana" || g.Verified.By != "bo" {
		t.Errorf("Goal(1) = %+v, want it verified by bo after ana's claim", g)
	}
}

func TestNotYetIsADisputeThatTheGiverSettles(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Claim(1, ana(), start()))
	refuses(t, "Doubt by the claimant", e.Doubt(1, ana(), start()), exchange.NotYours)
	must(t, e.Doubt(1, bo(), start()))
	if g, _ := e.Goal(1); g.State != exchange.GoalDisputed || g.Claimed != nil || g.NotYet != 1 {
		t.Errorf("Goal(1) = %+v, want it disputed with one not yet", g)
	}
	refuses(t, "Verify of what nobody claims any more", e.Verify(1, bo(), exchange.Alone, start()), exchange.NotNow)
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Doubt(1, bo(), start()))
	must(t, e.Tell(1, ana(), exchange.OnTrack, "", start()))
	if g, _ := e.Goal(1); g.State != exchange.GoalOpen || g.NotYet != 2 {
		t.Errorf("Goal(1) = %+v, want it open after two not yets", g)
	}
}

// Ways in which a goal ends other than by being reached.
func TestAGoalEndsHonestly(t *testing.T) {
	t.Parallel()
	e := active(t)
	refuses(t, "ClaimNegative(nothing learned)", e.ClaimNegative(1, ana(), "", start()), exchange.BadText)
	must(t, e.ClaimNegative(1, ana(), "Patching does not carry over to small models", start()))
	must(t, e.Verify(1, bo(), exchange.WithHelp, start()))
	if g, _ := e.Goal(1); !g.Settled() || g.Found == "" || g.Outcome != exchange.Alone {
		t.Errorf("Goal(1) = %+v, want a negative result, confirmed", g)
	}
	refuses(t, "Carry while there is time", e.Carry(2, bo(), "Bo", start()), exchange.NotNow)
	refuses(t, "Miss by the receiver", e.Miss(2, ana(), "No", start()), exchange.NotYours)
	must(t, e.End(start()))
	refuses(t, "Carry by nobody", e.Carry(2, bo(), "", start()), exchange.BadText)
	must(t, e.Carry(2, bo(), "Bo and a student go on until summer", start()))
	refuses(t, "Miss of a settled goal", e.Miss(2, bo(), "No", start()), exchange.NotNow)
	refuses(t, "Claim of a settled goal", e.Claim(2, bo(), start()), exchange.NotNow)

	e = active(t)
	must(t, e.Miss(2, bo(), "The data never came", start()))
	if g, _ := e.Goal(2); g.State != exchange.GoalMissed || g.Settling.Text == "" {
		t.Errorf("Goal(2) = %+v, want it not reached, with what there is to know", g)
	}
}

// A lab's lead speaks for its side, and the rules of the sides hold for leads.
func TestLeadsSpeakForTheirSide(t *testing.T) {
	t.Parallel()
	e := between(t, led())
	must(t, e.ConfirmStart(bo(), first(), first(), start()))
	must(t, e.Claim(1, cy(), start()))
	refuses(t, "Verify by the other one of the giving side", e.Verify(1, ana(), exchange.Alone, start()), exchange.NotYours)
	must(t, e.Verify(1, di(), exchange.WithHelp, start()))
	there := exchange.Way{From: "curie", To: "noether"}
	if f := e.Figures(today())[there]; f.Verified != 1 || f.Helped != 1 {
		t.Errorf("Figures of what is reached with help = %+v, want it verified, and helped", f)
	}
}

func TestGoalsAreWorkedOnFromTheFirstDayToTheClose(t *testing.T) {
	t.Parallel()
	e := proposed(t)
	refuses(t, "Claim while proposed", e.Claim(1, ana(), start()), exchange.NotNow)
	must(t, e.Agree(bo(), 1, today(), start()))
	refuses(t, "Claim before the first day", e.Claim(1, ana(), start()), exchange.NotNow)
	begin := func(now time.Time) error { return e.ConfirmStart(bo(), first(), first(), now) }
	for _, turn := range []func(time.Time) error{begin, e.End, e.Settle} {
		must(t, turn(start()))
		must(t, e.Claim(1, ana(), start()))
		must(t, e.Doubt(1, bo(), start()))
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
	must(t, e.Tell(1, ana(), exchange.Blocked, exchange.NeedsData, start().Add(time.Hour)))
	if g, _ := e.Goal(1); !g.Since.Equal(start()) {
		t.Errorf("blocked since %s, want since the first time it was said", g.Since)
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
	from, due := day("2026-11-27"), day("2027-02-05") // 70 days
	for _, c := range []struct {
		state   exchange.GoalState
		status  exchange.Status
		late    int
		blocked int // days
		want    exchange.Health
	}{
		{exchange.GoalOpen, "", -70, 0, exchange.Well},
		{exchange.GoalOpen, "", -18, 0, exchange.Well},
		{exchange.GoalOpen, "", -17, 0, exchange.Behind},
		{exchange.GoalOpen, "", 1, 0, exchange.Overdue},
		{exchange.GoalOpen, exchange.OnTrack, 0, 0, exchange.Well},
		{exchange.GoalOpen, exchange.OnTrack, 1, 0, exchange.Overdue},
		{exchange.GoalOpen, exchange.AtRisk, -9, 0, exchange.Risky},
		{exchange.GoalOpen, exchange.Blocked, 0, 14, exchange.Behind},
		{exchange.GoalOpen, exchange.Blocked, 0, 15, exchange.Risky},
		{exchange.GoalOpen, exchange.Blocked, 1, 0, exchange.Overdue},
		{exchange.GoalDisputed, "", -9, 0, exchange.Risky},
		{exchange.GoalDisputed, "", 1, 0, exchange.Overdue},
		{exchange.GoalClaimed, exchange.Blocked, 1, 0, exchange.Well},
		{exchange.GoalVerified, "", 99, 0, exchange.Well},
		{exchange.GoalDropped, exchange.AtRisk, 99, 0, exchange.Well},
		{exchange.GoalMissed, "", 99, 0, exchange.Well},
		{exchange.GoalCarried, "", 99, 0, exchange.Well},
	} {
		on := due.AddDays(c.late)
		since := time.Date(on.Year(), on.Month(), on.Day()-c.blocked, 12, 0, 0, 0, time.UTC)
		g := exchange.Goal{Pledge: exchange.Pledge{Due: due}, State: c.state, Status: c.status, Since: since}
		if got := g.Health(from, on); got != c.want {
			t.Errorf("Health(%s, %q, %d days after its day, blocked for %d) = %s, want %s", c.state, c.status, c.late, c.blocked, got, c.want)
		}
	}
}

func TestEveryObstacleHasAHelper(t *testing.T) {
	t.Parallel()
	for _, o := range exchange.Obstacles() {
		if !o.Known() || o.Helper() == "" {
			t.Errorf("obstacle %s: known %t, helper %q", o, o.Known(), o.Helper())
		}
	}
	for o, want := range map[exchange.Obstacle]exchange.Helper{
		exchange.NeedsAccess: exchange.HelpHostLead, exchange.NeedsCompute: exchange.HelpOrganiser, exchange.NeedsContract: exchange.HelpLead,
		exchange.NeedsTime: exchange.HelpDay, exchange.DeadEnd: exchange.HelpNegative, exchange.PersonLeft: exchange.HelpSuccessor, "gone since": exchange.HelpOther,
	} {
		if got := o.Helper(); got != want {
			t.Errorf("Helper(%s) = %s, want %s", o, got, want)
		}
	}
}

func TestHowAnExchangeIsCompleted(t *testing.T) {
	t.Parallel()
	settle := func(e *exchange.Exchange) {
		for n, giver := range map[int]exchange.Party{1: ana(), 2: bo()} {
			must(t, e.Claim(n, giver, start()))
			must(t, e.Verify(n, map[int]exchange.Party{1: bo(), 2: ana()}[n], exchange.Alone, start()))
		}
	}
	handOver := func(e *exchange.Exchange) {
		must(t, e.HandOver(ana(), "In the lab's repository", exchange.AccessGone, day("2027-03-01"), start()))
		must(t, e.TakeOver(bo(), start()))
	}
	for _, c := range []struct {
		what string
		run  func(*exchange.Exchange)
		want exchange.Completion
	}{
		{"all verified after the end", func(e *exchange.Exchange) { must(t, e.End(start())); handOver(e); settle(e) }, exchange.Full},
		{"all verified, then handed over", func(e *exchange.Exchange) { must(t, e.End(start())); settle(e); handOver(e) }, exchange.Full},
		{"everything before the end", func(e *exchange.Exchange) { settle(e); handOver(e); must(t, e.End(start())) }, exchange.Full},
		{"done and finished by both", func(e *exchange.Exchange) {
			settle(e)
			handOver(e)
			must(t, e.Finish(ana(), start()))
			must(t, e.Finish(bo(), start()))
		}, exchange.Full},
		{"never handed over", func(e *exchange.Exchange) { settle(e); must(t, e.End(start())); must(t, e.Settle(start())) }, exchange.Silent},
		{"goals left open", func(e *exchange.Exchange) { handOver(e); must(t, e.End(start())); must(t, e.Settle(start())) }, exchange.Silent},
		{"left with open goals", func(e *exchange.Exchange) { must(t, e.EndNow(bo(), start())); must(t, e.Settle(start())) }, exchange.Early},
		{"left with all verified", func(e *exchange.Exchange) { settle(e); handOver(e); must(t, e.EndNow(ana(), start())) }, exchange.Early},
	} {
		e := active(t)
		c.run(e)
		if e.Completion != c.want || e.State != exchange.FollowingUp || !e.Completed.Equal(start()) {
			t.Errorf("%s: %s in %s since %s, want %s in following_up since %s", c.what, e.Completion, e.State, e.Completed, c.want, start())
		}
	}
}

package exchange_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
)

func TestFiguresCountBothDirections(t *testing.T) {
	t.Parallel()
	there, back := exchange.Way{From: "curie", To: "noether"}, exchange.Way{From: "noether", To: "curie"}
	e := proposed(t)
	want := func(what string, there1, back1 exchange.Figures) {
		t.Helper()
		if diff := cmp.Diff(map[exchange.Way]exchange.Figures{there: there1, back: back1}, e.Figures(today())); diff != "" {
			t.Errorf("Figures %s (-want +got):\n%s", what, diff)
		}
	}
	if got := e.Figures(today()); len(got) != 0 {
		t.Errorf("Figures of a proposal = %v, want none", got)
	}
	must(t, e.Agree(bo(), 1, today(), start()))
	want("once agreed", exchange.Figures{Planned: 1}, exchange.Figures{Planned: 1})
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	must(t, e.Claim(1, ana(), start()))
	want("once claimed", exchange.Figures{Planned: 1, Claimed: 1}, exchange.Figures{Planned: 1})
	must(t, e.Doubt(1, bo(), start()))
	want("once doubted", exchange.Figures{Planned: 1}, exchange.Figures{Planned: 1})
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Verify(1, bo(), exchange.Alone, start()))
	must(t, e.Miss(2, bo(), "No", start()))
	want("once verified", exchange.Figures{Planned: 1, Claimed: 1, Verified: 1}, exchange.Figures{Planned: 1, Missed: 1})
	e = scheduled(t)
	must(t, e.Cancel(bo(), start()))
	want("once cancelled", exchange.Figures{Planned: 1, Dropped: 1}, exchange.Figures{Planned: 1, Dropped: 1})
}

// Worked by hand: goals by the day agreed at first, the day agreed now and the
// day on which they were claimed; one was dropped before its day.
func TestOnTimeIsToldAgainstBothDays(t *testing.T) {
	t.Parallel()
	at := func(n int) time.Time { return time.Date(2027, time.March, n, 12, 0, 0, 0, time.UTC) }
	base := day("2027-02-28")
	var sum exchange.Figures
	for _, c := range []struct {
		first, due, claimed int
		state               exchange.GoalState
	}{
		{10, 10, 9, exchange.GoalVerified},
		{10, 20, 18, exchange.GoalVerified},
		{15, 15, 0, exchange.GoalOpen},
		{14, 14, 14, exchange.GoalClaimed},
		{12, 12, 0, exchange.GoalDropped},
		{25, 25, 0, exchange.GoalOpen}, // its day is still to come
	} {
		g := exchange.Goal{Pledge: exchange.Pledge{N: 1, Giver: "curie", Receiver: "noether", Due: base.AddDays(c.due)}, First: base.AddDays(c.first), State: c.state}
		if c.claimed > 0 {
			g.Claimed = &exchange.Mark{By: "ana", At: at(c.claimed)}
		}
		e := &exchange.Exchange{State: exchange.Active, Terms: plan(), Goals: []exchange.Goal{g}}
		sum = sum.Add(e.Figures(base.AddDays(22))[g.Way()])
	}
	if sum.Passed != 4 || sum.OnFirst != 2 || sum.OnDue != 3 {
		t.Errorf("on time: %d of %d by the first day, %d by the present one; want 2 of 4 and 3", sum.OnFirst, sum.Passed, sum.OnDue)
	}
}

// A day is over when it is over everywhere.
func TestNobodysZoneMakesThemLate(t *testing.T) {
	t.Parallel()
	due := day("2027-02-05")
	for at, want := range map[time.Time]int{
		time.Date(2027, time.February, 6, 11, 59, 0, 0, time.UTC): 1, // still the fifth on Baker Island
		time.Date(2027, time.February, 6, 12, 0, 0, 0, time.UTC):  0,
	} {
		g := exchange.Goal{Pledge: exchange.Pledge{Giver: "curie", Receiver: "noether", Due: due}, State: exchange.GoalClaimed, Claimed: &exchange.Mark{By: "ana", At: at}}
		e := &exchange.Exchange{State: exchange.Active, Terms: plan(), Goals: []exchange.Goal{g}}
		if got := e.Figures(due.AddDays(3))[g.Way()].OnDue; got != want {
			t.Errorf("claimed at %s: %d on time, want %d", at, got, want)
		}
	}
}

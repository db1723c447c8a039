package exchange_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// life is a visit of chance: people who answer, are late, disagree or leave, a
// day at a time, while the clock does what is due.
type life struct {
	*exchange.Exchange
	rt  *rapid.T
	day calendar.Date
	now time.Time
}

// flip is true once in n.
func (l *life) flip(n int, label string) bool { return rapid.IntRange(1, n).Draw(l.rt, label) == 1 }

// longest is more days than any life takes that is changed now and then: half a year
// of it is for what is asked afterwards, and 45 days are for late answers.
const longest = 445

// days lets days pass, one after the other, until it is closed or all are over.
func (l *life) days() {
	for range longest {
		if l.State.Final() {
			return
		}
		l.clock()
		l.people()
		l.day, l.now = l.day.AddDays(1), l.now.Add(24*time.Hour)
	}
}

// clock does what is due today. What is refused was not due.
func (l *life) clock() {
	if by, ok := l.AnswerBy(); ok && !l.now.Before(by) {
		_ = l.Lapse(l.now)
	}
	late := l.Terms.From.DaysUntil(l.day)
	switch {
	case l.State == exchange.Scheduled && late >= 21:
		_ = l.Stand(l.now)
	case l.State == exchange.NotStarted && late >= 60:
		_ = l.GiveUp(l.now)
	case l.State == exchange.Active && l.day.Compare(l.Terms.To) > 0:
		_ = l.End(l.now)
	case l.State == exchange.WrappingUp && !l.now.Before(l.SettleBy()):
		_ = l.Settle(l.now)
	case l.State == exchange.FollowingUp && !l.now.Before(l.ShutAt()):
		_ = l.Shut(l.now)
	}
	if pause, ok := l.Pausing(); ok && !l.now.Before(pause.At.Add(exchange.PauseLife)) {
		_ = l.LapsePause(l.now)
	}
	if l.Next != nil && !l.now.Before(l.Next.Until()) {
		_ = l.ForgetNext()
	}
}

// people do something now and then. What they may not do is refused.
func (l *life) people() {
	by, other := ana(), bo()
	if l.flip(2, "who") {
		by, other = other, by
	}
	switch rapid.IntRange(0, 11).Draw(l.rt, "what") {
	case 0:
		_ = l.Agree(by, l.Last, l.day, l.now)
	case 1:
		_ = l.ConfirmStart(by, l.Terms.From, l.day, l.now)
	case 2, 3:
		for _, g := range l.Goals {
			_ = l.Claim(g.N, by, l.now)
		}
	case 4, 5:
		for _, g := range l.Goals {
			if l.flip(3, "doubts") {
				_ = l.Doubt(g.N, other, l.now)
			} else {
				_ = l.Verify(g.N, other, exchange.Outcome(rapid.SampledFrom([]string{"", "helped"}).Draw(l.rt, "outcome")), l.now)
			}
		}
	case 6:
		_ = l.Pause(by, l.day.AddDays(10), l.flip(2, "moves"), l.day, l.now)
	case 7:
		_ = l.Resume(by, l.day, l.now)
	case 8:
		_ = l.Change(by, l.Version, withDays(l.Exchange, 5), l.day, l.now)
	case 9:
		_ = l.HandOver(by, "Here", exchange.AccessNone, l.day, l.now)
		_ = l.TakeOver(other, l.now)
	case 10:
		if l.flip(40, "leaves") {
			_ = l.EndNow(by, l.now)
			_ = l.Cancel(by, l.now)
		}
	case 11:
		for _, g := range l.Goals {
			if l.flip(9, "misses") {
				_ = l.Miss(g.N, by, "It did not come about", l.now)
			}
		}
	}
}

// However people live it, it ends within its time, and the figures are what a
// count of the goals by hand gives.
func TestEveryLifeEndsAndItsFiguresAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e, err := exchange.Propose(rapid.SampledFrom([]exchange.Terms{plan(), short()}).Draw(rt, "terms"), ana(), today(), start())
		if err != nil {
			rt.Fatal(err)
		}
		l := &life{Exchange: e, rt: rt, day: today(), now: start()}
		l.days()
		if !l.State.Final() {
			rt.Fatalf("after %d days it is %s: %v", longest, l.State, ids(l.Exchange))
		}
		counts := map[exchange.GoalState]int{}
		for _, g := range l.Goals {
			counts[g.State]++
		}
		var sum exchange.Figures
		for _, f := range l.Figures(l.day) {
			sum = sum.Add(f)
		}
		if !l.State.Binding() && l.State != exchange.Cancelled {
			counts = map[exchange.GoalState]int{}
		}
		if sum.Verified != counts[exchange.GoalVerified] || sum.Claimed != counts[exchange.GoalVerified]+counts[exchange.GoalClaimed] ||
			sum.Dropped != counts[exchange.GoalDropped] || sum.Missed != counts[exchange.GoalMissed] {
			rt.Fatalf("figures %+v of goals %v in %s", sum, counts, l.State)
		}
		if l.State == exchange.Closed && l.Completion == "" {
			rt.Fatalf("closed without a word of how it was completed")
		}
	})
}

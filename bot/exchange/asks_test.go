package exchange_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// The questions after the end count from when the last word was said: from the end
// as long as goals are settled, and from the completion afterwards.
func TestQuestionsCountFromTheEndUntilTheCompletion(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Verify(1, bo(), exchange.Alone, start()))
	end := time.Date(2027, 2, 19, 18, 0, 0, 0, time.UTC)
	must(t, e.End(end))
	if got := e.Counted(); got != day("2027-02-19") {
		t.Errorf("Counted() of an exchange that has ended = %s, want the day of its end", got)
	}
	must(t, e.Settle(end.AddDate(0, 0, 9)))
	if got := e.Counted(); got != day("2027-02-28") {
		t.Errorf("Counted() of a completed exchange = %s, want the day of its completion", got)
	}
	if got, want := e.ShutAt(), e.Completed.AddDate(0, 0, e.Terms.Kind.FollowDays()+45); !got.Equal(want) {
		t.Errorf("ShutAt() = %s, want %s: after the last question and the time to answer it", got, want)
	}
	e.Completed, e.State = time.Time{}, exchange.FollowingUp // as exchanges were kept once
	if got := e.Counted(); got != day("2027-02-19") || !e.ShutAt().After(end) {
		t.Errorf("Counted() = %s and ShutAt() = %s of one whose completion nobody noted", got, e.ShutAt())
	}
}

func TestAnExchangeThatWrapsUpIsShutAfterItsLastDayForGoals(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.End(start()))
	if got, want := e.ShutAt(), e.SettleBy().AddDate(0, 0, e.Terms.Kind.FollowDays()+45); !got.Equal(want) {
		t.Errorf("ShutAt() = %s, want %s", got, want)
	}
}

// What is planned is asked, and nothing else is: of another goal, another time, or
// another seat.
func TestAnExchangeAsksWhatItPlans(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e := begun(t, rt)
		if rapid.Bool().Draw(rt, "ended") && e.State == exchange.Active {
			_ = e.Verify(1, bo(), exchange.Alone, start())
			must(t, e.End(start().AddDate(0, 3, 0)))
		}
		counted := e.Counted()
		all := map[string]bool{}
		for _, d := range e.Questions(counted) {
			f := e.Plan("x1", d)
			if !e.Asks(f, counted) || f.Person != e.Party(d.Seat).Person || f.State != exchange.Planned {
				rt.Fatalf("%s is planned as %+v and not asked", d.Stage, f)
			}
			all[fmt.Sprint(f.Stage, f.Goal, f.Occurrence, f.Seat)] = true
		}
		for _, s := range exchange.Stages() {
			for _, seat := range exchange.Seats() {
				f := &exchange.FollowUp{Exchange: "x1", Stage: s, Goal: rapid.IntRange(0, 4).Draw(rt, "goal"), Occurrence: rapid.IntRange(0, 2).Draw(rt, "time"), Seat: seat}
				if got := e.Asks(f, counted); got != all[fmt.Sprint(f.Stage, f.Goal, f.Occurrence, f.Seat)] {
					rt.Fatalf("Asks(%s of goal %d to the %s) = %v", s, f.Goal, seat, got)
				}
			}
		}
	})
}

// A goal that was dropped is asked about no more.
func TestADroppedGoalIsNotAskedAbout(t *testing.T) {
	t.Parallel()
	e := active(t)
	var of *exchange.FollowUp
	for _, d := range e.Questions(e.Counted()) {
		if d.Stage == exchange.AskDue && d.Goal == 1 {
			of = e.Plan("x1", d)
		}
	}
	if of == nil || !e.Asks(of, e.Counted()) {
		t.Fatalf("a goal with a day is not asked about: %v", e.Questions(e.Counted()))
	}
	e.Goals[0].State = exchange.GoalDropped
	if e.Asks(of, e.Counted()) {
		t.Error("a goal that was dropped is asked about")
	}
}

// Whoever cannot be reached is passed: the question is a silence, and the other
// side may answer where it can know.
func TestAPassedQuestionGoesToWhoCanKnow(t *testing.T) {
	t.Parallel()
	for _, s := range exchange.Stages() {
		f := question(t)
		f.Stage = s
		f.Ask(start())
		f.Pass(start())
		if f.State != exchange.Silence || !f.Settled.Equal(start()) || !f.State.Settled() {
			t.Errorf("%s is %s after Pass, want a silence", s, f.State)
		}
		knows := len(s.SecondHand()) > 0
		if f.Counterpart != knows {
			t.Errorf("%s: the other side may answer: %v, want %v", s, f.Counterpart, knows)
		}
		err := f.Say(s.Choices()[0].Key, "ana", start().Add(time.Hour))
		if (err == nil) != knows {
			t.Errorf("%s: Say by the other side = %v, and it can know: %v", s, err, knows)
		}
		if knows && (!f.Answer.SecondHand || f.State != exchange.Answered) {
			t.Errorf("%s: the answer is %+v, want it second-hand", s, f.Answer)
		}
	}
}

// The seat across is that of the one who does the visit on the other side.
func TestTheSeatAcrossIsOnTheOtherSide(t *testing.T) {
	t.Parallel()
	for seat, want := range map[exchange.Seat]exchange.Seat{
		exchange.Visitor: exchange.Host, exchange.HomeLead: exchange.Host, exchange.Host: exchange.Visitor, exchange.HostLead: exchange.Visitor,
	} {
		if got := seat.Side().Across(); got != want {
			t.Errorf("the %s's side is across from %s, want %s", seat, got, want)
		}
	}
}

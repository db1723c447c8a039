package exchange_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
)

// What is in use is what most say of a goal; whoever cannot say, and what was not
// verified, does not count.
func TestWhatIsKeptIsCountedGoalByGoal(t *testing.T) {
	t.Parallel()
	const un, with, no, soon, unknown = exchange.Unaided, exchange.Helped, exchange.Stopped, exchange.NotSoon, exchange.DontKnow
	for _, c := range []struct {
		said []string // by one person each; "" is silence
		want exchange.Kept
	}{
		{nil, exchange.Kept{}},
		{[]string{""}, exchange.Kept{Due: 1, Asked: 1}},
		{[]string{unknown}, exchange.Kept{Due: 1, Asked: 1}},
		{[]string{un}, exchange.Kept{Due: 1, Answered: 1, InUse: 1, Unaided: 1, People: 1, Asked: 1}},
		{[]string{with}, exchange.Kept{Due: 1, Answered: 1, InUse: 1, People: 1, Asked: 1}},
		{[]string{un, with}, exchange.Kept{Due: 1, Answered: 1, InUse: 1, People: 2, Asked: 2}}, // alone as often as not is not alone
		{[]string{un, no}, exchange.Kept{Due: 1, Answered: 1, People: 2, Asked: 2}},             // a tie
		{[]string{un, un, with, soon}, exchange.Kept{Due: 1, Answered: 1, InUse: 1, Unaided: 1, People: 4, Asked: 4}},
		{[]string{un, un, no, no, soon, ""}, exchange.Kept{Due: 1, Answered: 1, People: 5, Asked: 6}},
		{[]string{un, unknown, ""}, exchange.Kept{Due: 1, Answered: 1, InUse: 1, Unaided: 1, People: 1, Asked: 3}},
	} {
		l := exchange.Ledger{Records: []exchange.Record{visit("e", "a", "b", 0, goal(1, "a", "b", 9, verified(5)), goal(2, "a", "b", 9, claimed(5)))}}
		for i, choice := range c.said {
			l.FollowUps = append(l.FollowUps, asked("e", exchange.Ask90, fmt.Sprint("p", i), 20, 3, choice))
		}
		for _, stray := range []func(*exchange.FollowUp){
			func(f *exchange.FollowUp) { f.Goal = 2 },                   // which was not verified
			func(f *exchange.FollowUp) { f.Goal = 3 },                   // which is not there
			func(f *exchange.FollowUp) { f.Stage = exchange.Ask30 },     // another stage
			func(f *exchange.FollowUp) { f.State = exchange.Moot },      // no longer true
			func(f *exchange.FollowUp) { f.Day = f.Day.AddDays(90) },    // after the period
			func(f *exchange.FollowUp) { f.Exchange = "somebody else" }, // of nobody here
		} {
			f := asked("e", exchange.Ask90, "stray", 20, 3, un)
			stray(f)
			l.FollowUps = append(l.FollowUps, f)
		}
		if diff := cmp.Diff(c.want, l.Kept(days(60), exchange.Ask90)); diff != "" {
			t.Errorf("Kept of what is said as %q (-want +got):\n%s", c.said, diff)
		}
	}
}

// Two goals of one exchange, and goals of the same number in two, are each their own.
func TestGoalsOfOneNumberAreToldApart(t *testing.T) {
	t.Parallel()
	var l exchange.Ledger
	for _, id := range []string{"e", "f"} {
		l.Records = append(l.Records, visit(id, "a", "b", 0, goal(1, "a", "b", 9, verified(5)), goal(2, "a", "b", 9, verified(5))))
	}
	second := asked("e", exchange.Ask30, "p", 20, 1, exchange.Stopped)
	second.Goal = 2
	l.FollowUps = []*exchange.FollowUp{asked("e", exchange.Ask30, "p", 20, 1, exchange.Unaided), second, asked("f", exchange.Ask30, "p", 20, 1, exchange.Helped)}
	want := exchange.Kept{Due: 3, Answered: 3, InUse: 2, Unaided: 1, People: 1, Asked: 1}
	if got := l.Kept(ever(), exchange.Ask30); got != want {
		t.Errorf("Kept = %+v, want %+v", got, want)
	}
}

// An answer counts for three weeks, to the moment.
func TestAnAnswerIsInTimeForThreeWeeks(t *testing.T) {
	t.Parallel()
	for after, own := range map[time.Duration]int{
		0: 1, 21 * 24 * time.Hour: 1, 21*24*time.Hour + time.Second: 0,
	} {
		f := asked("e", exchange.AskClose, "p", 0, 0, "met")
		f.Answer.At = f.First.Add(after)
		l := exchange.Ledger{FollowUps: []*exchange.FollowUp{f}}
		if got := l.Rate(ever()); got.Own != own || got.Asked != 1 {
			t.Errorf("Rate of an answer after %s = %+v, want %d in time", after, got, own)
		}
	}
}

// Links count for a week after a talk, to the moment, and what somebody counted by
// eye says nothing of who came.
func TestTheAudienceOfATalk(t *testing.T) {
	t.Parallel()
	talk := func(linked time.Duration, estimated bool) exchange.Talk {
		return exchange.Talk{At: on(1), Lab: "a", Replies: 20, Attended: 10, OtherLabs: 4, First: 1, Estimated: estimated, Linked: on(1).Add(linked)}
	}
	never := talk(0, true)
	never.Linked = time.Time{}
	l := exchange.Ledger{Talks: []exchange.Talk{talk(7*24*time.Hour, false), talk(7*24*time.Hour+1, false), never}}
	shows(t, l.Measures(days(30), exchange.Scope{}), map[string]string{
		"M22 attended": "30", "M22 talks with an estimate": "1", "M22 of replies": "50 % (30 of 60)",
		"M22 other labs": "40 % (8 of 20)", "M22 first-timers": "10 % (2 of 20)", "M22 links in a week": "33 % (1 of 3)",
	})
	l.Talks = l.Talks[2:]
	shows(t, l.Measures(days(30), exchange.Scope{}), map[string]string{"M22 other labs": "–", "M22 first-timers": "–", "M22 attended": "10"})
}

// Two do it again if the next one begins a month after the end or later, whoever of
// them visits.
func TestDoingItAgainTakesAMonth(t *testing.T) {
	t.Parallel()
	for begun, want := range map[int]string{44: "0 % (0 of 1)", 46: "100 % (1 of 1)"} {
		old := visit("old", "a", "b", 0)
		old.Exchange.Completed = on(15)
		l := exchange.Ledger{Records: []exchange.Record{old, visit("next", "b", "a", begun)}}
		shows(t, l.Measures(days(60), exchange.Scope{}), map[string]string{"M20 labs": want, "M20 people": want})
		l.Records[1].Exchange.Terms.Host.Person = "another"
		shows(t, l.Measures(days(60), exchange.Scope{}), map[string]string{"M20 labs": want, "M20 people": "0 % (0 of 1)"})
	}
}

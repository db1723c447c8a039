package exchange_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

const hoursADay = 24 * time.Hour

// question is what Bo is asked a month after the end.
func question(t testing.TB) *exchange.FollowUp {
	t.Helper()
	return &exchange.FollowUp{
		Exchange: "x1", Stage: exchange.Ask30, Goal: 2, Person: "bo", Seat: exchange.Host,
		Day: date(t, "2026-06-01"), State: exchange.Planned,
	}
}

// london is a person's rhythm there.
func london(t testing.TB) exchange.Rhythm {
	t.Helper()
	return rhythm(t, "London", "Mon-Fri 09:00-17:30")
}

// step lets a follow-up do what comes next by itself, and says what it was and when.
func step(t testing.TB, f *exchange.FollowUp, r exchange.Rhythm) (exchange.Act, time.Time) {
	t.Helper()
	act, at, ok := f.Next(calendar.Pinned(), r)
	if !ok {
		t.Fatalf("Next() of a follow-up that is %s = nothing, want more", f.State)
	}
	switch act {
	case exchange.ActAsk:
		f.Ask(at)
	case exchange.ActRemind:
		f.Remind()
	case exchange.ActTurn:
		f.Turn(at)
	case exchange.ActGiveUp:
		f.GiveUp(at)
	}
	return act, at
}

func TestSilenceGetsTwoRemindersAndThenPeace(t *testing.T) {
	t.Parallel()
	f, r := question(t), london(t)
	for _, want := range []struct {
		act exchange.Act
		at  string
	}{
		{exchange.ActAsk, "2026-06-01 08:00"},
		{exchange.ActRemind, "2026-06-04 08:00"},
		{exchange.ActRemind, "2026-06-10 08:00"},
		{exchange.ActTurn, "2026-06-15 08:00"},
		{exchange.ActGiveUp, "2026-06-22 08:00"},
	} {
		if act, at := step(t, f, r); act != want.act || !at.Equal(instant(t, want.at)) {
			t.Errorf("next comes %s at %s, want %s at %s", act, at.Format("2006-01-02 15:04"), want.act, want.at)
		}
	}
	if act, at, ok := f.Next(calendar.Pinned(), r); ok || f.State != exchange.Silence {
		t.Errorf("after the silence comes %s at %s, and it is %s; want nothing", act, at, f.State)
	}
}

func TestRemindersWaitForSomebodyWhoIsAway(t *testing.T) {
	t.Parallel()
	f := question(t)
	r := rhythm(t, "London", "Mon-Fri 09:00-17:30", "2026-06-02", "2026-06-30")
	step(t, f, r)
	if _, at := step(t, f, r); !at.Equal(instant(t, "2026-07-03 08:00")) {
		t.Errorf("the reminder comes at %s, want the third working day after the absence", at)
	}
	_, second := step(t, f, r)
	if _, at := step(t, f, r); !at.After(second) {
		t.Errorf("it is given up at %s, before the last reminder at %s", at, second)
	}
}

func TestTheFirstTapIsSavedAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	f := question(t)
	_, at := step(t, f, london(t))
	refuses(t, "Say by the other side before it may", f.Say(exchange.Unaided, "ana", at), exchange.NotYours)
	refuses(t, "Say(no such answer)", f.Say("superb", "bo", at), exchange.NotNow)
	refuses(t, "Say(what only the other side may say)", f.Say(exchange.DontKnow, "bo", at), exchange.NotNow)
	refuses(t, "Undo of nothing", f.Undo("bo", at), exchange.NotYours)
	must(t, f.Say(exchange.Helped, "bo", at))
	must(t, f.Add("since May", "bo", at))
	must(t, f.Say(exchange.Unaided, "bo", at))
	must(t, f.Undo("bo", at))
	if f.State != exchange.Answered || f.Answer.Choice != exchange.Helped || f.Answer.Text != "since May" {
		t.Errorf("after an undo the answer is %+v, want the one before", f.Answer)
	}
	must(t, f.Undo("bo", at))
	if f.State != exchange.Asked || f.Answer != nil {
		t.Errorf("after another undo it is %s with %+v; want it open", f.State, f.Answer)
	}
}

func TestAnAnswerStaysAfterTwoWeeks(t *testing.T) {
	t.Parallel()
	f := question(t)
	_, at := step(t, f, london(t))
	must(t, f.Say(exchange.Helped, "bo", at))
	late := at.Add(exchange.EditFor + time.Second)
	refuses(t, "Say two weeks later", f.Say(exchange.Unaided, "bo", late), exchange.NotNow)
	refuses(t, "Undo two weeks later", f.Undo("bo", late), exchange.NotNow)
	refuses(t, "Add two weeks later", f.Add("more", "bo", late), exchange.NotNow)
	refuses(t, "Add to somebody else's", f.Add("more", "ana", at), exchange.NotYours)
}

func TestALateAnswerCountsAfterTheSilence(t *testing.T) {
	t.Parallel()
	f := question(t)
	at := time.Time{}
	for f.State != exchange.Silence {
		_, at = step(t, f, london(t))
	}
	must(t, f.Say(exchange.Unaided, "bo", at.Add(hoursADay)))
	if f.State != exchange.Answered {
		t.Errorf("a late answer leaves it %s", f.State)
	}
}

func TestTheOtherSideMayAnswerAfterTheLastReminderAndIsOverruled(t *testing.T) {
	t.Parallel()
	f := question(t)
	at := time.Time{}
	for range 3 { // asked and reminded twice
		_, at = step(t, f, london(t))
	}
	must(t, f.Say(exchange.DontKnow, "ana", at))
	if !f.Answer.SecondHand || f.Answer.By != "ana" {
		t.Errorf("the other side's answer is %+v, want it second-hand", f.Answer)
	}
	must(t, f.Say(exchange.Stopped, "bo", at))
	if f.Answer.SecondHand || f.Answer.Choice != exchange.Stopped {
		t.Errorf("the answer is %+v, want that of the one who was asked", f.Answer)
	}
	refuses(t, "Say by the other side afterwards", f.Say(exchange.Unaided, "ana", at), exchange.NotNow)
}

func TestWhatOnlyOnePersonKnowsIsNotAskedOfTheOther(t *testing.T) {
	t.Parallel()
	f := question(t)
	f.Stage = exchange.AskPublic
	for range 3 {
		step(t, f, london(t))
	}
	if f.Counterpart {
		t.Error("the other side may say whether something is public, want only the giver")
	}
}

func TestPuttingOffWithoutEndMeansNo(t *testing.T) {
	t.Parallel()
	f, r := question(t), london(t)
	week := 7 * hoursADay
	for n := range exchange.MaxSnoozes {
		_, at := step(t, f, r)
		again, err := f.Snooze("bo", week, at)
		if err != nil || !again || f.State != exchange.Planned {
			t.Fatalf("Snooze %d = %v, %v, %s; want it to come again", n, again, err, f.State)
		}
		if _, next, _ := f.Next(calendar.Pinned(), r); next.Before(at.Add(week)) {
			t.Errorf("it comes again at %s, want not before %s", next, at.Add(week))
		}
	}
	_, at := step(t, f, r)
	if again, err := f.Snooze("bo", week, at); err != nil || again || f.State != exchange.Skipped {
		t.Errorf("a fourth Snooze = %v, %v, %s; want it skipped", again, err, f.State)
	}
	refuses(t, "Snooze of what is settled", second(f.Snooze("bo", week, at)), exchange.NotNow)
	long := question(t)
	_, at = step(t, long, r)
	if again, err := long.Snooze("bo", exchange.MaxSnooze+1, at); err != nil || again {
		t.Errorf("a Snooze of more than %s = %v, %v; want it skipped", exchange.MaxSnooze, again, err)
	}
	refuses(t, "Snooze by somebody else", second(question(t).Snooze("ana", week, at)), exchange.NotYours)
}

func second(_ bool, err error) error { return err }

func TestWhoDoesNotWantToBeAskedIsNot(t *testing.T) {
	t.Parallel()
	f := question(t)
	refuses(t, "Skip before it is asked", f.Skip("bo", time.Time{}), exchange.NotNow)
	_, at := step(t, f, london(t))
	refuses(t, "Skip by somebody else", f.Skip("ana", at), exchange.NotYours)
	must(t, f.Skip("bo", at))
	refuses(t, "Say to what is skipped", f.Say(exchange.Unaided, "bo", at), exchange.NotNow)
	if _, _, ok := f.Next(calendar.Pinned(), london(t)); ok {
		t.Error("a skipped question goes on")
	}
}

func TestAQuestionThatIsNoLongerTrueIsNotAsked(t *testing.T) {
	t.Parallel()
	f := question(t)
	f.Cancel(instant(t, "2026-05-30 10:00"))
	refuses(t, "Say to what is moot", f.Say(exchange.Unaided, "bo", instant(t, "2026-05-30 11:00")), exchange.NotNow)
	answered := question(t)
	_, at := step(t, answered, london(t))
	must(t, answered.Say(exchange.Unaided, "bo", at))
	before := *answered
	answered.Cancel(at)
	if diff := cmp.Diff(before, *answered, cmpopts.EquateComparable(calendar.Date{})); diff != "" {
		t.Errorf("Cancel of what is answered changed it:\n%s", diff)
	}
}

func TestThreeSilencesInARowEndTheAsking(t *testing.T) {
	t.Parallel()
	const silent, answered, moot, asked = exchange.Silence, exchange.Answered, exchange.Moot, exchange.Asked
	for _, c := range []struct {
		states []exchange.Asking
		want   bool
	}{
		{nil, false},
		{[]exchange.Asking{silent, silent}, false},
		{[]exchange.Asking{silent, silent, silent}, true},
		{[]exchange.Asking{answered, silent, silent, silent}, true},
		{[]exchange.Asking{silent, silent, answered, silent}, false},
		{[]exchange.Asking{silent, silent, silent, answered}, false},
		{[]exchange.Asking{silent, moot, silent, moot, silent}, true},
		{[]exchange.Asking{silent, silent, silent, asked}, true},
	} {
		if got := exchange.Quiet(c.states); got != c.want {
			t.Errorf("Quiet(%v) = %v, want %v", c.states, got, c.want)
		}
	}
}

// Whatever people do, a follow-up ends by itself, asks at most three times, and the other side once, for
// each time it is put off, and never outside the person's hours.
func TestEveryFollowUpEnds(t *testing.T) {
	t.Parallel()
	zones := calendar.Pinned()
	rapid.Check(t, func(rt *rapid.T) {
		f, r := question(t), drawRhythm(t, rt)
		messages, last := 0, time.Time{}
		for range 40 {
			act, at, ok := f.Next(zones, r)
			if !ok {
				break
			}
			if at.Before(last) {
				rt.Fatalf("%s comes at %s, before %s", act, at, last)
			}
			last = at
			switch act {
			case exchange.ActAsk:
				f.Ask(at)
			case exchange.ActRemind:
				f.Remind()
			case exchange.ActTurn:
				f.Turn(at)
			case exchange.ActGiveUp:
				f.GiveUp(at)
				continue
			}
			if messages++; !r.Hours.Contains(zones.WallAt(at, r.Zone)) {
				rt.Fatalf("%s comes at %s, outside %s", act, at, r.Hours)
			}
			switch rapid.IntRange(0, 9).Draw(rt, "reaction") {
			case 0:
				_, _ = f.Snooze("bo", hoursADay, at)
			case 1:
				_ = f.Say(exchange.NotSoon, "bo", at)
			case 2:
				_ = f.Undo("bo", at)
			}
		}
		if !f.State.Settled() {
			rt.Fatalf("after forty steps the follow-up is %s", f.State)
		}
		if most := (1 + exchange.MaxReminders + 1) * (1 + exchange.MaxSnoozes); messages > most {
			rt.Fatalf("%d messages for one question, want at most %d", messages, most)
		}
	})
}

package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// anyFollowUp is a question in any state.
func anyFollowUp(t *rapid.T) *FollowUp {
	person := rapid.SampledFrom([]string{"ana", "bo"})
	f := &FollowUp{ID: anyID.Draw(t, "id"), Act: exchange.ActAsk, At: anyTime.Draw(t, "at"), Acts: rapid.IntRange(0, 9).Draw(t, "acts"), Card: anyID.Draw(t, "card")}
	f.Exchange, f.Stage, f.Goal = "e1", rapid.SampledFrom(exchange.Stages()).Draw(t, "stage"), rapid.IntRange(0, 5).Draw(t, "goal")
	f.Person, f.Seat, f.Day = person.Draw(t, "person"), exchange.Host, must(calendar.ParseDate("2027-03-28"))
	f.State = rapid.SampledFrom([]exchange.Asking{exchange.Planned, exchange.Asked, exchange.Answered, exchange.Skipped, exchange.Silence, exchange.Moot}).Draw(t, "state")
	if f.State != exchange.Planned {
		f.First = anyTime.Draw(t, "first")
	}
	if f.State == exchange.Answered {
		f.Answer = &exchange.Answer{Choice: exchange.Unaided, Text: anyText.Draw(t, "text"), By: person.Draw(t, "by"), At: anyTime.Draw(t, "said at")}
		f.Was = &exchange.Goal{Pledge: exchange.Pledge{Due: f.Day}, State: exchange.GoalOpen}
	}
	if rapid.Bool().Draw(t, "turned") {
		f.Via = person.Draw(t, "via")
	}
	if f.State.Settled() {
		f.rest()
	}
	return f
}

func TestAQuestionComesBackAsItWasKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := anyFollowUp(t)
		w, err := write(f, 3)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decode(Record{Ref: f.Ref(), Version: 4, Data: w.Data})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(f, back, inside); diff != "" {
			t.Errorf("decode(encode(%s)) differs (-kept +back):\n%s", f.Ref(), diff)
		}
		if f.State.Settled() && len(f.Due()) > 0 {
			t.Errorf("a question that is %s is due %v", f.State, f.Due())
		}
	})
}

// Whoever leaves stands in no question any more, and their words are gone; whoever
// becomes one with another person is found under that one alone.
func TestQuestionsFollowTheirPersonAndForgetThem(t *testing.T) {
	t.Parallel()
	lists := func(f *FollowUp, person string) bool {
		return slices.ContainsFunc(f.Entries(), func(e Entry) bool { return e.Index == followUpsOf+person })
	}
	rapid.Check(t, func(t *rapid.T) {
		f := anyFollowUp(t)
		bo := f.Person == "bo" || f.Via == "bo" || f.Answer != nil && f.Answer.By == "bo"
		if err := repointFollowUp(nil, nil, f, "bo", &Person{ID: "bea"}); err != nil {
			t.Fatal(err)
		}
		if lists(f, "bo") || lists(f, "bea") != bo {
			t.Errorf("after bo became bea, %+v is listed by %v", f, f.Entries())
		}
		f.replace("bea", "")
		data, err := encode(f)
		if err != nil {
			t.Fatal(err)
		}
		if lists(f, "bea") || lists(f, "") || strings.Contains(string(data), `"bea"`) {
			t.Errorf("after bea left, this is kept: %s", data)
		}
		if f.Answer != nil && f.Answer.By == "" && f.Answer.Text != "" {
			t.Errorf("the words of somebody who left are kept: %q", f.Answer.Text)
		}
	})
}

func TestWhoIsHushedIsAskedNothingUntilTheirDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what string
		hush Hush
		want bool
	}{
		{"nobody", Hush{}, false},
		{"who was silent", Hush{Since: noon}, true},
		{"for a month", Hush{Since: noon, Until: noon.Add(monthOff)}, true},
		{"whose month is over", Hush{Since: noon.Add(-monthOff), Until: noon, Heard: noon}, false},
		{"who wants to be asked", Hush{Heard: noon}, false},
	} {
		if got := (&Person{Hush: c.hush}).hushed(noon); got != c.want {
			t.Errorf("hushed(%s) = %v, want %v", c.what, got, c.want)
		}
	}
}

func TestAnAbsenceEndsByItself(t *testing.T) {
	t.Parallel()
	first := must(calendar.ParseDate("2026-12-21"))
	p := &Person{Zone: paris, Away: []Absence{{From: first, To: first.AddDays(13)}}}
	for days, want := range map[int]bool{-1: false, 0: true, 13: true, 14: false} {
		if got := p.away(first.AddDays(days)); got != want {
			t.Errorf("away %d days after the first = %v, want %v", days, got, want)
		}
	}
	if got := p.ahead(first.AddDays(14)); len(got) != 0 {
		t.Errorf("after it is over the absence still stands: %v", got)
	}
	a := newMemoryApp(newMemory(), still(noon))
	during := time.Date(2026, time.December, 24, 23, 0, 0, 0, time.UTC)
	if got, want := a.there(p, during), time.Date(2027, time.January, 4, 8, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("who is away may be asked at %s, want %s", got, want)
	}
}

func TestFiguresOfAnswersNameTheirDenominators(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rate exchange.Rate
		own  bool
		want string
	}{
		{exchange.Rate{}, true, "–"},
		{exchange.Rate{Asked: 3, Own: 2, People: 1}, true, "2 of 3 within three weeks"},
		{exchange.Rate{Asked: 3, Own: 2, People: 4}, false, "not shown: fewer than 5 people were asked"},
		{exchange.Rate{Asked: 9, Own: 7, Second: 1, People: 5}, false, "7 of 9 within three weeks; 1 by the other side"},
	} {
		if got := rateText(c.rate, c.own); got != c.want {
			t.Errorf("rateText(%+v, %v) = %q, want %q", c.rate, c.own, got, c.want)
		}
	}
	if got, want := keptText(exchange.Ledger{}, untilNow(noon), false), "after 30 days –; after 90 days –; after 180 days –"; got != want {
		t.Errorf("keptText(nothing) = %q, want %q", got, want)
	}
}

// What the organisers hear begins with the first question, on a Monday.
func TestTheWeeklyWordComesOnMondays(t *testing.T) {
	t.Parallel()
	m := newMemory()
	a := newMemoryApp(m, still(noon))
	tx := newTx(t.Context(), m, noon, a.ids)
	if err := a.keepWeekly(tx); err != nil {
		t.Fatal(err)
	}
	d, err := load[*Weekly](tx, KindWeekly, weeklyID)
	if err != nil {
		t.Fatal(err)
	}
	if d.At.Weekday() != time.Monday || !d.At.After(noon) || d.At.After(noon.Add(oneWeek)) {
		t.Errorf("the first word comes on %s, want the next Monday", d.At)
	}
	if len(d.Due()) != 1 || !d.Due()[0].At.Equal(d.At) {
		t.Errorf("Due() = %v, want the next word alone", d.Due())
	}
}

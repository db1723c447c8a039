package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// said is a list of questions, one a line: day, stage, goal, occurrence, seat.
func said(all []exchange.Due) string {
	var b strings.Builder
	for _, d := range all {
		fmt.Fprintf(&b, "%s %s %d.%d %s\n", d.Day, d.Stage, d.Goal, d.Occurrence, d.Seat)
	}
	return b.String()
}

func expect(t *testing.T, what string, got []exchange.Due, want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", "")
	if diff := cmp.Diff(want, said(got)); diff != "" {
		t.Errorf("%s is asked (-want +got):\n%s", what, diff)
	}
}

func TestAVisitIsAskedAboutWhileItIsUnderWay(t *testing.T) {
	t.Parallel()
	expect(t, "a visit that is to begin", scheduled(t).Questions(calendar.Date{}), `
		2027-01-11 start 0.1 visitor
		2027-01-11 start 0.1 host
	`)
	e := active(t)
	expect(t, "one that has begun", e.Questions(calendar.Date{}), `
		2027-01-29 due 1.0 visitor
		2027-01-31 midterm 0.0 visitor
		2027-01-31 midterm 0.0 host
		2027-02-05 handover 0.0 visitor
		2027-02-06 due 1.1 visitor
		2027-02-12 due 2.0 host
		2027-02-20 due 2.1 host
	`)
	must(t, e.Claim(2, bo(), start()))
	if got := said(e.Questions(calendar.Date{})); !strings.Contains(got, "verify 2.0 visitor") || strings.Contains(got, "due 2.0") || strings.Contains(got, "pulse 2.0") {
		t.Errorf("once a goal is claimed these are asked:\n%swant the receiver to verify and the giver left alone", got)
	}
}

func TestAVisitIsAskedAboutAfterItsEnd(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Verify(1, bo(), exchange.Alone, start()))
	must(t, e.End(start()))
	expect(t, "a visit that is over", e.Questions(day("2027-02-20")), `
		2027-02-12 due 2.0 host
		2027-02-20 close 2.0 visitor
		2027-02-20 due 2.1 host
	`)
	must(t, e.Settle(start()))
	expect(t, "what became of it", e.Questions(day("2027-02-20")), `
		2027-03-22 d30 1.0 host
		2027-05-21 d90 1.0 host
		2027-05-21 public 1.0 visitor
		2027-08-19 d180 1.0 host
		2027-08-19 together 0.0 visitor
		2027-08-19 together 0.0 host
	`)
	must(t, e.Shut(start()))
	expect(t, "a closed one", e.Questions(day("2027-02-20")), "")
}

func TestAShortVisitIsNotAskedAboutHalfWayNorAfterHalfAYear(t *testing.T) {
	t.Parallel()
	e := active(t)
	e.Terms.Kind, e.Terms.To = exchange.Short, e.Terms.From.AddDays(6)
	if got := said(e.Questions(calendar.Date{})); strings.Contains(got, "midterm") || strings.Contains(got, "pulse") || strings.Contains(got, "handover") {
		t.Errorf("a visit of a week is asked:\n%s", got)
	}
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Verify(1, bo(), exchange.Alone, start()))
	must(t, e.End(start()))
	must(t, e.Settle(start()))
	if got := said(e.Questions(day("2027-02-20"))); strings.Contains(got, "d180") || !strings.Contains(got, "d90") {
		t.Errorf("afterwards it is asked:\n%swant nothing after 90 days", got)
	}
}

func TestALongVisitIsAskedEveryQuarter(t *testing.T) {
	t.Parallel()
	e := active(t)
	e.Terms.Kind, e.Terms.To = exchange.Sabbatical, e.Terms.From.AddDays(364)
	for i := range e.Goals {
		e.Goals[i].Due = e.Terms.To
	}
	got := said(e.Questions(calendar.Date{}))
	if n := strings.Count(got, "midterm"); n != 8 {
		t.Errorf("a year has %d questions at its quarters, want 4 for each of two:\n%s", n, got)
	}
	if !strings.Contains(got, e.Terms.To.AddDays(-30).String()+" handover") {
		t.Errorf("the handover of a sabbatical is asked:\n%swant it a month before the end", got)
	}
}

func TestTheSameQuestionIsTheSameFollowUp(t *testing.T) {
	t.Parallel()
	e := active(t)
	all := e.Questions(calendar.Date{})
	ids := map[string]bool{}
	for _, d := range all {
		f, again := e.Plan("x1", d), e.Plan("x1", d)
		if f.ID() != again.ID() || ids[f.ID()] {
			t.Errorf("%+v is %s, which is another's or not the same twice", d, f.ID())
		}
		ids[f.ID()] = true
		if f.Person != e.Party(d.Seat).Person || f.State != exchange.Planned {
			t.Errorf("%+v is planned as %+v", d, f)
		}
	}
}

func TestWhatIsKnownIsNotAsked(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Tell(1, ana(), exchange.OnTrack, "", start()))
	g, _ := e.Goal(1)
	for _, c := range []struct {
		stage exchange.Stage
		days  int
		want  bool
	}{
		{exchange.AskPulse, 6, true},
		{exchange.AskPulse, 8, false},
		{exchange.AskDue, 6, true},
		{exchange.AskVerify, 0, false},
		{exchange.Ask30, 0, false},
	} {
		if got := g.Known(c.stage, start().AddDate(0, 0, c.days)); got != c.want {
			t.Errorf("Known(%s) %d days after it was said = %v, want %v", c.stage, c.days, got, c.want)
		}
	}
}

// However long a visit and wherever its goals are due, its questions are in
// order, few, and none comes after the visit but whether what was due on its last day is done.
func TestQuestionsOfAnyVisitAreFewAndInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e := active(t)
		e.Terms.Kind = rapid.SampledFrom(exchange.Kinds()).Draw(rt, "kind")
		days := rapid.IntRange(1, exchange.MaxDays).Draw(rt, "days")
		e.Terms.To = e.Terms.From.AddDays(days - 1)
		for i := range e.Goals {
			e.Goals[i].Due = e.Terms.From.AddDays(rapid.IntRange(0, days).Draw(rt, "due"))
		}
		all := e.Questions(calendar.Date{})
		for i, d := range all {
			if i > 0 && d.Day.Compare(all[i-1].Day) < 0 {
				rt.Fatalf("%v comes after %v", d, all[i-1])
			}
			if d.Day.Compare(e.Terms.To.AddDays(2)) > 0 || d.Stage.AboutGoal() != (d.Goal > 0) {
				rt.Fatalf("%+v of a visit until %s", d, e.Terms.To)
			}
		}
		if most := 12 + days/14*2; len(all) > most {
			rt.Fatalf("%d questions in %d days, want at most %d", len(all), days, most)
		}
	})
}

func TestWhatChangesIsAskedAnew(t *testing.T) {
	t.Parallel()
	e := scheduled(t)
	must(t, e.ConfirmStart(ana(), e.Terms.From, e.Terms.From, start()))
	must(t, e.Dispute(bo(), start().AddDate(0, 0, 1)))
	if got := said(e.Questions(calendar.Date{})); !strings.Contains(got, "start 0.2 visitor") {
		t.Errorf("once somebody said that it has not begun these are asked:\n%swant another question", got)
	}
	e = active(t)
	later := e.Terms
	later.Goals = slices.Clone(later.Goals)
	later.Goals[0].Due = later.Goals[0].Due.AddDays(3)
	e.Amended, e.Terms, e.Goals[0].Due = []exchange.Terms{e.Terms}, later, later.Goals[0].Due
	if got := said(e.Questions(calendar.Date{})); !strings.Contains(got, "due 1.2 visitor") || strings.Contains(got, "due 1.0") {
		t.Errorf("once a goal has another day these are asked:\n%swant another question about it", got)
	}
	must(t, e.Tell(2, bo(), exchange.Blocked, exchange.NeedsData, start()))
	if e.Cleared(2); e.Goals[1].Help != nil {
		t.Error("what nobody was asked to clear has somebody who was")
	}
	e.AskedHelp(2, exchange.Visitor, start())
	got := said(e.Questions(calendar.Date{}))
	if !strings.Contains(got, "blocked 2.") || !strings.Contains(got, "pulse 2.") {
		t.Errorf("of a blocked goal these are asked:\n%swant who was asked for help, and its giver in a week", got)
	}
	must(t, e.Pause(ana(), day("2027-02-10"), false, day("2027-01-20"), start()))
	expect(t, "a paused one", e.Questions(calendar.Date{}), `
		2027-02-10 back 0.1 visitor
		2027-02-10 back 0.1 host
	`)
}

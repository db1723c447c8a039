package exchange_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// days is a period of n days from the day 0, and on a moment at noon of a day.
func days(n int) exchange.Period {
	return exchange.Period{From: on(0).Add(-12 * time.Hour), To: on(n).Add(-12 * time.Hour)}
}

func on(n int) time.Time { return time.Date(2027, time.March, 1+n, 12, 0, 0, 0, time.UTC) }

func dayNo(n int) calendar.Date { return day("2027-03-01").AddDays(n) }

// visit is an exchange from the visitor's lab to the host's, agreed and begun on
// a day, with goals as they are.
func visit(id, visitor, host string, begun int, goals ...exchange.Goal) exchange.Record {
	e := &exchange.Exchange{
		State: exchange.Active, Agreed: on(begun), Start: dayNo(begun), Goals: goals,
		Terms: exchange.Terms{
			Visitor: exchange.Party{Person: "p" + visitor, Lab: visitor}, Host: exchange.Party{Person: "p" + host, Lab: host},
			From: dayNo(begun), To: dayNo(begun + 9),
		},
	}
	return exchange.Record{ID: id, Exchange: e}
}

// goal is one from lab to lab due on a day.
func goal(n int, from, to string, due int, change func(*exchange.Goal)) exchange.Goal {
	g := exchange.Goal{Pledge: exchange.Pledge{N: n, Giver: from, Receiver: to, Due: dayNo(due)}, First: dayNo(due), State: exchange.GoalOpen}
	if change != nil {
		change(&g)
	}
	return g
}

func claimed(at int) func(*exchange.Goal) {
	return func(g *exchange.Goal) { g.State, g.Claimed = exchange.GoalClaimed, &exchange.Mark{At: on(at)} }
}

func verified(at int) func(*exchange.Goal) {
	return func(g *exchange.Goal) {
		claimed(at)(g)
		g.State, g.Verified = exchange.GoalVerified, &exchange.Mark{At: on(at)}
	}
}

// shows checks measures by "M5 first day" against their text.
func shows(t *testing.T, all []exchange.Measure, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, m := range all {
		got[strings.TrimSpace(m.Metric+" "+m.Part)] = m.String()
	}
	for name, text := range want {
		if g, ok := got[name]; !ok || g != text {
			t.Errorf("%s = %q, want %q", name, g, text)
		}
	}
}

func TestAnEmptyNetworkHasDashesNotZeroPercent(t *testing.T) {
	t.Parallel()
	for _, s := range []exchange.Scope{{}, {Lab: "curie"}, {Person: "ana"}} {
		seen := map[string]bool{}
		for _, m := range (exchange.Ledger{Labs: []exchange.Member{{Lab: "curie"}}}).Measures(days(30), s) {
			seen[m.Metric] = true
			if text := m.String(); m.Unit != exchange.Count && text != exchange.Dash && !(m.Metric == "M26" && m.Part == "labs") {
				t.Errorf("%s %s of nothing (%s) = %q, want a dash", m.Metric, m.Part, s, text)
			}
			if math.IsNaN(m.Value) || m.Scope != s {
				t.Errorf("%s %s = %+v", m.Metric, m.Part, m)
			}
		}
		if s == (exchange.Scope{}) && len(seen) != 24 { // M1 and M25 have a line for each direction and obstacle
			t.Errorf("Measures of the network has %d metrics, want 24", len(seen))
		}
	}
}

func TestPeriodsEndAfterTheyBegin(t *testing.T) {
	t.Parallel()
	p, err := exchange.NewPeriod(day("2027-03-01"), day("2027-03-01"))
	if err != nil || !p.Holds(on(0)) || p.Holds(on(1)) || p.Holds(on(-1)) || p.Holds(time.Time{}) {
		t.Errorf("NewPeriod of one day = %v, %v", p, err)
	}
	_, err = exchange.NewPeriod(day("2027-03-02"), day("2027-03-01"))
	refuses(t, "NewPeriod that ends before it begins", err, exchange.BadDates)
	_, err = exchange.NewPeriod(day("2027-03-02"), calendar.Date{})
	refuses(t, "NewPeriod without an end", err, exchange.BadDates)
}

// The flow worked out by hand, from goals that were verified.
func TestFlowIsCountedFromVerifiedGoals(t *testing.T) {
	t.Parallel()
	f, labs := golden()
	l := exchange.Ledger{Labs: labs}
	n := 0
	for w, k := range f {
		for range k {
			n++
			l.Records = append(l.Records, visit(fmt.Sprint("e", n), w.From, w.To, 0, goal(1, w.From, w.To, 9, verified(5))))
		}
	}
	l.Records = append(l.Records,
		visit("late", "a", "b", 0, goal(1, "a", "b", 9, verified(40))), // after the period
		visit("open", "c", "a", 0, goal(1, "c", "a", 9, claimed(5))),   // claimed only
	)
	shows(t, l.Measures(days(30), exchange.Scope{}), map[string]string{
		"M1 verified a>b": "3", "M1 verified b>a": "1", "M1 verified a>c": "2", "M1 verified b>c": "1", "M1 verified c>b": "1",
		"M1 claimed c>a": "1", "M1 planned a>b": "4", "M1 people a>b": "4",
		"M17 weighted": "50 % (4 of 8)", "M17 directions": "80 % (4 of 5)",
		"M18 a": "67 % (4 of 6)", "M18 b": "-0.33", "M18 c": "-0.50",
		"M19 goals academic>industry": "4", "M19 goals industry>academic": "2", "M19 people academic>industry": "5",
		"M26 labs": "100 % (3 of 3)", "M26 top three": "100 % (16 of 16)",
		"M4": "89 % (8 of 9)", "M2 verified": "8", "M2 claimed": "1", "M2 open": "1",
	})
	lab := l.Measures(days(30), exchange.Scope{Lab: "c"})
	shows(t, lab, map[string]string{"M1 verified a>c": "2", "M18 c": "-0.50"})
	for _, m := range lab {
		if m.Metric == "M26" || m.Metric == "M18" && m.Part != "c" || strings.Contains(m.Part, "a>b") {
			t.Errorf("Measures of lab c has %s %s", m.Metric, m.Part)
		}
	}
}

// Worked by hand: goals by the day agreed at first, the day agreed now and the
// day of the claim; the last was dropped before its day.
func TestOnTimeAndSlippageKeepBothDays(t *testing.T) {
	t.Parallel()
	moved := func(due int, then func(*exchange.Goal)) func(*exchange.Goal) {
		return func(g *exchange.Goal) { g.Due = dayNo(due); then(g) }
	}
	r := visit(
		"e", "a", "b", 0,
		goal(1, "a", "b", 10, verified(9)), goal(2, "a", "b", 10, moved(20, verified(18))), goal(3, "b", "a", 15, nil),
		goal(4, "b", "a", 14, claimed(14)), goal(5, "b", "a", 12, func(g *exchange.Goal) { g.State = exchange.GoalDropped }),
	)
	l := exchange.Ledger{Records: []exchange.Record{r}}
	shows(t, l.Measures(days(30), exchange.Scope{}), map[string]string{
		"M5 first day": "50 % (2 of 4)", "M5 agreed day": "75 % (3 of 4)", "M6": "0 days (of 4)",
		"M3 achieved": "100 % (2 of 2)", "M3 with help": "0 % (0 of 2)",
	})
	r.Exchange.Steps = []exchange.Step{{Move: "T28", At: on(13)}}
	r.Exchange.Amended = []exchange.Terms{{Goals: []exchange.Pledge{{N: 5}}}}
	shows(t, l.Measures(days(30), exchange.Scope{}), map[string]string{
		"M5 first day": "40 % (2 of 5)", "M3 achieved": "67 % (2 of 3)", "M2 dropped": "1", // the day after its own
	})
}

func TestEndsOfGoalsAreToldApart(t *testing.T) {
	t.Parallel()
	settled := func(s exchange.GoalState) func(*exchange.Goal) {
		return func(g *exchange.Goal) { g.State, g.Settling = s, &exchange.Said{At: on(6)} }
	}
	r := visit(
		"e", "a", "b", 0,
		goal(1, "a", "b", 9, verified(5)), goal(2, "a", "b", 9, settled(exchange.GoalMissed)), goal(3, "a", "b", 9, settled(exchange.GoalCarried)),
		goal(4, "b", "a", 9, func(g *exchange.Goal) { verified(5)(g); g.Outcome = exchange.WithHelp }),
	)
	r.Exchange.State, r.Exchange.Completion, r.Exchange.Completed, r.Exchange.Ended = exchange.FollowingUp, exchange.Early, on(7), on(6)
	off := visit("off", "a", "b", 0, goal(1, "a", "b", 9, func(g *exchange.Goal) { g.State = exchange.GoalDropped }))
	off.Exchange.State, off.Exchange.Start = exchange.Cancelled, calendar.Date{}
	off.Exchange.Steps = []exchange.Step{{Move: "T19", At: on(2)}}
	off.Exchange.Terms.OneWay = "they have nothing to learn"
	l := exchange.Ledger{Records: []exchange.Record{r, off}}
	shows(t, l.Measures(days(30), exchange.Scope{}), map[string]string{
		"M2 carried_over": "1", "M2 not_achieved": "1", "M2 dropped": "1",
		"M3 achieved": "25 % (1 of 4)", "M3 with help": "25 % (1 of 4)", "M7": "36.3 (of 1)",
		"M23 early": "1", "M23 cancelled": "1", "M23 full": "0", "M23 planned length": "10 days (of 1)", "M23 actual length": "7 days (of 1)",
		"M24": "0 % (0 of 1)",
	})
	shows(t, l.Measures(days(4), exchange.Scope{}), map[string]string{"M2 open": "4", "M3 achieved": "0 % (0 of 1)", "M7": "–", "M23 early": "0"})
}

// Worked by hand: accepted on days 0, 0, 0, 25 and 2, met on 3, 20 and 9.
func TestWhoWaitsForAMeetingStaysInTheFigure(t *testing.T) {
	t.Parallel()
	var l exchange.Ledger
	for _, c := range [][2]int{{0, 3}, {0, 20}, {0, -1}, {25, -1}, {2, 9}} {
		m := exchange.Meeting{Accepted: on(c[0])}
		if c[1] >= 0 {
			m.Met = on(c[1])
		}
		l.Meetings = append(l.Meetings, m)
	}
	shows(t, l.Measures(days(30), exchange.Scope{}), map[string]string{
		"M8 soon": "50 % (2 of 4)", "M8 median": "7 days (of 3)", "M8 waiting": "2", "M8 90th percentile": "20 days (of 3)",
		"M10": "–", // nobody has had thirty days yet
	})
	l.Meetings[2].Over = on(10)
	shows(t, l.Measures(days(60), exchange.Scope{}), map[string]string{"M8 waiting": "1", "M10": "60 % (3 of 5)"})
	l.Meetings[0].Parties[0] = exchange.Party{Person: "ana", Lab: "curie"}
	shows(t, l.Measures(days(60), exchange.Scope{Lab: "curie"}), map[string]string{"M8 median": "3 days (of 1)", "M10": "100 % (1 of 1)"})
}

func TestFewPeoplesAnswersAreNotShown(t *testing.T) {
	t.Parallel()
	ledger := func(people int) exchange.Ledger {
		var l exchange.Ledger
		for i := range people {
			id := fmt.Sprint("e", i)
			r := visit(id, "a", "b", 0, goal(1, "a", "b", 9, verified(5)))
			l.Records = append(l.Records, r)
			choice := []string{exchange.Unaided, exchange.Helped, exchange.Stopped}[i%3]
			l.FollowUps = append(l.FollowUps, &exchange.FollowUp{
				Exchange: id, Stage: exchange.Ask30, Goal: 1, Person: id, Day: dayNo(10), State: exchange.Answered, First: on(10),
				Answer: &exchange.Answer{Choice: choice, By: id, At: on(12)},
			})
		}
		return l
	}
	few := "– (fewer than 5 people answered)"
	shows(t, ledger(4).Measures(days(40), exchange.Scope{}), map[string]string{"M15 d30": few, "M15 all": few, "M16 d30": few, "M16 d30 unaided": few})
	shows(t, ledger(6).Measures(days(40), exchange.Scope{}), map[string]string{
		"M15 d30": "100 % (6 of 6)", "M16 d30": "67 % (4 of 6)", "M16 d30 unaided": "33 % (2 of 6)", "M16 d30 coverage": "100 % (6 of 6)",
	})
	for _, m := range ledger(4).Measures(days(40), exchange.Scope{}) {
		if m.Few && (m.Num != 0 || m.Den != 0 || m.Value != 0 || m.Known) {
			t.Errorf("%s %s is hidden and says %+v", m.Metric, m.Part, m)
		}
	}
}

func TestResponsesCountOnlyWhoWasAsked(t *testing.T) {
	t.Parallel()
	var l exchange.Ledger
	ask := func(person string, state exchange.Asking, asked, answered int, second bool) {
		f := &exchange.FollowUp{Stage: exchange.AskPulse, Person: person, Day: dayNo(1), State: state}
		if asked >= 0 {
			f.First = on(asked)
		}
		if answered >= 0 {
			f.Answer = &exchange.Answer{Choice: exchange.OnCourse, By: person, At: on(answered), SecondHand: second}
		}
		l.FollowUps = append(l.FollowUps, f)
	}
	ask("a", exchange.Answered, 1, 3, false)
	ask("b", exchange.Answered, 1, 30, false) // after three weeks
	ask("c", exchange.Skipped, 1, -1, false)
	ask("d", exchange.Silence, 1, -1, false)
	ask("e", exchange.Answered, 1, 5, true) // by the other side
	ask("f", exchange.Moot, 1, -1, false)
	ask("g", exchange.Planned, -1, -1, false) // never reached them
	shows(t, l.Measures(days(40), exchange.Scope{}), map[string]string{
		"M15 pulse": "20 % (1 of 5)", "M15 pulse second-hand": "20 % (1 of 5)", "M15 pulse reach": "83 % (5 of 6)", "M15 all": "20 % (1 of 5)",
	})
}

func TestAHiddenGroupIsNotGivenAwayByTheRest(t *testing.T) {
	t.Parallel()
	part := func(people int) exchange.Measure {
		return exchange.Measure{People: people, Known: true, Num: 1, Den: float64(people)}
	}
	for _, c := range []struct {
		people []int
		hidden []bool
	}{
		{nil, nil},
		{[]int{9, 6, 12}, []bool{false, false, false}},
		{[]int{9, 3, 12}, []bool{true, true, false}},
		{[]int{9, 3, 2, 12}, []bool{true, true, true, false}}, // the three may have the two among them
		{[]int{3, 2}, []bool{true, true}},
		{[]int{3}, []bool{true}},
		{[]int{0, 3, 8}, []bool{false, true, true}},
	} {
		var parts []exchange.Measure
		for _, n := range c.people {
			parts = append(parts, part(n))
		}
		for i, m := range exchange.Groups(parts) {
			if m.Few != c.hidden[i] {
				t.Errorf("Groups(%v)[%d] hidden = %v, want %v", c.people, i, m.Few, c.hidden[i])
			}
		}
	}
}

func TestATieSaysThatItIsNotInUse(t *testing.T) {
	t.Parallel()
	l := exchange.Ledger{Records: []exchange.Record{visit("e", "a", "b", 0, goal(1, "a", "b", 9, verified(5)), goal(2, "a", "b", 9, nil))}}
	add := func(n int, choices ...string) {
		for i, choice := range choices {
			who := fmt.Sprint("p", n, i)
			l.FollowUps = append(l.FollowUps, &exchange.FollowUp{
				Exchange: "e", Stage: exchange.Ask90, Goal: n, Person: who, Day: dayNo(10), State: exchange.Answered, First: on(10),
				Answer: &exchange.Answer{Choice: choice, By: who, At: on(11)},
			})
		}
	}
	add(1, exchange.Unaided, exchange.Unaided, exchange.Helped, exchange.Stopped, exchange.NotSoon, exchange.Stopped, exchange.DontKnow)
	add(2, exchange.Unaided) // a goal that was not verified
	shows(t, l.Measures(days(40), exchange.Scope{}), map[string]string{"M16 d90": "0 % (0 of 1)"})
	add(3, exchange.Unaided) // no goal at all
	l.FollowUps = append(l.FollowUps, &exchange.FollowUp{
		Exchange: "e", Stage: exchange.Ask90, Goal: 1, Person: "q", Day: dayNo(10), State: exchange.Answered, First: on(10),
		Answer: &exchange.Answer{Choice: exchange.Unaided, By: "q", At: on(11)},
	})
	shows(t, l.Measures(days(40), exchange.Scope{}), map[string]string{"M16 d90": "100 % (1 of 1)", "M16 d90 unaided": "100 % (1 of 1)", "M16 d180": "–"})
}

func TestOpennessIsToldOfPacksAndModels(t *testing.T) {
	t.Parallel()
	published := func(a exchange.Artefact) exchange.Slot {
		v := at(a, "CC0-1.0")
		v.Published = dayNo(12)
		return have(v)
	}
	model := exchange.Pack{Profile: exchange.PackFullModel, Slots: map[exchange.Artefact]exchange.Slot{}}
	for _, a := range parts(three + "report") {
		model.Slots[a] = published(a)
	}
	model.Slots[exchange.SafetyNote] = exchange.Slot{State: exchange.HeldBack, Holding: exchange.ForSafety}
	model.Slots[exchange.Dataset] = exchange.Slot{State: exchange.NoneApplies, Why: "it has none"}
	r := visit("e", "a", "b", 0)
	r.Packs = []exchange.Pack{model}
	waits := visit("f", "a", "b", 0)
	l := exchange.Ledger{Records: []exchange.Record{r, waits}}
	shows(t, l.Measures(days(100), exchange.Scope{}), map[string]string{
		"M11 models of class III": "1", "M11 models of no class": "0", "M11 mean of class III": "100 % (1 of 1)", "M11 mean of class II": "60 % (0.6 of 1)",
		"M12": "43 % (6 of 14)", "M13": "50 % (7 of 14)", "M14": "43 % (6 of 14)",
		"M9 median": "12 days (of 1)", "M9 waiting": "1", "M9 soon": "50 % (1 of 2)",
	})
	shows(t, l.Measures(days(10), exchange.Scope{}), map[string]string{"M11 models of class III": "0", "M11 mean of class III": "–", "M9 median": "–"})
}

func TestBlockedDaysAreToldByObstacle(t *testing.T) {
	t.Parallel()
	r := visit("e", "a", "b", 0, goal(1, "a", "b", 90, func(g *exchange.Goal) {
		g.Status, g.Obstacle, g.Since = exchange.Blocked, exchange.NeedsCompute, on(20).Add(-12*time.Hour)
	}))
	r.Blocked = []exchange.Spell{
		{Goal: 1, Obstacle: exchange.NeedsTravel, From: on(-5), To: on(2).Add(-12 * time.Hour)}, // two days of it within
		{Goal: 2, Obstacle: exchange.NeedsCompute, From: on(3), To: on(6)},
		{Goal: 2, Obstacle: exchange.NeedsFunds, From: on(40), To: on(50)}, // after it
	}
	all := exchange.Ledger{Records: []exchange.Record{r}}.Measures(days(30), exchange.Scope{})
	shows(t, all, map[string]string{"M25 travel": "2 days (of 1)", "M25 compute": "13 days (of 1)"})
	for _, m := range all {
		if m.Metric == "M25" && m.Part == string(exchange.NeedsFunds) {
			t.Errorf("M25 has %s, which was after the period", m.Part)
		}
	}
}

func TestRepeatsAndFollowOnNeedAnEnd(t *testing.T) {
	t.Parallel()
	old, next, other := visit("old", "a", "b", 0), visit("next", "b", "a", 50), visit("other", "a", "c", 50)
	old.Exchange.State, old.Exchange.Completed = exchange.Closed, on(15)
	old.Exchange.Steps = []exchange.Step{{Move: "T36", At: on(55)}}
	l := exchange.Ledger{Records: []exchange.Record{old, next, other}}
	shows(t, l.Measures(days(60), exchange.Scope{}), map[string]string{"M20 labs": "100 % (1 of 1)", "M20 people": "100 % (1 of 1)"})
	shows(t, l.Measures(days(40), exchange.Scope{}), map[string]string{"M20 labs": "–", "M21": "–"}) // less than a month ago
	shows(t, l.Measures(days(48), exchange.Scope{}), map[string]string{"M20 labs": "0 % (0 of 1)"})

	var many exchange.Ledger
	for i := range 4 {
		r := visit(fmt.Sprint("e", i), fmt.Sprint("a", i), fmt.Sprint("b", i), 0)
		r.Exchange.State, r.Exchange.Steps = exchange.Closed, []exchange.Step{{Move: "T36", At: on(55)}}
		many.Records = append(many.Records, r)
	}
	many.FollowUps = []*exchange.FollowUp{{Exchange: "e1", Stage: exchange.AskTogether, Answer: &exchange.Answer{Choice: "project"}}}
	shows(t, many.Measures(days(60), exchange.Scope{}), map[string]string{"M21": "25 % (1 of 4)"})
	many.Records = append(many.Records, exchange.Record{ID: "after", Exchange: &exchange.Exchange{}, Continues: "e0"})
	shows(t, many.Measures(days(60), exchange.Scope{}), map[string]string{"M21": "50 % (2 of 4)"})
	many.Records = append(many.Records, exchange.Record{ID: "too", Exchange: &exchange.Exchange{}, Continues: "e2"})
	shows(t, many.Measures(days(60), exchange.Scope{}), map[string]string{"M21": "– (fewer than 5 people answered)"}) // what is left are the answers of four
}

func TestTalksTellTheirReach(t *testing.T) {
	t.Parallel()
	l := exchange.Ledger{Talks: []exchange.Talk{
		{At: on(1), Lab: "a", Replies: 10, Attended: 8, OtherLabs: 6, First: 2, Linked: on(3)},
		{At: on(2), Lab: "b", Replies: 10, Attended: 4, OtherLabs: 1, First: 1, Estimated: true, Linked: on(20)},
		{At: on(90), Lab: "b", Replies: 10, Attended: 4},
	}}
	shows(t, l.Measures(days(30), exchange.Scope{}), map[string]string{
		"M22 attended": "12", "M22 talks with an estimate": "1", "M22 of replies": "60 % (12 of 20)", "M22 other labs": "75 % (6 of 8)",
		"M22 first-timers": "25 % (2 of 8)", "M22 links in a week": "50 % (1 of 2)",
	})
	shows(t, l.Measures(days(30), exchange.Scope{Lab: "b"}), map[string]string{"M22 attended": "4", "M22 of replies": "40 % (4 of 10)"})
	shows(t, l.Measures(days(30), exchange.Scope{Person: "ana"}), map[string]string{"M22 of replies": "–"})
}

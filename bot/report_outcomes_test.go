package bot

import (
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// Worked by hand: introduced on day 0 three times, on day 25 and on day 2; met
// after 3, 20 and 7 days; one gave up, one still waits; seen on day 30.
func TestThoseWhoStillWaitNeverVanish(t *testing.T) {
	t.Parallel()
	at := func(n int) time.Time { return visitingDay().AddDate(0, 0, n) }
	intro := func(began, met int, answer MetAnswer) *Match {
		m := &Match{ID: "m", State: Introduced, Began: at(began), Asker: "a", Asked: "b"}
		if answer != "" {
			m.Met = map[string]Met{"a": {Answer: answer, At: at(met)}}
		}
		return m
	}
	matches := []*Match{intro(0, 3, MetYes), intro(0, 20, MetYes), intro(0, 0, ""), intro(25, 0, MetLater), intro(2, 9, MetYes), intro(0, 9, MetNo), {State: Expired}}
	w := waits(matches, nil, at(30))
	if len(w.days) != 3 || w.soon != 2 || w.settled != 5 || w.waiting != 2 {
		t.Errorf("waits = %+v, want 3 met, 2 of 5 within a fortnight, 2 waiting", w)
	}
	if got, want := w.text(), "7 days in the middle of the 3 who met; within 14 days 2 of 5; 2 still waiting"; got != want {
		t.Errorf("text() = %q, want %q", got, want)
	}
	for want, w := range map[string]wait{
		"–":                                   {},
		"nobody has met yet; 1 still waiting": {waiting: 1},
		"1 day for the one pair that met; within 14 days 1 of 1; 0 still waiting": {days: []int{1}, soon: 1, settled: 1},
	} {
		if got := w.text(); got != want {
			t.Errorf("%+v.text() = %q, want %q", w, got, want)
		}
	}
}

// Nobody who visits is asked whether they met: that the visit began says so.
func TestAVisitThatBeganIsAMeeting(t *testing.T) {
	t.Parallel()
	m := &Match{ID: "m1", State: Introduced, Began: visitingDay()}
	e := &Exchange{Match: "m1"}
	e.Began = &exchange.Mark{By: "ana", At: visitingDay().Add(40 * oneDay)}
	w := waits([]*Match{m}, []*Exchange{e}, visitingDay().Add(60*oneDay))
	if len(w.days) != 1 || w.days[0] != 40 || w.waiting != 0 {
		t.Errorf("waits = %+v, want one who met after 40 days", w)
	}
	mine := tally{introduced: 1, waits: w}
	if got, want := mine.meetingsText(), "1 of 1 introductions led to a meeting. 40 days for the one pair that met; within 14 days 0 of 1; 0 still waiting"; got != want {
		t.Errorf("meetingsText() = %q, want %q", got, want)
	}
}

func TestOutcomesNameTheirDenominators(t *testing.T) {
	t.Parallel()
	goal := func(state exchange.GoalState, obstacle exchange.Obstacle) exchange.Goal {
		g := exchange.Goal{Pledge: exchange.Pledge{Giver: "a", Receiver: "b"}, State: state, Obstacle: obstacle}
		if obstacle != "" {
			g.Status = exchange.Blocked
		}
		return g
	}
	in := func(state exchange.State, goals ...exchange.Goal) *Exchange {
		e := &Exchange{}
		e.State, e.Goals = state, goals
		return e
	}
	early, oneWay := in(exchange.FollowingUp), in(exchange.Active, goal(exchange.GoalOpen, exchange.NeedsData), goal(exchange.GoalOpen, exchange.NeedsData), goal(exchange.GoalOpen, exchange.NeedsCompute))
	early.Completion = exchange.Early
	oneWay.Terms.OneWay = "Noether lends its cluster this time"
	oneWay.Vacant = map[exchange.Seat]time.Time{exchange.Host: visitingDay()}
	o := outcomesOf([]*Exchange{in(exchange.Proposed), in(exchange.Scheduled), in(exchange.Cancelled), early, oneWay}, dayAfter(t))
	want := map[string]string{
		"Exchanges":         "5 proposed; agreed 4 of 5, begun 2 of 4, completed 1 of 2, ended early 1 of 2",
		"On time":           "0 of 3 by the day agreed first, 0 of 3 by the day agreed now",
		"One-way exchanges": "1 of 4",
		"Blocked now":       "2 by: data and 1 by: compute",
		"Empty seats":       "1",
	}
	for _, f := range o.fields() {
		if got := f.Value.Plain(); got != want[f.Name] {
			t.Errorf("%s: %q, want %q", f.Name, got, want[f.Name])
		}
		delete(want, f.Name)
	}
	if len(want) > 0 {
		t.Errorf("not shown: %v", want)
	}
	if got := (outcomes{}).funnel(); got != "–" {
		t.Errorf("funnel() of nothing = %q, want a dash", got)
	}
}

func dayAfter(t *testing.T) calendar.Date {
	t.Helper()
	_, _, _, today := visit(t)
	return today
}

package exchange_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
)

// How a blocked goal can go on, and what is kept of its having been blocked.
func TestThatAGoalWasBlockedIsKept(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return start().AddDate(0, 0, n) }
	spell := func(o exchange.Obstacle, from, to int) exchange.Spell {
		return exchange.Spell{Goal: 1, Obstacle: o, From: day(from), To: day(to)}
	}
	for name, c := range map[string]struct {
		then func(*testing.T, *exchange.Exchange)
		want []exchange.Spell
	}{
		"it still is": {func(*testing.T, *exchange.Exchange) {}, nil},
		"on track": {func(t *testing.T, e *exchange.Exchange) {
			must(t, e.Tell(1, ana(), exchange.OnTrack, "", day(3)))
		}, []exchange.Spell{spell(exchange.NeedsData, 0, 3)}},
		"another obstacle": {func(t *testing.T, e *exchange.Exchange) {
			must(t, e.Tell(1, ana(), exchange.Blocked, exchange.NeedsCompute, day(2)))
			must(t, e.Tell(1, ana(), exchange.AtRisk, "", day(5)))
		}, []exchange.Spell{spell(exchange.NeedsCompute, 0, 5)}},
		"twice": {func(t *testing.T, e *exchange.Exchange) {
			must(t, e.Tell(1, ana(), exchange.OnTrack, "", day(3)))
			must(t, e.Tell(1, ana(), exchange.Blocked, exchange.NeedsTravel, day(4)))
			must(t, e.Tell(1, ana(), exchange.OnTrack, "", day(6)))
		}, []exchange.Spell{spell(exchange.NeedsData, 0, 3), spell(exchange.NeedsTravel, 4, 6)}},
		"claimed, doubted and blocked again": {func(t *testing.T, e *exchange.Exchange) {
			must(t, e.Claim(1, ana(), day(2)))
			must(t, e.Doubt(1, bo(), day(5)))
			must(t, e.Tell(1, ana(), exchange.Blocked, exchange.NeedsData, day(6)))
			must(t, e.Miss(1, ana(), "The data never came", day(8)))
		}, []exchange.Spell{spell(exchange.NeedsData, 0, 2), spell(exchange.NeedsData, 6, 8)}},
		"taken back": {func(t *testing.T, e *exchange.Exchange) {
			was, _ := e.Goal(1)
			must(t, e.Tell(1, ana(), exchange.OnTrack, "", day(3)))
			must(t, e.TakeBack(was, day(3)))
		}, nil},
		"claimed after the visit": {func(t *testing.T, e *exchange.Exchange) {
			must(t, e.End(day(4)))
			must(t, e.Claim(1, ana(), day(9)))
		}, []exchange.Spell{spell(exchange.NeedsData, 0, 4)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := active(t)
			must(t, e.Tell(1, ana(), exchange.Blocked, exchange.NeedsData, day(0)))
			c.then(t, e)
			if diff := cmp.Diff(c.want, e.Spells()); diff != "" {
				t.Errorf("Spells() differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAGoalIsBlockedUntilItIsDropped(t *testing.T) {
	t.Parallel()
	e := &exchange.Exchange{State: exchange.Cancelled, Steps: []exchange.Step{{Move: "T19", At: on(7)}}}
	e.Goals = []exchange.Goal{goal(1, "a", "b", 90, func(g *exchange.Goal) {
		g.State, g.Status, g.Obstacle, g.Since = exchange.GoalDropped, exchange.Blocked, exchange.NeedsFunds, on(3)
	})}
	want := []exchange.Spell{{Goal: 1, Obstacle: exchange.NeedsFunds, From: on(3), To: on(7)}}
	if diff := cmp.Diff(want, e.Spells()); diff != "" {
		t.Errorf("Spells() differ (-want +got):\n%s", diff)
	}
}

package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// plainGoal is a goal of a random world, as a reader of an export would have it.
type plainGoal struct {
	from, to                string
	due, claimed, confirmed int // days; -1 for never
	helped                  bool
}

// drawWorld draws exchanges among four labs, and what they are in plain rows.
func drawWorld(t *rapid.T) (exchange.Ledger, []plainGoal) {
	labs := []string{"a", "b", "c", "d"}
	var rows []plainGoal
	var l exchange.Ledger
	for _, lab := range labs {
		l.Labs = append(l.Labs, exchange.Member{Lab: lab})
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "exchanges") {
		pair := rapid.Permutation(labs).Draw(t, "labs")[:2]
		var goals []exchange.Goal
		for n := range rapid.IntRange(1, 5).Draw(t, "goals") {
			row := plainGoal{from: pair[n%2], to: pair[1-n%2], due: rapid.IntRange(1, 60).Draw(t, "due"), claimed: -1, confirmed: -1}
			var change func(*exchange.Goal)
			switch rapid.IntRange(0, 2).Draw(t, "state") {
			case 1:
				row.claimed = rapid.IntRange(1, 60).Draw(t, "claimed")
				change = claimed(row.claimed)
			case 2:
				row.claimed = rapid.IntRange(1, 60).Draw(t, "claimed")
				row.confirmed = row.claimed + rapid.IntRange(0, 20).Draw(t, "after")
				row.helped = rapid.Bool().Draw(t, "helped")
				change = func(g *exchange.Goal) {
					verified(row.claimed)(g)
					g.Verified.At = on(row.confirmed)
					if row.helped {
						g.Outcome = exchange.WithHelp
					}
				}
			}
			rows = append(rows, row)
			goals = append(goals, goal(n+1, row.from, row.to, row.due, change))
		}
		l.Records = append(l.Records, visit(fmt.Sprint("e", i), pair[0], pair[1], 0, goals...))
	}
	return l, rows
}

// tally counts the rows that fit.
func tally(rows []plainGoal, fits func(plainGoal) bool) int {
	n := 0
	for _, r := range rows {
		if fits(r) {
			n++
		}
	}
	return n
}

func TestFiguresOfARandomWorldEqualADirectCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l, rows := drawWorld(t)
		end := rapid.IntRange(1, 90).Draw(t, "end")
		got := map[string]exchange.Measure{}
		for _, m := range l.Measures(days(end), exchange.Scope{}) {
			got[strings.TrimSpace(m.Metric+" "+m.Part)] = m
		}
		confirmed := func(r plainGoal) bool { return r.confirmed >= 0 && r.confirmed < end }
		claimed := func(r plainGoal) bool { return r.claimed >= 0 && r.claimed < end }
		due := func(r plainGoal) bool { return r.due < end }
		both := func(of ...func(plainGoal) bool) func(plainGoal) bool {
			return func(r plainGoal) bool {
				return !slices.ContainsFunc(of, func(f func(plainGoal) bool) bool { return !f(r) })
			}
		}
		inTime := func(r plainGoal) bool { return r.claimed >= 0 && r.claimed <= r.due }
		alone := func(r plainGoal) bool { return !r.helped }
		for name, want := range map[string][2]int{
			"M2 verified":   {tally(rows, confirmed), 1},
			"M2 claimed":    {tally(rows, claimed) - tally(rows, confirmed), 1},
			"M2 open":       {len(rows) - tally(rows, claimed), 1},
			"M3 achieved":   {tally(rows, both(confirmed, alone)), tally(rows, confirmed)},
			"M4":            {tally(rows, confirmed), tally(rows, claimed)},
			"M5 first day":  {tally(rows, both(due, inTime)), tally(rows, due)},
			"M5 agreed day": {tally(rows, both(due, inTime)), tally(rows, due)},
			"M24":           {0, len(l.Records)},
		} {
			if m := got[name]; m.Num != float64(want[0]) || m.Den != float64(want[1]) || m.Known != (want[1] > 0) {
				t.Fatalf("%s = %v of %v, want %v", name, m.Num, m.Den, want)
			}
		}
		for _, from := range l.Labs {
			for _, to := range l.Labs {
				want := tally(rows, both(confirmed, func(r plainGoal) bool { return r.from == from.Lab && r.to == to.Lab }))
				if m := got["M1 verified "+from.Lab+">"+to.Lab]; m.Num != float64(want) {
					t.Fatalf("M1 %s>%s = %v, want %d", from.Lab, to.Lab, m.Num, want)
				}
			}
		}
	})
}

// Whatever is asked for, every figure can be computed again from what it carries,
// and those of labs add up to those of the network.
func TestFiguresCarryWhatTheyWereComputedFrom(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l, _ := drawWorld(t)
		p := days(rapid.IntRange(1, 90).Draw(t, "end"))
		given := map[string]float64{}
		for _, lab := range l.Labs {
			for _, m := range l.Measures(p, exchange.Scope{Lab: lab.Lab}) {
				if strings.HasPrefix(m.Metric+" "+m.Part, "M1 verified "+lab.Lab+">") {
					given[lab.Lab] += m.Num
				}
			}
		}
		for _, m := range l.Measures(p, exchange.Scope{}) {
			if m.Unit == exchange.Share && m.Known && m.Value != m.Num/m.Den {
				t.Fatalf("%s %s = %v, and is %v of %v", m.Metric, m.Part, m.Value, m.Num, m.Den)
			}
			if m.Known == (m.String() == exchange.Dash) {
				t.Fatalf("%s %s reads %q", m.Metric, m.Part, m)
			}
			if m.Metric == "M1" && strings.HasPrefix(m.Part, "verified ") {
				given[m.Part[len("verified "):len("verified ")+1]] -= m.Num
			}
		}
		for lab, rest := range given {
			if rest != 0 {
				t.Fatalf("%s gives %v more by itself than in the network", lab, rest)
			}
		}
	})
}

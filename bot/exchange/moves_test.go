package exchange_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"interlab/bot/exchange"
)

// row is one transition of the lifecycle's full model.
type row struct {
	id, from, event, to string
	actors              []string
	timer               bool
}

// model reads the full model.
func model(t *testing.T) []row {
	t.Helper()
	file, err := os.Open("testdata/states.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for _, line := range lines[1:] {
		rows = append(rows, row{line[0], line[1], line[2], line[4], strings.Split(line[3], "|"), line[5] == "y"})
	}
	return rows
}

// without are the rows of the model that exchanges do not have, with the reason;
// the package comment says more of each.
func without() map[string]string {
	return map[string]string{
		"T02": "a plan that was not sent is kept as a form, not as an exchange",
		"T03": "with T02",
		"T14": "agreed is left in the same breath: T18 does it from scheduled",
		"T15": "dates are part of what is signed, so no agreed exchange lacks them",
		"T16": "as T14, and T19 does it",
		"T38": "nothing is asked after a cancellation",
		"T42": "talks and colloquia are no exchanges",
		"T43": "as T14, and T44 does it",
	}
}

// added are moves that the model does not have, with the reason.
func added() map[string]string {
	return map[string]string{
		"P01": "a proposal that nobody has answered may be corrected by its author",
	}
}

// Row by row: a move goes from and to where the model says, on its event, and by
// exactly its actors.
func TestMovesAreThoseOfTheModel(t *testing.T) {
	t.Parallel()
	rows := model(t)
	if len(rows) != 44 {
		t.Fatalf("the model has %d rows, want 44", len(rows))
	}
	moves := map[string]exchange.Move{}
	for _, m := range exchange.Moves() {
		moves[m.ID] = m
	}
	for _, want := range rows {
		m, ok := moves[want.id]
		delete(moves, want.id)
		if _, left := without()[want.id]; left {
			if ok {
				t.Errorf("move %s is there, though it is said to be left out", want.id)
			}
			continue
		}
		if !ok {
			t.Errorf("row %s, %s -%s-> %s, is no move", want.id, want.from, want.event, want.to)
			continue
		}
		var actors []string
		for _, actor := range m.By {
			actors = append(actors, string(actor))
		}
		slices.Sort(actors)
		slices.Sort(want.actors)
		if string(m.From) != want.from || string(m.To) != want.to || !strings.HasPrefix(want.event, string(m.Event)) || !slices.Equal(actors, want.actors) {
			t.Errorf("move %s = %s -%s-> %s by %v, want %s -%s-> %s by %v", m.ID, m.From, m.Event, m.To, actors, want.from, want.event, want.to, want.actors)
		}
		if timer := slices.Contains(m.By, exchange.ByTimer); timer != want.timer {
			t.Errorf("move %s by the clock: %t, want %t", m.ID, timer, want.timer)
		}
	}
	for id := range moves {
		if added()[id] == "" {
			t.Errorf("move %s stands neither in the model nor among those that were added with a reason", id)
		}
	}
}

func TestAnEventHasOneMoveInAState(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, m := range exchange.Moves() {
		key := string(m.From) + " " + string(m.Event)
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s are both moves of %s", other, m.ID, key)
		}
		seen[key] = m.ID
	}
}

// From every state that can be reached, doing nothing leads to an end.
func TestSilenceHangsNothing(t *testing.T) {
	t.Parallel()
	for state := range reachable(exchange.Draft, nil) {
		if state == exchange.Draft || state == exchange.Agreed {
			continue // kept by nobody; left again in the same breath
		}
		after := reachable(state, func(m exchange.Move) bool { return slices.Contains(m.By, exchange.ByTimer) })
		ends := false
		for s := range after {
			ends = ends || s.Final()
		}
		if !ends {
			t.Errorf("silence in %s leads to %v and to no end", state, after)
		}
	}
}

func TestNothingBeginsUnsignedOrUndated(t *testing.T) {
	t.Parallel()
	for _, gate := range []exchange.State{exchange.Agreed, exchange.Scheduled} {
		without := reachable(exchange.Draft, func(m exchange.Move) bool { return m.To != gate })
		if without[exchange.Active] {
			t.Errorf("active can be reached without %s", gate)
		}
	}
}

// What is under way is wrapped up before it closes, whichever way it goes.
func TestNothingClosesWithoutBeingWrappedUp(t *testing.T) {
	t.Parallel()
	around := reachable(exchange.Active, func(m exchange.Move) bool { return m.To != exchange.WrappingUp })
	if around[exchange.Closed] {
		t.Error("closed can be reached from active without wrapping up")
	}
}

// Everybody may leave at once from wherever something is agreed or under way.
func TestAnybodyMayLeaveAtOnce(t *testing.T) {
	t.Parallel()
	for _, state := range []exchange.State{exchange.Negotiating, exchange.Scheduled, exchange.NotStarted, exchange.Active, exchange.Paused} {
		if !slices.ContainsFunc(exchange.Moves(), func(m exchange.Move) bool {
			return m.From == state && slices.Contains(m.By, exchange.ByParty)
		}) {
			t.Errorf("nobody may leave in %s", state)
		}
	}
}

// reachable are the states that moves of a sort lead to; any where sort is nil.
func reachable(from exchange.State, sort func(exchange.Move) bool) map[exchange.State]bool {
	seen := map[exchange.State]bool{from: true}
	for queue := []exchange.State{from}; len(queue) > 0; queue = queue[1:] {
		for _, m := range exchange.Moves() {
			if m.From == queue[0] && !seen[m.To] && (sort == nil || sort(m)) {
				seen[m.To] = true
				queue = append(queue, m.To)
			}
		}
	}
	return seen
}

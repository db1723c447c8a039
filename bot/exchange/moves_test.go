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
	from, event, to string
	actors          []string
}

// model reads the full model, which has more than can be reached yet.
func model(t *testing.T) map[string]row {
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
	rows := map[string]row{}
	for _, line := range lines[1:] {
		rows[line[0]] = row{from: line[1], event: line[2], actors: strings.Split(line[3], "|"), to: line[4]}
	}
	return rows
}

// ours are moves that the full model does not have, with the reason.
func ours() map[string]string {
	return map[string]string{
		"P01": "a proposal that nobody has answered may be corrected by its author",
	}
}

func TestMovesAreThoseOfTheModel(t *testing.T) {
	t.Parallel()
	rows := model(t)
	for _, m := range exchange.Moves() {
		if _, added := ours()[m.ID]; added {
			continue
		}
		want, ok := rows[m.ID]
		if !ok {
			t.Errorf("move %s is not in the model", m.ID)
			continue
		}
		if string(m.From) != want.from || string(m.To) != want.to || !strings.HasPrefix(want.event, string(m.Event)) {
			t.Errorf("move %s = %s -%s-> %s, want %s -%s-> %s", m.ID, m.From, m.Event, m.To, want.from, want.event, want.to)
		}
		for _, actor := range m.By {
			if !slices.Contains(want.actors, string(actor)) {
				t.Errorf("move %s may be made by %s, want one of %v", m.ID, actor, want.actors)
			}
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

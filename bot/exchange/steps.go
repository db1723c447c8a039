package exchange

import "fmt"

// CheckSteps reports the first step that could not follow on those before it:
// history goes by the table of moves, from a draft on.
func CheckSteps(steps []Step) error {
	state := Draft
	for i, step := range steps {
		found := false
		for _, m := range append(Moves(), retired()...) {
			if m.ID == step.Move && m.From == state {
				state, found = m.To, true
				break
			}
		}
		if !found {
			return fmt.Errorf("step %d, %s, cannot follow on %s", i+1, step.Move, state)
		}
	}
	return nil
}

// retired are moves that were made once and are made no more: exchanges began by
// themselves on their first day.
func retired() []Move {
	return []Move{{"T42", Scheduled, "start time", []Actor{ByTimer}, Active}}
}

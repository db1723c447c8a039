package exchange_test

import (
	"testing"

	"interlab/bot/exchange"
)

func TestStepsMustFollowOnEachOther(t *testing.T) {
	t.Parallel()
	for _, state := range states() {
		if err := exchange.CheckSteps(in(t, state).Steps); err != nil {
			t.Errorf("CheckSteps(what led to %s) = %v, want no error", state, err)
		}
	}
	for what, steps := range map[string][]exchange.Step{
		"a move that nobody knows":       {{Move: "T99"}},
		"a start of what is not agreed":  {{Move: "T01"}, {Move: "T20"}},
		"an end before the beginning":    {{Move: "T30"}},
		"the same proposal, a second go": {{Move: "T01"}, {Move: "T01"}},
	} {
		if err := exchange.CheckSteps(steps); err == nil {
			t.Errorf("CheckSteps(%s) = nil, want an error", what)
		}
	}
	old := []exchange.Step{{Move: "T01"}, {Move: "T04"}, {Move: "T09"}, {Move: "T10"}, {Move: "T13"}, {Move: "T42"}, {Move: "T30"}}
	if err := exchange.CheckSteps(old); err != nil {
		t.Errorf("CheckSteps(an exchange that began by itself once) = %v, want no error", err)
	}
}

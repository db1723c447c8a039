package round_test

import (
	"fmt"

	"interlab/matching/round"
)

func ExampleMake() {
	plan, err := round.Make(round.Round{
		People: []round.Person{{ID: "ana", Waited: 1}, {ID: "ben"}, {ID: "cho"}},
		Pairs:  []round.Pair{{A: "ana", B: "ben", Weight: 2}, {A: "ben", B: "cho", Weight: 9}},
		Rules:  round.Rules{Seed: 7},
	})
	fmt.Println(plan.Meetings[0].A, "meets", plan.Meetings[0].B, plan.Exact, plan.Unmatched, err)
	// Output: ana meets ben true [cho] <nil>
}

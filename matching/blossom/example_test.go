package blossom_test

import (
	"fmt"

	"interlab/matching/blossom"
)

func ExampleGraph_Solve() {
	g, err := blossom.NewGraph(4, []blossom.Edge{{A: 0, B: 1, Weight: 5}, {A: 1, B: 2, Weight: 8}, {A: 2, B: 3, Weight: 5}})
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := g.Solve(0)
	fmt.Println(m.Mate, m.Weight, m.Bound, m.Exact, err)
	// Output: [1 0 3 2] 10 10 true <nil>
}

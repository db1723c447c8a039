package residency_test

import (
	"fmt"

	"interlab/matching/residency"
)

func ExampleMarket_Settle() {
	market := residency.Market{
		Applicants: []residency.Applicant{{ID: "ana", Choices: []string{"reef", "lab"}}, {ID: "ben", Choices: []string{"reef"}}},
		Places: []residency.Place{
			{ID: "reef", Capacity: 1, Ranks: [][]string{{"ben"}, {"ana"}}},
			{ID: "lab", Capacity: 1, Open: true},
		},
		Seed: 7,
	}
	result, err := market.Settle()
	for _, p := range result.Placements {
		fmt.Println(p.Applicant, p.Place, p.Why)
	}
	fmt.Println(market.Verify(result), err)
	// Output:
	// ana lab [{reef full}]
	// ben reef []
	// <nil> <nil>
}

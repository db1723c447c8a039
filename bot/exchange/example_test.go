package exchange_test

import (
	"fmt"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// Two labs agree on a visit; one claims a goal, and the other one confirms it.
func Example() {
	today, _ := calendar.ParseDate("2026-12-01")
	now := time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC)
	ana := exchange.Party{Person: "ana", Lab: "curie"}
	bo := exchange.Party{Person: "bo", Lab: "noether"}

	e, err := exchange.Propose(exchange.Terms{
		Kind: exchange.Residency, Visitor: ana, Host: bo, From: today, To: today.AddDays(30),
		Goals: []exchange.Pledge{
			{Giver: "curie", Receiver: "noether", Text: "Noether can run our tests", Due: today.AddDays(20)},
			{Giver: "noether", Receiver: "curie", Text: "Curie can train its own", Due: today.AddDays(30)},
		},
	}, ana, today, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.State)
	fmt.Println(e.Agree(bo, e.Version, today, now))
	fmt.Println(e.State)
	fmt.Println(e.ConfirmStart(bo, today, today, now), e.Claim(1, ana, now))
	fmt.Println(e.Verify(1, ana, exchange.Alone, now))
	fmt.Println(e.Verify(1, bo, exchange.Alone, now))
	figures := e.Figures(today)[exchange.Way{From: "curie", To: "noether"}]
	fmt.Println(figures.Verified, "of", figures.Planned)
	// Output:
	// proposed
	// <nil>
	// scheduled
	// <nil> <nil>
	// Only the lab that receives can say whether this is so. Nothing has changed.
	// <nil>
	// 1 of 1
}

package bot

import (
	"testing"

	"interlab/bot/exchange"
)

func TestTalksAreToldWithWhatIsKnownOfThem(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]exchange.Audience{
		"–": {},
		"2 talks; nobody counted who came; links within a week 1 of 2":                                                                                    {Talks: 2, Linked: 1},
		"3 talks; 30 came, 9 had said that they would; counted at 1 of 3; by heads at 1 of 1; links within a week 0 of 3":                                 {Talks: 3, Counted: 1, Attended: 30, Replies: 9, Estimates: 1},
		"1 talk; 4 came, 4 had said that they would; from where is not shown: fewer than 5 people gave the code; links within a week 0 of 1":              {Talks: 1, Counted: 1, Attended: 4, Replies: 4, Coded: 4, OtherLabs: 1},
		"2 talks; 25 came, 8 had said that they would; by heads at 1 of 2; from other labs 3 of 5; for the first time 0 of 5; links within a week 2 of 2": {Talks: 2, Counted: 2, Attended: 25, Replies: 8, Estimates: 1, Coded: 5, OtherLabs: 3, Linked: 2},
	} {
		if got := talksText(a); got != want {
			t.Errorf("talksText(%+v) = %q, want %q", a, got, want)
		}
	}
}

// The directions of the published example: A and C are universities, B is a company.
func TestSectorsAreToldOfWhatGoesBetweenLabsThatSayThem(t *testing.T) {
	t.Parallel()
	flow := exchange.Flow{
		{From: "a", To: "b"}: 3, {From: "b", To: "a"}: 1, {From: "a", To: "c"}: 2, {From: "c", To: "a"}: 0,
		{From: "b", To: "c"}: 1, {From: "c", To: "b"}: 1, {From: "a", To: "d"}: 7,
	}
	l := exchange.Ledger{Labs: []exchange.Member{{Lab: "a", Sector: exchange.Academic}, {Lab: "b", Sector: exchange.Industry}, {Lab: "c", Sector: exchange.Academic}, {Lab: "d"}}}
	if got, want := sectorShares(l, flow).text(), "4 of 8 to companies, 2 of 8 to universities"; got != want {
		t.Errorf("the flow reads %q, want %q", got, want)
	}
	if got := sectorShares(l, exchange.Flow{{From: "a", To: "d"}: 7}).text(); got != "–" {
		t.Errorf("a flow to a lab that says nothing reads %q, want a dash", got)
	}
	for scope, want := range map[exchange.Scope]string{{}: "–", {Lab: "a"}: "–", {Lab: "d"}: "– (the lab has not said that it is either)"} {
		if got := sectorsText(l, scope, exchange.Period{}); got != want {
			t.Errorf("of nothing, %v reads %q, want %q", scope, got, want)
		}
	}
}

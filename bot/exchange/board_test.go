package exchange_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// boardDay is a day of a year, at noon.
func boardDay(year, n int) time.Time {
	return time.Date(year, time.January, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, n)
}

// visited is an exchange of one verified goal that the host gave in a year.
func visited(id, visitor, visitorLab, host, hostLab string, year int) exchange.Record {
	day, err := calendar.NewDate(year, time.March, 1)
	if err != nil {
		panic(err)
	}
	mark := &exchange.Mark{By: host, At: boardDay(year, 50)}
	return exchange.Record{ID: id, Exchange: &exchange.Exchange{
		State: exchange.Closed, Agreed: boardDay(year, 10), Start: day, Ended: boardDay(year, 100), Completed: boardDay(year, 100), Completion: exchange.Full,
		Terms: exchange.Terms{Visitor: exchange.Party{Person: visitor, Lab: visitorLab}, Host: exchange.Party{Person: host, Lab: hostLab}, From: day, To: day},
		Goals: []exchange.Goal{{Pledge: exchange.Pledge{N: 1, Giver: hostLab, Receiver: visitorLab, Due: day}, State: exchange.GoalVerified, Claimed: mark, Verified: mark}},
	}}
}

// boardOf is one that names labs a, b and c, at the end of 2026.
func boardOf(records ...exchange.Record) exchange.Board {
	l := exchange.Ledger{Records: records}
	for _, lab := range []string{"a", "b", "c", "x", "y", "z", "w"} {
		l.Labs = append(l.Labs, exchange.Member{Lab: lab})
	}
	return l.Board(map[string]bool{"a": true, "b": true, "c": true}, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
}

// figure is a figure of a board's.
func figure(t *testing.T, b exchange.Board, year int, lab, metric, part string) exchange.Measure {
	t.Helper()
	for _, m := range b.Measures(year, lab) {
		if m.Metric == metric && m.Part == part {
			return m
		}
	}
	t.Fatalf("Measures(%d, %q) has no %s %s", year, lab, metric, part)
	return exchange.Measure{}
}

// visitsOf are n exchanges of people of their own.
func visitsOf(n int, visitorLab, hostLab string, year int) []exchange.Record {
	var all []exchange.Record
	for i := range n {
		id := fmt.Sprintf("%s%s%d-%d", visitorLab, hostLab, year, i)
		all = append(all, visited(id, "v"+id, visitorLab, "h"+id, hostLab, year))
	}
	return all
}

func TestABoardLeavesOutLabsThatTooFewAreUnnamedWith(t *testing.T) {
	t.Parallel()
	named := visitsOf(3, "a", "b", 2026)
	for _, tt := range []struct {
		what  string
		more  []exchange.Record
		goals float64
		flow  int // from b to the others
	}{
		{"nobody else", nil, 3, 0},
		{"one lab", visitsOf(5, "x", "b", 2026), 3, 0},
		{"two labs", append(visitsOf(5, "x", "b", 2026), visitsOf(5, "y", "b", 2026)...), 3, 0},
		{"three labs", append(visitsOf(2, "x", "b", 2026), append(visitsOf(2, "y", "b", 2026), visitsOf(2, "z", "b", 2026)...)...), 9, 6},
		{"three labs, and in another year one", append(visitsOf(2, "x", "b", 2026), append(visitsOf(2, "y", "b", 2026), append(visitsOf(2, "z", "b", 2026), visitsOf(1, "x", "b", 2025)...)...)...), 3, 0},
	} {
		b := boardOf(append(tt.more, named...)...)
		if m := figure(t, b, 0, "", "M2", "verified"); m.Value != tt.goals {
			t.Errorf("%s: the network has %v goals, want %v", tt.what, m.Value, tt.goals)
		}
		flow := b.Flow(0, "")
		if got := flow[exchange.Way{From: "b", To: exchange.Others}]; got != tt.flow || flow[exchange.Way{From: "b", To: "a"}] != 3 {
			t.Errorf("%s: Flow = %v, want 3 from b to a and %d to the others", tt.what, flow, tt.flow)
		}
		if m := figure(t, b, 0, "b", "M2", "verified"); m.Value != 3 {
			t.Errorf("%s: the page of b has %v goals, want those with a alone", tt.what, m.Value)
		}
	}
}

// One direction of too few hides another, or the whole would tell it.
func TestABoardHidesTheNextSmallestDirection(t *testing.T) {
	t.Parallel()
	var all []exchange.Record
	for _, lab := range []string{"x", "y", "z"} {
		all = append(all, visitsOf(2, lab, "b", 2026)...)
		all = append(all, visitsOf(3, "a", lab, 2026)...)
	}
	all = append(all, visitsOf(1, "x", "c", 2026)...)
	flow := boardOf(all...).Flow(0, "")
	want := exchange.Flow{{From: exchange.Others, To: "a"}: 9}
	if len(flow) != 1 || flow[exchange.Way{From: exchange.Others, To: "a"}] != 9 {
		t.Errorf("Flow = %v, want %v: of c to the others too few, of b the next", flow, want)
	}
}

func TestABoardHidesFiguresOfTooFewPeople(t *testing.T) {
	t.Parallel()
	few := boardOf(visitsOf(2, "a", "b", 2026)...)
	if m := figure(t, few, 0, "", "M5", "first day"); !m.Few || m.Known || m.Den != 0 {
		t.Errorf("a figure of four people is %+v, want it hidden", m)
	}
	if got := few.Flow(0, "")[exchange.Way{From: "b", To: "a"}]; got != 2 {
		t.Errorf("between two named labs went %d, want 2: both said so", got)
	}
	// 2024 is of few; 2025, the next smallest, is hidden lest all time tell it.
	b := boardOf(append(visitsOf(1, "a", "b", 2024), append(visitsOf(3, "a", "b", 2025), visitsOf(5, "a", "b", 2026)...)...)...)
	for year, hidden := range map[int]bool{2024: true, 2025: true, 2026: false, 0: false} {
		if m := figure(t, b, year, "", "M5", "first day"); m.Few != hidden {
			t.Errorf("the figure of %d is %+v, want hidden %v", year, m, hidden)
		}
	}
	if got := b.Years(); len(got) != 3 || got[0] != 2026 || got[2] != 2024 {
		t.Errorf("Years() = %v, want 2026 to 2024", got)
	}
}

// Whatever happened: no lab that is not named, and no figure of too few.
func TestABoardNamesOnlyNamedLabsWhateverHappened(t *testing.T) {
	t.Parallel()
	labs := []string{"a", "b", "c", "x", "y", "z", "w"}
	rapid.Check(t, func(t *rapid.T) {
		var all []exchange.Record
		for i := range rapid.IntRange(0, 12).Draw(t, "exchanges") {
			from := rapid.SampledFrom(labs).Draw(t, "from")
			to := rapid.SampledFrom(labs).Filter(func(l string) bool { return l != from }).Draw(t, "to")
			all = append(all, visited(fmt.Sprint(i), fmt.Sprint("v", rapid.IntRange(0, 9).Draw(t, "visitor")), from, fmt.Sprint("h", rapid.IntRange(0, 9).Draw(t, "host")), to, rapid.IntRange(2024, 2026).Draw(t, "year")))
		}
		b := boardOf(all...)
		for _, year := range append(b.Years(), 0) {
			for _, lab := range []string{"", "a", "b", "c"} {
				for w := range b.Flow(year, lab) {
					for _, end := range []string{w.From, w.To} {
						if !map[string]bool{"a": true, "b": true, "c": true, exchange.Others: lab == "" && year == 0}[end] {
							t.Fatalf("Flow(%d, %q) has %v", year, lab, w)
						}
					}
				}
				for _, m := range b.Measures(year, lab) {
					if m.People > 0 && m.People < exchange.Fewest && (m.Known || m.Num != 0 || m.Den != 0) {
						t.Fatalf("Measures(%d, %q) has %+v", year, lab, m)
					}
				}
			}
		}
	})
}

// BenchmarkBoard tells what the first look at the figures of a year costs, of a
// network of a size and of one ten times as large: nothing may grow with the square
// of its exchanges. On two cores 500 exchanges take 3 ms and 5,000 take 26 ms.
func BenchmarkBoard(b *testing.B) {
	for _, n := range []int{100, 1000} {
		var all []exchange.Record
		for i, pair := range [][2]string{{"a", "b"}, {"b", "c"}, {"c", "a"}, {"x", "y"}, {"z", "w"}} {
			all = append(all, visitsOf(n, pair[0], pair[1], 2023+i%4)...)
		}
		board := boardOf(all...)
		b.Run(fmt.Sprintf("%d exchanges", len(all)), func(b *testing.B) {
			for b.Loop() {
				board.Measures(2026, "")
			}
		})
	}
}

// A picture of the introductions is there where their figures are.
func TestIntroductionsOfAFewHaveNoPicture(t *testing.T) {
	t.Parallel()
	l := exchange.Ledger{}
	for _, lab := range []string{"a", "b", "c"} {
		l.Labs = append(l.Labs, exchange.Member{Lab: lab})
	}
	meet := func(one, other string, n int) {
		for i := range n {
			l.Meetings = append(l.Meetings, exchange.Meeting{
				Parties:  [2]exchange.Party{{Person: fmt.Sprint(one, i), Lab: one}, {Person: fmt.Sprint(other, i), Lab: other}},
				Accepted: boardDay(2026, 20+i), Met: boardDay(2026, 30+i),
			})
		}
	}
	meet("a", "b", 4)
	meet("a", "x", 1) // with a lab that is not named
	meet("b", "c", 1)
	board := l.Board(map[string]bool{"a": true, "b": true, "c": true}, boardDay(2026, 364))
	for lab, want := range map[string]int{"": 5, "a": 4, "b": 5} {
		shown, few := board.Introduced(0, lab)
		if few || len(shown.Meetings) != want {
			t.Errorf("Introduced(0, %q) = %d meetings, too few: %v; want %d", lab, len(shown.Meetings), few, want)
		}
	}
	if shown, few := board.Introduced(0, "c"); !few || len(shown.Meetings)+len(shown.Records) > 0 {
		t.Errorf("Introduced(0, c) = %d meetings, too few: %v; want none, for two people are in them", len(shown.Meetings), few)
	}
	if _, few := board.Introduced(2025, "a"); few {
		t.Error("a year of nothing is hidden; want it shown, with nothing in it")
	}
}

// By stage and by year at once, what is hidden would follow from the sums.
func TestABoardTellsOfAnswersNotByStage(t *testing.T) {
	t.Parallel()
	l := followed(theTwo(), 9, "a", "b", 100)
	board := l.Board(map[string]bool{"a": true, "b": true}, ever().To)
	for _, n := range []int{0, 2027} {
		var parts []string
		for _, m := range board.Measures(n, "") {
			if m.Metric == "M15" {
				parts = append(parts, m.Part)
			}
		}
		if got := fmt.Sprint(parts); got != "[all d30 reach together reach]" {
			t.Errorf("Measures(%d) has M15 of %s, want of all and how many were reached", n, got)
		}
	}
}

package exchange_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"interlab/bot/exchange"
)

// year is one of the calendar; those of these tests begin in 2027.
func year(n int) exchange.Period {
	return exchange.Period{From: time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(n+1, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// ever is all time, to an end after all of these tests' days.
func ever() exchange.Period { return exchange.Period{To: time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)} }

// asked is a question about the first goal of an exchange, put at noon of a day,
// and answered some days later; with "" it is not.
func asked(id string, s exchange.Stage, person string, put, after int, choice string) *exchange.FollowUp {
	f := &exchange.FollowUp{Exchange: id, Stage: s, Goal: 1, Person: person, Day: dayNo(put), First: on(put), State: exchange.Silence}
	if choice != "" {
		f.State, f.Answer = exchange.Answered, &exchange.Answer{Choice: choice, By: person, At: on(put + after)}
	}
	return f
}

// settled is an exchange of two people, with a goal that was verified, closed ten
// days after a day.
func settled(id, visitor, from, host, to string, put int) exchange.Record {
	r := visit(id, from, to, put-60, goal(1, from, to, put, verified(put-40)))
	r.Exchange.Terms.Visitor.Person, r.Exchange.Terms.Host.Person = visitor, host
	r.Exchange.State, r.Exchange.Steps = exchange.Closed, []exchange.Step{{Move: "T36", At: on(put + 10)}}
	return r
}

// followed adds n exchanges from lab to lab, each of a visitor and a host of its
// own. The visitors are asked on a day what is in use: they say in turn unaided,
// helped, stopped and nothing; for the last one the host does, that it has stopped.
// On the next day they are asked whether the labs are still in touch, and the first
// has a new project.
func followed(l exchange.Ledger, n int, from, to string, put int) exchange.Ledger {
	for i := range n {
		id := fmt.Sprintf("%s%s%d.%d", from, to, put, i)
		l.Records = append(l.Records, settled(id, "v"+id, from, "h"+id, to, put))
		choice := []string{exchange.Unaided, exchange.Helped, exchange.Stopped, ""}[i%4]
		about, touch := asked(id, exchange.Ask30, "v"+id, put, 3, choice), "no"
		if i == n-1 {
			about = asked(id, exchange.Ask30, "v"+id, put, 12, exchange.Stopped)
			about.Answer.By, about.Answer.SecondHand = "h"+id, true
		}
		if i == 0 {
			touch = "project"
		}
		l.FollowUps = append(l.FollowUps, about, asked(id, exchange.AskTogether, "v"+id, put+1, 1, touch))
	}
	return l
}

// theTwo are the labs of most of these tests.
func theTwo() exchange.Ledger {
	return exchange.Ledger{Labs: []exchange.Member{{Lab: "a"}, {Lab: "b"}}}
}

// tells checks tallies by "M15 d30 answered"; "few" is one that is withheld.
func tells(t *testing.T, what string, told exchange.Told, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, tally := range told.Tallies {
		text := strconv.Itoa(tally.Count)
		if tally.Few {
			if text = "few"; tally.Count != 0 {
				t.Errorf("%s: %+v is withheld and has a count", what, tally)
			}
		}
		got[tally.Metric+" "+tally.Part+" "+tally.What] = text
	}
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s: %s = %q, want %q", what, name, got[name], text)
		}
	}
}

// Worked by hand: eight visitors, of whom six answer themselves, and two talks.
func TestTalliesAreWhatFiguresAreComputedFrom(t *testing.T) {
	t.Parallel()
	l := followed(theTwo(), 8, "a", "b", 100)
	l.FollowUps = append(l.FollowUps, &exchange.FollowUp{Exchange: "ab100.0", Stage: exchange.Ask90, Person: "x", Day: dayNo(100), State: exchange.Moot})
	l.Talks = []exchange.Talk{
		{At: on(5), Lab: "a", Replies: 12, Attended: 9, OtherLabs: 6, First: 2},
		{At: on(6), Lab: "b", Replies: 12, Attended: 30, OtherLabs: 29, First: 28, Estimated: true}, // nobody knows who
	}
	told := l.Told(ever(), exchange.Scope{})
	want := map[string]string{
		"M15 d30 answered": "6", "M15 d30 second_hand": "1", "M15 d30 not_in_time": "1",
		"M15 together answered": "8", "M15 together second_hand": "0", "M15 together not_in_time": "0",
		"M15 all answered": "14", "M15 all second_hand": "1", "M15 all not_in_time": "1",
		"M15 d30 reach put": "8", "M15 d30 reach not_put": "0",
		"M16 d30 unaided": "2", "M16 d30 helped": "2", "M16 d30 not_in_use": "3",
		"M16 d30 coverage answered_for": "7", "M16 d30 coverage not_answered": "1",
		"M16 d180 unaided": "0", "M16 d180 coverage not_answered": "0",
		"M21  new_project":             "1",
		"M22 other labs of_own_lab":    "3",
		"M22 other labs of_other_labs": "6", "M22 first-timers for_first_time": "2", "M22 first-timers not_first_time": "7",
	}
	tells(t, "all time", told, want)
	shows(t, told.Measures, map[string]string{
		"M15 d30": "75 % (6 of 8)", "M15 d30 second-hand": "13 % (1 of 8)", "M15 all": "88 % (14 of 16)",
		"M16 d30": "57 % (4 of 7)", "M16 d30 unaided": "29 % (2 of 7)", "M16 d30 coverage": "88 % (7 of 8)", "M21": "13 % (1 of 8)",
		"M22 other labs": "67 % (6 of 9)", "M22 first-timers": "22 % (2 of 9)",
	})
	if len(told.Tallies) != 33 {
		t.Errorf("Told has %d tallies: %v", len(told.Tallies), told.Tallies)
	}
}

// What people said is told of no free period, of no lab and no person, and by
// stage of all time alone.
func TestAFileTellsOfPeopleOnlyWhereNoOtherSubtractsToAFew(t *testing.T) {
	t.Parallel()
	l := followed(theTwo(), 8, "a", "b", 100)
	quarter := exchange.Period{From: year(2027).From.AddDate(0, 3, 0), To: year(2027).From.AddDate(0, 6, 0)}
	longer := exchange.Period{From: year(2027).From, To: year(2027).To.AddDate(0, 0, 1)}
	for _, c := range []struct {
		name                 string
		p                    exchange.Period
		s                    exchange.Scope
		all, stage, use, put string
	}{
		{"all time", ever(), exchange.Scope{}, "14", "6", "2", "8"},
		{"a year", year(2027), exchange.Scope{}, "14", "few", "2", "8"},
		{"a quarter", quarter, exchange.Scope{}, "few", "few", "few", "few"},
		{"a year and a day", longer, exchange.Scope{}, "few", "few", "few", "few"},
		{"a year of nothing", year(2028), exchange.Scope{}, "0", "", "0", ""},
		{"a lab", ever(), exchange.Scope{Lab: "a"}, "few", "few", "few", "few"},
		{"a year of a lab", year(2027), exchange.Scope{Lab: "a"}, "few", "few", "few", "few"},
		{"a person", ever(), exchange.Scope{Person: "vab100.0"}, "few", "few", "few", "few"},
		{"nobody", ever(), exchange.Scope{Person: "nobody"}, "0", "", "0", ""},
	} {
		tells(t, c.name, l.Told(c.p, c.s), map[string]string{
			"M15 all answered": c.all, "M15 d30 answered": c.stage, "M16 d30 unaided": c.use, "M15 d30 reach put": c.put,
		})
	}
}

// What four say is told nowhere, and that nobody of four said anything is not either.
func TestTalliesOfFourAreWithheld(t *testing.T) {
	t.Parallel()
	l := followed(theTwo(), 4, "a", "b", 100)
	l.Talks = []exchange.Talk{{At: on(5), Lab: "a", Replies: 4, Attended: 4, OtherLabs: 1, First: 4}}
	for i := range 4 {
		id := fmt.Sprint("ab100.", i)
		l.FollowUps = append(l.FollowUps, asked(id, exchange.Ask90, "v"+id, 160, 0, ""))
	}
	for _, p := range []exchange.Period{ever(), year(2027)} {
		told := l.Told(p, exchange.Scope{})
		tells(t, "four", told, map[string]string{
			"M15 all answered": "few", "M15 d30 answered": "few", "M15 d30 second_hand": "few", "M15 d30 not_in_time": "few", "M15 d30 reach put": "few",
			"M16 d30 unaided": "few", "M16 d30 not_in_use": "few", "M16 d30 coverage answered_for": "few",
			"M16 d90 unaided": "few", "M16 d90 coverage not_answered": "few", // all four were silent
			"M16 d180 unaided":          "0", // nobody was asked
			"M22 other labs of_own_lab": "few", "M22 first-timers not_first_time": "few",
			"M21  new_project": "1", // of the eight of both labs
		})
	}
}

// Three of one year are told of by the other years and all time, unless the next
// smallest is left out too.
func TestAYearIsNotGivenAwayByTheOthers(t *testing.T) {
	t.Parallel()
	l := theTwo()
	for i, n := range []int{3, 9, 6, 8} { // 2027 to 2030
		l = followed(l, n, "a", "b", 100+365*i)
	}
	want := map[int]string{2027: "few", 2028: "15", 2029: "few", 2030: "14"}
	for n, text := range want {
		told := l.Told(year(n), exchange.Scope{})
		tells(t, strconv.Itoa(n), told, map[string]string{"M15 all answered": text})
	}
	tells(t, "all time", l.Told(ever(), exchange.Scope{}), map[string]string{"M15 all answered": "44", "M16 d30 unaided": "7"})
	tells(t, "the year before", l.Told(year(2026), exchange.Scope{}), map[string]string{"M15 all answered": "0"})
}

// An answer counts in the year of its question. All time would else have one more
// than its years.
func TestAnAnswerAfterNewYearCountsInTheYearOfItsQuestion(t *testing.T) {
	t.Parallel()
	l := theTwo()
	for i := range 6 {
		id := fmt.Sprint("e", i)
		l.Records = append(l.Records, settled(id, "v"+id, "a", "h"+id, "b", 300)) // 26 December
		l.FollowUps = append(l.FollowUps, asked(id, exchange.Ask30, "v"+id, 300, 2+3*i, exchange.Unaided))
	}
	for _, p := range []exchange.Period{ever(), year(2027)} {
		tells(t, "December", l.Told(p, exchange.Scope{}), map[string]string{"M15 all answered": "6", "M16 d30 unaided": "6"})
	}
	tells(t, "January", l.Told(year(2028), exchange.Scope{}), map[string]string{"M15 all answered": "0", "M16 d30 unaided": "0"})
}

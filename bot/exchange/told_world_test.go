package exchange_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// drawAnswers draws exchanges of three years between four labs, with what their
// people were asked afterwards. A lab has few or many people.
func drawAnswers(t *rapid.T) exchange.Ledger {
	l := exchange.Ledger{Labs: []exchange.Member{{Lab: "a"}, {Lab: "b"}, {Lab: "c"}, {Lab: "d"}}}
	crowd := map[string]int{}
	for _, m := range l.Labs {
		crowd[m.Lab] = rapid.IntRange(1, 12).Draw(t, "people")
	}
	for i := range rapid.IntRange(0, 40).Draw(t, "exchanges") {
		id := fmt.Sprint("e", i)
		pair := rapid.Permutation([]string{"a", "b", "c", "d"}).Draw(t, "labs")[:2]
		who := func(lab string) string { return fmt.Sprint(lab, rapid.IntRange(1, crowd[lab]).Draw(t, "who")) }
		visitor, host := who(pair[0]), who(pair[1])
		put := rapid.IntRange(0, 900).Draw(t, "put")
		r := settled(id, visitor, pair[0], host, pair[1], put)
		if i > 0 && rapid.IntRange(0, 5).Draw(t, "continues") == 0 { // of the same two
			r.Continues = fmt.Sprint("e", i-1)
			before := l.Records[i-1].Exchange.Terms
			r.Exchange.Terms.Visitor, r.Exchange.Terms.Host = before.Visitor, before.Host
			visitor, host = before.Visitor.Person, before.Host.Person
		}
		l.Records = append(l.Records, r)
		for _, s := range []exchange.Stage{exchange.AskClose, exchange.Ask30, exchange.Ask90, exchange.AskTogether} {
			if rapid.IntRange(0, 2).Draw(t, "asked") == 0 {
				continue
			}
			f := asked(id, s, visitor, put+rapid.IntRange(0, 90).Draw(t, "day"), rapid.IntRange(0, 30).Draw(t, "after"),
				rapid.SampledFrom(append(s.Choices(), exchange.Choice{})).Draw(t, "choice").Key)
			if f.Answer != nil && len(s.SecondHand()) > 0 && rapid.IntRange(0, 3).Draw(t, "second") == 0 {
				f.Answer.By, f.Answer.SecondHand = host, true
			}
			l.FollowUps = append(l.FollowUps, f)
		}
	}
	return l
}

// source is what figures have of one question or one exchange: who was asked, and
// who answered.
type source struct{ asked, answered []string }

// sources are those of a part of a figure in a file, naively.
func sources(l exchange.Ledger, p exchange.Period, metric, part string) map[string]source {
	all, records, next := map[string]source{}, map[string]*exchange.Exchange{}, map[string]bool{}
	for _, r := range l.Records {
		records[r.ID] = r.Exchange
		next[r.Continues] = true
	}
	for _, f := range l.FollowUps {
		stage := string(f.Stage)
		due := f.Day.String() >= p.From.Format("2006-01-02") && f.Day.String() < p.To.Format("2006-01-02")
		put := !f.First.Before(p.From) && f.First.Before(p.To)
		if metric == "M15" && !(put && (part == "all" || part == stage)) || metric == "M16" && !(due && part == stage) || metric == "M21" {
			continue
		}
		of := source{asked: []string{f.Person}}
		if metric == "M15" || f.Answer != nil && f.Answer.Choice != exchange.DontKnow {
			of.answered = []string{f.Person}
			if metric == "M16" {
				of.answered[0] = f.Answer.By
			}
		}
		all[f.ID()] = of
	}
	for id, e := range records {
		if at := e.ClosedAt(); metric == "M21" && !next[id] && !at.Before(p.From) && at.Before(p.To) {
			two := []string{e.Terms.Visitor.Person, e.Terms.Host.Person}
			all[id] = source{two, two}
		}
	}
	return all
}

// behind is how many people are behind sources: those who answered, or where
// nobody did those who were asked.
func behind(all map[string]source) int {
	said, silent := map[string]bool{}, map[string]bool{}
	for _, s := range all {
		for _, person := range s.answered {
			said[person] = true
		}
		for _, person := range s.asked {
			silent[person] = true
		}
	}
	if len(said) > 0 {
		return len(said)
	}
	return len(silent)
}

// less is what of some sources is not in others; false where those have more.
func less(all, others map[string]source) (map[string]source, bool) {
	rest := maps.Clone(all)
	for id := range others {
		if _, ok := all[id]; !ok {
			return nil, false
		}
		delete(rest, id)
	}
	return rest, true
}

// Whoever has every file that is told of, and subtracts one from another or all
// years from all time, learns of nobody's answer unless five are behind it.
func TestNoFileNorTheDifferenceOfTwoTellsOfFewerThanFive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := drawAnswers(t)
		files := []exchange.Period{ever(), year(2027), year(2028), year(2029)}
		type part struct{ metric, part string }
		shown := map[part]map[exchange.Period]map[string]source{}
		for _, f := range files {
			for _, tally := range l.Told(f, exchange.Scope{}).Tallies {
				key := part{tally.Metric, tally.Part}
				if !slices.Contains([]part{{"M15", "all"}, {"M15", "d30"}, {"M15", "close"}, {"M16", "d30"}, {"M16", "d90"}, {"M21", ""}}, key) || tally.Few {
					continue
				}
				from := sources(l, f, key.metric, key.part)
				if n := behind(from); n > 0 && n < exchange.Fewest {
					t.Fatalf("%v tells %+v of %d people", f, tally, n)
				}
				if shown[key] == nil {
					shown[key] = map[exchange.Period]map[string]source{}
				}
				shown[key][f] = from
			}
		}
		for key, all := range shown {
			years := map[string]source{}
			for f, from := range all {
				if f != ever() {
					maps.Copy(years, from)
				}
				for g, other := range all {
					if rest, ok := less(from, other); ok && behind(rest) > 0 && behind(rest) < exchange.Fewest {
						t.Fatalf("%v less %v tells %v of %d people", f, g, key, behind(rest))
					}
				}
			}
			if whole, ok := all[files[0]]; ok {
				if rest, _ := less(whole, years); behind(rest) > 0 && behind(rest) < exchange.Fewest {
					t.Fatalf("all time less the years tells %v of %d people", key, behind(rest))
				}
			}
		}
	})
}

// In one file the stages that are shown leave of them all nothing or what five
// people said, and every figure is that of its tallies.
func TestTalliesAddUpToTheFiguresThatAreShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := drawAnswers(t)
		told := l.Told(ever(), exchange.Scope{})
		sums, first := map[string]int{}, map[string]int{}
		few := map[string]bool{}
		for _, tally := range told.Tallies {
			name := tally.Metric + " " + tally.Part
			sums[name] += tally.Count
			few[name] = few[name] || tally.Few
			if slices.Contains([]string{exchange.TallyAnswered, exchange.TallyPut, exchange.TallyUnaided, exchange.TallyHelped, exchange.TallyAnyAnswer}, tally.What) {
				first[name] += tally.Count
			}
		}
		rest := sources(l, ever(), "M15", "all")
		for _, m := range told.Measures {
			name := m.Metric + " " + m.Part
			if _, ok := sums[name]; !ok || m.Metric == "M21" {
				continue
			}
			if m.Few != few[name] || !m.Few && (m.Den != float64(sums[name]) || m.Num != float64(first[name])) {
				t.Fatalf("%s is %v of %v (few: %v), and its tallies have %d of %d", name, m.Num, m.Den, m.Few, first[name], sums[name])
			}
			if m.Metric == "M15" && !m.Few {
				maps.DeleteFunc(rest, func(id string, _ source) bool {
					_, of := sources(l, ever(), "M15", m.Part)[id]
					return of && m.Part != "all"
				})
			}
		}
		if !few["M15 all"] && behind(rest) > 0 && behind(rest) < exchange.Fewest {
			t.Fatalf("the stages that are shown leave %d people of all", behind(rest))
		}
	})
}

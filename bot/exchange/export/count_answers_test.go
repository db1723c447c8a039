package export_test

import (
	"slices"
	"time"

	"interlab/bot/exchange"
)

// fewest is how many people are behind a figure that is shown.
const fewest = 5

// withhold takes away a figure that rests on people where they are fewer than
// five, where it is of a lab, a person or a part of a year, and where it is of a
// year and it or another one has to cover what a smaller one says.
func (d direct) withhold(name string, people int, of func(exchange.Period) int) {
	if people == 0 {
		return
	}
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	few := people < fewest
	switch {
	case d.s == (exchange.Scope{}) && d.p.From.IsZero():
	case d.s == (exchange.Scope{}) && d.p.From.Equal(d.p.To.AddDate(-1, 0, 0)) && d.p.From.YearDay() == 1:
		var years []int
		for y := range 3 {
			if n := of(exchange.Period{From: first.AddDate(y, 0, 0), To: first.AddDate(y+1, 0, 0)}); n > 0 {
				years = append(years, n)
			}
		}
		few = few || covers(people, years)
	default:
		few = true
	}
	if few {
		d.got[name] = figure{few: true}
	}
}

// covers reports whether a group of so many is the smallest that is large enough,
// beside some that are not.
func covers(people int, groups []int) bool {
	slices.Sort(groups)
	for _, n := range groups {
		if n >= fewest {
			return n == people && groups[0] < fewest
		}
	}
	return false
}

// response is what came of the questions of a stage.
type response struct {
	own, second, asked, put, due int
	who, waited                  map[string]bool
}

// response counts them; of all stages with "".
func (d direct) response(stage exchange.Stage) response {
	r := response{who: map[string]bool{}, waited: map[string]bool{}}
	for _, f := range d.FollowUps {
		if f.State == exchange.Moot || stage != "" && f.Stage != stage {
			continue
		}
		if d.inDay(f.Day) {
			r.due++
			r.waited[f.Person] = true
			if !f.First.IsZero() {
				r.put++
			}
		}
		if !d.in(f.First) {
			continue
		}
		r.asked++
		r.who[f.Person] = true
		if f.Answer != nil && f.Answer.At.Sub(f.First) <= 21*24*time.Hour {
			if f.Answer.SecondHand {
				r.second++
			} else {
				r.own++
			}
		}
	}
	return r
}

// at is the same count of another period.
func (d direct) at(p exchange.Period) direct { return direct{Ledger: d.Ledger, p: p, s: d.s} }

// answered are M15, M16 and M21.
func (d direct) answered() {
	all := d.response("")
	d.share("M15 all", all.own, all.asked)
	d.withhold("M15 all", len(all.who), func(p exchange.Period) int { return len(d.at(p).response("").who) })
	var groups []int
	for _, s := range exchange.Stages() {
		if n := len(d.response(s).who); n > 0 {
			groups = append(groups, n)
		}
	}
	smallest := true // of several stages of as many people one covers the others
	for _, s := range exchange.Stages() {
		r, name := d.response(s), "M15 "+string(s)
		if r.asked > 0 {
			hides := covers(len(r.who), groups) && smallest
			smallest = smallest && !hides
			d.share(name, r.own, r.asked)
			d.share(name+" second-hand", r.second, r.asked)
			if hides || len(r.who) < fewest || !d.p.From.IsZero() || d.s != (exchange.Scope{}) {
				d.got[name], d.got[name+" second-hand"] = figure{few: true}, figure{few: true}
			}
		}
		if r.due > 0 {
			d.share(name+" reach", r.put, r.due)
			d.withhold(name+" reach", len(r.waited), func(p exchange.Period) int { return len(d.at(p).response(s).waited) })
		}
	}
	for _, s := range []exchange.Stage{exchange.Ask30, exchange.Ask90, exchange.Ask180} {
		d.inUse(s)
	}
	closed, went, people := d.followOn()
	d.share("M21", went, closed)
	d.withhold("M21", people, func(p exchange.Period) int { _, _, n := d.at(p).followOn(); return n })
}

// use is what was said of the goals of a stage.
type use struct {
	due, said, used, alone int
	people, asked          int
}

// use counts it goal by goal: more who use it than not, and of those more alone
// than with help.
func (d direct) use(s exchange.Stage) (u use) {
	people, asked := map[string]bool{}, map[string]bool{}
	for _, r := range d.Records {
		for _, g := range r.Exchange.Goals {
			said, due := map[string]int{}, false
			for _, f := range d.FollowUps {
				if f.Exchange != r.ID || f.Goal != g.N || f.Stage != s || f.State == exchange.Moot || !d.inDay(f.Day) || g.State != exchange.GoalVerified {
					continue
				}
				due, asked[f.Person] = true, true
				if f.Answer != nil && f.Answer.Choice != exchange.DontKnow {
					said[f.Answer.Choice]++
					people[f.Answer.By] = true
				}
			}
			if due {
				u.due++
			}
			if len(said) == 0 {
				continue
			}
			u.said++
			if with := said[exchange.Helped]; said[exchange.Unaided]+with > said[exchange.Stopped]+said[exchange.NotSoon] {
				u.used++
				if said[exchange.Unaided] > with {
					u.alone++
				}
			}
		}
	}
	u.people, u.asked = len(people), len(asked)
	return u
}

// inUse is M16.
func (d direct) inUse(s exchange.Stage) {
	u, name := d.use(s), "M16 "+string(s)
	d.share(name, u.used, u.said)
	d.share(name+" unaided", u.alone, u.said)
	d.share(name+" coverage", u.said, u.due)
	for _, part := range []string{"", " unaided"} {
		behind := func(u use) int {
			if u.people == 0 {
				return u.asked
			}
			return u.people
		}
		d.withhold(name+part, behind(u), func(p exchange.Period) int {
			v := d.at(p).use(s)
			if v.people == 0 && v.asked >= fewest { // of nothing, and covers nobody
				return 0
			}
			return behind(v)
		})
	}
	d.withhold(name+" coverage", u.asked, func(p exchange.Period) int { return d.at(p).use(s).asked })
}

// followOn is M21: exchanges that were closed, after which came another or, as
// somebody says, a project; and who was in those after which no other came.
func (d direct) followOn() (closed, went, people int) {
	who := map[string]bool{}
	for _, r := range d.Records {
		if r.Exchange.State != exchange.Closed || !d.in(r.Exchange.Steps[0].At) {
			continue
		}
		closed++
		if slices.ContainsFunc(d.Records, func(next exchange.Record) bool { return next.Continues == r.ID }) {
			went++
			continue
		}
		who[r.Exchange.Terms.Visitor.Person], who[r.Exchange.Terms.Host.Person] = true, true
		if slices.ContainsFunc(d.FollowUps, func(f *exchange.FollowUp) bool {
			return f.Exchange == r.ID && f.Stage == exchange.AskTogether && f.Answer != nil && f.Answer.Choice == "project"
		}) {
			went++
		}
	}
	return closed, went, len(who)
}

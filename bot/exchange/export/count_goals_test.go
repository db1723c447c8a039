package export_test

import (
	"math"
	"slices"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// flow counts M1, M17, M18, M19 and M26.
func (d direct) flow() {
	verified, people := map[[2]string]int{}, map[[2]string]int{}
	add := func(what string, from, to string) {
		name := "M1 " + what + " " + from + ">" + to
		d.count(name, int(d.got[name].num)+1)
	}
	took := map[string]bool{}
	for _, r := range d.Records {
		e := r.Exchange
		if from, to := e.Terms.Visitor.Lab, e.Terms.Host.Lab; d.inDay(e.Start) {
			add("people", from, to)
			people[[2]string{from, to}]++
			took[from], took[to] = true, true
		}
		for _, g := range e.Goals {
			if !d.past(e.Agreed) {
				continue
			}
			if d.in(e.Agreed) {
				add("planned", g.Giver, g.Receiver)
			}
			if g.Claimed != nil && d.in(g.Claimed.At) {
				add("claimed", g.Giver, g.Receiver)
			}
			if g.State == exchange.GoalVerified && d.in(g.Verified.At) {
				add("verified", g.Giver, g.Receiver)
				verified[[2]string{g.Giver, g.Receiver}]++
			}
		}
	}
	total, matched, mutual := 0, 0, 0
	for way, n := range verified {
		back := verified[[2]string{way[1], way[0]}]
		total, matched = total+n, matched+min(n, back)
		if back > 0 {
			mutual++
		}
	}
	d.share("M17 weighted", matched, total)
	d.share("M17 directions", mutual, len(verified))
	d.balances(verified, total)
	d.sectors(verified, people)
	if d.s == (exchange.Scope{}) {
		d.share("M26 labs", len(took), len(d.Labs))
	}
}

// balances are M18, and the three labs that do most.
func (d direct) balances(verified map[[2]string]int, total int) {
	var each []int
	for _, lab := range d.Labs {
		gives, takes := 0, 0
		for way, n := range verified {
			if way[0] == lab.Lab {
				gives += n
			}
			if way[1] == lab.Lab {
				takes += n
			}
		}
		each = append(each, gives+takes)
		if d.s == (exchange.Scope{}) || d.s.Lab == lab.Lab {
			d.share("M18 "+lab.Lab, gives-takes, gives+takes)
		}
	}
	slices.Sort(each)
	slices.Reverse(each)
	if d.s == (exchange.Scope{}) {
		d.share("M26 top three", each[0]+each[1]+each[2], 2*total)
	}
}

func (d direct) sectors(verified, people map[[2]string]int) {
	sector := map[string]exchange.Sector{}
	for _, lab := range d.Labs {
		sector[lab.Lab] = lab.Sector
	}
	for what, ways := range map[string]map[[2]string]int{"goals": verified, "people": people} {
		out, back := 0, 0
		for way, n := range ways {
			switch [2]exchange.Sector{sector[way[0]], sector[way[1]]} {
			case [2]exchange.Sector{exchange.Academic, exchange.Industry}:
				out += n
			case [2]exchange.Sector{exchange.Industry, exchange.Academic}:
				back += n
			}
		}
		d.count("M19 "+what+" academic>industry", out)
		d.count("M19 "+what+" industry>academic", back)
	}
}

// stood is what a goal was at the period's end, and when it came to its end.
func (d direct) stood(e *exchange.Exchange, g exchange.Goal) (state exchange.GoalState, ended time.Time) {
	switch g.State {
	case exchange.GoalVerified, exchange.GoalClaimed:
		ended = g.Claimed.At
		switch {
		case g.State == exchange.GoalVerified && d.past(g.Verified.At):
			return exchange.GoalVerified, ended
		case d.past(ended):
			return exchange.GoalClaimed, ended
		}
	case exchange.GoalMissed, exchange.GoalCarried:
		if ended = g.Settling.At; d.past(ended) {
			return g.State, ended
		}
	case exchange.GoalDropped: // with the exchange: in these worlds nothing else drops any
		if ended = e.Steps[0].At; d.past(ended) {
			return g.State, ended
		}
	}
	return exchange.GoalOpen, ended
}

// states are M2, M3 and M4.
func (d direct) states() {
	states := map[exchange.GoalState]int{}
	settled, alone, helped := 0, 0, 0
	for _, r := range d.Records {
		for _, g := range r.Exchange.Goals {
			if !d.past(r.Exchange.Agreed) {
				continue
			}
			stood, ended := d.stood(r.Exchange, g)
			states[stood]++
			if !d.in(ended) {
				continue
			}
			switch stood {
			case exchange.GoalMissed, exchange.GoalDropped:
				settled++
			case exchange.GoalVerified:
				settled++
				if g.Outcome == exchange.WithHelp {
					helped++
				} else {
					alone++
				}
			}
		}
	}
	for _, s := range []exchange.GoalState{"open", "claimed", "disputed", "verified", "dropped", "not_achieved", "carried_over"} {
		d.count("M2 "+string(s), states[s])
	}
	d.share("M3 achieved", alone, settled)
	d.share("M3 with help", helped, settled)
	d.share("M4", states["verified"], states["verified"]+states["claimed"])
}

// punctual are M5 and M6.
func (d direct) punctual() {
	due, onFirst, onDue := 0, 0, 0
	var slipped []float64
	for _, r := range d.Records {
		for _, g := range r.Exchange.Goals {
			if !d.past(r.Exchange.Agreed) {
				continue
			}
			first := g.First
			if first.IsZero() {
				first = g.Due
			}
			by := func(day calendar.Date) bool {
				return g.Claimed != nil && g.Claimed.At.Before(midnight(day).Add(36*time.Hour))
			}
			off := g.State == exchange.GoalDropped && r.Exchange.Steps[0].At.Before(midnight(first).AddDate(0, 0, 1))
			if d.inDay(first) && !off {
				due++
				if by(first) {
					onFirst++
				}
				if by(g.Due) {
					onDue++
				}
			}
			if d.inDay(g.Due) && g.State != exchange.GoalDropped {
				slipped = append(slipped, midnight(g.Due).Sub(midnight(first)).Hours()/24)
			}
		}
	}
	d.share("M5 first day", onFirst, due)
	d.share("M5 agreed day", onDue, due)
	d.median("M6", slipped)
}

func (d direct) median(name string, all []float64) {
	slices.Sort(all)
	n := len(all)
	if n == 0 {
		d.mean(name, 0, 0, 0)
		return
	}
	middle := (all[(n-1)/2] + all[n/2]) / 2
	d.mean(name, middle, middle, n)
}

// attained is M7: of equal weights, and what was verified is 0 or -1, what was
// missed -2.
func (d direct) attained() {
	sum, of := 0.0, 0
	for _, r := range d.Records {
		if !d.in(r.Exchange.Completed) {
			continue
		}
		levels, n := 0.0, 0.0
		for _, g := range r.Exchange.Goals {
			switch {
			case g.State == exchange.GoalMissed:
				levels, n = levels-2, n+1
			case g.State == exchange.GoalVerified && g.Outcome == exchange.WithHelp:
				levels, n = levels-1, n+1
			case g.State == exchange.GoalVerified:
				n++
			}
		}
		if n > 0 {
			sum, of = sum+50+10*levels/math.Sqrt(0.7*n+0.3*n*n), of+1
		}
	}
	d.mean("M7", sum, sum/float64(of), of)
}

// blocked is M25.
func (d direct) blocked() {
	hours := map[exchange.Obstacle]float64{}
	add := func(o exchange.Obstacle, a, b time.Time) {
		if b.IsZero() {
			b = d.p.To
		}
		for at := a; at.Before(b); at = at.Add(time.Hour) { // worlds change on the hour
			if d.in(at) {
				hours[o]++
			}
		}
	}
	for _, r := range d.Records {
		for _, s := range r.Blocked {
			add(s.Obstacle, s.From, s.To)
		}
		for _, g := range r.Exchange.Goals {
			if g.State == exchange.GoalOpen && g.Status == exchange.Blocked {
				add(g.Obstacle, g.Since, r.Exchange.Ended)
			}
		}
	}
	for o, n := range hours {
		if n > 0 {
			d.got["M25 "+string(o)] = figure{n / 24, 1, n / 24, false}
		}
	}
}

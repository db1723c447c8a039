package main

import (
	"math"
	"strings"
	"time"
)

type waiting struct {
	took             []float64
	still, soon, had int
}

func (w *waiting) add(began time.Time, came, over string, within float64) {
	switch {
	case past(came):
		w.took = append(w.took, math.Max(0, days(began, at(came))))
	case !past(over):
		w.still++
	}
	if !began.Add(time.Duration(within*24) * time.Hour).After(to) {
		w.had++
		if past(came) && days(began, at(came)) <= within {
			w.soon++
		}
	}
}

func (w *waiting) put(metric string) {
	middle(metric+" median", w.took)
	p90 := math.NaN()
	if n := len(w.took); n > 0 {
		p90 = w.took[int(math.Ceil(0.9*float64(n)))-1] // sorted by the median
	}
	want[metric+" 90th percentile"] = figure{p90, float64(len(w.took)), p90}
	count(metric+" waiting", w.still)
	share(metric+" soon", w.soon, w.had)
}

func waits() {
	var meet, open waiting
	met, could := 0, 0
	for _, m := range in.Meetings {
		if !holds(m.Accepted) {
			continue
		}
		meet.add(at(m.Accepted), m.Met, m.Over, 14)
		if !at(m.Accepted).AddDate(0, 0, 30).After(to) {
			could++
			if past(m.Met) {
				met++
			}
		}
	}
	meet.put("M8")
	share("M10", met, could)
	for _, e := range in.Exchanges {
		if !holds(e.Start) {
			continue
		}
		first := ""
		for _, v := range in.Evidence {
			if v.Exchange == e.ID && v.Open && v.Appeared != "" && (first == "" || v.Appeared < first) {
				first = v.Appeared
			}
		}
		open.add(at(e.Start), first, "", 90)
	}
	open.put("M9")
}

func leavings() {
	start := map[string]string{}
	for _, e := range in.Exchanges {
		start[e.ID] = e.Start
	}
	var open, accounted, applicable, complete, required int
	for _, s := range in.Slots {
		if !holds(start[s.Exchange]) {
			continue
		}
		there, reasoned := false, s.State == "held_back"
		for _, v := range in.Evidence {
			if v.Exchange == s.Exchange && v.Pack == s.Pack && v.Type == s.Slot {
				there = v.Open
				reasoned = reasoned || v.Openness != "open" && v.Holding != ""
			}
		}
		if s.Required && s.State != "does_not_apply" {
			required++
			if s.State == "have_link" {
				complete++
			}
		}
		if s.State == "does_not_apply" || s.State == "" && !s.Required {
			continue
		}
		applicable++
		if there {
			open++
		}
		if there || reasoned {
			accounted++
		}
	}
	share("M12", open, applicable)
	share("M13", accounted, applicable)
	share("M14", complete, required)
}

func courses() {
	ways := map[string]int{"full": 0, "early": 0, "silent": 0, "cancelled": 0}
	var planned, actual []float64
	oneWay, begun := 0, 0
	for _, e := range in.Exchanges {
		switch {
		case holds(e.CompletedAt):
			ways[e.Completion]++
			planned = append(planned, days(at(e.PlannedFrom), at(e.PlannedTo))+1)
			actual = append(actual, math.Round(days(at(e.Start), at(e.EndedAt).Truncate(24*time.Hour)))+1)
		case holds(e.CancelledAt):
			ways["cancelled"]++
		}
		if holds(e.Start) {
			begun++
			if e.OneWay {
				oneWay++
			}
		}
	}
	for way, n := range ways {
		count("M23 "+way, n)
	}
	middle("M23 planned length", planned)
	middle("M23 actual length", actual)
	share("M24", oneWay, begun)
	repeats("labs", func(i int) (string, string) { return in.Exchanges[i].VisitorLab, in.Exchanges[i].HostLab })
	repeats("people", func(i int) (string, string) { return in.Exchanges[i].Visitor, in.Exchanges[i].Host })
	blocked()
}

func repeats(what string, of func(int) (string, string)) {
	pair := func(i int) [2]string {
		a, b := of(i)
		return [2]string{min(a, b), max(a, b)}
	}
	could, did := map[[2]string]bool{}, map[[2]string]bool{}
	for i, old := range in.Exchanges {
		ready := at(old.CompletedAt).AddDate(0, 0, 30)
		if old.CompletedAt == "" || ready.After(to) {
			continue
		}
		could[pair(i)] = true
		for j, next := range in.Exchanges {
			if holds(next.Start) && pair(j) == pair(i) && !at(next.Start).Before(ready) {
				did[pair(i)] = true
			}
		}
	}
	share("M20 "+what, len(did), len(could))
}

func blocked() {
	sums := map[string]float64{}
	add := func(obstacle string, a, b time.Time) {
		if a.Before(from) {
			a = from
		}
		if b.IsZero() || b.After(to) {
			b = to
		}
		if b.After(a) {
			sums[obstacle] += days(a, b)
		}
	}
	for _, b := range in.Blocked {
		add(b.Obstacle, at(b.From), at(b.To))
	}
	ended := map[string]string{}
	for _, e := range in.Exchanges {
		ended[e.ID] = e.EndedAt
	}
	for _, g := range in.Goals {
		if g.State == "open" && g.BlockedSince != "" {
			add(g.BlockedBy, at(g.BlockedSince), at(ended[g.Exchange]))
		}
	}
	for obstacle, n := range sums {
		want[strings.TrimSpace("M25 "+obstacle)] = figure{n, 1, n}
	}
}

// talks are counted where any are noted at all. Who came is in tallies.
func talks() {
	if len(in.Talks) == 0 {
		for _, part := range []string{"attended", "talks with an estimate", "of replies", "other labs", "first-timers", "links in a week"} {
			share("M22 "+part, 0, 0)
		}
		return
	}
	var attended, replies, linked, held, estimates int
	for _, t := range in.Talks {
		if !holds(t.At) {
			continue
		}
		held++
		attended += t.Attended
		replies += t.Replies
		if t.Estimated {
			estimates++
		}
		if t.Linked != "" && days(at(t.At), at(t.Linked)) <= 7 {
			linked++
		}
	}
	count("M22 attended", attended)
	count("M22 talks with an estimate", estimates)
	share("M22 of replies", attended, replies)
	share("M22 links in a week", linked, held)
	tallied("M22", "other labs", []string{"of_other_labs"}, []string{"of_other_labs", "of_own_lab"})
	tallied("M22", "first-timers", []string{"for_first_time"}, []string{"for_first_time", "not_first_time"})
}

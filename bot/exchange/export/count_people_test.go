package export_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// waited is how long something took, and who still waits.
type waited struct {
	took             []float64
	still, soon, had int
}

func (d direct) wait(w *waited, from, came, over time.Time, within int) {
	if d.past(came) {
		w.took = append(w.took, math.Max(0, came.Sub(from).Hours()/24))
	} else if !d.past(over) {
		w.still++
	}
	if limit := from.AddDate(0, 0, within); !limit.After(d.p.To) {
		w.had++
		if d.past(came) && !came.After(limit) {
			w.soon++
		}
	}
}

func (d direct) waited(metric string, w waited) {
	d.median(metric+" median", w.took) // which sorts them
	n := len(w.took)
	slow := 0.0
	for i, v := range w.took {
		if slow = v; 10*(i+1) >= 9*n {
			break
		}
	}
	d.mean(metric+" 90th percentile", slow, slow, n)
	d.count(metric+" waiting", w.still)
	d.share(metric+" soon", w.soon, w.had)
}

// waits are M8, M9 and M10.
func (d direct) waits() {
	var meet, open waited
	met, could := 0, 0
	for _, m := range d.Meetings {
		if !d.in(m.Accepted) {
			continue
		}
		d.wait(&meet, m.Accepted, m.Met, m.Over, 14)
		if !m.Accepted.AddDate(0, 0, 30).After(d.p.To) {
			could++
			if d.past(m.Met) {
				met++
			}
		}
	}
	for _, r := range d.Records {
		if !d.inDay(r.Exchange.Start) {
			continue
		}
		all := slices.Clone(r.Evidence)
		for _, pack := range r.Packs {
			for _, s := range pack.Slots {
				if s.Evidence != nil {
					all = append(all, *s.Evidence)
				}
			}
		}
		var first time.Time
		for _, v := range all {
			if at := midnight(v.Appeared()); v.Open(d.last()) && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
		d.wait(&open, midnight(r.Exchange.Start), first, time.Time{}, 90)
	}
	d.waited("M8", meet)
	d.waited("M9", open)
	d.share("M10", met, could)
}

// last is the last day of the period.
func (d direct) last() calendar.Date {
	at := d.p.To.Add(-1)
	day, _ := calendar.NewDate(at.Year(), at.Month(), at.Day())
	return day
}

// leavings are M12, M13 and M14.
func (d direct) leavings() {
	applies, open, accounted, required, linked := 0, 0, 0, 0, 0
	for _, r := range d.Records {
		for _, pack := range r.Packs {
			needed := pack.Profile.Required()
			for _, a := range append(slices.Clone(needed), pack.Profile.Wanted()...) {
				s, must := pack.Slots[a], slices.Contains(needed, a)
				if !d.inDay(r.Exchange.Start) || s.State == exchange.NoneApplies || s.State == exchange.Unsaid && !must {
					continue
				}
				applies++
				there := s.State == exchange.HaveLink && s.Evidence.Open(d.last())
				if there {
					open++
				}
				if there || s.State == exchange.HeldBack || s.State == exchange.HaveLink && s.Evidence.Openness != exchange.ToAll && s.Evidence.Holding != "" {
					accounted++
				}
				if must {
					required++
					if s.State == exchange.HaveLink {
						linked++
					}
				}
			}
		}
	}
	d.share("M12", open, applies)
	d.share("M13", accounted, applies)
	d.share("M14", linked, required)
}

// models is M11. What a class needs stands here as the framework lists it; of these
// worlds' packs of models in part no class can be reached.
func (d direct) models() {
	three := []exchange.Artefact{exchange.Architecture, exchange.Weights, exchange.ModelCard, exchange.DataCard, exchange.TechnicalReport, exchange.EvalResults}
	two := append(slices.Clone(three), exchange.TrainingCode, exchange.InferenceCode, exchange.EvalHarness, exchange.BenchmarkData)
	one := append(slices.Clone(two), exchange.Dataset, exchange.PreparationCode, exchange.Checkpoints, exchange.Paper)
	classes := map[string][]exchange.Artefact{"class III": three, "class II": two, "class I": one}
	best, sums, of := map[string]int{}, map[string]float64{}, 0
	for _, r := range d.Records {
		for _, pack := range r.Packs {
			var first calendar.Date
			open := map[exchange.Artefact]bool{}
			for a, s := range pack.Slots {
				if s.Evidence == nil {
					continue
				}
				open[a] = s.Evidence.Open(d.last())
				if at := s.Evidence.Appeared(); !at.IsZero() && (first.IsZero() || at.Compare(first) < 0) {
					first = at
				}
			}
			if pack.Profile != exchange.PackModel && pack.Profile != exchange.PackFullModel || !d.inDay(first) {
				continue
			}
			of++
			reached := "no class"
			for _, class := range []string{"class III", "class II", "class I"} {
				there, needed := 0, 0
				for _, a := range classes[class] {
					if a == exchange.TechnicalReport && !open[a] && open[exchange.Paper] {
						if class == "class I" { // the paper is needed there anyway
							continue
						}
						a = exchange.Paper
					}
					needed++
					if open[a] {
						there++
					}
				}
				sums[class] += float64(there) / float64(needed)
				if there == needed {
					reached = class
				}
			}
			best[reached]++
		}
	}
	d.count("M11 models of no class", best["no class"])
	for class := range classes {
		d.count("M11 models of "+class, best[class])
		d.mean("M11 mean of "+class, sums[class], sums[class]/float64(of), of)
	}
}

// courses are M23 and M24.
func (d direct) courses() {
	ways := map[string]int{}
	var planned, actual []float64
	begun, oneWay := 0, 0
	for _, r := range d.Records {
		e := r.Exchange
		if d.in(e.Completed) {
			ways[string(e.Completion)]++
			planned = append(planned, 21) // of all these worlds' exchanges
			actual = append(actual, math.Floor(e.Ended.Sub(midnight(e.Start)).Hours()/24)+1)
		}
		if e.State == exchange.Cancelled && d.in(e.Steps[0].At) {
			ways["cancelled"]++
		}
		if d.inDay(e.Start) {
			begun++
			if e.Terms.OneWay != "" {
				oneWay++
			}
		}
	}
	for _, way := range []string{"full", "early", "silent", "cancelled"} {
		d.count("M23 "+way, ways[way])
	}
	d.median("M23 planned length", planned)
	d.median("M23 actual length", actual)
	d.share("M24", oneWay, begun)
}

// again is M20: two who completed an exchange and began another a month later.
func (d direct) again() {
	for what, of := range map[string]func(exchange.Party) string{
		"labs": func(p exchange.Party) string { return p.Lab }, "people": func(p exchange.Party) string { return p.Person },
	} {
		two := func(e *exchange.Exchange) [2]string {
			both := []string{of(e.Terms.Visitor), of(e.Terms.Host)}
			slices.Sort(both)
			return [2]string(both)
		}
		could, did := map[[2]string]bool{}, map[[2]string]bool{}
		for _, old := range d.Records {
			ready := old.Exchange.Completed.AddDate(0, 0, 30)
			if old.Exchange.Completed.IsZero() || ready.After(d.p.To) {
				continue
			}
			could[two(old.Exchange)] = true
			for _, next := range d.Records {
				if two(next.Exchange) == two(old.Exchange) && d.inDay(next.Exchange.Start) && !midnight(next.Exchange.Start).Before(ready) {
					did[two(old.Exchange)] = true
				}
			}
		}
		d.share("M20 "+what, len(did), len(could))
	}
}

// talked is M22.
func (d direct) talked() {
	attended, estimates, replies, linked, held, known, others, first := 0, 0, 0, 0, 0, 0, 0, 0
	for _, t := range d.Talks {
		if !d.in(t.At) {
			continue
		}
		held, attended, replies = held+1, attended+t.Attended, replies+t.Replies
		if t.Estimated {
			estimates++
		} else {
			known, others, first = known+t.Attended, others+t.OtherLabs, first+t.First
		}
		if !t.Linked.IsZero() && !t.Linked.After(t.At.AddDate(0, 0, 7)) {
			linked++
		}
	}
	d.count("M22 attended", attended)
	d.count("M22 talks with an estimate", estimates)
	d.share("M22 of replies", attended, replies)
	d.share("M22 links in a week", linked, held)
	d.share("M22 other labs", others, known)
	d.share("M22 first-timers", first, known)
	if len(d.Talks) == 0 { // nobody notes any, and a count of them is no nothing
		for name := range maps.Clone(d.got) {
			if strings.HasPrefix(name, "M22") {
				d.share(name, 0, 0)
			}
		}
	}
	for _, name := range []string{"M22 other labs", "M22 first-timers"} {
		d.withhold(name, known, func(p exchange.Period) int { return direct{Ledger: d.Ledger, p: p}.coded() })
	}
}

// coded is how many people were at talks where it is known who they were.
func (d direct) coded() int {
	n := 0
	for _, t := range d.Talks {
		if d.in(t.At) && !t.Estimated {
			n += t.Attended
		}
	}
	return n
}

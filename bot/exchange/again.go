package exchange

import "time"

const laterThan = 30 // days after the end of one exchange for the next to be another

// ended are the exchanges that were closed within a period.
type ended struct {
	closed    int
	continued int             // that another exchange follows on
	project   int             // of the others, after which somebody says that the labs have a new project
	people    map[string]bool // who were in those others: only of them answers tell anything
}

func (l Ledger) ended(p Period) ended {
	e := ended{people: map[string]bool{}}
	next, project := map[string]bool{}, map[string]bool{}
	for _, r := range l.Records {
		next[r.Continues] = true
	}
	for _, f := range l.FollowUps {
		if f.Stage == AskTogether && f.Answer != nil && f.Answer.Choice == "project" {
			project[f.Exchange] = true
		}
	}
	for _, r := range l.Records {
		if r.Exchange.State != Closed || !p.Holds(r.Exchange.ClosedAt()) {
			continue
		}
		e.closed++
		if next[r.ID] {
			e.continued++
			continue
		}
		e.people[r.Exchange.Terms.Visitor.Person], e.people[r.Exchange.Terms.Host.Person] = true, true
		if project[r.ID] {
			e.project++
		}
	}
	return e
}

// followOn is M21: of the exchanges that were closed, those after which the labs
// say that they have a new project, or another exchange followed.
func (l Ledger) followOn(p Period) Measure {
	e := l.ended(p)
	return restsOn(e.people, shareOf("M21", "", Ratio{e.continued + e.project, e.closed}))
}

// repeats are M20: the pairs that did it again a month or more after they had
// completed one, of the pairs that could have.
func (l Ledger) repeats(p Period) []Measure {
	begun := l.begun(p)
	pair := func(of func(Party) string) Ratio {
		latest := map[[2]string]time.Time{}
		for _, r := range begun {
			key, start := pairOf(r.Exchange, of), midnight(r.Exchange.Start)
			if start.After(latest[key]) {
				latest[key] = start
			}
		}
		could, did := map[[2]string]bool{}, map[[2]string]bool{}
		for _, old := range l.Records {
			from := old.Exchange.Completed.AddDate(0, 0, laterThan)
			if old.Exchange.Completed.IsZero() || from.After(p.To) {
				continue
			}
			key := pairOf(old.Exchange, of)
			could[key] = true
			if !latest[key].Before(from) {
				did[key] = true
			}
		}
		return Ratio{len(did), len(could)}
	}
	return []Measure{
		shareOf("M20", "labs", pair(func(p Party) string { return p.Lab })),
		shareOf("M20", "people", pair(func(p Party) string { return p.Person })),
	}
}

// pairOf names the two of an exchange, whoever of them visits.
func pairOf(e *Exchange, of func(Party) string) [2]string {
	a, b := of(e.Terms.Visitor), of(e.Terms.Host)
	return [2]string{min(a, b), max(a, b)}
}

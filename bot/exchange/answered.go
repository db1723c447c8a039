package exchange

import (
	"fmt"
	"slices"
	"time"
)

const (
	answerIn  = 21 * 24 * time.Hour // of being asked, for an answer to count as one
	linkedIn  = 7 * 24 * time.Hour  // of a talk, for its links to have been posted soon
	laterThan = 30                  // days after the end of one exchange for the next to be another
)

// answers are M15, M16 and M21.
func (l Ledger) answers(p Period) []Measure {
	all := l.responses(p)
	for _, s := range []Stage{Ask30, Ask90, Ask180} {
		all = append(all, l.retention(p, s)...)
	}
	return append(all, l.followOn(p))
}

// responses are M15: who answered within three weeks, of those who were asked.
// What was moot before it was answered is out of both; what the other side
// answered is told apart.
func (l Ledger) responses(p Period) []Measure {
	var all, second, reach []Measure
	var total Ratio
	everybody := map[string]bool{}
	for _, s := range Stages() {
		var own, other, reached Ratio
		people := map[string]bool{}
		for _, f := range l.FollowUps {
			if f.Stage != s || f.State == Moot {
				continue
			}
			if p.holds(f.Day) {
				reached.count(p.past(f.First))
			}
			if p.Holds(f.First) {
				people[f.Person], everybody[f.Person] = true, true
				in := f.inTime(p)
				own.count(in && !f.Answer.SecondHand)
				other.count(in && f.Answer.SecondHand)
			}
		}
		if own.Den > 0 {
			answered, by := shareOf("M15", string(s), own), shareOf("M15", string(s)+" second-hand", other)
			answered.People, by.People = len(people), len(people)
			all, second, total = append(all, answered), append(second, by), total.Add(own)
		}
		if reached.Den > 0 {
			reach = append(reach, shareOf("M15", string(s)+" reach", reached))
		}
	}
	all = Groups(all)
	for i, m := range all {
		if m.Few {
			second[i].veil()
		}
	}
	whole := shareOf("M15", "all", total)
	whole.People = len(everybody)
	return slices.Concat([]Measure{whole}, all, second, reach)
}

// use is what was said of one goal at one stage.
type use struct {
	due             bool
	alone, with, no int
}

// inUse reports whether most say that it is in use; a tie says that it is not.
func (u use) inUse() bool    { return u.alone+u.with > u.no }
func (u use) unaided() bool  { return u.inUse() && u.alone > u.with }
func (u use) answered() bool { return u.alone+u.with+u.no > 0 }

// Kept is what came of the verified goals that were asked about at a stage.
type Kept struct {
	Due      int // goals whose day has come
	Answered int // goals that somebody answered for
	InUse    int // of these, in use
	Unaided  int // of those, without help
	People   int // who answered
}

// Kept counts what is still in use at a stage. Whoever cannot say has not answered.
func (l Ledger) Kept(p Period, s Stage) Kept {
	goals, people := map[string]use{}, map[string]bool{}
	for _, f := range l.FollowUps {
		if f.Stage != s || f.State == Moot || !p.holds(f.Day) || !l.verified(f) {
			continue
		}
		goal := fmt.Sprintf("%s.%d", f.Exchange, f.Goal)
		u := goals[goal]
		u.due = true
		if f.State == Answered && f.Answer != nil && p.past(f.Answer.At) && f.Answer.Choice != DontKnow {
			people[f.Answer.By] = true
			switch f.Answer.Choice {
			case Unaided:
				u.alone++
			case Helped:
				u.with++
			default:
				u.no++
			}
		}
		goals[goal] = u
	}
	k := Kept{Due: len(goals), People: len(people)}
	for _, u := range goals {
		if !u.answered() {
			continue
		}
		k.Answered++
		if u.inUse() {
			k.InUse++
		}
		if u.unaided() {
			k.Unaided++
		}
	}
	return k
}

// retention is M16: what is still in use, of the verified goals that somebody
// answered for.
func (l Ledger) retention(p Period, s Stage) []Measure {
	k := l.Kept(p, s)
	all := []Measure{shareOf("M16", string(s), Ratio{k.InUse, k.Answered}), shareOf("M16", string(s)+" unaided", Ratio{k.Unaided, k.Answered})}
	for i := range all {
		all[i].People = k.People
	}
	return append(all, shareOf("M16", string(s)+" coverage", Ratio{k.Answered, k.Due}))
}

// Rate is who answered of those who were asked.
type Rate struct {
	Asked  int // questions that were put
	Own    int // answered by whoever was asked, within three weeks
	Second int // by the other side
	People int // who were asked
}

// Rate counts the answers of all questions that were put within a period.
func (l Ledger) Rate(p Period) Rate {
	var r Rate
	people := map[string]bool{}
	for _, f := range l.FollowUps {
		if f.State == Moot || !p.Holds(f.First) {
			continue
		}
		people[f.Person] = true
		r.Asked++
		switch in := f.inTime(p); {
		case in && f.Answer.SecondHand:
			r.Second++
		case in:
			r.Own++
		}
	}
	r.People = len(people)
	return r
}

// inTime reports whether a question was answered within three weeks.
func (f *FollowUp) inTime(p Period) bool {
	return f.State == Answered && f.Answer != nil && p.past(f.Answer.At) && f.Answer.At.Sub(f.First) <= answerIn
}

// verified reports whether a follow-up is about a goal that was verified.
func (l Ledger) verified(f *FollowUp) bool {
	i := slices.IndexFunc(l.Records, func(r Record) bool { return r.ID == f.Exchange })
	if i < 0 {
		return false
	}
	g, ok := l.Records[i].Exchange.Goal(f.Goal)
	return ok && g.State == GoalVerified
}

// followOn is M21: of the exchanges that were closed, those after which the labs
// say that they have a new project, or another exchange followed.
func (l Ledger) followOn(p Period) Measure {
	var r Ratio
	people := map[string]bool{}
	for _, rec := range l.Records {
		if rec.Exchange.State != Closed || !p.Holds(rec.Exchange.stepAt("T36")) {
			continue
		}
		went := slices.ContainsFunc(l.Records, func(next Record) bool { return next.Continues == rec.ID })
		people[rec.Exchange.Terms.Visitor.Person], people[rec.Exchange.Terms.Host.Person] = true, true
		for _, f := range l.FollowUps {
			went = went || f.Exchange == rec.ID && f.Stage == AskTogether && f.Answer != nil && f.Answer.Choice == "project"
		}
		r.count(went)
	}
	m := shareOf("M21", "", r)
	m.People = len(people)
	return m
}

// reach is M22, of the talks that took place within a period.
func (l Ledger) reach(p Period) []Measure {
	var shown, cross, first, linked Ratio
	attended, coded, estimates := 0, 0, 0
	for _, t := range l.Talks {
		if !p.Holds(t.At) {
			continue
		}
		attended += t.Attended
		shown = shown.Add(Ratio{t.Attended, t.Replies})
		if t.Estimated { // who they were is not known
			estimates++
		} else {
			coded += t.Attended
			cross = cross.Add(Ratio{t.OtherLabs, t.Attended})
			first = first.Add(Ratio{t.First, t.Attended})
		}
		linked.count(!t.Linked.IsZero() && t.Linked.Sub(t.At) <= linkedIn)
	}
	others, newcomers := shareOf("M22", "other labs", cross), shareOf("M22", "first-timers", first)
	others.People, newcomers.People = coded, coded
	return []Measure{
		countOf("M22", "attended", attended), countOf("M22", "talks with an estimate", estimates),
		shareOf("M22", "of replies", shown), others,
		newcomers, shareOf("M22", "links in a week", linked),
	}
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

package exchange

import (
	"maps"
	"slices"
	"time"
)

const answerIn = 21 * 24 * time.Hour // of being asked, for an answer to count as one

// answers are M15, M16 and M21.
func (l Ledger) answers(p Period) []Measure {
	all := l.responses(p)
	for _, s := range []Stage{Ask30, Ask90, Ask180} {
		all = append(all, l.retention(p, s)...)
	}
	return append(all, l.followOn(p))
}

// response is what came of the questions of a stage. What was moot before it was
// answered is in none of it.
type response struct {
	stage   Stage
	own     int             // answered within three weeks by whoever was asked
	second  int             // by the other side
	asked   int             // that were put within the period
	due     int             // whose day is within it
	reached int             // of these, put
	people  map[string]bool // who were asked
	waited  map[string]bool // whose day it was
}

func (l Ledger) response(p Period, s Stage) response {
	r := response{stage: s, people: map[string]bool{}, waited: map[string]bool{}}
	for _, f := range l.FollowUps {
		if f.Stage != s || f.State == Moot {
			continue
		}
		if p.holds(f.Day) {
			r.waited[f.Person] = true
			r.due++
			if !f.First.IsZero() {
				r.reached++
			}
		}
		if p.Holds(f.First) {
			r.people[f.Person] = true
			r.asked++
			switch in := f.inTime(); {
			case in && f.Answer.SecondHand:
				r.second++
			case in:
				r.own++
			}
		}
	}
	return r
}

// responded are those of every stage, and all of them together, which has no stage.
func (l Ledger) responded(p Period) (stages []response, all response) {
	all.people = map[string]bool{}
	for _, s := range Stages() {
		r := l.response(p, s)
		all.own, all.second, all.asked = all.own+r.own, all.second+r.second, all.asked+r.asked
		maps.Copy(all.people, r.people)
		stages = append(stages, r)
	}
	return stages, all
}

// responses are M15: who answered within three weeks, of those who were asked.
// What the other side answered is told apart.
func (l Ledger) responses(p Period) []Measure {
	var own, second, reach []Measure
	stages, all := l.responded(p)
	for _, r := range stages {
		if r.asked > 0 {
			own = append(own, restsOn(r.people, shareOf("M15", string(r.stage), Ratio{r.own, r.asked})))
			second = append(second, restsOn(r.people, shareOf("M15", string(r.stage)+" second-hand", Ratio{r.second, r.asked})))
		}
		if r.due > 0 {
			reach = append(reach, restsOn(r.waited, shareOf("M15", string(r.stage)+reachPart, Ratio{r.reached, r.due})))
		}
	}
	own = Groups(own)
	for i, m := range own {
		if m.Few {
			second[i].veil()
		}
	}
	whole := restsOn(all.people, shareOf("M15", allPart, Ratio{all.own, all.asked}))
	return slices.Concat([]Measure{whole}, own, second, reach)
}

// The parts of figures of answers that are not a stage alone.
const (
	allPart      = "all"
	reachPart    = " reach"
	coveragePart = " coverage"
)

// restsOn is a figure that rests on people.
func restsOn(people map[string]bool, m Measure) Measure {
	m.People = len(people)
	return m
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
	_, all := l.responded(p)
	return Rate{Asked: all.asked, Own: all.own, Second: all.second, People: len(all.people)}
}

// inTime reports whether a question was answered within three weeks. An answer
// that comes after a period counts in it if its question does: what all time had
// more than its years together would else be the answers of a few.
func (f *FollowUp) inTime() bool {
	return f.State == Answered && f.Answer != nil && f.Answer.At.Sub(f.First) <= answerIn
}

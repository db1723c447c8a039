package exchange

import (
	"math"

	"interlab/calendar"
)

// Level is how far a goal was reached beside what was expected, from -2 to 2, and
// how much it weighs.
type Level struct {
	Level  int
	Weight float64
}

// attainmentRho is the correlation that is assumed among goals of one plan.
const attainmentRho = 0.3

// Attainment is the T-score of goal attainment scaling (Kiresuk and Sherman,
// 1968): 50 is as expected. It is false of no goals.
func Attainment(levels []Level) (float64, bool) {
	var sum, weights, squares float64
	for _, l := range levels {
		sum += l.Weight * float64(l.Level)
		weights += l.Weight
		squares += l.Weight * l.Weight
	}
	if weights == 0 {
		return 0, false
	}
	return 50 + 10*sum/math.Sqrt((1-attainmentRho)*squares+attainmentRho*weights*weights), true
}

// level is how far a goal was reached as far as the receivers say: alone is as
// expected, with help less, not at all least. Others are not rated.
func (g Goal) level() (Level, bool) {
	switch {
	case g.State == GoalVerified && g.Outcome == Alone:
		return Level{0, 1}, true
	case g.State == GoalVerified:
		return Level{-1, 1}, true
	case g.State == GoalMissed:
		return Level{-2, 1}, true
	}
	return Level{}, false
}

// progress is M2 to M7.
func (l Ledger) progress(p Period) []Measure {
	states := map[GoalState]int{}
	var achieved, helped, verified, first, due Ratio
	var slipped []float64
	l.goals(p, func(e *Exchange, g Goal) {
		stood := e.stood(g, p)
		states[stood]++
		if stood == GoalVerified || stood == GoalClaimed {
			verified.count(stood == GoalVerified)
		}
		if ended := stood == GoalVerified || stood == GoalMissed || stood == GoalDropped; ended && p.Holds(e.settled(g)) {
			achieved.count(stood == GoalVerified && g.Outcome == Alone)
			helped.count(stood == GoalVerified && g.Outcome == WithHelp)
		}
		if p.holds(g.firstDue()) && !e.droppedBy(g) {
			first.count(g.claimedBy(g.firstDue()))
			due.count(g.claimedBy(g.Due))
		}
		if p.holds(g.Due) && g.State != GoalDropped {
			slipped = append(slipped, float64(g.firstDue().DaysUntil(g.Due)))
		}
	})
	var all []Measure
	for _, s := range []GoalState{GoalOpen, GoalClaimed, GoalDisputed, GoalVerified, GoalDropped, GoalMissed, GoalCarried} {
		all = append(all, countOf("M2", string(s), states[s]))
	}
	return append(all, shareOf("M3", "achieved", achieved), shareOf("M3", "with help", helped), shareOf("M4", "", verified),
		shareOf("M5", "first day", first), shareOf("M5", "agreed day", due), middleOf("M6", "", slipped), l.attainment(p))
}

// attainment is M7: the mean over exchanges completed within the period.
func (l Ledger) attainment(p Period) Measure {
	var scores []float64
	for _, r := range l.Records {
		if !p.Holds(r.Exchange.Completed) {
			continue
		}
		var levels []Level
		for _, g := range r.Exchange.Goals {
			if level, ok := g.level(); ok {
				levels = append(levels, level)
			}
		}
		if score, ok := Attainment(levels); ok {
			scores = append(scores, score)
		}
	}
	return meanOf("M7", "", Score, scores)
}

// firstDue is the day for which a goal was agreed at the very first.
func (g Goal) firstDue() calendar.Date {
	if g.First.IsZero() {
		return g.Due
	}
	return g.First
}

// droppedBy reports whether a goal was taken out by the day on which it was due
// at first, or nobody knows when. Later it counts as late.
func (e *Exchange) droppedBy(g Goal) bool {
	at := e.dropped(g.N)
	return g.State == GoalDropped && (at.IsZero() || dayOf(at).Compare(g.firstDue()) <= 0)
}

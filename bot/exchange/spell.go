package exchange

import (
	"slices"
	"time"
)

// Spell is a time during which a goal was blocked, until it went on, was claimed
// or was settled otherwise. Obstacle is what was named last.
type Spell struct {
	Goal     int       `json:"goal"`
	Obstacle Obstacle  `json:"obstacle,omitempty"`
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
}

// unblocked ends the time for which the goal is blocked, if it is.
func (g *Goal) unblocked(now time.Time) {
	if g.Status == Blocked && !g.Since.IsZero() {
		g.Spells = append(slices.Clip(g.Spells), Spell{g.N, g.Obstacle, g.Since, now})
	}
	g.Since = time.Time{}
}

// Spells are the times, now over, for which goals of the exchange were blocked.
// None outlasts the visit. A goal that was dropped was blocked until then.
func (e *Exchange) Spells() []Spell {
	var all []Spell
	for _, g := range e.Goals {
		spells := slices.Clone(g.Spells)
		if to := e.settled(g); g.State != GoalOpen && g.Status == Blocked && !g.Since.IsZero() && !to.IsZero() {
			spells = append(spells, Spell{g.N, g.Obstacle, g.Since, to})
		}
		for _, s := range spells {
			if !e.Ended.IsZero() && s.To.After(e.Ended) {
				s.To = e.Ended
			}
			if s.To.After(s.From) {
				all = append(all, s)
			}
		}
	}
	return all
}

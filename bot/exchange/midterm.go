package exchange

import (
	"time"

	"interlab/calendar"
)

// Plan is what somebody says half-way of whether the goals are still the right ones.
type Plan string

// The answers. None of them does anything by itself.
const (
	PlanStands  Plan = "stands"
	PlanChanges Plan = "changes"
	PlanEnds    Plan = "ends"
)

// Midterm is one person's answer half-way.
type Midterm struct {
	Plan Plan      `json:"plan"`
	At   time.Time `json:"at"`
}

const (
	minMidterm   = 14 // days that an exchange must last for a look at it half-way
	maxUnchecked = 90 // days without a look at a long one
)

// Checkpoints are the days on which both are asked whether the goals are still
// the right ones: half-way and, of long exchanges, every quarter of a year.
func (e *Exchange) Checkpoints() []calendar.Date {
	length := e.Terms.From.DaysUntil(e.Terms.To)
	if length < minMidterm {
		return nil
	}
	if length <= 2*maxUnchecked {
		return []calendar.Date{e.Terms.From.AddDays(length / 2)}
	}
	var days []calendar.Date
	for n := maxUnchecked; n < length; n += maxUnchecked {
		days = append(days, e.Terms.From.AddDays(n))
	}
	return days
}

// Look says for the visitor or the host whether the goals are still the right
// ones. Both answer for themselves, and may differ.
func (e *Exchange) Look(by Party, plan Plan, now time.Time) error {
	seat, err := e.Seat(by)
	switch {
	case err != nil:
		return err
	case e.State != Active && e.State != Paused:
		return refuse(NotNow, e.notNow())
	case seat.IsLead():
		return refuse(NotYours, "The visitor and the host say so. Nothing has changed.")
	}
	c := e.clone()
	if c.Midterm == nil {
		c.Midterm = map[Seat]Midterm{}
	}
	c.Midterm[seat] = Midterm{plan, now}
	*e = *c
	return nil
}

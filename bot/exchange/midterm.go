package exchange

import "time"

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

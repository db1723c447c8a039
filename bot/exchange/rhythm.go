package exchange

import (
	"slices"
	"time"

	"interlab/calendar"
)

// Rhythm is when somebody may be asked something that can wait: in their own
// hours, on their own working days, and not while they are away.
type Rhythm struct {
	Zone  calendar.Zone
	Hours calendar.Hours
	Away  []Absence
}

// Absence is a stretch of days on which somebody is away. It ends by itself.
type Absence struct {
	From calendar.Date `json:"from"` // the first day away
	To   calendar.Date `json:"to"`   // the last one
}

// Covers reports whether a day is within the absence.
func (a Absence) Covers(day calendar.Date) bool {
	return a.From.Compare(day) <= 0 && day.Compare(a.To) <= 0
}

// maxAbsences bounds how many absences in a row are passed: each ends later
// than the one before, so that more can only be a list gone wrong.
const maxAbsences = 100

// Next is the first moment from at on when somebody may be asked: at itself
// where it is in their hours, else their next opening on a day they are there.
func (r Rhythm) Next(zones *calendar.ZoneSet, at time.Time) time.Time {
	for range maxAbsences {
		at = zones.NextOpen(r.Hours, at, r.Zone)
		i := slices.IndexFunc(r.Away, func(a Absence) bool { return a.Covers(zones.Today(at, r.Zone)) })
		if i < 0 {
			return at
		}
		at = r.Morning(zones, r.Away[i].To.AddDays(1))
	}
	return at
}

// Morning is when a day begins where somebody is.
func (r Rhythm) Morning(zones *calendar.ZoneSet, day calendar.Date) time.Time {
	at, _ := zones.Resolve(calendar.Wall{Date: day, Zone: r.zone()})
	return at
}

// zone is UTC until somebody has said where they are.
func (r Rhythm) zone() calendar.Zone {
	if r.Zone.IsZero() {
		return calendar.UTC()
	}
	return r.Zone
}

// After is the opening on the n-th working day after the day of a moment, days
// away not counted: three working days after a Thursday is a Tuesday.
func (r Rhythm) After(zones *calendar.ZoneSet, at time.Time, n int) time.Time {
	next := at
	for range n {
		next = r.Next(zones, r.Morning(zones, zones.Today(next, r.Zone).AddDays(1)))
	}
	return next
}

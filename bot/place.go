package bot

import (
	"slices"
	"time"

	"interlab/calendar"
)

// Place is a residency that a lab offers, as everybody may see it.
type Place struct {
	o *Opening
	v *View
}

// Places are those to which people can apply at a time, soonest deadline first;
// those of one lab where an id is given.
func (v *View) Places(lab string, now time.Time) []Place {
	var open []Place
	for _, o := range v.openings {
		if o.takes(now) && (lab == "" || o.Lab == lab) {
			open = append(open, Place{o, v})
		}
	}
	slices.SortStableFunc(open, func(a, b Place) int { return a.o.Deadline.Compare(b.o.Deadline) })
	return open
}

// ID is the opening's own.
func (p Place) ID() string { return p.o.ID }

// Title is what it is called.
func (p Place) Title() string { return p.o.Title }

// LabID is the id of the lab that offers it.
func (p Place) LabID() string { return p.o.Lab }

// Lab is that lab's name.
func (p Place) Lab() string { return p.v.LabName(p.o.Lab) }

// Topics are what it is about.
func (p Place) Topics() []string { return slices.Clone(p.o.Topics) }

// Learn is what the lab wants to learn.
func (p Place) Learn() string { return p.o.Learn }

// Give is what the lab can pass on.
func (p Place) Give() string { return p.o.Give }

// Offers is what else there is, as a desk; "" where nothing was said.
func (p Place) Offers() string { return p.o.Offers }

// From and To are the first and the last day.
func (p Place) From() calendar.Date { return p.o.From }

// To is the last day.
func (p Place) To() calendar.Date { return p.o.To }

// Capacity is how many places there are.
func (p Place) Capacity() int { return p.o.Capacity }

// Late reports whether people apply for what stayed free, and not until a
// deadline.
func (p Place) Late() bool { return p.o.State == OpeningOffering }

// Deadline is until when people can apply, and Zone the lab's.
func (p Place) Deadline() time.Time {
	if p.Late() {
		return p.o.Until
	}
	return p.o.Deadline
}

// Zone is where the deadline's wall clock hangs.
func (p Place) Zone() calendar.Zone { return p.o.Zone }

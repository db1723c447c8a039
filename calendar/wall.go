package calendar

import (
	"cmp"
	"time"
)

// Wall is what a clock and a calendar on a wall somewhere show. It is the truth
// to keep of an appointment: the instant follows from it, and may move when a
// country changes its law. Walls compare with ==.
type Wall struct {
	// Date is the local day.
	Date Date `json:"date"`
	// Clock is the local time of day.
	Clock Clock `json:"clock"`
	// Zone is where the wall is.
	Zone Zone `json:"zone"`
	// Later picks the second of two, when clocks are set back and show the same
	// time twice. Everywhere else it changes nothing.
	Later bool `json:"later,omitempty"`
}

// IsZero reports whether w lacks a date or a zone, so that it is no time at all.
func (w Wall) IsZero() bool { return w.Date.IsZero() || w.Zone.IsZero() }

// AddDays returns the same time of day n days later by the calendar, which is
// not n times 24 hours where clocks change between. Count from the first of a
// series, not from one to the next: a time that was skipped once then comes back.
func (w Wall) AddDays(n int) Wall {
	w.Date = w.Date.AddDays(n)
	return w
}

// Compare returns -1, 0 or 1 by what the walls show: date, then clock, then
// Later, then the name of the zone. Across zones this is not the order in time.
func (w Wall) Compare(other Wall) int {
	return cmp.Or(w.Date.Compare(other.Date), w.Clock.Compare(other.Clock),
		compareBool(w.Later, other.Later), cmp.Compare(w.Zone.name, other.Zone.name))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// String returns the wall time for logs, as "2026-12-08 15:00 Europe/Berlin".
func (w Wall) String() string {
	s := w.Date.String() + " " + w.Clock.String() + " " + w.Zone.String()
	if w.Later {
		s += " (second)"
	}
	return s
}

// seconds is the instant at which w would be if its zone were UTC, as Unix seconds.
func (w Wall) seconds() int64 { return w.Date.midnight().Unix() + int64(w.Clock.second) }

// wallOfSeconds is the reverse of seconds.
func wallOfSeconds(unix int64, z Zone) Wall {
	t := time.Unix(unix, 0).UTC()
	second := t.Hour()*3600 + t.Minute()*60 + t.Second()
	return Wall{Date: dateOf(t), Clock: Clock{int32(second)}, Zone: z}
}

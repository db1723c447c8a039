package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, from 0001-01-01 to 9999-12-31,
// nowhere in particular. The zero value is no date. Dates compare with == and
// can be keys of maps. In JSON a Date is YYYY-MM-DD; use omitzero where it may
// be unset.
type Date struct{ day int32 } // 1 is 0001-01-01

const (
	firstDay = 1
	lastDay  = 3652059 // 9999-12-31
	isoDate  = "2006-01-02"
)

// NewDate returns the date of a year, month and day. It is an error if the
// calendar has no such day, as 30 February.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y, m, d := t.Date(); y != year || m != month || d != day || year < 1 || year > 9999 {
		return Date{}, fmt.Errorf("calendar: there is no day %d-%d-%d", year, month, day)
	}
	return dateOf(t), nil
}

// ParseDate reads YYYY-MM-DD and nothing else.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(isoDate, text)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("calendar: %q is not a date as YYYY-MM-DD", printable(text))
	}
	return dateOf(t), nil
}

// dateOf takes the day from a time in UTC.
func dateOf(t time.Time) Date {
	const secondsToUnix = 719162 * 86400 // from 0001-01-01 to 1970-01-01
	return Date{int32((t.Unix()+secondsToUnix)/86400) + firstDay}
}

// midnight is the start of the day if clocks showed UTC.
func (d Date) midnight() time.Time {
	return time.Date(1, time.January, int(d.day), 0, 0, 0, 0, time.UTC)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.day == 0 }

// Year returns the year, from 1 to 9999.
func (d Date) Year() int { return d.midnight().Year() }

// Month returns the month.
func (d Date) Month() time.Month { return d.midnight().Month() }

// Day returns the day of the month, from 1.
func (d Date) Day() int { return d.midnight().Day() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.day % 7) } // 0001-01-01 was a Monday.

// AddDays returns the date n days later, or earlier if n is negative. It stops at
// the first and last day of the calendar; no date stays no date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	n = max(-lastDay, min(n, lastDay)) // so that the sum cannot overflow
	return Date{int32(max(firstDay, min(int(d.day)+n, lastDay)))}
}

// DaysUntil returns how many days other is after d; negative if it is before.
func (d Date) DaysUntil(other Date) int { return int(other.day) - int(d.day) }

// Compare returns -1, 0 or 1 as d is before, the same as, or after other.
func (d Date) Compare(other Date) int { return cmp.Compare(d.day, other.day) }

// String returns YYYY-MM-DD, or "(no date)".
func (d Date) String() string {
	if d.IsZero() {
		return "(no date)"
	}
	return d.midnight().Format(isoDate)
}

// MarshalText writes YYYY-MM-DD. The zero value is an error.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, fmt.Errorf("calendar: the date is not set")
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}

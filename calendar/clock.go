package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Clock is a time of day as clocks show it, from 00:00 to 23:59:59, on no day in
// particular. The zero value is midnight. In JSON a Clock is HH:MM, or HH:MM:SS
// if it has seconds.
type Clock struct{ second int32 } // since midnight

const secondsPerDay = 24 * 60 * 60

// NewClock returns the time of day hour:minute. It is an error if hour is not
// 0 to 23 or minute not 0 to 59.
func NewClock(hour, minute int) (Clock, error) {
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return Clock{}, fmt.Errorf("calendar: there is no time of day %d:%02d", hour, minute)
	}
	return Clock{int32(hour*3600 + minute*60)}, nil
}

// ParseClock reads HH:MM or HH:MM:SS, two digits each, and nothing else.
func ParseClock(text string) (Clock, error) {
	layout := "15:04"
	if len(text) == len("15:04:05") {
		layout = "15:04:05"
	}
	t, err := time.Parse(layout, text)
	if err != nil || len(text) != len(layout) {
		return Clock{}, fmt.Errorf("calendar: %q is not a time of day as HH:MM", printable(text))
	}
	return Clock{int32(t.Hour()*3600 + t.Minute()*60 + t.Second())}, nil
}

// Hour returns the hour, from 0 to 23.
func (c Clock) Hour() int { return int(c.second) / 3600 }

// Minute returns the minute within the hour, from 0 to 59.
func (c Clock) Minute() int { return int(c.second) / 60 % 60 }

// Second returns the second within the minute, from 0 to 59.
func (c Clock) Second() int { return int(c.second) % 60 }

// Compare returns -1, 0 or 1 as c is before, the same as, or after other.
func (c Clock) Compare(other Clock) int { return cmp.Compare(c.second, other.second) }

// String returns HH:MM, or HH:MM:SS if there are seconds.
func (c Clock) String() string {
	s := fmt.Sprintf("%02d:%02d", c.Hour(), c.Minute())
	if c.Second() != 0 {
		s += fmt.Sprintf(":%02d", c.Second())
	}
	return s
}

// MarshalText writes String.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (c *Clock) UnmarshalText(text []byte) error {
	parsed, err := ParseClock(string(text))
	if err == nil {
		*c = parsed
	}
	return err
}

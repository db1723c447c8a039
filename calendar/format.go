package calendar

import (
	"fmt"
	"time"
)

// FormatFull returns an instant for people in z, with nothing left to guess, as
// "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)"; zones without a city show the distance
// from UTC alone, as "15:00 UTC". Abbreviations of zones never occur. Outside the
// years 2 to 9998 it returns "(no time)", as do the other formats.
func (s *ZoneSet) FormatFull(instant time.Time, z Zone) string {
	w := s.WallAt(instant, z)
	if w.IsZero() {
		return noTime
	}
	offset := offsetText(s.offset(z, instant.Unix()))
	place := "UTC"
	switch city := z.City(); {
	case city != "":
		place = city + " (" + offset + ")"
	case !z.IsZero() && z != UTC():
		place = offset
	}
	return FormatDay(w.Date) + ", " + w.Clock.short() + " " + place
}

// FormatShort returns an instant for people in z where the year is plain, as
// "Tue 8 Dec 15:00 Berlin".
func (s *ZoneSet) FormatShort(instant time.Time, z Zone) string {
	w := s.WallAt(instant, z)
	if w.IsZero() {
		return noTime
	}
	place := z.City()
	switch {
	case z.IsZero() || z == UTC():
		place = "UTC"
	case place == "":
		place = offsetText(s.offset(z, instant.Unix()))
	}
	return dayAndMonth(w.Date) + " " + w.Clock.short() + " " + place
}

// FormatDay returns a date for people, as "Tue 8 Dec 2026", or "(no date)".
func FormatDay(d Date) string {
	if d.IsZero() {
		return d.String()
	}
	return fmt.Sprintf("%s %d", dayAndMonth(d), d.Year())
}

const noTime = "(no time)"

func dayAndMonth(d Date) string {
	return fmt.Sprintf("%s %d %s", d.Weekday().String()[:3], d.Day(), d.Month().String()[:3])
}

// short leaves the seconds out.
func (c Clock) short() string { return fmt.Sprintf("%02d:%02d", c.Hour(), c.Minute()) }

// offsetText writes a distance from UTC in seconds as UTC+1, UTC-3:30 or UTC+0.
func offsetText(seconds int64) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("UTC%c%d", sign, seconds/3600)
	if minutes := seconds / 60 % 60; minutes != 0 {
		text += fmt.Sprintf(":%02d", minutes)
	}
	return text
}

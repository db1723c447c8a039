package calendar

import (
	"strings"
	"time"
)

// atOffset is the moment of a time whose place is a distance from UTC alone. That
// names an instant and no clock on a wall, so it is kept as what w.Zone shows then.
func (s *ZoneSet) atOffset(w Wall, t typed, now time.Time) (Moment, error) {
	offset, ok := offsetOf(t.offset)
	if !ok {
		return Moment{}, refuse(BareOffset, t.offset,
			quoted(t.offset)+" is no distance from UTC that clocks anywhere have. Name a large city instead, such as Berlin or New York.")
	}
	step := 7
	if w.Date.IsZero() {
		w.Date, step = s.Today(now.Add(time.Duration(offset)*time.Second), UTC()), 1
	}
	if t.date.IsZero() && w.seconds()-offset <= now.Unix() {
		w.Date = w.Date.AddDays(step)
	}
	instant := time.Unix(w.seconds()-offset, 0).UTC()
	if !inCalendar(instant) {
		return Moment{}, noSuchDate(w.Date.String())
	}
	m := s.Moment(s.WallAt(instant, w.Zone))
	if !instant.After(now) {
		return m, refuse(Past, t.offset, s.FormatFull(instant, w.Zone)+" is over. Name a time to come.")
	}
	return m, nil
}

// The farthest that clocks anywhere are from UTC, in seconds.
const (
	farthestWest = -12 * 60 * 60
	farthestEast = 14 * 60 * 60
)

// offsetOf reads a distance from UTC, as UTC+1, UTC+05:30 or GMT-0330, in seconds.
func offsetOf(text string) (int64, bool) {
	s := strings.ToLower(text)
	s = strings.TrimPrefix(strings.TrimPrefix(s, "utc"), "gmt")
	if !isOffset(text) || len(s) < 2 {
		return 0, false
	}
	hours, minutes, colon := strings.Cut(s[1:], ":")
	if !colon && len(hours) > 2 {
		hours, minutes = hours[:len(hours)-2], hours[len(hours)-2:]
	} else if !colon {
		minutes = "00"
	}
	h, okHours := number(hours, 2)
	m, okMinutes := number(minutes, 2)
	seconds := int64(h*3600 + m*60)
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, okHours && okMinutes && len(minutes) == 2 && m < 60 && farthestWest <= seconds && seconds <= farthestEast
}

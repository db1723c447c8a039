package calendar

import "time"

// opening is a stretch of time within hours, in Unix seconds; the end is outside.
type opening struct{ start, end int64 }

// openings lists the time between from and to (Unix seconds) at which clocks in
// z show a time within h, in order and with time between. It walks the eras of
// the zone, so that hours which clocks jump over are lost and hours they repeat
// count twice, as they do for people.
func (s *ZoneSet) openings(h Hours, z Zone, from, to int64) []opening {
	var out []opening
	week := h.week()
	for _, e := range s.eras(z, from, to) {
		for day := floorDiv(e.start+e.offset, secondsPerDay); day*secondsPerDay < e.end+e.offset; day++ {
			midnight := day*secondsPerDay - e.offset
			for _, sp := range week[floorMod(day+3, 7)] { // 1970-01-01 was a Thursday.
				start := max(e.start, midnight+int64(sp.from)*60)
				end := min(e.end, midnight+int64(sp.to)*60)
				if last := len(out) - 1; last >= 0 && start < end && out[last].end == start {
					out[last].end = end
				} else if start < end {
					out = append(out, opening{start, end})
				}
			}
		}
	}
	return out
}

func floorDiv(a, b int64) int64 { return (a - floorMod(a, b)) / b }

func floorMod(a, b int64) int64 { return (a%b + b) % b }

// inCalendar reports whether an instant lies so far inside the years that a Date
// can hold that its local date does so in every zone.
func inCalendar(instant time.Time) bool {
	year := instant.UTC().Year()
	return 1 < year && year < 9999
}

// Within reports whether clocks in z show times within h all the while from start
// on, without a break. Outside the years 2 to 9998 it is always false.
func (s *ZoneSet) Within(h Hours, z Zone, start time.Time, length time.Duration) bool {
	if !inCalendar(start) {
		return false
	}
	from, end := start.Unix(), start.Add(length).Unix()
	for _, o := range s.openings(h, z, from, max(end, from+1)) {
		if o.start <= from && end <= o.end {
			return true
		}
	}
	return false
}

// NextOpen returns the first time from instant on at which clocks in z show a
// time within h: instant itself if that is within, else the next opening, in
// UTC. Outside the years 2 to 9998 it is always instant.
func (s *ZoneSet) NextOpen(h Hours, instant time.Time, z Zone) time.Time {
	if !inCalendar(instant) {
		return instant
	}
	// Two weeks, because clocks may jump over the only opening of one.
	now := instant.Unix()
	found := s.openings(h, z, now, now+15*secondsPerDay)
	if len(found) == 0 || found[0].start <= now {
		return instant
	}
	return time.Unix(found[0].start, 0).UTC()
}

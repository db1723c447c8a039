package calendar

import (
	"slices"
	"time"
)

// Kind says how many instants a wall time stands for.
type Kind string

// The kinds of wall times. The zero Kind belongs to a Wall without date or zone.
const (
	// Unique is a time that clocks show once.
	Unique Kind = "unique"
	// Gap is a time that clocks jump over when they are set forward.
	Gap Kind = "gap"
	// Overlap is a time that clocks show twice because they are set back.
	Overlap Kind = "overlap"
)

// era is a stretch of time in which a zone keeps one distance from UTC. The next
// may keep the same one: beyond the last listed change eras also end at New Year.
type era struct {
	start, end int64 // Unix seconds; the end is not part of it
	offset     int64 // seconds east of UTC
}

// eras lists the eras of z that touch the time between from and a later to (Unix
// seconds), in order; the first and the last are cut to it.
func (s *ZoneSet) eras(z Zone, from, to int64) []era {
	var out []era
	for at := from; at < to; {
		t := time.Unix(at, 0).In(s.location(z))
		_, offset := t.Zone()
		next := to
		if _, end := t.ZoneBounds(); !end.IsZero() && end.Unix() > at {
			next = min(to, end.Unix())
		}
		out = append(out, era{at, next, int64(offset)})
		at = next
	}
	return out
}

// farthest is more than any zone was ever away from UTC, in seconds.
const farthest = 27 * 60 * 60

// readings returns the instants (Unix seconds, ascending) that w could mean: one
// if it is Unique, both if it is an Overlap, and if it is a Gap the two that the
// distances from UTC after and before the jump would give. The eras are listed
// rather than asked of time.Date, which answers about half of all gaps and
// overlaps against RFC 5545: see https://go.dev/issue/24551.
func (s *ZoneSet) readings(w Wall) ([]int64, Kind) {
	wall := w.seconds()
	eras := s.eras(w.Zone, wall-farthest, wall+farthest)
	var found []int64
	for _, e := range eras {
		if at := wall - e.offset; e.start <= at && at < e.end {
			found = append(found, at)
		}
	}
	switch len(found) {
	case 0:
		return jumpOver(eras, wall), Gap
	case 1:
		return found, Unique
	default:
		return []int64{found[0], found[len(found)-1]}, Overlap
	}
}

// jumpOver finds the change of the clocks that leaves wall out.
func jumpOver(eras []era, wall int64) []int64 {
	i := slices.IndexFunc(eras, func(e era) bool { return wall-e.offset < e.end })
	i = max(1, i)
	return []int64{wall - eras[i].offset, wall - eras[i-1].offset}
}

// Resolve returns the instant of w, in UTC, and how many instants it could mean.
// In an Overlap it is the first, or the second if w.Later is set. In a Gap it is
// the time read with the distance from UTC before the jump, which is as much
// later as the clocks jump: RFC 5545, section 3.3.5. A Wall without date or zone
// gives the zero time and the zero Kind.
func (s *ZoneSet) Resolve(w Wall) (time.Time, Kind) {
	if w.IsZero() {
		return time.Time{}, ""
	}
	found, kind := s.readings(w)
	if kind == Gap || w.Later {
		found = found[len(found)-1:]
	}
	return time.Unix(found[0], 0).UTC(), kind
}

// Choices returns the existing wall times to choose from instead of w, earlier
// first: for a Gap the times just as far before and after it as w is inside, for
// an Overlap w with Later unset and set, and otherwise w alone.
func (s *ZoneSet) Choices(w Wall) []Wall {
	if w.IsZero() {
		return nil
	}
	found, _ := s.readings(w)
	out := make([]Wall, len(found))
	for i, at := range found {
		out[i] = s.WallAt(time.Unix(at, 0), w.Zone)
	}
	return out
}

// WallAt returns what clocks in z show at an instant; parts of a second are cut
// off. The zero Zone gives UTC. Resolve of the result gives the instant back.
// Outside the years 2 to 9998, and so for the zero time, it is the zero Wall.
func (s *ZoneSet) WallAt(instant time.Time, z Zone) Wall {
	if !inCalendar(instant) {
		return Wall{}
	}
	if z.IsZero() {
		z = UTC()
	}
	_, offset := instant.In(s.location(z)).Zone()
	w := wallOfSeconds(instant.Unix()+int64(offset), z)
	if found, kind := s.readings(w); kind == Overlap {
		w.Later = found[1] == instant.Unix()
	}
	return w
}

// Today returns the date in z at an instant.
func (s *ZoneSet) Today(instant time.Time, z Zone) Date { return s.WallAt(instant, z).Date }

package calendar

import (
	"cmp"
	"slices"
	"time"
)

// Attendee is what a common time depends on, of one person.
type Attendee struct {
	// Zone is where the person is; the zero Zone counts as UTC.
	Zone Zone
	// Hours are when the person works, by the clocks of Zone.
	Hours Hours
}

// SlotQuery asks for times that suit everybody.
type SlotQuery struct {
	// From and To bound the slots: none starts before From or ends after To. Only
	// MaxSlotDays after From are searched.
	From, To time.Time
	// Length is how long a slot is. Nothing is found for less than a minute or
	// more than a day.
	Length time.Duration
	// Attendees are the people. Slots start on the half hour of the first one's
	// clocks, and it is there that days are counted.
	Attendees []Attendee
	// Limit is how many slots are wanted at most.
	Limit int
}

// MaxSlotDays bounds how far ahead CommonSlots looks, and with it the work.
const MaxSlotDays = 62

// Slot is a time that lies in the hours of everybody.
type Slot struct {
	// Start and End are in UTC.
	Start, End time.Time
	// Cost tells how far from the middle of their working days people would meet:
	// the sum over the attendees of the square of the minutes between the middle
	// of the slot and the middle of the attendee's own day, which runs from the
	// first opening to the last closing. The square makes one person's far end of
	// the day worse than a little for everybody. 0 is the middle for all.
	Cost int64
}

// CommonSlots returns at most q.Limit slots, best first. The best slot of each
// day comes before the second best of any, and so on; within that the lower Cost
// and then the earlier slot comes first. Slots that overlap a better one are
// hardly another choice and come last. There are none if the attendees have no
// hours in common, or if there is nobody. Equal queries give equal slots.
func (s *ZoneSet) CommonSlots(q SlotQuery) []Slot {
	if len(q.Attendees) == 0 || q.Limit <= 0 || q.Length < time.Minute || q.Length > 24*time.Hour ||
		!inCalendar(q.From) || !inCalendar(q.To) {
		return nil
	}
	found := s.candidates(q)
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.Cost, b.Cost), a.Start.Compare(b.Start))
	})
	rankWithinDays(found)
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.round, b.round) })
	out := make([]Slot, min(q.Limit, len(found)))
	for i := range out {
		out[i] = found[i].Slot
	}
	return out
}

// candidate is a slot with its day, counted where the first attendee is, and its
// place among the slots of that day.
type candidate struct {
	Slot
	day   int64
	round int
}

// overlapping is the round of all candidates that overlap a better one.
const overlapping = MaxSlotDays * minutesPerDay

// rankWithinDays sets the rounds of candidates that are sorted best first.
func rankWithinDays(sorted []candidate) {
	days := map[int64][]candidate{}
	for i := range sorted {
		c := &sorted[i]
		overlaps := func(o candidate) bool { return c.Start.Before(o.End) && o.Start.Before(c.End) }
		if slices.ContainsFunc(days[c.day], overlaps) || slices.ContainsFunc(days[c.day-1], overlaps) ||
			slices.ContainsFunc(days[c.day+1], overlaps) {
			c.round = overlapping
			continue
		}
		c.round = len(days[c.day])
		days[c.day] = append(days[c.day], *c)
	}
}

// candidates lists every slot on a half hour that lies in everybody's hours.
func (s *ZoneSet) candidates(q SlotQuery) []candidate {
	from := q.From.Add(time.Second - 1).Unix() // rounded up
	to := min(q.To.Unix(), from+MaxSlotDays*secondsPerDay)
	length := -floorDiv(-int64(q.Length), int64(time.Second))
	const half = 30 * 60
	var out []candidate
	for _, o := range s.common(q.Attendees, from, to) {
		for at := o.start; ; at += half {
			local := at + s.offset(q.Attendees[0].Zone, at)
			onClock := -floorDiv(-local, half) * half
			at, local = at+onClock-local, onClock
			if at+length > o.end {
				break
			}
			start := time.Unix(at, 0).UTC()
			slot := Slot{Start: start, End: start.Add(q.Length), Cost: s.cost(q.Attendees, at, length)}
			out = append(out, candidate{Slot: slot, day: floorDiv(local, secondsPerDay)})
		}
	}
	return out
}

// common lists the time that lies in the hours of all attendees.
func (s *ZoneSet) common(attendees []Attendee, from, to int64) []opening {
	if len(attendees) == 0 || from >= to {
		return nil
	}
	all := s.openings(attendees[0].Hours, attendees[0].Zone, from, to)
	for _, a := range attendees[1:] {
		all = intersect(all, s.openings(a.Hours, a.Zone, from, to))
	}
	return all
}

func intersect(a, b []opening) []opening {
	var out []opening
	for len(a) > 0 && len(b) > 0 {
		if start, end := max(a[0].start, b[0].start), min(a[0].end, b[0].end); start < end {
			out = append(out, opening{start, end})
		}
		if a[0].end < b[0].end {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// offset is how far z is ahead of UTC at an instant, in seconds.
func (s *ZoneSet) offset(z Zone, at int64) int64 {
	_, offset := time.Unix(at, 0).In(s.location(z)).Zone()
	return int64(offset)
}

// cost is the Cost of a slot that starts at and lasts length seconds.
func (s *ZoneSet) cost(attendees []Attendee, at, length int64) int64 {
	var sum int64
	for _, a := range attendees {
		local := at + s.offset(a.Zone, at)
		day := floorDiv(local, secondsPerDay)
		spans := a.Hours.on(time.Weekday(floorMod(day+4, 7)))
		middle := int64(spans[0].from+spans[len(spans)-1].to) * 60 / 2
		minutes := (local - day*secondsPerDay + length/2 - middle) / 60
		sum += minutes * minutes
	}
	return sum
}

// Overlap returns how many minutes the attendees have in common in the seven
// days (168 hours) that start at from. 0 says that they never work at the same
// time, or that there is nobody.
func (s *ZoneSet) Overlap(attendees []Attendee, from time.Time) int {
	if !inCalendar(from) {
		return 0
	}
	var seconds int64
	for _, o := range s.common(attendees, from.Unix(), from.Unix()+7*secondsPerDay) {
		seconds += o.end - o.start
	}
	return int(seconds / 60)
}

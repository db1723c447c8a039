package calendar_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/calendar"
)

// slowSlots answers a query of whole half hours in UTC by trying every half hour
// and asking every minute of it, as the documentation of CommonSlots says.
func slowSlots(set *calendar.ZoneSet, q calendar.SlotQuery, middles []int) []calendar.Slot {
	var all []calendar.Slot
	for at := q.From; !at.Add(q.Length).After(q.To); at = at.Add(30 * time.Minute) {
		slot := calendar.Slot{Start: at, End: at.Add(q.Length)}
		fits := true
		for i, a := range q.Attendees {
			for m := at; m.Before(slot.End) && fits; m = m.Add(time.Minute) {
				fits = a.Hours.Contains(set.WallAt(m, a.Zone))
			}
			w := set.WallAt(at, a.Zone)
			off := int64(w.Clock.Hour()*60 + w.Clock.Minute() + int(q.Length.Minutes())/2 - middles[i])
			slot.Cost += off * off
		}
		if fits {
			all = append(all, slot)
		}
	}
	slices.SortFunc(all, func(a, b calendar.Slot) int { return cmp.Or(cmp.Compare(a.Cost, b.Cost), a.Start.Compare(b.Start)) })
	return inRounds(all)
}

// inRounds puts the first of every day first, then the second of every day, and
// what overlaps a better one last.
func inRounds(sorted []calendar.Slot) []calendar.Slot {
	perDay := map[int][]calendar.Slot{}
	rounds := map[time.Time]int{}
	for _, s := range sorted {
		day := s.Start.YearDay()
		rounds[s.Start] = len(perDay[day])
		for _, o := range perDay[day] {
			if s.Start.Before(o.End) && o.Start.Before(s.End) {
				rounds[s.Start] = 1000
			}
		}
		if rounds[s.Start] < 1000 {
			perDay[day] = append(perDay[day], s)
		}
	}
	slices.SortStableFunc(sorted, func(a, b calendar.Slot) int { return cmp.Compare(rounds[a.Start], rounds[b.Start]) })
	return sorted
}

func TestSlotsEqualThoseOfTryingEverything(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	shifts := []string{"Mon-Fri 06:00-14:00", "Mon-Fri 09:00-17:00", "Tue-Thu 10:00-18:00", "Sat-Mon 07:30-16:30", "Mon-Fri 08:00-11:00, 12:00-20:00"}
	middles := []int{10 * 60, 13 * 60, 14 * 60, 12 * 60, 14 * 60}
	cities := []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Sao_Paulo"}
	rapid.Check(t, func(rt *rapid.T) {
		q := calendar.SlotQuery{
			From:   time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 40).Draw(rt, "day")),
			Length: time.Duration(rapid.IntRange(1, 4).Draw(rt, "halves")) * 30 * time.Minute,
		}
		q.To = q.From.AddDate(0, 0, rapid.IntRange(1, 9).Draw(rt, "days"))
		q.Attendees = []calendar.Attendee{{Zone: calendar.UTC(), Hours: hours(t, "daily 0-24")}}
		of := []int{12 * 60}
		for range rapid.IntRange(1, 3).Draw(rt, "others") {
			i := rapid.IntRange(0, len(shifts)-1).Draw(rt, "shift")
			of = append(of, middles[i])
			q.Attendees = append(q.Attendees, calendar.Attendee{
				Zone: zone(t, rapid.SampledFrom(cities).Draw(rt, "city")), Hours: hours(t, shifts[i]),
			})
		}
		want := slowSlots(set, q, of)
		q.Limit = rapid.IntRange(1, 12).Draw(rt, "limit")
		want = want[:min(q.Limit, len(want))]
		if diff := gocmp.Diff(want, append([]calendar.Slot(nil), set.CommonSlots(q)...)); diff != "" {
			rt.Fatalf("CommonSlots(%+v) (-want +got):\n%s", q, diff)
		}
	})
}

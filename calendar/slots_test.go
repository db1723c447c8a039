package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/calendar"
)

func attendee(t testing.TB, zoneName, hoursText string) calendar.Attendee {
	t.Helper()
	t.Helper()
	return calendar.Attendee{Zone: zone(t, zoneName), Hours: hours(t, hoursText)}
}

func starts(slots []calendar.Slot) []string {
	out := []string{}
	for _, s := range slots {
		out = append(out, s.Start.Format("Mon 15:04"))
	}
	return out
}

// week asks for an hour in the week from Monday 7 December 2026.
func week(t testing.TB, limit int, attendees ...calendar.Attendee) calendar.SlotQuery {
	t.Helper()
	return calendar.SlotQuery{
		From: instant(t, "2026-12-07T00:00:00Z"), To: instant(t, "2026-12-14T00:00:00Z"),
		Length: time.Hour, Attendees: attendees, Limit: limit,
	}
}

func TestSlotsLieInTheMiddleOfEverybodysDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		attendees []calendar.Attendee
		limit     int
		want      []string
		cost      int64
	}{
		{
			"one person, whose day has its middle at 12:00 UTC",
			[]calendar.Attendee{attendee(t, "Europe/Berlin", "9-17")},
			2,
			[]string{"Mon 11:30", "Tue 11:30"},
			0,
		},
		{
			"two hours in common, each two and a half hours from the middle",
			[]calendar.Attendee{attendee(t, "Europe/Berlin", "9-17"), attendee(t, "America/New_York", "9-17")},
			5,
			[]string{"Mon 14:30", "Tue 14:30", "Wed 14:30", "Thu 14:30", "Fri 14:30"},
			2 * 180 * 180,
		},
		{
			"one day in common: slots that overlap better ones come last",
			[]calendar.Attendee{attendee(t, "UTC", "Fri 9-12"), attendee(t, "UTC", "Thu-Fri 9-12")},
			9,
			[]string{"Fri 10:00", "Fri 09:00", "Fri 11:00", "Fri 09:30", "Fri 10:30"},
			0,
		},
		{
			"half hours by the clocks of the first: Kathmandu is 5:45 ahead",
			[]calendar.Attendee{attendee(t, "Asia/Kathmandu", "Mon 9-17"), attendee(t, "UTC", "Mon 9-17")},
			9,
			[]string{"Mon 09:45", "Mon 09:15", "Mon 10:15"},
			180*180 + 165*165,
		},
		{
			"no hours in common",
			[]calendar.Attendee{attendee(t, "Europe/Berlin", "9-17"), attendee(t, "Pacific/Auckland", "9-17")},
			9,
			[]string{},
			0,
		},
		{"nobody", nil, 9, []string{}, 0},
	} {
		got := calendar.Pinned().CommonSlots(week(t, c.limit, c.attendees...))
		if diff := cmp.Diff(c.want, starts(got)); diff != "" {
			t.Errorf("%s: CommonSlots() (-want +got):\n%s", c.name, diff)
		}
		if len(got) > 0 && got[0].Cost != c.cost {
			t.Errorf("%s: Cost = %d, want %d", c.name, got[0].Cost, c.cost)
		}
	}
}

func TestSlotsMoveWithTheClocksInsideTheWindow(t *testing.T) {
	t.Parallel()
	// New York changes on 1 November 2026, Berlin on 25 October: in the week between
	// they are one hour nearer.
	q := calendar.SlotQuery{
		From: instant(t, "2026-10-22T00:00:00Z"), To: instant(t, "2026-11-04T00:00:00Z"), Length: 30 * time.Minute, Limit: 20,
		Attendees: []calendar.Attendee{attendee(t, "Europe/Berlin", "Tue,Thu 16:00-17:00"), attendee(t, "America/New_York", "9-17")},
	}
	got := []string{}
	for _, s := range calendar.Pinned().CommonSlots(q) {
		got = append(got, s.Start.Format("2 Jan 15:04"))
	}
	slices.Sort(got)
	want := []string{"22 Oct 14:00", "22 Oct 14:30", "27 Oct 15:00", "27 Oct 15:30", "29 Oct 15:00", "29 Oct 15:30", "3 Nov 15:00", "3 Nov 15:30"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("CommonSlots() (-want +got):\n%s", diff)
	}
}

func TestUnreasonableQueriesFindNothing(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*calendar.SlotQuery){
		"no limit":         func(q *calendar.SlotQuery) { q.Limit = 0 },
		"negative limit":   func(q *calendar.SlotQuery) { q.Limit = -1 },
		"no length":        func(q *calendar.SlotQuery) { q.Length = 0 },
		"a week long":      func(q *calendar.SlotQuery) { q.Length = 7 * 24 * time.Hour },
		"backward":         func(q *calendar.SlotQuery) { q.From, q.To = q.To, q.From },
		"no window":        func(q *calendar.SlotQuery) { q.To = q.From },
		"before all years": func(q *calendar.SlotQuery) { q.From = time.Time{} },
		"after all years":  func(q *calendar.SlotQuery) { q.To = time.Unix(1<<60, 0) },
	} {
		q := week(t, 5, attendee(t, "Europe/Berlin", "9-17"))
		spoil(&q)
		if got := calendar.Pinned().CommonSlots(q); len(got) != 0 {
			t.Errorf("%s: CommonSlots() = %v, want none", name, got)
		}
	}
}

func TestNoSlotStartsBeforeTheWindow(t *testing.T) {
	t.Parallel()
	q := week(t, 1, attendee(t, "UTC", "Mon 9-10"))
	q.Length, q.From = 30*time.Minute, instant(t, "2026-12-07T09:00:00.5Z")
	if diff := cmp.Diff([]string{"Mon 09:30"}, starts(calendar.Pinned().CommonSlots(q))); diff != "" {
		t.Errorf("CommonSlots() half a second after 09:00 (-want +got):\n%s", diff)
	}
}

func TestSlotsAreSearchedForTwoMonthsOnly(t *testing.T) {
	t.Parallel()
	q := week(t, 10000, attendee(t, "UTC", "daily 0-24"))
	q.To = q.From.AddDate(100, 0, 0)
	got := calendar.Pinned().CommonSlots(q)
	if want := calendar.MaxSlotDays*48 - 1; len(got) != want {
		t.Errorf("CommonSlots() found %d slots, want %d", len(got), want)
	}
}

// anyQuery draws a query of up to four people.
func anyQuery() *rapid.Generator[calendar.SlotQuery] {
	return rapid.Custom(func(t *rapid.T) calendar.SlotQuery {
		q := calendar.SlotQuery{
			From:   time.Unix(rapid.Int64Range(1735689600, 1861920000).Draw(t, "from"), 0),
			Length: time.Duration(rapid.IntRange(1, 180).Draw(t, "minutes")) * time.Minute,
			Limit:  rapid.IntRange(1, 40).Draw(t, "limit"),
		}
		q.To = q.From.Add(time.Duration(rapid.IntRange(1, 20*24).Draw(t, "hours")) * time.Hour)
		for range rapid.IntRange(1, 4).Draw(t, "attendees") {
			q.Attendees = append(q.Attendees, calendar.Attendee{
				Zone: anyZone().Draw(t, "zone"), Hours: anyHours().Draw(t, "hours"),
			})
		}
		return q
	})
}

func TestSlotsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuery().Draw(t, "query")
		got := set.CommonSlots(q)
		if len(got) > q.Limit {
			t.Fatalf("CommonSlots() = %d slots, want at most %d", len(got), q.Limit)
		}
		onlyRepeats := false
		for i, s := range got {
			if s.Start.Before(q.From) || s.End.After(q.To) || s.End.Sub(s.Start) != q.Length {
				t.Fatalf("slot %v to %v is outside the window or of the wrong length", s.Start, s.End)
			}
			if m := set.WallAt(s.Start, q.Attendees[0].Zone).Clock; m.Minute()%30 != 0 || m.Second() != 0 {
				t.Fatalf("slot starts at %v for the first attendee, want a half hour", m)
			}
			for _, a := range q.Attendees {
				for at := s.Start; at.Before(s.End); at = at.Add(time.Minute) {
					if w := set.WallAt(at, a.Zone); !a.Hours.Contains(w) {
						t.Fatalf("slot %v to %v touches %v, outside %v", s.Start, s.End, w, a.Hours)
					}
				}
			}
			overlaps := func(o calendar.Slot) bool { return s.Start.Before(o.End) && o.Start.Before(s.End) }
			if i > 0 && onlyRepeats && !slices.ContainsFunc(got[:i], overlaps) {
				t.Fatalf("slot %v comes after slots that overlap better ones", s.Start)
			}
			onlyRepeats = slices.ContainsFunc(got[:i], overlaps)
		}
	})
}

func TestSlotsAreFoundIfThereAreAny(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuery().Draw(t, "query")
		if len(set.CommonSlots(q)) > 0 {
			return
		}
		fits := func(start time.Time) bool {
			for at := start; at.Before(start.Add(q.Length)); at = at.Add(time.Minute) {
				for _, a := range q.Attendees {
					if !a.Hours.Contains(set.WallAt(at, a.Zone)) {
						return false
					}
				}
			}
			return true
		}
		for at := q.From.Truncate(time.Minute).Add(time.Minute); !at.Add(q.Length).After(q.To); at = at.Add(time.Minute) {
			if set.WallAt(at, q.Attendees[0].Zone).Clock.Minute()%30 == 0 && fits(at) {
				t.Fatalf("CommonSlots() found nothing, but %v fits", at)
			}
		}
	})
}

func TestTheBestSlotOfEachDayComesBeforeTheSecondOfAny(t *testing.T) {
	t.Parallel()
	got := calendar.Pinned().CommonSlots(week(t, 8, attendee(t, "UTC", "9-17"), attendee(t, "UTC", "9-17")))
	days := map[int]int{}
	for _, s := range got[:5] {
		days[s.Start.Day()]++
	}
	if len(days) != 5 || got[4].Cost != 0 || got[5].Cost == 0 {
		t.Errorf("CommonSlots() = %v, want five days first", got)
	}
}

func TestTheOrderOfTheOthersDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuery().Draw(t, "query")
		want := calendar.Pinned().CommonSlots(q)
		slices.Reverse(q.Attendees[1:])
		if diff := cmp.Diff(want, calendar.Pinned().CommonSlots(q)); diff != "" {
			t.Fatalf("CommonSlots() after reordering (-want +got):\n%s", diff)
		}
	})
}

func TestOverlapCountsCommonMinutes(t *testing.T) {
	t.Parallel()
	berlin, auckland := attendee(t, "Europe/Berlin", "9-17"), attendee(t, "Pacific/Auckland", "9-17")
	newYork := attendee(t, "America/New_York", "9-17")
	for _, c := range []struct {
		from      string
		attendees []calendar.Attendee
		want      int
	}{
		{"2026-12-07T00:00:00Z", []calendar.Attendee{berlin}, 5 * 8 * 60},
		{"2026-12-07T00:00:00Z", []calendar.Attendee{berlin, newYork}, 5 * 2 * 60},
		{"2026-10-26T00:00:00Z", []calendar.Attendee{berlin, newYork}, 5 * 3 * 60},
		{"2026-12-07T00:00:00Z", []calendar.Attendee{berlin, auckland}, 0},
		{"2026-12-07T00:00:00Z", nil, 0},
		{"0001-01-01T00:00:00Z", []calendar.Attendee{berlin}, 0},
		{"2027-03-22T00:00:00Z", []calendar.Attendee{attendee(t, "Europe/Berlin", "Sun 0-24")}, 23 * 60},
	} {
		if got := calendar.Pinned().Overlap(c.attendees, instant(t, c.from)); got != c.want {
			t.Errorf("Overlap(%v, %s) = %d minutes, want %d", c.attendees, c.from, got, c.want)
		}
	}
}

func BenchmarkCommonSlots(b *testing.B) {
	q := week(b, 3, attendee(b, "Europe/Berlin", "9-17"), attendee(b, "America/New_York", "9-17"))
	q.To = q.From.AddDate(0, 0, 21)
	for b.Loop() {
		calendar.Pinned().CommonSlots(q)
	}
}

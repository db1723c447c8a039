package calendar_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"interlab/calendar"
)

func TestADayIsNotAlways24Hours(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	w := wall(t, "2026-03-28T15:00", "Europe/Berlin")
	at, _ := set.Resolve(w)
	next, _ := set.Resolve(w.AddDays(1))
	if got := next.Sub(at); got != 23*time.Hour {
		t.Errorf("the day after %v comes after %v, want 23h", w, got)
	}
	if got := set.WallAt(at.Add(24*time.Hour), w.Zone).Clock.String(); got != "16:00" {
		t.Errorf("24 hours after %v clocks show %s, want 16:00", w, got)
	}
}

func TestASeriesComesBackToItsTimeAfterAGap(t *testing.T) {
	t.Parallel()
	first := wall(t, "2026-03-22T02:30", "Europe/Berlin")
	for week, want := range []string{"2026-03-22T01:30:00Z", "2026-03-29T01:30:00Z", "2026-04-05T00:30:00Z"} {
		if got, _ := calendar.Pinned().Resolve(first.AddDays(7 * week)); !got.Equal(instant(t, want)) {
			t.Errorf("Resolve(%v + %d weeks) = %v, want %s", first, week, got, want)
		}
	}
}

func TestWeeklyTalksMoveForFarAudiencesInOddWeeks(t *testing.T) {
	t.Parallel()
	set, newYork := calendar.Pinned(), zone(t, "America/New_York")
	first := wall(t, "2026-10-19T15:00", "Europe/Berlin")
	for week, want := range []string{"09:00", "10:00", "09:00"} {
		at, _ := set.Resolve(first.AddDays(7 * week))
		if got := set.WallAt(at, newYork).Clock.String(); got != want {
			t.Errorf("%v + %d weeks is %s in New York, want %s", first, week, got, want)
		}
	}
}

func TestWallsAreStoredAsTheyRead(t *testing.T) {
	t.Parallel()
	w := wall(t, "2026-10-25T02:30", "Europe/Berlin")
	w.Later = true
	const want = `{"date":"2026-10-25","clock":"02:30","zone":"Europe/Berlin","later":true}`
	text, err := json.Marshal(w)
	if err != nil || string(text) != want {
		t.Errorf("Marshal(%v) = %s, %v, want %s", w, text, err, want)
	}
	var back calendar.Wall
	if err := json.Unmarshal(text, &back); err != nil || back != w {
		t.Errorf("Unmarshal(%s) = %v, %v, want %v", text, back, err, w)
	}
	if got := w.String(); got != "2026-10-25 02:30 Europe/Berlin (second)" {
		t.Errorf("String() = %q", got)
	}
}

func TestWallsSortByWhatTheyShow(t *testing.T) {
	t.Parallel()
	later := wall(t, "2026-10-25T02:30", "Europe/Berlin")
	later.Later = true
	sorted := []calendar.Wall{
		{},
		wall(t, "2026-10-24T23:00", "UTC"), wall(t, "2026-10-25T02:00", "Asia/Tokyo"),
		wall(t, "2026-10-25T02:30", "Europe/Berlin"), wall(t, "2026-10-25T02:30", "Europe/Paris"), later,
	}
	if !slices.IsSortedFunc(sorted, calendar.Wall.Compare) {
		t.Errorf("Compare does not keep the order of %v", sorted)
	}
	slices.Reverse(sorted)
	slices.SortFunc(sorted, calendar.Wall.Compare)
	if last := sorted[len(sorted)-1]; last != later || last.Compare(later) != 0 || last.Compare(sorted[0]) != 1 {
		t.Errorf("SortFunc puts %v last, want %v", last, later)
	}
	if sorted[0].IsZero() == sorted[1].IsZero() {
		t.Error("IsZero does not tell an empty wall from a full one")
	}
}

func TestInstantsOutsideTheCalendarHaveNoWall(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Time{{}, time.Unix(1<<60, 0), time.Unix(-1<<60, 0), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if got := calendar.Pinned().WallAt(at, calendar.UTC()); !got.IsZero() {
			t.Errorf("WallAt(%v) = %v, want the zero Wall", at, got)
		}
	}
}

func TestTodayDependsOnThePlace(t *testing.T) {
	t.Parallel()
	at := instant(t, "2026-11-30T23:30:00Z") // a Monday
	for name, want := range map[string]time.Weekday{
		"Pacific/Auckland": time.Tuesday, "Europe/Berlin": time.Tuesday, "America/New_York": time.Monday,
	} {
		if got := calendar.Pinned().Today(at, zone(t, name)).Weekday(); got != want {
			t.Errorf("Today(%v, %s) is a %v, want %v", at, name, got, want)
		}
	}
	if got := calendar.Pinned().WallAt(at, calendar.Zone{}); got != wall(t, "2026-11-30T23:30", "UTC") {
		t.Errorf("WallAt(%v, no zone) = %v, want UTC", at, got)
	}
}

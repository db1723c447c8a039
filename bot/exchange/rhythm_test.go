package exchange_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// rhythm is somebody's hours in a city, and when they are away.
func rhythm(t testing.TB, city, hours string, away ...string) exchange.Rhythm {
	t.Helper()
	zone, err := calendar.ParseZone(city)
	if err != nil {
		t.Fatal(err)
	}
	week, err := calendar.ParseHours(hours)
	if err != nil {
		t.Fatal(err)
	}
	r := exchange.Rhythm{Zone: zone, Hours: week}
	for i := 0; i+1 < len(away); i += 2 {
		r.Away = append(r.Away, exchange.Absence{From: date(t, away[i]), To: date(t, away[i+1])})
	}
	return r
}

func date(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// The vectors were worked out by hand and by another program.
func TestAQuestionWaitsForSomebodysHours(t *testing.T) {
	t.Parallel()
	const week = "Mon-Fri 09:00-17:30"
	for _, c := range []struct {
		what, now string
		rhythm    exchange.Rhythm
		want      string
	}{
		{"a weekend", "2026-03-06 18:00", rhythm(t, "London", week), "2026-03-09 09:00"},
		{"a clock change that weekend", "2026-03-27 18:00", rhythm(t, "London", week), "2026-03-30 08:00"},
		{"and the other one", "2026-10-23 17:00", rhythm(t, "London", week), "2026-10-26 09:00"},
		{"a week from Sunday to Thursday", "2026-03-05 15:00", rhythm(t, "Riyadh", "Sun-Thu 09:00-17:30"), "2026-03-08 06:00"},
		{"before the day", "2026-01-05 10:00", rhythm(t, "Los Angeles", week), "2026-01-05 17:00"},
		{"away", "2026-12-24 23:00", rhythm(t, "New York", week, "2026-12-25", "2027-01-03"), "2027-01-04 14:00"},
		{"the far side of the world", "2026-06-01 12:00", rhythm(t, "Auckland", week), "2026-06-01 21:00"},
		{"at once", "2026-06-02 12:00", rhythm(t, "London", week), "2026-06-02 12:00"},
		{
			"one absence after another", "2026-06-02 12:00",
			rhythm(t, "London", week, "2026-06-05", "2026-06-09", "2026-06-01", "2026-06-04"), "2026-06-10 08:00",
		},
		{"somebody who said nothing", "2026-06-06 12:00", exchange.Rhythm{}, "2026-06-08 09:00"},
	} {
		if got := c.rhythm.Next(calendar.Pinned(), instant(t, c.now)); !got.Equal(instant(t, c.want)) {
			t.Errorf("%s: Next(%s) = %s, want %s", c.what, c.now, got.Format("2006-01-02 15:04"), c.want)
		}
	}
}

func TestWorkingDaysAreThoseOfThePerson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, now string
		rhythm    exchange.Rhythm
		days      int
		want      string
	}{
		{"over a weekend", "2026-06-04 12:00", rhythm(t, "London", "Mon-Fri 09:00-17:30"), 3, "2026-06-09 08:00"},
		{"over another one", "2026-06-03 12:00", rhythm(t, "Riyadh", "Sun-Thu 09:00-17:30"), 3, "2026-06-08 06:00"},
		{"two days a week", "2026-06-01 12:00", rhythm(t, "London", "Mon,Wed 10:00-12:00"), 3, "2026-06-10 09:00"},
		{"over an absence", "2026-06-01 12:00", rhythm(t, "London", "Mon-Fri 09:00-17:30", "2026-06-02", "2026-06-30"), 1, "2026-07-01 08:00"},
		{"none", "2026-06-01 12:00", rhythm(t, "London", "Mon-Fri 09:00-17:30"), 0, "2026-06-01 12:00"},
	} {
		if got := c.rhythm.After(calendar.Pinned(), instant(t, c.now), c.days); !got.Equal(instant(t, c.want)) {
			t.Errorf("%s: After(%s, %d) = %s, want %s", c.what, c.now, c.days, got.Format("2006-01-02 15:04"), c.want)
		}
	}
}

// drawRhythm is anybody's.
func drawRhythm(tb testing.TB, t *rapid.T) exchange.Rhythm {
	tb.Helper()
	r := rhythm(
		tb, rapid.SampledFrom([]string{"London", "Kathmandu", "New York", "Auckland", "Apia"}).Draw(t, "city"),
		rapid.SampledFrom([]string{"Mon-Fri 09:00-17:30", "Sun-Thu 08:00-16:00", "Mon-Fri 20:00-23:00", "Sat 10:00-12:00"}).Draw(t, "hours"),
	)
	day := date(tb, "2026-01-01")
	for range rapid.IntRange(0, 3).Draw(t, "absences") {
		from := day.AddDays(rapid.IntRange(0, 400).Draw(t, "from"))
		r.Away = append(r.Away, exchange.Absence{From: from, To: from.AddDays(rapid.IntRange(0, 40).Draw(t, "days"))})
	}
	return r
}

func TestNobodyIsAskedOutsideTheirHoursOrWhileAway(t *testing.T) {
	t.Parallel()
	zones := calendar.Pinned()
	rapid.Check(t, func(rt *rapid.T) {
		r := drawRhythm(t, rt)
		at := instant(t, "2026-01-01 00:00").Add(time.Duration(rapid.IntRange(0, 400*24*60).Draw(rt, "minutes")) * time.Minute)
		next := r.Next(zones, at)
		wall := zones.WallAt(next, r.Zone)
		if next.Before(at) || !r.Hours.Contains(wall) {
			rt.Fatalf("Next(%s) = %s, which is before or outside %s", at, next, r.Hours)
		}
		for _, away := range r.Away {
			if away.Covers(wall.Date) {
				rt.Fatalf("Next(%s) = %s, while they are away from %s to %s", at, next, away.From, away.To)
			}
		}
		if again := r.Next(zones, next); !again.Equal(next) {
			rt.Fatalf("Next(Next) = %s, want %s", again, next)
		}
	})
}

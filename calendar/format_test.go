package calendar_test

import (
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
)

func TestTimesNameTheirCityAndOffset(t *testing.T) {
	t.Parallel()
	set, at := calendar.Pinned(), instant(t, "2026-12-08T14:00:30Z")
	for _, c := range []struct{ zone, full, short string }{
		{"Europe/Berlin", "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)", "Tue 8 Dec 15:00 Berlin"},
		{"America/New_York", "Tue 8 Dec 2026, 09:00 New York (UTC-5)", "Tue 8 Dec 09:00 New York"},
		{"Asia/Kathmandu", "Tue 8 Dec 2026, 19:45 Kathmandu (UTC+5:45)", "Tue 8 Dec 19:45 Kathmandu"},
		{"America/St_Johns", "Tue 8 Dec 2026, 10:30 St Johns (UTC-3:30)", "Tue 8 Dec 10:30 St Johns"},
		{"Europe/London", "Tue 8 Dec 2026, 14:00 London (UTC+0)", "Tue 8 Dec 14:00 London"},
		{"Pacific/Auckland", "Wed 9 Dec 2026, 03:00 Auckland (UTC+13)", "Wed 9 Dec 03:00 Auckland"},
		{"America/Argentina/Buenos_Aires", "Tue 8 Dec 2026, 11:00 Buenos Aires (UTC-3)", "Tue 8 Dec 11:00 Buenos Aires"},
		{"UTC", "Tue 8 Dec 2026, 14:00 UTC", "Tue 8 Dec 14:00 UTC"},
		// The names of fixed zones count the other way round, so they are never shown.
		{"Etc/GMT+5", "Tue 8 Dec 2026, 09:00 UTC-5", "Tue 8 Dec 09:00 UTC-5"},
	} {
		z := zone(t, c.zone)
		if got := set.FormatFull(at, z); got != c.full {
			t.Errorf("FormatFull(%s) = %q, want %q", c.zone, got, c.full)
		}
		if got := set.FormatShort(at, z); got != c.short {
			t.Errorf("FormatShort(%s) = %q, want %q", c.zone, got, c.short)
		}
	}
	if got := set.FormatFull(at, calendar.Zone{}); got != "Tue 8 Dec 2026, 14:00 UTC" {
		t.Errorf("FormatFull(no zone) = %q, want UTC", got)
	}
	if got := set.FormatShort(at, calendar.Zone{}); got != "Tue 8 Dec 14:00 UTC" {
		t.Errorf("FormatShort(no zone) = %q, want UTC", got)
	}
}

func TestMissingTimesSaySo(t *testing.T) {
	t.Parallel()
	set, z := calendar.Pinned(), calendar.UTC()
	if full, short := set.FormatFull(time.Time{}, z), set.FormatShort(time.Time{}, z); full != "(no time)" || short != "(no time)" {
		t.Errorf("Format of the zero time = %q, %q", full, short)
	}
	if got := calendar.FormatDay(calendar.Date{}); got != "(no date)" {
		t.Errorf("FormatDay(no date) = %q", got)
	}
	if got := calendar.FormatDay(date(t, "0987-06-05")); got != "Tue 5 Jun 987" {
		t.Errorf("FormatDay(0987-06-05) = %q", got)
	}
}

func TestAbbreviationsOfZonesAreNeverShown(t *testing.T) {
	t.Parallel()
	shape := regexp.MustCompile(`^[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d+, \d\d:\d\d (UTC([+-]\d{1,2}(:\d\d)?)?|[^()]+ \(UTC[+-]\d{1,2}(:\d\d)?\))$`)
	rapid.Check(t, func(t *rapid.T) {
		at, z := anyInstant().Draw(t, "instant"), anyZone().Draw(t, "zone")
		if got := calendar.Pinned().FormatFull(at, z); !shape.MatchString(got) {
			t.Fatalf("FormatFull(%v, %v) = %q", at, z, got)
		}
	})
}

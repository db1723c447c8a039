package calendar_test

import (
	"archive/zip"
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
)

func openPinned(t testing.TB) *zip.ReadCloser {
	t.Helper()
	archive, err := zip.OpenReader("zonedata/zoneinfo.zip")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = archive.Close() })
	return archive
}

// wall is the wall time written as 2026-12-08T15:00.
func wall(t testing.TB, text, zoneName string) calendar.Wall {
	t.Helper()
	day, hour, _ := strings.Cut(text, "T")
	date, err := calendar.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	clock, err := calendar.ParseClock(hour)
	if err != nil {
		t.Fatal(err)
	}
	return calendar.Wall{Date: date, Clock: clock, Zone: zone(t, zoneName)}
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestResolveAgreesWithPython compares with another implementation; see
// testdata/vectors.py.
func TestResolveAgreesWithPython(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/vectors.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	set, seen := calendar.Pinned(), map[string]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		f := strings.Split(lines.Text(), "\t")
		if len(f) != 5 {
			continue
		}
		w := wall(t, f[1], f[0])
		seen[f[0]] = true
		first, kind := set.Resolve(w)
		w.Later = true
		second, _ := set.Resolve(w)
		if string(kind) != f[2] || !first.Equal(instant(t, f[3])) || !second.Equal(instant(t, f[4])) {
			t.Errorf("Resolve(%v) = %v or %v, %s, want %s or %s, %s", w, first, second, kind, f[3], f[4], f[2])
		}
	}
	if len(seen) < 40 {
		t.Errorf("vectors.tsv has %d zones, want at least 40", len(seen))
	}
}

func TestResolveFollowsRFC5545AtTheChangesOfClocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, wall, want, kind string }{
		{"Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00Z", "gap"},
		{"America/New_York", "2026-03-08T02:30", "2026-03-08T07:30:00Z", "gap"},
		{"Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z", "overlap"},
		{"America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z", "overlap"},
		{"Europe/London", "2026-10-25T01:30", "2026-10-25T00:30:00Z", "overlap"},
		{"Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00Z", "gap"},
		{"Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z", "overlap"},
		{"America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00:00Z", "gap"},
		{"Africa/Cairo", "2026-04-24T00:00", "2026-04-23T22:00:00Z", "gap"},
		{"Asia/Beirut", "2026-03-29T00:00", "2026-03-28T22:00:00Z", "gap"},
		{"Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z", "gap"},
		{"Asia/Kathmandu", "2026-06-01T14:00", "2026-06-01T08:15:00Z", "unique"},
		{"Asia/Kolkata", "2026-06-01T14:00", "2026-06-01T08:30:00Z", "unique"},
		{"Europe/Dublin", "2026-12-01T14:00", "2026-12-01T14:00:00Z", "unique"},
		{"Europe/Berlin", "2100-07-01T14:00", "2100-07-01T12:00:00Z", "unique"},
		{"Europe/Berlin", "2100-03-28T02:30", "2100-03-28T01:30:00Z", "gap"},
		{"America/New_York", "2099-12-31T23:30", "2100-01-01T04:30:00Z", "unique"},
		{"UTC", "0001-01-01T00:00", "0001-01-01T00:00:00Z", "unique"},
		{"UTC", "9999-12-31T23:59:59", "9999-12-31T23:59:59Z", "unique"},
	} {
		w := wall(t, c.wall, c.zone)
		if got, kind := calendar.Pinned().Resolve(w); !got.Equal(instant(t, c.want)) || string(kind) != c.kind {
			t.Errorf("Resolve(%v) = %v, %s, want %s, %s", w, got, kind, c.want, c.kind)
		}
	}
}

func TestAWallWithoutDateOrZoneHasNoInstant(t *testing.T) {
	t.Parallel()
	full := wall(t, "2026-12-08T15:00", "Europe/Berlin")
	for _, w := range []calendar.Wall{{}, {Date: full.Date}, {Zone: full.Zone}} {
		if got, kind := calendar.Pinned().Resolve(w); !got.IsZero() || kind != "" || calendar.Pinned().Choices(w) != nil {
			t.Errorf("Resolve(%v) = %v, %q, want the zero time", w, got, kind)
		}
	}
}

func TestChoicesLieOnBothSidesOfAGap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, wall, before, after string }{
		{"Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30", "2026-03-29T03:30"},
		{"America/Santiago", "2026-09-06T00:00", "2026-09-05T23:00", "2026-09-06T01:00"},
		{"Pacific/Apia", "2011-12-30T12:00", "2011-12-29T12:00", "2011-12-31T12:00"},
	} {
		got := calendar.Pinned().Choices(wall(t, c.wall, c.zone))
		want := []calendar.Wall{wall(t, c.before, c.zone), wall(t, c.after, c.zone)}
		if !slices.Equal(got, want) {
			t.Errorf("Choices(%s %s) = %v, want %v", c.wall, c.zone, got, want)
		}
	}
}

func TestChoicesOfAnOverlapAreBothPasses(t *testing.T) {
	t.Parallel()
	first := wall(t, "2026-10-25T02:30", "Europe/Berlin")
	second := first
	second.Later = true
	if got := calendar.Pinned().Choices(second); !slices.Equal(got, []calendar.Wall{first, second}) {
		t.Errorf("Choices(%v) = %v, want both passes", second, got)
	}
	unique := wall(t, "2026-10-25T12:30", "Europe/Berlin")
	if got := calendar.Pinned().Choices(unique); !slices.Equal(got, []calendar.Wall{unique}) {
		t.Errorf("Choices(%v) = %v, want itself", unique, got)
	}
}

// anyZone draws one of all zones.
func anyZone() *rapid.Generator[calendar.Zone] { return rapid.SampledFrom(calendar.Zones("", 1000)) }

// anyInstant draws a whole second from 1800 to 2200.
func anyInstant() *rapid.Generator[time.Time] {
	return rapid.Map(rapid.Int64Range(-5364662400, 7258118400), func(s int64) time.Time { return time.Unix(s, 0).UTC() })
}

func TestEveryInstantComesBackFromItsWall(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at, z := anyInstant().Draw(t, "instant"), anyZone().Draw(t, "zone")
		w := calendar.Pinned().WallAt(at, z)
		if got, kind := calendar.Pinned().Resolve(w); !got.Equal(at) || kind == calendar.Gap {
			t.Fatalf("Resolve(WallAt(%v, %v)) = %v, %s by way of %v", at, z, got, kind, w)
		}
	})
}

func TestEveryWallHasAnInstant(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start, err := calendar.NewDate(1850, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		clock, err := calendar.NewClock(rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
		if err != nil {
			t.Fatal(err)
		}
		w := calendar.Wall{
			Date: start.AddDays(rapid.IntRange(0, 100000).Draw(t, "days")), Clock: clock,
			Zone: anyZone().Draw(t, "zone"), Later: rapid.Bool().Draw(t, "later"),
		}
		at, kind := calendar.Pinned().Resolve(w)
		back, choices := calendar.Pinned().WallAt(at, w.Zone), calendar.Pinned().Choices(w)
		sameClock := back.Date == w.Date && back.Clock == w.Clock
		if sameClock == (kind == calendar.Gap) || (len(choices) == 1) != (kind == calendar.Unique) {
			t.Fatalf("Resolve(%v) = %v, %s, which is %v; choices %v", w, at, kind, back, choices)
		}
	})
}

package calendar_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
)

func date(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDatesAreReadInOneFormOnly(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"0001-01-01", "1970-01-01", "2024-02-29", "2026-12-08", "9999-12-31"} {
		if got := date(t, text).String(); got != text {
			t.Errorf("ParseDate(%q) = %s", text, got)
		}
	}
	for _, text := range []string{
		"", "2026-2-3", "2026-02-30", "2025-02-29", "0000-01-01", "10000-01-01", "2026-12-08 ", "+2026-12-08",
		"08.12.2026", "2026-12-08T15:00", "-001-01-01", "2026/12/08",
	} {
		if got, err := calendar.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", text, got)
		}
	}
}

func TestDatesThatNoCalendarHasCannotBeMade(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]int{{2026, 2, 29}, {2026, 13, 1}, {2026, 0, 1}, {2026, 1, 0}, {2026, 4, 31}, {0, 1, 1}, {10000, 1, 1}, {2026, 1, -1 << 62}} {
		if got, err := calendar.NewDate(c[0], time.Month(c[1]), c[2]); err == nil {
			t.Errorf("NewDate(%v) = %v, want an error", c, got)
		}
	}
}

func TestDatesAgreeWithTheTimePackage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := time.Date(1, 1, 1+rapid.IntRange(0, 3652058).Draw(t, "days"), 0, 0, 0, 0, time.UTC)
		got, err := calendar.NewDate(want.Year(), want.Month(), want.Day())
		if err != nil || got.Year() != want.Year() || got.Month() != want.Month() || got.Day() != want.Day() ||
			got.Weekday() != want.Weekday() || got.String() != want.Format("2006-01-02") {
			t.Fatalf("NewDate(%v) = %v (%v), %v", want, got, got.Weekday(), err)
		}
		n := rapid.IntRange(-1000, 1000).Draw(t, "n")
		if sum := want.AddDate(0, 0, n); sum.Year() >= 1 && sum.Year() <= 9999 {
			if later := got.AddDays(n); later.String() != sum.Format("2006-01-02") || got.DaysUntil(later) != n {
				t.Fatalf("%v.AddDays(%d) = %v, want %v", got, n, later, sum)
			}
		}
	})
}

func TestDaysStopAtTheEndsOfTheCalendar(t *testing.T) {
	t.Parallel()
	first, last := date(t, "0001-01-01"), date(t, "9999-12-31")
	for _, n := range []int{1, 4000000, math.MaxInt} {
		if got := last.AddDays(n); got != last {
			t.Errorf("%v.AddDays(%d) = %v", last, n, got)
		}
		if got := first.AddDays(-n); got != first {
			t.Errorf("%v.AddDays(%d) = %v", first, -n, got)
		}
	}
	if got := (calendar.Date{}).AddDays(5); !got.IsZero() {
		t.Errorf("no date + 5 days = %v, want no date", got)
	}
}

func TestDatesAreStoredAsISO(t *testing.T) {
	t.Parallel()
	type pause struct {
		Until calendar.Date `json:"until,omitzero"`
	}
	for _, text := range []string{`{"until":"2027-01-10"}`, `{}`} {
		var p pause
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Errorf("Unmarshal(%s) = %v", text, err)
		}
		if got, err := json.Marshal(p); err != nil || string(got) != text {
			t.Errorf("Marshal(Unmarshal(%s)) = %s, %v", text, got, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"until":"10 Jan"}`), &pause{}); err == nil {
		t.Error("Unmarshal(10 Jan) = nil, want an error")
	}
	if text, err := (calendar.Date{}).MarshalText(); err == nil {
		t.Errorf("MarshalText() of no date = %q, want an error", text)
	}
}

func TestDatesCompareInOrder(t *testing.T) {
	t.Parallel()
	a, b, again := date(t, "2026-12-08"), date(t, "2026-12-09"), date(t, "2026-12-08")
	if a.Compare(b) != -1 || b.Compare(a) != 1 || a.Compare(again) != 0 || a == b || (calendar.Date{}).Compare(a) != -1 {
		t.Errorf("Compare orders %v and %v wrongly", a, b)
	}
}

func TestClocksAreReadInOneFormOnly(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"00:00", "09:05", "23:59", "23:59:59"} {
		got, err := calendar.ParseClock(text)
		if err != nil || got.String() != text {
			t.Errorf("ParseClock(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "9:00", "24:00", "12:60", "12:00:60", "12", "12:00pm", " 12:00", "12:00:00.5", "12:00.50"} {
		if got, err := calendar.ParseClock(text); err == nil {
			t.Errorf("ParseClock(%q) = %v, want an error", text, got)
		}
	}
}

func TestClocksHoldOnlyTimesOfDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h, m := rapid.IntRange(-2, 26).Draw(t, "hour"), rapid.IntRange(-2, 62).Draw(t, "minute")
		got, err := calendar.NewClock(h, m)
		valid := h >= 0 && h < 24 && m >= 0 && m < 60
		if (err == nil) != valid || valid && (got.Hour() != h || got.Minute() != m || got.Second() != 0) {
			t.Fatalf("NewClock(%d, %d) = %v, %v", h, m, got, err)
		}
		if !valid {
			return
		}
		var back calendar.Clock
		text, err := got.MarshalText()
		if err != nil || back.UnmarshalText(text) != nil || back.Compare(got) != 0 {
			t.Fatalf("UnmarshalText(%s) = %v, want %v", text, back, got)
		}
	})
}

package calendar_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/calendar"
)

func TestDaysAreUnderstoodAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	today := date(t, "2026-11-30") // a Monday
	for text, want := range map[string]string{
		"until 2027-01-10": "Sun 10 Jan 2027", "2027-01-10": "Sun 10 Jan 2027", "10 Jan": "Sun 10 Jan 2027",
		"by 3 Dec": "Thu 3 Dec 2026", "January 10th 2028": "Mon 10 Jan 2028", "in 2 weeks": "Mon 14 Dec 2026",
		"in 1 day": "Tue 1 Dec 2026", "next Monday": "Mon 7 Dec 2026", "next Sun": "Sun 13 Dec 2026",
		"Monday": "Mon 7 Dec 2026", "on Fri": "Fri 4 Dec 2026", "today": "Mon 30 Nov 2026", "Until Tomorrow": "Tue 1 Dec 2026",
		"30 Nov": "Mon 30 Nov 2026", "29 Nov": "Mon 29 Nov 2027", "Thu 3 Dec": "Thu 3 Dec 2026", "until in 3 days": "Thu 3 Dec 2026",
	} {
		got, err := calendar.ParseDay(text, today)
		if err != nil || calendar.FormatDay(got) != want {
			t.Errorf("ParseDay(%q) = %q, %v, want %q", text, calendar.FormatDay(got), err, want)
		}
	}
}

func TestNextIsTheWeekAfterThisOne(t *testing.T) {
	t.Parallel()
	for today, want := range map[string]string{
		"2026-11-30": "2026-12-08", "2026-12-01": "2026-12-08", "2026-12-05": "2026-12-08", "2026-12-06": "2026-12-08",
		"2026-12-07": "2026-12-15",
	} {
		if got, err := calendar.ParseDay("next Tue", date(t, today)); err != nil || got.String() != want {
			t.Errorf("ParseDay(next Tue) on %s = %v, %v, want %s", today, got, err, want)
		}
	}
}

func TestDaysThatCannotBeMeantAreRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		reason calendar.Reason
		text   string
	}{
		"":                       {calendar.Empty, ""},
		"until":                  {calendar.Empty, ""},
		"next week":              {calendar.NotUnderstood, "next week"},
		"in 3 months":            {calendar.NotUnderstood, "3 months"},
		"10 Jan 15:00":           {calendar.NotUnderstood, "10 Jan 15:00"},
		"Fri Berlin":             {calendar.NotUnderstood, "Berlin"},
		"UTC+1":                  {calendar.NotUnderstood, "UTC+1"},
		"until at":               {calendar.NotUnderstood, "at"},
		"1/2/2027":               {calendar.AmbiguousDate, "1/2/2027"},
		"2027-02-29":             {calendar.NoSuchDate, "2027-02-29"},
		"32 Jan":                 {calendar.NoSuchDate, "32 January"},
		"Fri 3 Dec":              {calendar.WrongWeekday, "Thu 3 Dec 2026"},
		strings.Repeat("x", 600): {calendar.NotUnderstood, strings.Repeat("x", 60) + "…"},
	} {
		got, err := calendar.ParseDay(text, date(t, "2026-11-30"))
		if r := refusal(t, err); r.Reason != want.reason || r.Text != want.text || r.Sentence == "" || !got.IsZero() {
			t.Errorf("ParseDay(%.30q) = %v, %q of %q, want %q of %q", text, got, r.Reason, r.Text, want.reason, want.text)
		}
	}
}

func TestDaysThatAreOverAreReturnedForThoseWhoAcceptThem(t *testing.T) {
	t.Parallel()
	got, err := calendar.ParseDay("2020-01-01", date(t, "2026-11-30"))
	if r := refusal(t, err); r.Reason != calendar.Past || got != date(t, "2020-01-01") ||
		r.Sentence != "Wed 1 Jan 2020 is over. Name a day to come." {
		t.Errorf("ParseDay(2020-01-01) = %v, %q, %q", got, r.Reason, r.Sentence)
	}
}

func TestADateInAPlaceWhereMidnightIsSkippedIsStillADate(t *testing.T) {
	t.Parallel()
	// Clocks in Santiago jump from 00:00 to 01:00 that day.
	if got, err := calendar.ParseDay("2026-09-06", date(t, "2026-09-01")); err != nil || got != date(t, "2026-09-06") {
		t.Errorf("ParseDay(2026-09-06) = %v, %v", got, err)
	}
}

func TestDaysReadBackAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	today := date(t, "2026-11-30")
	rapid.Check(t, func(t *rapid.T) {
		want := today.AddDays(rapid.IntRange(0, 100000).Draw(t, "days"))
		for _, text := range []string{want.String(), calendar.FormatDay(want)} {
			if got, err := calendar.ParseDay(text, today); err != nil || got != want {
				t.Fatalf("ParseDay(%q) = %v, %v, want %v", text, got, err, want)
			}
		}
	})
}

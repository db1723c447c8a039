package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
)

func TestOneTalkOrAllThatFollowMoves(t *testing.T) {
	t.Parallel()
	at := func(text string) calendar.Wall { return wall(t, text, "Europe/Berlin") }
	weekly := must(t)(calendar.NewWeekly(at("2026-12-08T15:00"), 1, date(t, "2027-01-12"))).Skip(date(t, "2026-12-22"), date(t, "2026-12-29"))
	second := must(t)(calendar.NewMonthly(at("2026-12-08T15:00"), false, date(t, "2027-03-31")))
	last := must(t)(calendar.NewMonthly(at("2026-12-29T15:00"), true, date(t, "2027-03-31")))
	own := must(t)(calendar.NewListed(at("2026-12-08T15:00"), listed(t, "2026-12-08", "2026-12-10", "2026-12-20")))
	for _, c := range []struct {
		name          string
		series        calendar.Series
		day, to       string
		before, after string
		words         string
	}{
		{"to Wednesdays", weekly, "2026-12-15", "2026-12-16T10:00", "26-12-08", "26-12-16 27-01-06 27-01-13", "every Wednesday"},
		{"the first, and so all", weekly, "2026-12-08", "2026-12-07T10:00", "", "26-12-07 26-12-14 27-01-04 27-01-11", "every Monday"},
		{"to another week", weekly, "2027-01-05", "2027-01-13T10:00", "26-12-08 26-12-15", "27-01-13 27-01-20", "every Wednesday"},
		{"to second Wednesdays", second, "2027-01-12", "2027-01-13T10:00", "26-12-08", "27-01-13 27-02-10 27-03-10", "on the second Wednesday of every month"},
		{"to a fifth Sunday", second, "2027-01-12", "2027-01-31T10:00", "26-12-08", "27-01-31 27-02-28 27-03-28", "on the last Sunday of every month"},
		{"from the last to the third", last, "2027-01-26", "2027-01-19T10:00", "26-12-29", "27-01-19 27-02-16 27-03-16", "on the third Tuesday of every month"},
		{"from the last to the last", last, "2027-01-26", "2027-01-25T10:00", "26-12-29", "27-01-25 27-02-22 27-03-29", "on the last Monday of every month"},
		{"two days later", own, "2026-12-10", "2026-12-12T10:00", "26-12-08", "26-12-12 26-12-22", "on 2 days"},
	} {
		before, after, err := c.series.MoveFollowing(date(t, c.day), at(c.to))
		if err != nil || days(before.Dates()) != c.before || days(after.Dates()) != c.after || after.Words() != c.words {
			t.Errorf("%s: MoveFollowing = %s and %s (%s), %v, want %s and %s (%s)",
				c.name, days(before.Dates()), days(after.Dates()), after.Words(), err, c.before, c.after, c.words)
		}
		if after.First != at(c.to) {
			t.Errorf("%s: the first of those that moved is at %v, want %s", c.name, after.First, c.to)
		}
	}
	for _, day := range []string{"2026-12-22", "2026-12-09", "2027-02-02"} {
		if _, _, err := weekly.MoveFollowing(date(t, day), at("2027-01-01T10:00")); err == nil || refusal(t, err).Reason != calendar.NoSuchDate {
			t.Errorf("MoveFollowing(%s) = %v, want a refusal: there is no talk", day, err)
		}
	}
	if _, _, err := weekly.MoveFollowing(date(t, "2026-12-15"), calendar.Wall{}); err == nil {
		t.Error("MoveFollowing to no time was not refused")
	}
}

func TestTalksOfASeriesAreLeftOutWithoutALoss(t *testing.T) {
	t.Parallel()
	s := must(t)(calendar.NewWeekly(wall(t, "2026-12-08T15:00", "Europe/Berlin"), 1, date(t, "2026-12-29")))
	for _, c := range []struct {
		got  calendar.Series
		want string
	}{
		{s.Skip(), "26-12-08 26-12-15 26-12-22 26-12-29"},
		{s.Skip(date(t, "2026-12-15"), date(t, "2026-12-15"), calendar.Date{}, date(t, "2026-12-16")), "26-12-08 26-12-22 26-12-29"},
		{s.Before(date(t, "2026-12-22")), "26-12-08 26-12-15"},
		{s.Before(date(t, "2026-12-08")), ""},
		{s.Before(date(t, "2027-12-08")), "26-12-08 26-12-15 26-12-22 26-12-29"},
		{s.From(date(t, "2026-12-16")), "26-12-22 26-12-29"},
		{s.From(date(t, "2026-12-30")), ""},
		{s.Skip(date(t, "2026-12-29")).From(date(t, "2026-12-29")), ""},
		{s, "26-12-08 26-12-15 26-12-22 26-12-29"},
	} {
		if got := days(c.got.Dates()); got != c.want || c.got.IsZero() != (c.want == "") {
			t.Errorf("the days are %s (%+v), want %s", got, c.got, c.want)
		}
	}
}

// anySeries draws a series of each shape.
func anySeries() *rapid.Generator[calendar.Series] {
	return rapid.Custom(func(t *rapid.T) calendar.Series {
		start, _ := calendar.NewDate(2026, time.January, 1)
		first := calendar.Wall{Date: start.AddDays(rapid.IntRange(0, 700).Draw(t, "first")), Zone: calendar.UTC()}
		until := first.Date.AddDays(rapid.IntRange(0, 500).Draw(t, "length"))
		var s calendar.Series
		var err error
		switch rapid.SampledFrom([]calendar.Shape{calendar.Weekly, calendar.Monthly, calendar.MonthlyLast, calendar.Listed}).Draw(t, "shape") {
		case calendar.Weekly:
			s, err = calendar.NewWeekly(first, rapid.IntRange(1, 9).Draw(t, "weeks"), until)
		case calendar.Monthly:
			s, err = calendar.NewMonthly(first, false, until)
		case calendar.MonthlyLast:
			s, err = calendar.NewMonthly(first, true, until)
		case calendar.Listed:
			var days []calendar.Date
			for _, n := range rapid.SliceOfN(rapid.IntRange(0, 500), 1, 20).Draw(t, "days") {
				days = append(days, first.Date.AddDays(n))
			}
			s, err = calendar.NewListed(first, days)
		}
		if err != nil {
			t.Skip(err)
		}
		for _, d := range s.Dates() {
			if rapid.IntRange(0, 9).Draw(t, "skip") == 0 && len(s.Dates()) > 1 {
				s = s.Skip(d)
			}
		}
		return s
	})
}

// walked finds the days of a series by asking every day.
func walked(s calendar.Series) []calendar.Date {
	first := s.First.Date
	var out []calendar.Date
	for d := first; d.Compare(s.Until) <= 0; d = d.AddDays(1) {
		same := d.Weekday() == first.Weekday()
		switch s.Shape {
		case calendar.Weekly:
			same = same && first.DaysUntil(d)%(7*s.Weeks) == 0
		case calendar.Monthly:
			same = same && (d.Day()+6)/7 == (first.Day()+6)/7
		case calendar.MonthlyLast:
			same = same && d.AddDays(7).Day() <= 7
		case calendar.Listed:
			same = slices.Contains(s.Days, d)
		}
		if same && !slices.Contains(s.Skips, d) {
			out = append(out, d)
		}
	}
	return out
}

func TestTheDaysOfASeriesEqualThoseOfAskingEveryDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anySeries().Draw(t, "series")
		if got, want := days(s.Dates()), days(walked(s)); got != want {
			t.Fatalf("%+v has the days %s, want %s", s, got, want)
		}
	})
}

func TestChangesOfASeriesLoseNoTalkAndAddNone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anySeries().Draw(t, "series")
		all := s.Dates()
		cut := s.First.Date.AddDays(rapid.IntRange(-5, 510).Draw(t, "cut"))
		if got := days(slices.Concat(s.Before(cut).Dates(), s.From(cut).Dates())); got != days(all) {
			t.Fatalf("%+v falls at %s into %s, want %s", s, cut, got, days(all))
		}
		day := rapid.SampledFrom(all).Draw(t, "day")
		to := calendar.Wall{Date: day.AddDays(rapid.IntRange(-6, 6).Draw(t, "by")), Zone: calendar.UTC()}
		before, after, err := s.MoveFollowing(day, to)
		if err != nil {
			t.Fatalf("MoveFollowing(%s, %s) of %+v = %v", day, to, s, err)
		}
		moved := after.Dates()
		if days(before.Dates()) != days(s.Before(day).Dates()) || len(moved) != len(s.From(day).Dates()) || moved[0] != to.Date {
			t.Fatalf("MoveFollowing(%s, %s) of %s = %s and %s", day, to, days(all), days(before.Dates()), days(moved))
		}
	})
}

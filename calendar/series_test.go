package calendar_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/calendar"
)

// days are the dates of a series as text.
func days(dates []calendar.Date) string {
	var texts []string
	for _, d := range dates {
		texts = append(texts, d.String()[2:])
	}
	return strings.Join(texts, " ")
}

// must is a series that may not be refused.
func must(t testing.TB) func(calendar.Series, error) calendar.Series {
	t.Helper()
	return func(s calendar.Series, err error) calendar.Series {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func listed(t testing.TB, texts ...string) (dates []calendar.Date) {
	t.Helper()
	for _, text := range texts {
		dates = append(dates, date(t, text))
	}
	return dates
}

func TestASeriesFollowsItsRule(t *testing.T) {
	t.Parallel()
	tuesday := wall(t, "2026-12-08T15:00", "Europe/Berlin")
	thursday := wall(t, "2026-12-31T15:00", "Europe/Berlin")
	for _, c := range []struct {
		name   string
		series calendar.Series
		words  string
		want   string
	}{
		{"weekly", must(t)(calendar.NewWeekly(tuesday, 1, date(t, "2026-12-29"))), "every Tuesday", "26-12-08 26-12-15 26-12-22 26-12-29"},
		{"the end is within", must(t)(calendar.NewWeekly(tuesday, 1, date(t, "2026-12-28"))), "every Tuesday", "26-12-08 26-12-15 26-12-22"},
		{"every three weeks", must(t)(calendar.NewWeekly(tuesday, 3, date(t, "2027-02-01"))), "every 3 weeks on Tuesday", "26-12-08 26-12-29 27-01-19"},
		{"one talk", must(t)(calendar.NewWeekly(tuesday, 1, tuesday.Date)), "every Tuesday", "26-12-08"},
		{"second Tuesday", must(t)(calendar.NewMonthly(tuesday, false, date(t, "2027-03-31"))), "on the second Tuesday of every month", "26-12-08 27-01-12 27-02-09 27-03-09"},
		{"last Thursday", must(t)(calendar.NewMonthly(thursday, true, date(t, "2027-04-30"))), "on the last Thursday of every month", "26-12-31 27-01-28 27-02-25 27-03-25 27-04-29"},
		{"days of their own", must(t)(calendar.NewListed(tuesday, listed(t, "2027-01-05", "2026-12-08", "2027-01-05", "2026-12-24"))), "on 3 days", "26-12-08 26-12-24 27-01-05"},
		{"a day of its own", must(t)(calendar.NewListed(tuesday, listed(t, "2027-01-05"))), "on one day", "27-01-05"},
		{"the zero Series", calendar.Series{}, "", ""},
	} {
		if got := days(c.series.Dates()); got != c.want {
			t.Errorf("%s: Dates() = %s, want %s", c.name, got, c.want)
		}
		if got := c.series.Words(); got != c.words {
			t.Errorf("%s: Words() = %q, want %q", c.name, got, c.words)
		}
		if got := c.series.IsZero(); got != (c.want == "") {
			t.Errorf("%s: IsZero() = %v", c.name, got)
		}
	}
}

func TestASeriesCanBeBoundedByANumberOfTalks(t *testing.T) {
	t.Parallel()
	at := wall(t, "2026-12-08T15:00", "Europe/Berlin")
	weekly := must(t)(calendar.NewWeekly(at, 2, at.Date))
	for n, want := range map[int]string{1: "26-12-08", 3: "26-12-08 26-12-22 27-01-05"} {
		if got := days(must(t)(weekly.Times(n)).Dates()); got != want {
			t.Errorf("Times(%d) = %s, want %s", n, got, want)
		}
	}
	skipping := must(t)(weekly.Skip(date(t, "2026-12-22")).Times(3))
	if got, want := days(skipping.Dates()), "26-12-08 27-01-05 27-01-19"; got != want {
		t.Errorf("Times(3) around a day left out = %s, want %s", got, want)
	}
	if got := len(must(t)(must(t)(calendar.NewWeekly(at, 1, at.Date)).Times(calendar.MaxSeriesTalks)).Dates()); got != calendar.MaxSeriesTalks {
		t.Errorf("the longest weekly series has %d talks, want %d", got, calendar.MaxSeriesTalks)
	}
	few := must(t)(calendar.NewListed(at, listed(t, "2026-12-08", "2026-12-09")))
	if got := days(must(t)(few.Times(5)).Dates()); got != "26-12-08 26-12-09" {
		t.Errorf("Times(5) of two days = %s, want both", got)
	}
	for _, n := range []int{0, -1, calendar.MaxSeriesTalks + 1, 1 << 40} {
		if s, err := weekly.Times(n); err == nil || refusal(t, err).Reason != calendar.TooMany {
			t.Errorf("Times(%d) = %v, %v, want a refusal", n, s, err)
		}
	}
	if s, err := weekly.Times(60); err == nil || refusal(t, err).Reason != calendar.TooMany {
		t.Errorf("120 weeks = %v, %v, want a refusal", s, err)
	}
}

func TestASeriesThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	tuesday := wall(t, "2026-12-08T15:00", "Europe/Berlin")
	fifth := wall(t, "2026-12-29T15:00", "Europe/Berlin")
	until := date(t, "2027-06-01")
	many := []calendar.Date{}
	for i := range 400 {
		many = append(many, tuesday.Date.AddDays(i))
	}
	refused := func(_ calendar.Series, err error) error { return err }
	for _, c := range []struct {
		err      error
		reason   calendar.Reason
		sentence string
	}{
		{refused(calendar.NewWeekly(tuesday, 1, calendar.Date{})), calendar.NoEnd, "A series needs a last day, at most two years after the first. Write for example until Tue 8 Jun 2027."},
		{refused(calendar.NewWeekly(tuesday, 1, date(t, "2026-12-07"))), calendar.BackwardHours, "The last day, Mon 7 Dec 2026, is before the first talk on Tue 8 Dec 2026. Name a later one."},
		{refused(calendar.NewWeekly(tuesday, 1, date(t, "9999-12-31"))), calendar.TooMany, "A series runs for two years at most, so its last day can be Sat 9 Dec 2028 or earlier."},
		{refused(calendar.NewWeekly(tuesday, 0, until)), calendar.NotUnderstood, "The talks can be 1 to 52 weeks apart."},
		{refused(calendar.NewWeekly(tuesday, 1<<40, until)), calendar.NotUnderstood, "The talks can be 1 to 52 weeks apart."},
		{refused(calendar.NewWeekly(calendar.Wall{}, 1, until)), calendar.NoTime, "A series needs the time of its first talk."},
		{refused(calendar.NewMonthly(fifth, false, until)), calendar.NoSuchDate, "Few months have a fifth Tuesday. Take the last one of the month, or another first day."},
		{refused(calendar.NewMonthly(tuesday, true, until)), calendar.NoSuchDate, "Tue 8 Dec 2026 is not the last Tuesday of its month. Take another first day."},
		{refused(calendar.NewListed(tuesday, nil)), calendar.Empty, "No days were given. Name each day, as 8 Dec, 15 Dec, 12 Jan."},
		{refused(calendar.NewListed(tuesday, many)), calendar.TooMany, "A series has at most 105 talks, and these are 400 days. Leave some out."},
	} {
		if r := refusal(t, c.err); r.Reason != c.reason || r.Sentence != c.sentence {
			t.Errorf("refused as %q, %q, want %q, %q", r.Reason, r.Sentence, c.reason, c.sentence)
		}
	}
}

func TestATalkOfASeriesKeepsItsTimeOfDayWhenClocksChange(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	weekly := must(t)(calendar.NewWeekly(wall(t, "2027-03-14T02:30", "Europe/Berlin"), 1, date(t, "2027-04-04")))
	var got []string
	for _, m := range set.Moments(weekly) {
		got = append(got, m.Instant.Format("02 15:04")+" "+string(m.Kind))
	}
	want := []string{"14 01:30 unique", "21 01:30 unique", "28 01:30 gap", "04 00:30 unique"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("02:30 in Berlin over the change of clocks (-want +got):\n%s", diff)
	}
	// Which of two equal times is meant was asked of the first day alone.
	twice := wall(t, "2026-10-25T02:30", "Europe/Berlin")
	twice.Later = true
	yearly := must(t)(calendar.NewListed(twice, listed(t, "2026-10-25", "2027-10-31")))
	if m := set.Moments(yearly); !m[0].Wall.Later || m[1].Wall.Later || m[0].Instant.Format("15:04") != "01:30" || m[1].Instant.Format("15:04") != "00:30" {
		t.Errorf("Moments() = %v, want the second 02:30, then the first of the other day", m)
	}
}

func TestSeriesAreStoredWhole(t *testing.T) {
	t.Parallel()
	at := wall(t, "2026-12-08T15:00", "Europe/Berlin")
	for _, s := range []calendar.Series{
		must(t)(calendar.NewWeekly(at, 2, date(t, "2027-03-01"))).Skip(date(t, "2026-12-22")),
		must(t)(calendar.NewMonthly(at, false, date(t, "2027-03-01"))),
		must(t)(calendar.NewListed(at, listed(t, "2026-12-08", "2027-02-01"))),
	} {
		text, err := json.Marshal(s)
		var back calendar.Series
		if err == nil {
			err = json.Unmarshal(text, &back)
		}
		if diff := cmp.Diff(days(s.Dates()), days(back.Dates())); err != nil || diff != "" || back.Words() != s.Words() {
			t.Errorf("Unmarshal(%s) = %v, %v", text, back, err)
		}
	}
}

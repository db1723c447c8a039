package calendar_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/calendar"
)

// now is a Monday, 09:00 in Berlin.
const now = "2026-11-30T08:00:00Z"

func TestMomentsAreUnderstoodAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	set, berlin := calendar.Pinned(), zone(t, "Europe/Berlin")
	for text, want := range map[string]string{
		"15:00":                     "Mon 30 Nov 2026, 15:00 Berlin (UTC+1)",
		"08:30":                     "Tue 1 Dec 2026, 08:30 Berlin (UTC+1)",
		"09:00":                     "Tue 1 Dec 2026, 09:00 Berlin (UTC+1)",
		"3pm":                       "Mon 30 Nov 2026, 15:00 Berlin (UTC+1)",
		"12am":                      "Tue 1 Dec 2026, 00:00 Berlin (UTC+1)",
		"noon":                      "Mon 30 Nov 2026, 12:00 Berlin (UTC+1)",
		"today 15:00":               "Mon 30 Nov 2026, 15:00 Berlin (UTC+1)",
		"Tue 15:00":                 "Tue 1 Dec 2026, 15:00 Berlin (UTC+1)",
		"15:00 on Tuesday":          "Tue 1 Dec 2026, 15:00 Berlin (UTC+1)",
		"Mon 15:00":                 "Mon 30 Nov 2026, 15:00 Berlin (UTC+1)",
		"mon 08:00":                 "Mon 7 Dec 2026, 08:00 Berlin (UTC+1)",
		"next Tue 15:00 Berlin":     "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)",
		"next monday 9am":           "Mon 7 Dec 2026, 09:00 Berlin (UTC+1)",
		"this Fri 10:00 utc":        "Fri 4 Dec 2026, 10:00 UTC",
		"tomorrow 9 am New York":    "Tue 1 Dec 2026, 09:00 New York (UTC-5)",
		"2026-12-08 15:00":          "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)",
		"2026-12-08T15:00":          "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)",
		"8 Dec 15:00":               "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)",
		"8th of December at noon":   "Tue 8 Dec 2026, 12:00 Berlin (UTC+1)",
		"Dec 8, 2027 3:30 pm Tokyo": "Wed 8 Dec 2027, 15:30 Tokyo (UTC+9)",
		"10 Jan 15:00":              "Sun 10 Jan 2027, 15:00 Berlin (UTC+1)",
		"29 Feb 09:00":              "Tue 29 Feb 2028, 09:00 Berlin (UTC+1)",
		"in 2 weeks 15:00":          "Mon 14 Dec 2026, 15:00 Berlin (UTC+1)",
		"in a week 9am":             "Mon 7 Dec 2026, 09:00 Berlin (UTC+1)",
		"in 3 days 15:00 in Tokyo":  "Thu 3 Dec 2026, 15:00 Tokyo (UTC+9)",
		"15:00 Berlin time":         "Mon 30 Nov 2026, 15:00 Berlin (UTC+1)",
		"15:00 asia/kolkata":        "Mon 30 Nov 2026, 15:00 Kolkata (UTC+5:30)",
		"15:00 isle of man":         "Mon 30 Nov 2026, 15:00 Isle of Man (UTC+0)",
		"9:00 Tokyo":                "Tue 1 Dec 2026, 09:00 Tokyo (UTC+9)",
		"Tue\u200b 15:00\n":         "Tue 1 Dec 2026, 15:00 Berlin (UTC+1)",
		// What the bot writes can be pasted back, and says which of two is meant.
		"Tue 8 Dec 2026, 15:00 Berlin (UTC+1)":  "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)",
		"Tue 8 Dec 15:00 Berlin":                "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)",
		"Sun 31 Oct 2027, 02:30 Berlin (UTC+2)": "Sun 31 Oct 2027, 02:30 Berlin (UTC+2)",
		"Sun 31 Oct 2027, 02:30 Berlin (UTC+1)": "Sun 31 Oct 2027, 02:30 Berlin (UTC+1)",
	} {
		m, err := set.ParseMoment(text, instant(t, now), berlin)
		if got := set.FormatFull(m.Instant, m.Wall.Zone); err != nil || got != want {
			t.Errorf("ParseMoment(%q) = %q, %v, want %q", text, got, err, want)
		}
		if again, _ := set.Resolve(m.Wall); !again.Equal(m.Instant) {
			t.Errorf("ParseMoment(%q) has the wall %v of %v but the instant %v", text, m.Wall, again, m.Instant)
		}
	}
}

func TestMomentsThatCannotBeMeantAreRefusedWithAWayOut(t *testing.T) {
	t.Parallel()
	const example = " Write a time as Tue 15:00, tomorrow 9am or 8 Dec 15:00 Berlin."
	for _, c := range []struct {
		text     string
		reason   calendar.Reason
		sentence string
	}{
		{"", calendar.Empty, "Nothing was given." + example},
		{"\x00\u202e", calendar.Empty, "Nothing was given." + example},
		{"tomorrow", calendar.NoTime, "“tomorrow” has no time of day." + example},
		{"next tusday 15:00", calendar.NotUnderstood, "“next tusday” is not understood here." + example},
		{"soonish", calendar.NotUnderstood, "“soonish” is not understood here." + example},
		{"15:00 16:00", calendar.NotUnderstood, "“16:00” is not understood here." + example},
		{"8 Dec 15 15:00", calendar.NotUnderstood, "“15” is not understood here." + example},
		{"Berlin 15:00 Paris", calendar.NotUnderstood, "“Berlin Paris” is not understood here." + example},
		{"New 15:00 York", calendar.NotUnderstood, "“New York” is not understood here." + example},
		{"Mon Tue 15:00", calendar.NotUnderstood, "“Tue” is not understood here." + example},
		{"next Mon 8 Dec 15:00", calendar.NotUnderstood, "“next Monday” is not understood here." + example},
		{"25:00", calendar.NotUnderstood, "“25:00” is not understood here." + example},
		{"in some weeks 15:00", calendar.NotUnderstood, "“some weeks” is not understood here." + example},
		{"15:00Z", calendar.NotUnderstood, "“15:00Z” is not understood here." + example},
		{
			"15:00 Berln", calendar.UnknownZone,
			"“Berln” is neither a date nor a place known here. Did you mean Europe/Berlin or Europe/Zurich?",
		},
		{
			"15:00 CET", calendar.Abbreviation,
			"“CET” means different times in different places and seasons. Did you mean Europe/Berlin, Europe/Paris or Africa/Algiers?",
		},
		{
			"15:00 Cambridge", calendar.AmbiguousZone,
			"“Cambridge” is in more than one time zone. Did you mean Europe/London or America/New_York?",
		},
		{
			"15:00 UTC+20", calendar.BareOffset,
			"“UTC+20” is no distance from UTC that clocks anywhere have. Name a large city instead, such as Berlin or New York.",
		},
		{
			"8 Dec 15:00 Berlin UTC+2", calendar.BareOffset,
			"“UTC+2” does not fit. This would be Tue 8 Dec 2026, 15:00 Berlin (UTC+1).",
		},
		{
			"03/04/2027 15:00", calendar.AmbiguousDate,
			"“03/04/2027” may be read in two ways. Write the month as a word, as 8 Dec 2026.",
		},
		{"8.12. 15:00", calendar.AmbiguousDate, "“8.12.” may be read in two ways. Write the month as a word, as 8 Dec 2026."},
		{"31 April 15:00", calendar.NoSuchDate, "There is no “31 April” in the calendar. Check the day and the month."},
		{"29 Feb 2027 15:00", calendar.NoSuchDate, "There is no “29 February 2027” in the calendar. Check the day and the month."},
		{"2026-02-30 15:00", calendar.NoSuchDate, "There is no “2026-02-30” in the calendar. Check the day and the month."},
		{"9999-12-31 15:00", calendar.NoSuchDate, "There is no “9999-12-31” in the calendar. Check the day and the month."},
		{"Tue 24:00", calendar.NoSuchDate, "A day ends at 23:59. Write 00:00 and the day after."},
		{
			"Mon 8 Dec 15:00", calendar.WrongWeekday,
			"Tue 8 Dec 2026 is not a Monday. Correct the date or leave the weekday out.",
		},
		{strings.Repeat("15:00 ", 200), calendar.NotUnderstood, "This text is too long for a time." + example},
	} {
		m, err := calendar.Pinned().ParseMoment(c.text, instant(t, now), zone(t, "Europe/Berlin"))
		if err == nil {
			t.Errorf("ParseMoment(%.40q) = %v, want a refusal", c.text, m)
		} else if r := refusal(t, err); r.Reason != c.reason || r.Sentence != c.sentence {
			t.Errorf("ParseMoment(%.40q) = %q, %q, want %q, %q", c.text, r.Reason, r.Sentence, c.reason, c.sentence)
		}
	}
}

func TestTimesInAGapAreAskedBack(t *testing.T) {
	t.Parallel()
	_, err := calendar.Pinned().ParseMoment("2027-03-28 02:30", instant(t, now), zone(t, "Europe/Berlin"))
	r := refusal(t, err)
	const want = "Sun 28 Mar 2027, 02:30 Berlin does not exist, because clocks are set forward. " +
		"Did you mean Sun 28 Mar 2027, 01:30 Berlin (UTC+1) or Sun 28 Mar 2027, 03:30 Berlin (UTC+2)?"
	if r.Reason != calendar.Skipped || r.Sentence != want {
		t.Errorf("ParseMoment() = %q, %q, want %q", r.Reason, r.Sentence, want)
	}
	choices := []calendar.Moment{
		{Wall: wall(t, "2027-03-28T01:30", "Europe/Berlin"), Instant: instant(t, "2027-03-28T00:30:00Z"), Kind: calendar.Unique, Rules: calendar.Pinned().Version()},
		{Wall: wall(t, "2027-03-28T03:30", "Europe/Berlin"), Instant: instant(t, "2027-03-28T01:30:00Z"), Kind: calendar.Unique, Rules: calendar.Pinned().Version()},
	}
	if diff := cmp.Diff(choices, r.Choices, cmp.Comparer(func(a, b calendar.Wall) bool { return a == b })); diff != "" {
		t.Errorf("Choices (-want +got):\n%s", diff)
	}
}

func TestTimesThatComeTwiceAreAskedBack(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	_, err := set.ParseMoment("2027-10-31 02:30", instant(t, now), zone(t, "Europe/Berlin"))
	r := refusal(t, err)
	const want = "Sun 31 Oct 2027, 02:30 Berlin comes twice, because clocks are set back. " +
		"Did you mean Sun 31 Oct 2027, 02:30 Berlin (UTC+2) or Sun 31 Oct 2027, 02:30 Berlin (UTC+1)?"
	if r.Reason != calendar.Repeated || r.Sentence != want || len(r.Choices) != 2 {
		t.Fatalf("ParseMoment() = %q, %q, %d choices, want %q", r.Reason, r.Sentence, len(r.Choices), want)
	}
	for i, at := range []string{"2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"} {
		if c := r.Choices[i]; !c.Instant.Equal(instant(t, at)) || c.Kind != calendar.Overlap || c.Wall.Later != (i == 1) {
			t.Errorf("choice %d = %v, want %s", i, c, at)
		}
	}
}

func TestTimesThatComeTwiceCountAsLongAsOneIsToCome(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]calendar.Reason{
		"2026-10-25T00:15:00Z": calendar.Repeated, "2026-10-25T00:45:00Z": calendar.Repeated, "2026-10-25T01:30:00Z": calendar.Past,
	} {
		_, err := calendar.Pinned().ParseMoment("2026-10-25 02:30", instant(t, at), zone(t, "Europe/Berlin"))
		if r := refusal(t, err); r.Reason != want {
			t.Errorf("ParseMoment(02:30) at %s is refused as %q, want %q", at, r.Reason, want)
		}
	}
}

func TestTheNextSuchTimeIsFoundWhereItIs(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	m, err := set.ParseMoment("20:00 New York", instant(t, "2026-12-01T00:30:00Z"), zone(t, "Europe/Berlin"))
	if got := set.FormatFull(m.Instant, m.Wall.Zone); err != nil || got != "Mon 30 Nov 2026, 20:00 New York (UTC-5)" {
		t.Errorf("ParseMoment(20:00 New York) = %q, %v, want the same evening there", got, err)
	}
}

func TestMomentsThatAreOverAreToldApart(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	for text, want := range map[string]string{
		"today 08:00":             "Mon 30 Nov 2026, 08:00 Berlin (UTC+1) is over. Name a time to come.",
		"today 09:00":             "Mon 30 Nov 2026, 09:00 Berlin (UTC+1) is over. Name a time to come.",
		"2026-11-01 10:00":        "Sun 1 Nov 2026, 10:00 Berlin (UTC+1) is over. Name a time to come.",
		"2026-03-29 02:30":        "Sun 29 Mar 2026, 03:30 Berlin (UTC+2) is over. Name a time to come.",
		"30 Nov 2026 15:00 Tokyo": "Mon 30 Nov 2026, 15:00 Tokyo (UTC+9) is over. Name a time to come.",
	} {
		m, err := set.ParseMoment(text, instant(t, now), zone(t, "Europe/Berlin"))
		if r := refusal(t, err); r.Reason != calendar.Past || r.Sentence != want || m.Instant.After(instant(t, now)) {
			t.Errorf("ParseMoment(%q) = %v, %q, %q, want %q", text, m, r.Reason, r.Sentence, want)
		}
	}
}

func TestTodayIsWhereThePersonIs(t *testing.T) {
	t.Parallel()
	set, late := calendar.Pinned(), instant(t, "2026-11-30T23:30:00Z") // Monday; Tuesday in Auckland
	for _, c := range []struct{ zone, text, want string }{
		{"Pacific/Auckland", "next Tuesday 15:00", "Tue 8 Dec 2026, 15:00 Auckland (UTC+13)"},
		{"America/New_York", "next Tuesday 15:00", "Tue 8 Dec 2026, 15:00 New York (UTC-5)"},
		{"Pacific/Auckland", "tomorrow 15:00", "Wed 2 Dec 2026, 15:00 Auckland (UTC+13)"},
		{"America/New_York", "tomorrow 15:00", "Tue 1 Dec 2026, 15:00 New York (UTC-5)"},
		{"Pacific/Auckland", "tomorrow 15:00 Berlin", "Wed 2 Dec 2026, 15:00 Berlin (UTC+1)"},
		{"Pacific/Auckland", "20:00 New York", "Mon 30 Nov 2026, 20:00 New York (UTC-5)"},
	} {
		m, err := set.ParseMoment(c.text, late, zone(t, c.zone))
		if got := set.FormatFull(m.Instant, m.Wall.Zone); err != nil || got != c.want {
			t.Errorf("ParseMoment(%q, %s) = %q, %v, want %q", c.text, c.zone, got, err, c.want)
		}
	}
}

func TestPeopleWithoutAZoneMeanUTC(t *testing.T) {
	t.Parallel()
	m, err := calendar.Pinned().ParseMoment("Tue 15:00", instant(t, now), calendar.Zone{})
	if err != nil || m.Wall != wall(t, "2026-12-01T15:00", "UTC") {
		t.Errorf("ParseMoment(no zone) = %v, %v, want UTC", m, err)
	}
	if _, err := calendar.Pinned().ParseMoment("Tue 15:00", time.Time{}, calendar.Zone{}); err == nil {
		t.Error("ParseMoment(no time) = nil, want an error")
	}
}

func TestEveryCityCanStandBesideATime(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	for _, z := range calendar.Zones("", 1000) {
		if got, err := calendar.ParseZone(z.City()); err != nil || got != z {
			continue // a fixed offset, or a city whose name others share
		}
		m, err := set.ParseMoment("15:00 "+z.City()+" next Tue", instant(t, now), calendar.UTC())
		if err != nil || m.Wall != wall(t, "2026-12-08T15:00", z.String()) {
			t.Errorf("ParseMoment(15:00 %s next Tue) = %v, %v", z.City(), m, err)
		}
	}
}

func TestWhatIsWrittenForPeopleIsReadBack(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	rapid.Check(t, func(t *rapid.T) {
		z, reader := anyZone().Draw(t, "zone"), anyZone().Draw(t, "reader")
		if got, err := calendar.ParseZone(z.City()); err != nil || got != z {
			return // a fixed offset, or a city whose name others share
		}
		start := rapid.Int64Range(1735689600, 1861920000).Draw(t, "now")
		at := time.Unix((start/60+rapid.Int64Range(1, 1000000).Draw(t, "minutes"))*60, 0)
		m, err := set.ParseMoment(set.FormatFull(at, z), time.Unix(start, 0), reader)
		if err != nil || !m.Instant.Equal(at) || m.Wall != set.WallAt(at, z) {
			t.Fatalf("ParseMoment(%q) = %v, %v, want %v", set.FormatFull(at, z), m, err, at)
		}
	})
}

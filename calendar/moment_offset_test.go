package calendar_test

import (
	"testing"
	"time"

	"interlab/calendar"
)

func TestADistanceFromUTCNamesAnInstant(t *testing.T) {
	t.Parallel()
	set, berlin := calendar.Pinned(), zone(t, "Europe/Berlin")
	for text, want := range map[string]string{
		"8 Dec 15:00 UTC+5:30":      "Tue 8 Dec 2026, 10:30 Berlin (UTC+1)",
		"8 Dec 15:00 utc+05:45":     "Tue 8 Dec 2026, 10:15 Berlin (UTC+1)",
		"8 Dec 15:00 UTC-3":         "Tue 8 Dec 2026, 19:00 Berlin (UTC+1)",
		"8 Dec 15:00 UTC−0330":      "Tue 8 Dec 2026, 19:30 Berlin (UTC+1)",
		"8 Dec 15:00 GMT+1":         "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)",
		"8 Jul 2027 15:00 UTC+1":    "Thu 8 Jul 2027, 16:00 Berlin (UTC+2)",
		"2026-12-08T15:00Z":         "Tue 8 Dec 2026, 15:00 UTC",
		"2026-12-08T15:00:00z":      "Tue 8 Dec 2026, 15:00 UTC",
		"2026-12-08T15:00+01:00":    "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)",
		"2026-12-08T15:00:00+05:30": "Tue 8 Dec 2026, 10:30 Berlin (UTC+1)",
		"2026-12-08T15:00:00-0800":  "Wed 9 Dec 2026, 00:00 Berlin (UTC+1)",
		"15:00 UTC+2":               "Mon 30 Nov 2026, 14:00 Berlin (UTC+1)",
		"09:00 UTC+2":               "Tue 1 Dec 2026, 08:00 Berlin (UTC+1)",  // it is 10:00 there now
		"01:00 UTC+14":              "Mon 30 Nov 2026, 12:00 Berlin (UTC+1)", // it is 22:00 there now
		"Mon 09:00 UTC+2":           "Mon 7 Dec 2026, 08:00 Berlin (UTC+1)",
		"next Tue 23:30 UTC-12":     "Wed 9 Dec 2026, 12:30 Berlin (UTC+1)",
		// The second of two equal times needs no question.
		"31 Oct 2027 02:30 UTC+1": "Sun 31 Oct 2027, 02:30 Berlin (UTC+1)",
	} {
		m, err := set.ParseMoment(text, instant(t, now), berlin)
		if got := set.FormatFull(m.Instant, m.Wall.Zone); err != nil || got != want {
			t.Errorf("ParseMoment(%q) = %q, %v, want %q", text, got, err, want)
		}
		if again, _ := set.Resolve(m.Wall); !again.Equal(m.Instant) {
			t.Errorf("ParseMoment(%q) has the wall %v of %v but the instant %v", text, m.Wall, again, m.Instant)
		}
	}
	if m, err := set.ParseMoment("8 Dec 15:00 UTC+5:30", instant(t, now), calendar.Zone{}); err != nil || m.Wall.Zone != calendar.UTC() || m.Instant.Hour() != 9 {
		t.Errorf("ParseMoment() for somebody somewhere = %v, %v, want 09:30 UTC", m, err)
	}
}

func TestADistanceFromUTCThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]calendar.Reason{
		"15:00 UTC+15":             calendar.BareOffset,
		"15:00 UTC-12:30":          calendar.BareOffset,
		"15:00 UTC+5:3":            calendar.BareOffset,
		"15:00 UTC+5:60":           calendar.BareOffset,
		"15:00 UTC+1:2:3":          calendar.BareOffset,
		"15:00 UTC+12345":          calendar.BareOffset,
		"24:00 UTC+1":              calendar.NoSuchDate,
		"8 Dec UTC+1":              calendar.NoTime,
		"1 Jan 2020 15:00 UTC+1":   calendar.Past,
		"0001-01-01 00:00 UTC+14":  calendar.NoSuchDate,
		"2026-12-08T15:00:30Z":     calendar.NotUnderstood,
		"15:00 UTC+1 UTC+2":        calendar.BareOffset,
		"8 Dec 15:00 CET UTC+1":    calendar.Abbreviation,
		"8 Dec 15:00 Berlin UTC+2": calendar.BareOffset,
		"15:00 utc+1 sharp":        calendar.NotUnderstood,
	} {
		m, err := calendar.Pinned().ParseMoment(text, instant(t, now), zone(t, "Europe/Berlin"))
		if err == nil || refusal(t, err).Reason != want {
			t.Errorf("ParseMoment(%q) = %v, %v, want %q", text, m, err, want)
		}
		if want == calendar.Past && m.Instant.Equal(time.Time{}) {
			t.Errorf("ParseMoment(%q) says that it is over but not when it was", text)
		}
	}
}

package calendar_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/calendar"
)

func hours(t testing.TB, text string) calendar.Hours {
	t.Helper()
	h, err := calendar.ParseHours(text)
	if err != nil {
		t.Fatalf("ParseHours(%q) = %v", text, err)
	}
	return h
}

func TestHoursAreUnderstoodAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Mon-Fri 09:00-17:00, Sat 10:00-12:00": "Mon-Fri 09:00-17:00, Sat 10:00-12:00",
		"Mon,Wed 9-12":                         "Mon,Wed 09:00-12:00",
		"9-17":                                 "Mon-Fri 09:00-17:00",
		"9am-5pm":                              "Mon-Fri 09:00-17:00",
		"9 am to 5 pm":                         "Mon-Fri 09:00-17:00",
		"1-5pm":                                "Mon-Fri 13:00-17:00",
		"9-5pm":                                "Mon-Fri 09:00-17:00",
		"9-noon":                               "Mon-Fri 09:00-12:00",
		"MON – FRI 9:00 – 17:00":               "Mon-Fri 09:00-17:00",
		"mondays and thursdays 9-12":           "Mon,Thu 09:00-12:00",
		"Tues, Weds & Thurs: 10-11":            "Tue-Thu 10:00-11:00",
		"Sun-Thu 09:00-17:00":                  "Sun-Thu 09:00-17:00",
		"Fri-Mon 10-11":                        "Fri-Mon 10:00-11:00",
		"daily 0-24":                           "Mon-Sun 00:00-24:00",
		"weekdays 9-17; weekends 11-12":        "Mon-Fri 09:00-17:00, Sat-Sun 11:00-12:00",
		"Mon-Fri 9-12, 13-17":                  "Mon-Fri 09:00-12:00, 13:00-17:00",
		"9-12 13-17 Sat 10-11":                 "Mon-Fri 09:00-12:00, 13:00-17:00, Sat 10:00-11:00",
		"Mon 20-24, Tue 0-4":                   "Mon 20:00-24:00, Tue 00:00-04:00",
		// What overlaps or touches is joined.
		"Mon 9-12, Mon 11-14, Mon 14-15": "Mon 09:00-15:00",
		"Mon 13-17, Mon 9-12, Mon 9-10":  "Mon 09:00-12:00, 13:00-17:00",
		"Mon-Tue 9-12, Tue-Wed 9-12":     "Mon-Wed 09:00-12:00",
	} {
		if got := hours(t, text).String(); got != want {
			t.Errorf("ParseHours(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestHoursThatMakeNoSenseAreRefusedWithAWayOut(t *testing.T) {
	t.Parallel()
	const example = " Write hours as Mon-Fri 09:00-17:00, Sat 10:00-12:00."
	for _, c := range []struct {
		text     string
		reason   calendar.Reason
		sentence string
	}{
		{"", calendar.Empty, "No hours were given." + example},
		{" , ;", calendar.Empty, "No hours were given." + example},
		{"Mon", calendar.NoTime, "“mon” has no hours with it." + example},
		{"Mon 9-12, Fri", calendar.NoTime, "“fri” has no hours with it." + example},
		{"Mon foo 9-17 bar", calendar.NotUnderstood, "“foo bar” is not understood here." + example},
		{"9-25", calendar.NotUnderstood, "“9-25” is not understood here." + example},
		{"9", calendar.NotUnderstood, "“9” is not understood here." + example},
		{"13pm-14pm", calendar.NotUnderstood, "“13pm-14pm” is not understood here." + example},
		{"9-5", calendar.BackwardHours, "“9-5” ends before it starts. For the afternoon write 09:00-17:00."},
		{"9-9", calendar.BackwardHours, "“9-9” starts and ends at the same time. For the afternoon write 09:00-21:00."},
		{"Mon 17-0", calendar.BackwardHours, "“17-0” ends before it starts. The end of a day is 24:00, so write 17:00-24:00."},
		{
			"Sat-Sun 22:00-06:00", calendar.BackwardHours, "“22:00-06:00” ends before it starts. " +
				"Hours over midnight are written as two: Sat-Sun 22:00-24:00, Sun-Mon 00:00-06:00.",
		},
		{strings.Repeat("9-17 ", 200), calendar.NotUnderstood, "These hours are too long." + example},
	} {
		_, err := calendar.ParseHours(c.text)
		if r := refusal(t, err); r.Reason != c.reason || r.Sentence != c.sentence {
			t.Errorf("ParseHours(%.30q) = %q, %q, want %q, %q", c.text, r.Reason, r.Sentence, c.reason, c.sentence)
		}
	}
}

// anyHours draws hours of every kind, by what people could type.
func anyHours() *rapid.Generator[calendar.Hours] {
	return rapid.Custom(func(t *rapid.T) calendar.Hours {
		names := []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
		var parts []string
		for range rapid.IntRange(1, 6).Draw(t, "parts") {
			from := rapid.IntRange(0, 1439).Draw(t, "from")
			to := rapid.IntRange(from+1, 1440).Draw(t, "to")
			parts = append(parts, fmt.Sprintf("%s %02d:%02d-%02d:%02d",
				rapid.SampledFrom(names).Draw(t, "day"), from/60, from%60, to/60, to%60))
		}
		h, err := calendar.ParseHours(strings.Join(parts, ", "))
		if err != nil {
			t.Fatalf("ParseHours(%q) = %v", parts, err)
		}
		return h
	})
}

func TestHoursReadBackAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := anyHours().Draw(t, "hours")
		back, err := calendar.ParseHours(h.String())
		if err != nil || !back.Equal(h) || back.String() != h.String() {
			t.Fatalf("ParseHours(%q) = %v, %v", h, back, err)
		}
	})
}

func TestHoursOfPeopleWhoSaidNothingAreOfficeHours(t *testing.T) {
	t.Parallel()
	var unset calendar.Hours
	if !unset.IsZero() || !unset.Equal(calendar.DefaultHours()) || unset.String() != "Mon-Fri 09:00-17:00" {
		t.Errorf("zero Hours = %q, want Mon-Fri 09:00-17:00", unset)
	}
	set := hours(t, "Mon-Fri 09:00-17:00")
	if set.IsZero() || !set.Equal(unset) || !cmp.Equal(set, unset) {
		t.Errorf("%q does not equal the default", set)
	}
	for text, want := range map[string]bool{
		"2026-12-07T09:00": true, "2026-12-07T16:59:59": true, "2026-12-07T17:00": false, "2026-12-07T08:59": false,
		"2026-12-12T12:00": false, "2026-12-11T12:00": true,
	} {
		w := wall(t, text, "Asia/Tokyo")
		if unset.Contains(w) != want || set.Contains(w) != want {
			t.Errorf("Contains(%v) = %v and %v, want %v", w, unset.Contains(w), set.Contains(w), want)
		}
	}
	if unset.Contains(calendar.Wall{}) {
		t.Error("Contains(no wall) = true")
	}
}

func TestHoursAreStoredAsText(t *testing.T) {
	t.Parallel()
	type person struct {
		Hours calendar.Hours `json:"hours,omitzero"`
	}
	for text, want := range map[string]string{
		`{"hours":"Sat 10-12"}`: `{"hours":"Sat 10:00-12:00"}`, `{}`: `{}`, `{"hours":null}`: `{}`,
	} {
		var p person
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Errorf("Unmarshal(%s) = %v", text, err)
		}
		if got, err := json.Marshal(p); err != nil || string(got) != want {
			t.Errorf("Marshal(Unmarshal(%s)) = %s, %v, want %s", text, got, err, want)
		}
	}
	if err := json.Unmarshal([]byte(`{"hours":"whenever"}`), &person{}); err == nil {
		t.Error("Unmarshal(whenever) = nil, want an error")
	}
}

func TestMessagesWaitForTheNextOpening(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ hours, zone, at, want string }{
		{"9-17", "Europe/Berlin", "2026-12-08T10:00:00Z", "2026-12-08T10:00:00Z"},
		{"9-17", "Europe/Berlin", "2026-12-08T08:00:00Z", "2026-12-08T08:00:00Z"},
		{"9-17", "Europe/Berlin", "2026-12-08T07:59:59Z", "2026-12-08T08:00:00Z"},
		{"9-17", "Europe/Berlin", "2026-12-08T16:00:00Z", "2026-12-09T08:00:00Z"},
		{"9-17", "Europe/Berlin", "2026-12-11T16:00:00Z", "2026-12-14T08:00:00Z"},
		{"9-17", "Pacific/Auckland", "2026-12-11T16:00:00Z", "2026-12-13T20:00:00Z"},
		{"Mon 9-10", "UTC", "2026-12-07T10:00:00Z", "2026-12-14T09:00:00Z"},
		// Clocks go forward between Friday and Monday: 9:00 comes an hour sooner.
		{"9-17", "Europe/Berlin", "2027-03-26T20:00:00Z", "2027-03-29T07:00:00Z"},
		{"9-17", "America/New_York", "2026-10-30T22:00:00Z", "2026-11-02T14:00:00Z"},
		// An opening inside a gap begins when the gap ends, and a gap may hold the
		// only opening of a week.
		{"Sun 02:30-05:00", "Europe/Berlin", "2027-03-28T00:00:00Z", "2027-03-28T01:00:00Z"},
		{"Sun 02:00-03:00", "Europe/Berlin", "2027-03-28T00:00:00Z", "2027-04-04T00:00:00Z"},
		// What comes twice is open twice.
		{"Sun 02:00-02:30", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z"},
		{"Mon 20-24, Tue 0-4", "UTC", "2026-12-08T00:00:00Z", "2026-12-08T00:00:00Z"},
	} {
		got := calendar.Pinned().NextOpen(hours(t, c.hours), instant(t, c.at), zone(t, c.zone))
		if !got.Equal(instant(t, c.want)) {
			t.Errorf("NextOpen(%s, %s, %s) = %v, want %s", c.hours, c.at, c.zone, got, c.want)
		}
	}
}

func TestNextOpenIsTheFirstTimeWithinHours(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	rapid.Check(t, func(t *rapid.T) {
		h, z, at := anyHours().Draw(t, "hours"), anyZone().Draw(t, "zone"), anyInstant().Draw(t, "instant")
		got := set.NextOpen(h, at, z)
		if got.Before(at) || !h.Contains(set.WallAt(got, z)) {
			t.Fatalf("NextOpen(%v, %v, %v) = %v, which is not within", h, at, z, got)
		}
		if got.Equal(at) != h.Contains(set.WallAt(at, z)) {
			t.Fatalf("NextOpen(%v, %v, %v) = %v, but the start within is %v", h, at, z, got, !got.Equal(at))
		}
		if got.After(at) {
			between := at.Add(time.Duration(rapid.Int64Range(0, int64(got.Sub(at))-1).Draw(t, "between")))
			if h.Contains(set.WallAt(between, z)) {
				t.Fatalf("NextOpen(%v, %v, %v) = %v, but %v is within and sooner", h, at, z, got, between)
			}
		}
	})
}

func TestNextOpenHoldsNothingBackOutsideTheCalendar(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Time{{}, time.Unix(1<<60, 0)} {
		if got := calendar.Pinned().NextOpen(calendar.Hours{}, at, calendar.UTC()); !got.Equal(at) {
			t.Errorf("NextOpen(%v) = %v, want the same", at, got)
		}
	}
}

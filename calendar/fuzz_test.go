package calendar_test

import (
	"errors"
	"testing"
	"unicode"
	"unicode/utf8"

	"interlab/calendar"
)

// checkRefusal holds what every refusal promises: a finished sentence that
// carries nothing from the text that could disturb the words around it.
func checkRefusal(t *testing.T, text string, err error) {
	t.Helper()
	var r *calendar.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("error for %q is %T, want a Refusal", text, err)
	}
	if r.Reason == "" || r.Sentence == "" || r.Error() == "" || len(r.Zones) > 3 || utf8.RuneCountInString(r.Text) > 61 {
		t.Fatalf("refusal of %q is incomplete: %+v", text, r)
	}
	for _, c := range r.Text + r.Sentence {
		if !unicode.IsPrint(c) {
			t.Fatalf("refusal of %q says %q, which holds %q", text, r.Sentence, c)
		}
	}
}

func FuzzParseZone(f *testing.F) {
	for _, text := range []string{"Berlin", "europe/berlin", "EST", "UTC+2", "../x", "Cambridge", "", "São Paulo", "\xff\u202e"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		z, err := calendar.ParseZone(text)
		if err != nil {
			checkRefusal(t, text, err)
			return
		}
		if back, err := calendar.ParseZone(z.String()); err != nil || back != z {
			t.Fatalf("ParseZone(%q) = %v, which reads back as %v, %v", text, z, back, err)
		}
		if got := calendar.Zones(text, 25); len(got) == 0 || len(got) > 25 {
			t.Fatalf("Zones(%q) = %v, though it is a zone", text, got)
		}
	})
}

func FuzzParseHours(f *testing.F) {
	for _, text := range []string{"Mon-Fri 09:00-17:00, Sat 10:00-12:00", "9-5", "9am to 5pm", "Sun-Thu: 8-16", "22-6", "daily 0-24", "-", "to am"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h, err := calendar.ParseHours(text)
		if err != nil {
			checkRefusal(t, text, err)
			return
		}
		if back, err := calendar.ParseHours(h.String()); err != nil || !back.Equal(h) || h.IsZero() {
			t.Fatalf("ParseHours(%q) = %v, which reads back as %v, %v", text, h, back, err)
		}
	})
}

func FuzzParseMoment(f *testing.F) {
	for _, text := range []string{
		"next Tue 15:00 Berlin", "2027-03-28 02:30", "in 2 weeks 3pm", "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)", "8th of Dec noon",
		"29 Feb 9:00", "15:00 CET", "31 Apr 15:00", "0001-01-01 00:00", "9999-12-31 23:59 Honolulu", "2026-12-08T15:00", "in 9999 weeks 0:00",
	} {
		f.Add(text)
	}
	set, at, z := calendar.Pinned(), instant(f, now), zone(f, "America/Santiago")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := set.ParseMoment(text, at, z)
		if err != nil {
			checkRefusal(t, text, err)
			return
		}
		again, kind := set.Resolve(m.Wall)
		if !m.Instant.After(at) || !again.Equal(m.Instant) || kind != m.Kind || kind == calendar.Gap {
			t.Fatalf("ParseMoment(%q) = %+v, which resolves to %v, %s", text, m, again, kind)
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, text := range []string{"until 2027-01-10", "10 Jan", "in 2 weeks", "next Monday", "Mon", "3/4/2027", "30 Feb", "UTC+1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		today := date(t, "2026-11-30")
		d, err := calendar.ParseDay(text, today)
		if err != nil {
			checkRefusal(t, text, err)
		} else if d.Compare(today) < 0 {
			t.Fatalf("ParseDay(%q) = %v, which is over", text, d)
		}
	})
}

func FuzzUnmarshalText(f *testing.F) {
	for _, text := range []string{"2026-12-08", "15:04", "15:04:05", "Europe/Kiev", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var d, d2 calendar.Date
		if d.UnmarshalText([]byte(text)) == nil && (d.String() != text || d2.UnmarshalText([]byte(d.String())) != nil || d != d2) {
			t.Fatalf("Date(%q) = %v", text, d)
		}
		var c calendar.Clock
		if c.UnmarshalText([]byte(text)) == nil && c.String() != text && c.String()+":00" != text {
			t.Fatalf("Clock(%q) = %v", text, c)
		}
		var z calendar.Zone
		if z.UnmarshalText([]byte(text)) == nil && z.IsZero() {
			t.Fatalf("Zone(%q) = %v", text, z)
		}
	})
}

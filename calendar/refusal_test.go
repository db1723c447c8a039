package calendar_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"interlab/calendar"
)

func TestRefusalsRepeatTextWithoutWhatCouldDisturb(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Nowhere\nat\tall":              "Nowhere at all",
		"\u202eereh\u202c on":           "ereh on",
		"No\u200bwhe\x00re\x1b[31m":     "Nowhere[31m",
		"bad \xff bytes":                "bad bytes",
		strings.Repeat("long ", 30):     strings.Repeat("long ", 12) + "…",
		"<@U123> *bold* {fmt} %s %!d":   "<@U123> *bold* {fmt} %s %!d",
		strings.Repeat("é", 30) + "xyz": strings.Repeat("é", 30) + "xyz",
	} {
		_, err := calendar.ParseZone(text)
		r := refusal(t, err)
		if r.Text != want || !strings.Contains(r.Sentence, "“"+want+"”") {
			t.Errorf("ParseZone(%q) is refused with %q in %q, want %q", text, r.Text, r.Sentence, want)
		}
	}
}

func TestRefusalsAreShortWhateverIsTyped(t *testing.T) {
	t.Parallel()
	set, z := calendar.Pinned(), calendar.UTC()
	for _, text := range []string{strings.Repeat("𝔸", 10000), strings.Repeat("\xff", 10000), strings.Repeat("a b ", 10000), strings.Repeat("9-5,", 100)} {
		_, zoneErr := calendar.ParseZone(text)
		_, hoursErr := calendar.ParseHours(text)
		_, momentErr := set.ParseMoment(text, instant(t, now), z)
		_, dayErr := calendar.ParseDay(text, date(t, "2026-11-30"))
		for name, err := range map[string]error{"ParseZone": zoneErr, "ParseHours": hoursErr, "ParseMoment": momentErr, "ParseDay": dayErr} {
			if r := refusal(t, err); utf8.RuneCountInString(r.Sentence) > 300 || r.Sentence == "" {
				t.Errorf("%s(%.20q) says %q", name, text, r.Sentence)
			}
		}
	}
}

func TestRefusalsNameTheirReasonInLogs(t *testing.T) {
	t.Parallel()
	_, err := calendar.ParseZone("Berln")
	wrapped := fmt.Errorf("set the zone of a person: %w", err)
	if got := wrapped.Error(); got != `set the zone of a person: calendar: unknown zone: "Berln"` {
		t.Errorf("Error() = %q", got)
	}
	if refusal(t, wrapped).Reason != calendar.UnknownZone {
		t.Errorf("errors.As finds another refusal in %v", wrapped)
	}
}

func TestSentencesEndAndDoNotShout(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "EST", "Cambridge", "Berln", "UTC+1", "xyzzy", "9-5", "22-6", "9-9", "Mon", "31 Apr 9:00", "3/4 9:00", "28 Mar 02:30",
		"31 Oct 2027 02:30", "today 00:00", "tomorrow", "Mon 8 Dec 9:00", "24:00",
	} {
		_, zoneErr := calendar.ParseZone(text)
		_, hoursErr := calendar.ParseHours(text)
		_, momentErr := calendar.Pinned().ParseMoment(text, instant(t, now), zone(t, "Europe/Berlin"))
		for _, err := range []error{zoneErr, hoursErr, momentErr} {
			if s := refusal(t, err).Sentence; !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") || strings.Contains(s, "!") {
				t.Errorf("the refusal of %q says %q", text, s)
			}
		}
	}
}

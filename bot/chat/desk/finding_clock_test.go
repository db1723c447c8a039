package desk_test

import (
	"testing"
	"time"

	"interlab/bot/chat/desk"
)

func TestAClockIsComparedWithThatOfAnAnswer(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	for date, want := range map[string]desk.Finding{
		"Tue, 01 Dec 2026 09:00:59 GMT": {Found: "agrees with the platform's"},
		"Tue, 01 Dec 2026 08:55:00 GMT": {Found: "5m0s off the platform's", Advice: "let the machine set its clock by NTP", Bad: true},
		"Tue, 01 Dec 2026 09:05:00 GMT": {Found: "5m0s off the platform's", Advice: "let the machine set its clock by NTP", Bad: true},
		"":                              {Found: "not told"},
		"yesterday":                     {Found: "not told"},
	} {
		want.What = "clock"
		if got := desk.Clock("clock", date, now); got != want {
			t.Errorf("Clock(%q) = %+v, want %+v", date, got, want)
		}
	}
}

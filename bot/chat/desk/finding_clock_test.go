package desk_test

import (
	"net/http"
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
		client := desk.NewClient(time.Minute, nil)
		if _, err := get(t, client, answering(t, http.StatusOK, map[string]string{"Date": date}, "")); err != nil {
			t.Fatal(err)
		}
		if got := desk.Clock("clock", client, now); got != want {
			t.Errorf("Clock(%q) = %+v, want %+v", date, got, want)
		}
	}
}

func TestAClockNobodyToldOfIsNotJudged(t *testing.T) {
	t.Parallel()
	if got := desk.Clock("clock", desk.NewClient(time.Minute, nil), time.Now()); got != (desk.Finding{What: "clock", Found: "not told"}) {
		t.Errorf("Clock() before any answer = %+v, want that it is not told", got)
	}
}

package cli_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"interlab/adapters/cli"
	"interlab/bot"
	"interlab/calendar"
	"interlab/calendar/icstest"
	"interlab/configs"
)

// exporter runs interlab export on a made-up store.
func exporter(t *testing.T, args string, feed calendar.Feed, fails error) (asked bot.Selection, data, out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = cli.Run(t.Context(), strings.Fields("export "+args), cli.Program{
		Stdout: &stdout, Stderr: &stderr, Getenv: func(name string) string { return map[string]string{"HOME": "/home/ana"}[name] },
		Calendar: func(_ context.Context, _ configs.Settings, folder string, which bot.Selection) (calendar.Feed, error) {
			asked, data = which, folder
			return feed, fails
		},
	})
	return asked, data, stdout.String(), stderr.String(), code
}

func TestExportPrintsTheCalendarThatWasAskedFor(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 12, 8, 14, 0, 0, 0, time.UTC)
	feed := calendar.Feed{Name: "Talks", Events: []calendar.Event{{UID: "a@b.interlab", Summary: "Corals", Created: at, Changed: at, Start: at, End: at.Add(time.Hour)}}}
	for args, want := range map[string]bot.Selection{
		"ics":                    {Kind: bot.FeedNetwork, Ever: true},
		"ics --lab=Curie":        {Kind: bot.FeedLab, Of: "Curie", Ever: true},
		"ics --topic corals":     {Kind: bot.FeedTopic, Of: "corals", Ever: true},
		"ics --series s1":        {Kind: bot.FeedSeries, Of: "s1", Ever: true},
		"ics --talk t1 --data d": {Kind: bot.FeedTalk, Of: "t1", Ever: true},
	} {
		asked, data, out, errs, code := exporter(t, args, feed, nil)
		if asked != want || code != 0 || errs != "" || out != string(feed.File()) || (data == "d") != strings.Contains(args, "--data") {
			t.Errorf("export %s asks for %+v in %q and prints %q, %q; want %+v", args, asked, data, out, errs, want)
		}
		if faults := icstest.Faults([]byte(out)); faults != nil {
			t.Errorf("export %s: %q", args, faults)
		}
	}
}

func TestExportSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	_, _, out, errs, code := exporter(t, "ics --topic x", calendar.Feed{Name: "Talks on x"}, nil)
	if code != 0 || !strings.HasPrefix(out, "BEGIN:VCALENDAR\r\n") || errs != "interlab: there is no such talk, so the calendar is empty\n" {
		t.Errorf("export of nothing = %d, %q, %q; want an empty calendar and a word about it", code, out, errs)
	}
	_, _, out, errs, code = exporter(t, "ics --lab x", calendar.Feed{}, errors.New("no lab is called x"))
	if code != 1 || out != "" || errs != "interlab: export ics: no lab is called x\n" {
		t.Errorf("export of an unknown lab = %d, %q, %q", code, out, errs)
	}
	for _, args := range []string{"", "ics --lab a --topic b", "ics now", "pdf"} {
		if _, _, out, _, code := exporter(t, args, calendar.Feed{}, nil); code != 2 || out != "" {
			t.Errorf("export %s = %d, %q, want exit 2", args, code, out)
		}
	}
}

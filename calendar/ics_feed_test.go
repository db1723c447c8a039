package calendar_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/calendar"
	"interlab/calendar/icstest"
)

func TestAFeedSaysWhatItIsAndHowOftenToAsk(t *testing.T) {
	t.Parallel()
	want := strings.Join([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//interlab//EN", "CALSCALE:GREGORIAN",
		`NAME:Talks\, of all labs`, `X-WR-CALNAME:Talks\, of all labs`, "DESCRIPTION:Open to all", "X-WR-CALDESC:Open to all",
		"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "END:VCALENDAR",
	}, "\n")
	empty := calendar.Feed{Name: "Talks,\nof all labs", Description: "Open to all"}
	if diff := cmp.Diff(want, strings.Join(lint(t, empty.File()), "\n")); diff != "" {
		t.Errorf("an empty feed differs (-want +got):\n%s", diff)
	}
}

func TestEqualFeedsGiveEqualBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var feed calendar.Feed
		for i, day := range rapid.SliceOfN(rapid.IntRange(0, 3), 0, 8).Draw(r, "days") {
			e := talk()
			e.UID, e.Cancelled = fmt.Sprintf("t%d@test.interlab", i), i%2 == 1
			e.Start, e.End = e.Start.AddDate(0, 0, day), e.End.AddDate(0, 0, day)
			feed.Events = append(feed.Events, e)
		}
		file := feed.File()
		if faults := icstest.Faults(file); len(faults) > 0 {
			r.Fatalf("File(): %s", strings.Join(faults, "; "))
		}
		mixed := calendar.Feed{Events: rapid.Permutation(feed.Events).Draw(r, "order")}
		for i, e := range mixed.Events {
			mixed.Events[i].Categories = slices.Clone(e.Categories)
			slices.Reverse(mixed.Events[i].Categories)
		}
		if !bytes.Equal(file, mixed.File()) {
			r.Fatalf("the order of events changes the file:\n%s", mixed.File())
		}
	})
}

func TestWhatIsNoAddressIsNoURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://meet.example/x?a=1,2;b#c": true, "http://10.0.0.1:8080/": true, "": false,
		"javascript:alert(1)": false, "https://": false, "https://ana:secret@meet.example/": false, "meet.example/x": false,
		"https://meet.example/ä": false, "https://meet.example/a b": false, "https://meet.example/\r\nEND:VEVENT": false,
		"https://meet.example/\"x\\": false, "ftp://meet.example/": false, "https://meet.example/%zz": false,
	} {
		e := talk()
		e.URL = address
		has := slices.ContainsFunc(icstest.Unfold(e.File()), func(l icstest.Line) bool { return l.Name == "URL" && l.Value == address })
		if faults := icstest.Faults(e.File()); has != want || len(faults) > 0 {
			t.Errorf("the file has %q as its URL: %v, want %v; %v", address, has, want, faults)
		}
	}
}

func TestHostileTitlesStayTitles(t *testing.T) {
	t.Parallel()
	for _, title := range []string{
		"END:VCALENDAR", "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x", "a\nATTENDEE:mailto:x@y", strings.Repeat("🙂", 5000), strings.Repeat("👩‍🔬", 1000),
		`\n\N\;\,\`, ";:,\"", "<!channel> @everyone", "\u202eevil\u2028line\u0085next\u0000", "\xff\xfe", " \t ", strings.Repeat("x", 75), strings.Repeat("é", 38),
	} {
		e := talk()
		e.Summary, e.Location, e.Description, e.Categories = title, title, title, []string{title, title}
		file := calendar.Feed{Name: title, Description: title, Events: []calendar.Event{e}}.File()
		if faults := icstest.Faults(file); len(faults) > 0 {
			t.Errorf("File() of a talk called %.40q: %v", title, faults)
		}
		if n := bytes.Count(file, []byte("\r\nBEGIN:VEVENT\r\n")); n != 1 {
			t.Errorf("a talk called %.40q makes %d events", title, n)
		}
	}
}

func BenchmarkFeed(b *testing.B) {
	feed := calendar.Feed{Name: "Talks"}
	for i := range 1000 {
		e := talk()
		e.UID, e.Start = fmt.Sprintf("t%d@test.interlab", i), e.Start.Add(time.Duration(i)*time.Minute)
		feed.Events = append(feed.Events, e)
	}
	for b.Loop() {
		feed.File()
	}
}

package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/calendar"
)

func TestRulesOfASeriesAreReadOrRefusedInWords(t *testing.T) {
	t.Parallel()
	zones := calendar.Pinned()
	rq := &request{app: &App{zones: zones}, now: pollTime}
	first := must(zones.ParseMoment("Tue 13 Oct 2026 15:00 Berlin", pollTime, calendar.UTC())).Wall
	for _, c := range []struct {
		rule, until, days, skip string
		want                    string // the days, or how the refusal begins
	}{
		{"1", "3", "", "", "2026-10-13 2026-10-20 2026-10-27"},
		{"1", "3", "", "20 Oct", "2026-10-13 2026-10-27 2026-11-03"},
		{"2", "10 Nov 2026", "", "", "2026-10-13 2026-10-27 2026-11-10"},
		{ruleMonthly, "3", "", "", "2026-10-13 2026-11-10 2026-12-08"},
		{ruleLast, "3", "", "", "! Tue 13 Oct 2026 is not the last"},
		{ruleDays, "", "15 Oct, 1 Dec", "", "2026-10-13 2026-10-15 2026-12-01"},
		{"1", "", "", "", "! A series needs a last day"},
		{"1", "0", "", "", "! A series has 1 to"},
		{"1", "1000000000", "", "", "! A series has 1 to"},
		{"1", "13 Oct 2036", "", "", "! A series runs for two years"},
		{"1", "whenever", "", "", "! "},
		{"nonsense", "3", "", "", "! The talks can be 1 to 52 weeks apart"},
		{"1", "20 Oct 2026", "", "13 Oct, 20 Oct", "! Every day of the series is left out"},
		{ruleDays, "", "one, two", "", "! one: "},
		{ruleDays, "", strings.Repeat("15 Oct,", 400), "", "! These are more than"},
	} {
		draft := &Draft{Values: map[string]string{ruleField: c.rule, untilField: c.until, daysField: c.days, skipField: c.skip}}
		s, err := rq.ruleOf(draft, first)
		got := "! "
		if err == nil {
			var days []string
			for _, d := range s.Dates() {
				days = append(days, d.String())
			}
			got = strings.Join(days, " ")
		} else {
			got += err.Error()
		}
		if strings.HasPrefix(c.want, "!") && !strings.HasPrefix(got, c.want) || !strings.HasPrefix(c.want, "!") && got != c.want {
			t.Errorf("ruleOf(%q until %q, days %.20q, without %q) = %q, want %q", c.rule, c.until, c.days, c.skip, got, c.want)
		}
	}
}

// A talk that is moved or called off before it was posted is posted in time, or
// never.
func TestATalkOfASeriesIsPostedTwoWeeksBefore(t *testing.T) {
	t.Parallel()
	start := pollTime.Add(30 * 24 * time.Hour)
	talk := func() *Colloquium {
		c := &Colloquium{State: Announced, Start: start, Length: time.Hour, Part: &Part{Series: "s"}}
		c.fan(Fan{Over: overHomes, Notice: noticeAnnounce, At: start.Add(-seriesEarly)})
		return c
	}
	c := talk()
	to := start.Add(7 * 24 * time.Hour)
	c.retime(calendar.Moment{Instant: to}, time.Hour, pollTime)
	if want := to.Add(-seriesEarly); !c.Fans[0].At.Equal(want) || !c.Fans[0].Until.Equal(c.end()) {
		t.Errorf("a talk that moved is posted on %s, want %s", c.Fans[0].At, want)
	}
	c = talk()
	c.retime(calendar.Moment{Instant: pollTime.Add(time.Hour)}, time.Hour, pollTime)
	if !c.Fans[0].At.Equal(pollTime) {
		t.Errorf("a talk that moved close is posted on %s, want now", c.Fans[0].At)
	}
	c = talk()
	c.cancel("ill", pollTime)
	for _, f := range c.Fans {
		if f.Notice == noticeAnnounce {
			t.Error("a talk that was called off is still to be posted")
		}
	}
	begun := []Fan{{Notice: noticeAnnounce, Page: 1}, {Notice: noticeAnnounce}, {Notice: noticeRefresh}}
	if diff := cmp.Diff([]Fan{begun[0], begun[2]}, dropPosts(begun)); diff != "" {
		t.Errorf("dropPosts() differs (-want +got):\n%s", diff)
	}
}

package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
	"interlab/calendar"
)

var pollTime = time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)

func momentsAt(times ...time.Time) []calendar.Moment {
	var moments []calendar.Moment
	for _, at := range times {
		moments = append(moments, calendar.Moment{Instant: at, Wall: calendar.Pinned().WallAt(at, calendar.UTC())})
	}
	return moments
}

func TestAPollClosesAfterThreeDaysOrHalfWayToItsFirstTime(t *testing.T) {
	t.Parallel()
	for first, want := range map[time.Duration]time.Duration{
		20 * 24 * time.Hour: 3 * 24 * time.Hour,
		2 * 24 * time.Hour:  24 * time.Hour,
		time.Hour:           30 * time.Minute,
		-time.Hour:          0,
	} {
		times := momentsAt(pollTime.Add(first+time.Hour), pollTime.Add(first))
		if got := closesAt(pollTime, times).Sub(pollTime); got != want {
			t.Errorf("a poll whose first time is in %s closes after %s, want %s", first, got, want)
		}
	}
}

func TestFourHundredTimesAreRefusedBeforeAnyOfThemIsRead(t *testing.T) {
	t.Parallel()
	rq := &request{app: &App{zones: calendar.Pinned()}, now: pollTime}
	lines := make([]string, 400)
	for i := range lines {
		lines[i] = fmt.Sprintf("20 Oct 2026 %02d:%02d", i/60, i%60)
	}
	for text, want := range map[string]string{
		strings.Join(lines, "\n"):            "These are 400 times",
		strings.Join(lines[:21], ";"):        "These are 21 times",
		"":                                   "No times were given",
		" ; \n ":                             "No times were given",
		"20 Oct 15:00; 20 Oct 15:00 UTC":     "One of the times is there twice",
		"20 Oct 15:00; yesterday at noonish": "yesterday at noonish: ",
		"25 Oct 02:30 Berlin":                "25 Oct 02:30 Berlin: ",
		"1 Oct 2026 15:00":                   "1 Oct 2026 15:00: ",
	} {
		got, err := rq.timesOf(&Draft{Values: map[string]string{timesField: text}}, calendar.UTC())
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("timesOf(%.40q) = %v, %v; want %q", text, got, err, want)
		}
	}
	got, err := rq.timesOf(&Draft{Values: map[string]string{timesField: strings.Join(lines[:20], "\n")}}, calendar.UTC())
	if err != nil || len(got) != 20 {
		t.Errorf("timesOf(20 times) = %d, %v; want them all", len(got), err)
	}
}

func TestWhatHappensToAPollByItself(t *testing.T) {
	t.Parallel()
	p := &Poll{ID: "p", By: "a", Required: []string{"a", "b"}, State: PollOpen, At: pollTime, Closes: pollTime.Add(time.Hour), Refreshed: pollTime}
	if diff := cmp.Diff([]Work{{workClosePoll, p.Closes}}, p.Due()); diff != "" {
		t.Errorf("Due() of an open poll differs (-want +got):\n%s", diff)
	}
	p.Posts = []chat.Posted{postedIn("talks")}
	p.touch(pollTime.Add(time.Second))
	p.touch(pollTime.Add(2 * time.Second))
	p.fan(Fan{Over: overHomes, At: pollTime})
	p.State = PollClosed
	want := []Work{{"fan.1.0", pollTime}, {"refresh.0", pollTime.Add(refreshEvery)}}
	if diff := cmp.Diff(want, p.Due()); diff != "" {
		t.Errorf("Due() of a closed poll differs (-want +got):\n%s", diff)
	}
	score := -pollTime.UnixMilli()
	if diff := cmp.Diff([]Entry{{Index: "poll.by/a", Score: score}, {Index: "poll.by/b", Score: score}}, p.Entries()); diff != "" {
		t.Errorf("Entries() differs (-want +got):\n%s", diff)
	}
	if err := repointPoll(nil, nil, p, "a", &Person{ID: "c"}); err != nil || p.By != "c" || !cmp.Equal(p.Required, []string{"b", "c"}) {
		t.Errorf("repointPoll() = %v, by %s, required %v; want c in the place of a", err, p.By, p.Required)
	}
}

func TestAnAnswerGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	p := &Poll{ID: "p", Times: momentsAt(pollTime, pollTime.Add(time.Hour), pollTime.Add(2*time.Hour))}
	var v *PollVote
	if got := v.next(p); got != 0 {
		t.Errorf("next() of no answer = %d, want 0", got)
	}
	v = &PollVote{Poll: "p", Person: "a", Votes: map[int]calendar.Vote{0: calendar.VoteYes, 2: calendar.VoteNo}, At: pollTime}
	if got := v.next(p); got != 1 {
		t.Errorf("next() with one gap = %d, want 1", got)
	}
	v.Votes[1] = calendar.VoteIfNeedBe
	if got := v.next(p); got != -1 {
		t.Errorf("next() of a whole answer = %d, want -1", got)
	}
	if diff := cmp.Diff(Entry{Index: "vote/p/a", Unique: true}, v.Entries()[0]); diff != "" {
		t.Errorf("Entries() differs (-want +got):\n%s", diff)
	}
}

func TestCountsOfATimeAreWords(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]calendar.Standing{
		"":                            {Silent: 3},
		": 2 yes, 1 if need be, 4 no": {Yes: 2, IfNeedBe: 1, No: 4},
		": 1 no":                      {No: 1},
	} {
		if got := standingText(s); got != want {
			t.Errorf("standingText(%+v) = %q, want %q", s, got, want)
		}
	}
	for _, by := range []calendar.Criterion{calendar.ByRequired, calendar.ByComing, calendar.ByYes, calendar.ByUncivil, calendar.ByBurden, calendar.ByStart, calendar.ByID} {
		if criteria[by] == "" {
			t.Errorf("no words for %s", by)
		}
	}
}

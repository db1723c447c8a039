package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
)

func TestATalkSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	whole := func() *Colloquium {
		return &Colloquium{Speaker: "Ana", Speakers: []Speaker{{Name: "Ana", Person: "a", Speaks: Agreed}}, Where: "Room 3", Abstract: "Reefs."}
	}
	for want, spoil := range map[string]func(*Colloquium){
		"":                    func(*Colloquium) {},
		"has not said yet":    func(c *Colloquium) { c.Speakers[0].Speaks = "" },
		"Nobody is named yet": func(c *Colloquium) { c.Speaker = unnamed },
		"neither a room":      func(c *Colloquium) { c.Where = " " },
		"no abstract":         func(c *Colloquium) { c.Abstract = "" },
	} {
		c := whole()
		spoil(c)
		lacks := c.missing()
		if want == "" && len(lacks) > 0 || want != "" && (len(lacks) != 1 || !strings.Contains(lacks[0], want)) {
			t.Errorf("a talk that lacks %q says %q", want, lacks)
		}
	}
	c := whole()
	c.Abstract, c.Part = "", &Part{}
	if lacks := c.missing(); len(lacks) > 0 {
		t.Errorf("a talk of a series lacks %q, want nothing: its series says what it is about", lacks)
	}
}

// Each look is planned once for each time of a talk, before it begins and not for
// a day that was over when the time was set.
func TestLooksArePlannedOnceForEachTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := &Colloquium{
			ID: "c", Proposer: "p", State: Announced, Timed: pollTime, Length: time.Hour, Timing: rapid.IntRange(0, 3).Draw(t, "timing"),
			Start: pollTime.Add(time.Duration(rapid.IntRange(1, 60*24).Draw(t, "hours")) * time.Hour),
		}
		days := prepareDays
		if rapid.Bool().Draw(t, "series") {
			c.Part, days = &Part{}, []int{7, 1}
		}
		planned := c.preparing()
		want := 0
		for _, d := range days {
			if c.Start.AddDate(0, 0, -d).After(pollTime) {
				want++
			}
		}
		if len(planned) != want {
			t.Errorf("of a talk in %v %d looks are planned, want %d", c.Start.Sub(pollTime), len(planned), want)
		}
		for _, w := range planned {
			if !w.At.After(c.Timed) || !w.At.Before(c.Start) || baseName(w.Name) != workPrepare {
				t.Errorf("a look %q is planned at %v for a talk at %v", w.Name, w.At, c.Start)
			}
			c.Done = append(c.Done, w.Name)
		}
		if again := c.preparing(); len(again) > 0 {
			t.Errorf("looks that were done are planned again: %v", again)
		}
		was := len(c.Done)
		c.retime(calendar.Moment{Instant: c.Start.AddDate(0, 0, 30)}, c.Length, pollTime)
		for _, w := range c.preparing() {
			if slices.Contains(c.Done[:was], w.Name) {
				t.Errorf("the look %q of another time is planned", w.Name)
			}
		}
		for _, state := range []TalkState{Cancelled, Over} {
			if c.State = state; len(c.preparing()) > 0 {
				t.Errorf("a talk that is %s is looked at", state)
			}
		}
		if c.State, c.Proposer = Announced, ""; len(c.preparing()) > 0 {
			t.Error("a talk is looked at for somebody who has left")
		}
	})
}

package bot

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
)

// Whatever becomes of the talks of a series together, each keeps a sequence of
// its own, which grows by one, and all lists are told by one fan, once.
func TestTalksThatMoveTogetherAreToldOfByOneFan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var talks []*Colloquium
		told := map[string]int64{}
		for i := range rapid.IntRange(1, 6).Draw(t, "talks") {
			start := pollTime.AddDate(0, 0, 7*(i+1))
			c := &Colloquium{
				ID: string(rune('a' + i)), State: Announced, Start: start, Length: time.Hour, At: pollTime,
				Sequence: rapid.IntRange(0, 9).Draw(t, "sequence"), Turns: rapid.Int64Range(0, 3).Draw(t, "turns"),
			}
			was := c.Sequence
			if rapid.Bool().Draw(t, "off") {
				c.cancel("ill", pollTime)
			} else {
				c.retime(calendar.Moment{Instant: start.Add(time.Hour)}, time.Hour, pollTime)
			}
			if c.Sequence != was+1 {
				t.Errorf("sequence %d becomes %d", was, c.Sequence)
			}
			if c.Turns > 0 {
				told[c.ID] = c.Turns
			}
			talks = append(talks, c)
		}
		tellTogether(talks, pollTime)
		for i, c := range talks {
			if c.Together != joinID(talks[0].ID, talks[0].Sequence) {
				t.Errorf("talk %s changed together with %q", c.ID, c.Together)
			}
			for _, f := range c.Fans {
				switch f.Over {
				case overPeople:
					t.Errorf("the people of talk %s are told alone, too", c.ID)
				case overSeries:
					if i != 0 || len(f.Parts) != len(told) {
						t.Errorf("talk %s tells the people of %d talks, want the first to tell those of %d", c.ID, len(f.Parts), len(told))
					}
					for _, part := range f.Parts {
						if part.Last != told[part.ID] || part.By.IsZero() || f.Until.Before(part.By) {
							t.Errorf("of talk %s it tells %+v until %s, want those up to turn %d", part.ID, part, f.Until, told[part.ID])
						}
					}
				}
			}
		}
		if n := len(talks[0].Fans); n > 0 && (talks[0].Fans[n-1].Over == overSeries) != (len(told) > 0) {
			t.Errorf("with %d lists the last fan is %+v", len(told), talks[0].Fans[n-1])
		}
	})
}

// A later change of one talk alone is told of alone: what was to be said of it
// together with others no longer holds.
func TestALaterChangeLeavesTheOthersTogether(t *testing.T) {
	t.Parallel()
	a := &Colloquium{ID: "a", State: Announced, Start: pollTime.AddDate(0, 0, 7), Length: time.Hour, Turns: 1}
	b := &Colloquium{ID: "b", State: Announced, Start: pollTime.AddDate(0, 0, 14), Length: time.Hour, Turns: 1}
	for _, c := range []*Colloquium{a, b} {
		c.retime(calendar.Moment{Instant: c.Start.Add(time.Hour)}, time.Hour, pollTime)
	}
	tellTogether([]*Colloquium{a, b}, pollTime)
	b.cancel("ill", pollTime)
	if a.Together != "a.1" || b.Together != "" || b.Fans[len(b.Fans)-1].Over != overPeople {
		t.Errorf("afterwards %q and %q are told of together, and b by %+v", a.Together, b.Together, b.Fans)
	}
}

func TestAMovedSeriesFollowsItsRule(t *testing.T) {
	t.Parallel()
	zone := must(calendar.ParseZone("Berlin"))
	date := func(text string) calendar.Date { return must(calendar.ParseDate(text)) }
	clock := calendar.Pinned().WallAt(pollTime, zone).Clock
	first := calendar.Wall{Date: date("2026-10-13"), Clock: clock, Zone: zone}
	rule := must(calendar.NewMonthly(first, false, date("2027-01-31")))
	rq := &request{app: &App{zones: calendar.Pinned()}, now: pollTime}
	var parts []*Colloquium
	for _, m := range calendar.Pinned().Moments(rule)[1:] {
		parts = append(parts, &Colloquium{ID: m.Wall.Date.String(), Wall: m.Wall, Start: m.Instant, Part: &Part{Day: m.Wall.Date, Rule: rule}})
	}
	to := parts[0].Wall
	to.Date = date("2026-11-11")
	moves := must(rq.movesOf(parts[0], to, parts))
	for i, want := range []string{"2026-11-11", "2026-12-09", "2027-01-13"} {
		if got := moves[i]; got.to.Wall.Date.String() != want || got.part.Day != got.to.Wall.Date || got.part.Words != "on the second Wednesday of every month" {
			t.Errorf("talk %d moves to %s, %q; want %s", i, got.to.Wall.Date, got.part.Words, want)
		}
	}
	for _, c := range parts { // as talks were kept before they knew their rule
		c.Part.Rule = calendar.Series{}
	}
	if got := must(rq.movesOf(parts[0], to, parts))[2].to.Wall.Date.String(); got != "2027-01-13" {
		t.Errorf("without a rule the last moves to %s, want a day later, 2027-01-13", got)
	}
	to.Date = date("2026-10-01")
	if got, err := rq.movesOf(parts[0], to, parts); err == nil {
		t.Errorf("a move into the past gives %+v, want a refusal", got)
	}
}

package bot

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/calendar"
	"interlab/calendar/icstest"
)

// feedDay is the present of these tests.
var feedDay = time.Date(2026, 12, 8, 12, 0, 0, 0, time.UTC)

// announced is a talk so many days from feedDay.
func announced(id string, days int) *Colloquium {
	start := feedDay.AddDate(0, 0, days)
	return &Colloquium{
		ID: id, Title: "Talk " + id, Speaker: "Ana Ruiz", Lab: "l1", State: Announced, Start: start, Length: time.Hour,
		Wall: calendar.Pinned().WallAt(start, paris), Where: "Room 3, https://meet.example/secret",
		At: start.AddDate(0, 0, -30), Changed: start.AddDate(0, 0, -20),
	}
}

// talksOf are the ids of the talks that a feed has.
func talksOf(t *testing.T, a *App, s Selection) string {
	t.Helper()
	feed, err := a.Feed(t.Context(), s)
	if err != nil {
		t.Fatalf("Feed(%+v) = %v", s, err)
	}
	if faults := icstest.Faults(feed.File()); faults != nil {
		t.Errorf("the file of Feed(%+v): %q", s, faults)
	}
	var ids []string
	for _, e := range feed.Events {
		id, _, _ := strings.Cut(e.UID, "@")
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func TestAFeedHasTheTalksThatWereSelected(t *testing.T) {
	t.Parallel()
	m := newMemory()
	a := newMemoryApp(m, &moving{feedDay})
	a.network = "test"
	one, two, three, off := announced("a", 1), announced("b", 2), announced("c", 3), announced("d", 4)
	two.Lab, two.Topics, two.Part = "l2", []string{"Coral  Reefs", "fish"}, &Part{Series: "s1", Day: must(calendar.NewDate(2026, 12, 10))}
	three.Speakers, three.State = []Speaker{{Person: "p1", Speaks: Agreed}, {Person: "p2", Speaks: Refused}}, Over
	off.State, off.Reason = Cancelled, "ill"
	m.keep(&Lab{ID: "l1", Name: "Curie Lab"}, &Lab{ID: "l2", Name: "Noether"}, one, two, three, off,
		&Rsvp{ID: "r1", Colloquium: "a", Person: "p1", State: Going}, &Rsvp{ID: "r2", Colloquium: "b", Person: "p1", State: Waiting},
		&Rsvp{ID: "r3", Colloquium: "d", Person: "p2", State: Going})
	for _, c := range []struct {
		of   Selection
		want string
	}{
		{Selection{Kind: FeedNetwork}, "a b c d"},
		{Selection{Kind: FeedLab, Of: "l2"}, "b"},
		{Selection{Kind: FeedLab, Of: "curie lab"}, "a c d"},
		{Selection{Kind: FeedTopic, Of: "coral reefs"}, "b"},
		{Selection{Kind: FeedTopic, Of: "nothing"}, ""},
		{Selection{Kind: FeedSeries, Of: "s1"}, "b"},
		{Selection{Kind: FeedSeries}, ""},
		{Selection{Kind: FeedTalk, Of: "c"}, "c"},
		{Selection{Kind: FeedPersonal, Of: "p1"}, "a c"},
		{Selection{Kind: FeedPersonal, Of: "p2"}, "d"},
		{Selection{Kind: FeedPersonal}, ""},
	} {
		if got := talksOf(t, a, c.of); got != c.want {
			t.Errorf("Feed(%+v) has %q, want %q", c.of, got, c.want)
		}
	}
	for _, s := range []Selection{{Kind: FeedLab, Of: "none"}, {Kind: FeedTalk, Of: "none"}} {
		var refused *Denied
		if _, err := a.Feed(t.Context(), s); !errors.As(err, &refused) {
			t.Errorf("Feed(%+v) = %v, want a refusal", s, err)
		}
	}
	if _, err := a.Feed(t.Context(), Selection{Kind: "other"}); err == nil {
		t.Error("Feed(other) = nil error, want one")
	}
}

func TestAFeedForgetsWhatIsLongOverUnlessAskedForAll(t *testing.T) {
	t.Parallel()
	m := newMemory()
	a := newMemoryApp(m, &moving{feedDay})
	for days, id := range map[int]string{-91: "a", -90: "b", 399: "c", 401: "d", -7: "e", -8: "f", -6: "g"} {
		c := announced(id, days)
		if id >= "e" {
			c.State = Cancelled
		}
		m.keep(c)
	}
	if got, want := talksOf(t, a, Selection{Kind: FeedNetwork}), "b c e g"; got != want {
		t.Errorf("the feed has %q, want %q", got, want)
	}
	if got, want := talksOf(t, a, Selection{Kind: FeedNetwork, Ever: true}), "a b c d e f g"; got != want {
		t.Errorf("the feed of all times has %q, want %q", got, want)
	}
}

func TestAFeedGoesThroughAllPagesAndRepeatsItsBytes(t *testing.T) {
	t.Parallel()
	m, clock := newMemory(), &moving{feedDay}
	a := newMemoryApp(m, clock)
	for i := range 2*MaxListed + 7 {
		c := announced(fmt.Sprintf("t%03d", i), i%300)
		c.Seats.Going = i
		m.keep(c)
	}
	file := func() []byte {
		feed, err := a.Feed(t.Context(), Selection{Kind: FeedNetwork})
		if err != nil || len(feed.Events) != 2*MaxListed+7 {
			t.Fatalf("Feed() = %d events, %v, want all %d", len(feed.Events), err, 2*MaxListed+7)
		}
		return feed.File()
	}
	first := file()
	clock.now = clock.now.Add(11 * time.Hour)
	c := of[*Colloquium](m, Ref{KindColloquium, "t001"})
	c.Seats.Going++ // somebody comes
	m.keep(c)
	if !bytes.Equal(first, file()) {
		t.Error("a feed changes when nothing of its talks has")
	}
	c.Title = "Another title"
	c.edited(clock.now)
	m.keep(c)
	if second := file(); bytes.Equal(first, second) || !bytes.Contains(second, []byte("DTSTAMP:20261208T230000Z")) {
		t.Error("a changed title leaves the feed as it was")
	}
}

func TestTheLinkIsInAFeedWhereItsRuleAllowsIt(t *testing.T) {
	t.Parallel()
	public := []Selection{{Kind: FeedNetwork}, {Kind: FeedLab, Of: "l1"}, {Kind: FeedTalk, Of: "a"}}
	mine, other := Selection{Kind: FeedPersonal, Of: "p1"}, Selection{Kind: FeedPersonal, Of: "p2"}
	for rule, shown := range map[LinkRule]struct{ public, mine, mineSoon bool }{
		"":             {true, true, true},
		LinkListed:     {false, true, true},
		LinkSoon:       {false, false, true},
		LinkListedHour: {false, false, true},
	} {
		m, clock := newMemory(), &moving{feedDay}
		a := newMemoryApp(m, clock)
		c := announced("a", 1)
		c.Link = rule
		m.keep(&Lab{ID: "l1", Name: "Curie"}, c, &Rsvp{ID: "r1", Colloquium: "a", Person: "p1", State: Going},
			&Rsvp{ID: "r2", Colloquium: "a", Person: "p2", State: Waiting})
		has := func(s Selection) bool {
			feed, err := a.Feed(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			return bytes.Contains(feed.File(), []byte("meet.example"))
		}
		for _, soon := range []bool{false, true} {
			if soon {
				clock.now = c.Start.Add(-5 * time.Minute)
			}
			for _, s := range public {
				if got := has(s); got != shown.public {
					t.Errorf("rule %q, soon %v: Feed(%+v) has the link: %v, want %v", rule, soon, s, got, shown.public)
				}
			}
			if got := has(mine); got != (shown.mine && !soon || shown.mineSoon && soon) {
				t.Errorf("rule %q, soon %v: the feed of somebody who comes has the link: %v", rule, soon, got)
			}
			if has(other) {
				t.Errorf("rule %q, soon %v: the feed of somebody who waits has the link", rule, soon)
			}
		}
	}
}

func TestWhatWasNeverAnnouncedIsInNoFeed(t *testing.T) {
	t.Parallel()
	m := newMemory()
	a := newMemoryApp(m, &moving{feedDay})
	proposed, declined := announced("a", 1), announced("b", 2)
	proposed.State, proposed.Speakers = Proposed, []Speaker{{Person: "p1", Speaks: Agreed}}
	declined.State, declined.Declined = Cancelled, true
	m.keep(proposed, declined)
	for _, s := range []Selection{{Kind: FeedNetwork, Ever: true}, {Kind: FeedTalk, Of: "a"}, {Kind: FeedPersonal, Of: "p1"}} {
		if got := talksOf(t, a, s); got != "" {
			t.Errorf("Feed(%+v) has %q, want nothing", s, got)
		}
	}
}

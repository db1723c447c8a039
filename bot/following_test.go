package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
	"interlab/matching"
)

func init() { //nolint:gochecknoinits // the generators of all documents are one table
	documents[KindFollowing] = rapid.Custom(func(t *rapid.T) Document { return anyFollowing.Draw(t, "following") })
	documents[KindDigest] = rapid.Custom(func(t *rapid.T) Document {
		return &Digest{At: anyTime.Draw(t, "at"), N: rapid.IntRange(0, 99).Draw(t, "n"), Page: rapid.IntRange(0, 99).Draw(t, "page"), After: anyText.Draw(t, "after")}
	})
}

// anyFollowing is what somebody follows, thing by thing as the bot adds them.
var anyFollowing = rapid.Custom(func(t *rapid.T) *Following {
	f := &Following{ID: anyID.Draw(t, "id"), Person: anyID.Draw(t, "person"), Talks: anyIDs.Draw(t, "talks")}
	for range rapid.IntRange(0, 5).Draw(t, "things") {
		f.follow(anyFollowed.Draw(t, "thing"))
	}
	return f
})

var anyFollowed = rapid.Custom(func(t *rapid.T) Followed {
	thing := Followed{Of: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "of"), Now: rapid.Bool().Draw(t, "now")}
	switch rapid.IntRange(0, 2).Draw(t, "kind") {
	case 0:
		thing.Kind, thing.Keys = FollowTopic, (matching.Aliases{}).Keys("topic "+thing.Of)
	case 1:
		thing.Kind = FollowLab
	default:
		thing.Kind, thing.Name = FollowSeries, "Series "+thing.Of
	}
	return thing
})

// Whoever follows something is found by each of its marks, once, and among those
// who want to hear at once only by what they want to hear at once.
func TestFollowersAreFoundByTheMarksOfWhatTheyFollow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := anyFollowing.Draw(t, "following")
		listed := map[string]int{}
		for _, e := range f.Entries() {
			listed[e.Index]++
		}
		for index, n := range listed {
			if n != 1 {
				t.Errorf("%s lists it %d times", index, n)
			}
		}
		for _, thing := range f.Things {
			for _, m := range thing.marks() {
				if listed[followersOf+m] != 1 {
					t.Errorf("%s does not list who follows it", m)
				}
				if listed[followersAtNow+m] == 1 != f.wantsNow([]string{m}) {
					t.Errorf("%s: listed %d times among those who want to hear at once, want %v", m, listed[followersAtNow+m], f.wantsNow([]string{m}))
				}
			}
		}
		if listed[followingOf(f.Person)] != 1 || listed[followingBy+f.Person] != 1 {
			t.Errorf("it is not listed as what %s follows: %v", f.Person, listed)
		}
	})
}

// Controls name a thing by its number: no other thing ever gets it.
func TestANumberIsNeverGivenTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := &Following{}
		seen := map[int]bool{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			if n := len(f.Things); n > 0 && rapid.Bool().Draw(t, "unfollow") {
				i := rapid.IntRange(0, n-1).Draw(t, "place")
				f.Things = slices.Delete(f.Things, i, i+1)
				continue
			}
			if f.follow(anyFollowed.Draw(t, "thing")) {
				last := f.Things[len(f.Things)-1]
				if seen[last.N] || f.numbered(last.N) != len(f.Things)-1 {
					t.Errorf("number %d was given before", last.N)
				}
				seen[last.N] = true
			}
		}
	})
}

func TestDigestsArePlannedOnSundayNoon(t *testing.T) {
	t.Parallel()
	for now, want := range map[string]string{
		"2026-10-05T08:00:00Z": "2026-10-11T12:00:00Z",
		"2026-10-11T11:59:59Z": "2026-10-11T12:00:00Z",
		"2026-10-11T12:00:00Z": "2026-10-18T12:00:00Z",
		"2026-10-12T00:30:00Z": "2026-10-18T12:00:00Z",
		"2026-12-31T23:59:59Z": "2027-01-03T12:00:00Z",
	} {
		at := must(time.Parse(time.RFC3339, now))
		if got := nextDigest(at).Format(time.RFC3339); got != want {
			t.Errorf("nextDigest(%s) = %s, want %s", now, got, want)
		}
	}
}

// talkNow is when these tests take place.
var talkNow = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

func TestADigestNamesOnlyTalksThatOneCouldComeTo(t *testing.T) {
	t.Parallel()
	me := &Person{ID: "me", Blocks: []string{"them"}}
	for name, c := range map[string]struct {
		change func(*Colloquium)
		want   bool
	}{
		"any talk":        {func(*Colloquium) {}, true},
		"called off":      {func(c *Colloquium) { c.State = Cancelled }, false},
		"not announced":   {func(c *Colloquium) { c.State = Proposed }, false},
		"begun":           {func(c *Colloquium) { c.Start = talkNow }, false},
		"full":            {func(c *Colloquium) { c.Seats = Seats{Capacity: 2, Going: 1, Offered: 1} }, false},
		"a seat free":     {func(c *Colloquium) { c.Seats = Seats{Capacity: 2, Going: 1} }, true},
		"their own":       {func(c *Colloquium) { c.Proposer = "me" }, false},
		"they speak":      {func(c *Colloquium) { c.Speakers = []Speaker{{Person: "me", Speaks: Agreed}} }, false},
		"whom they block": {func(c *Colloquium) { c.Speakers = []Speaker{{Person: "them", Speaks: Agreed}} }, false},
		"of others":       {func(c *Colloquium) { c.Proposer, c.Speakers = "you", []Speaker{{Name: "A guest"}} }, true},
	} {
		talk := &Colloquium{State: Announced, Start: talkNow.Add(time.Hour), Length: time.Hour, Wall: calendar.Pinned().WallAt(talkNow, calendar.UTC())}
		c.change(talk)
		if got := couldCome(talk, me, talkNow); got != c.want {
			t.Errorf("%s: couldCome = %v, want %v", name, got, c.want)
		}
	}
}

func TestTwoAccountsThatBecomeOnePersonFollowWhatBothDid(t *testing.T) {
	t.Parallel()
	tx := newTx(t.Context(), noDocuments{}, talkNow, nil)
	first, second := &Following{ID: "f1", Person: "one"}, &Following{ID: "f2", Person: "two"}
	first.follow(Followed{Kind: FollowLab, Of: "curie"})
	second.follow(Followed{Kind: FollowLab, Of: "curie", Now: true})
	second.follow(Followed{Kind: FollowLab, Of: "noether"})
	for _, f := range []*Following{first, second} {
		if _, err := tx.hold(keptAs(t, f)); err != nil {
			t.Fatal(err)
		}
	}
	tx.reads[Want{Unique: followingOf("one")}] = []Record{keptAs(t, first)}
	held := must(load[*Following](tx, KindFollowing, "f2"))
	if err := repointFollowing(&App{}, tx, held, "two", &Person{ID: "one"}); err != nil {
		t.Fatal(err)
	}
	own := must(load[*Following](tx, KindFollowing, "f1"))
	if len(own.Things) != 2 || own.Things[1].Of != "noether" || own.Things[1].N != 2 {
		t.Errorf("together they follow %+v, want curie and noether", own.Things)
	}
	if gone, err := load[*Following](tx, KindFollowing, "f2"); err == nil {
		t.Errorf("what the second one followed is still there: %+v", gone)
	}
}

func TestTheHundredAndFirstThingIsRefusedAndNothingIsLost(t *testing.T) {
	t.Parallel()
	m := newMemory()
	app := newMemoryApp(m, nil)
	rq := &request{app: app, tx: newTx(t.Context(), m, talkNow, app.ids), me: &Person{ID: "me"}, now: talkNow}
	f := &Following{ID: "f", Person: "me"}
	for i := range 200 {
		err := rq.followAll(f, []Followed{must(app.topicNamed(fmt.Sprintf("topic number%d", i)))})
		if refused := err != nil; refused != (i >= maxFollowed) || refused && !strings.Contains(err.Error(), "You follow 100 things") {
			t.Fatalf("topic %d: %v", i, err)
		}
	}
	if err := rq.followAll(f, f.Things[:1]); err != nil || len(f.Things) != maxFollowed {
		t.Errorf("following again what one follows = %v with %d things, want no refusal and %d", err, len(f.Things), maxFollowed)
	}
}

func TestTopicsWithoutAWordOrWithTooManyAreRefused(t *testing.T) {
	t.Parallel()
	app := &App{aliases: matching.DefaultAliases()}
	for _, text := range []string{strings.Repeat("🎉", 5000), "🎉", "...", strings.Repeat("x", 81)} {
		if got, err := app.topicNamed(text); err == nil {
			t.Errorf("topicNamed(%.20q) = %+v, want a refusal", text, got)
		}
	}
}

package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"interlab/calendar"
	"interlab/matching"
)

// watched is a memory with an audit, that counts how often it is asked.
type watched struct {
	*memory
	asked int
	fails error
	reset bool
}

func (w *watched) Page(ctx context.Context, p Page) ([]Record, string, error) {
	w.asked++
	if w.fails != nil {
		return nil, "", w.fails
	}
	return w.memory.Page(ctx, p)
}

// Changes tells what was committed: a commit is a note, of three at most a piece.
func (w *watched) Changes(_ context.Context, after string, kind Kind, _ int) (Changes, error) {
	w.asked++
	w.mu.Lock()
	defer w.mu.Unlock()
	from, _ := strconv.Atoi(after) // nothing is the beginning
	if after == "" {
		from = len(w.commits)
	}
	to := min(len(w.commits), from+3)
	c := Changes{Last: strconv.Itoa(to), More: to < len(w.commits), Reset: w.reset}
	for i, commit := range w.commits[from:to] {
		note := Note{Seq: strconv.Itoa(from + i + 1)}
		for _, write := range commit.Writes {
			note.Refs = append(note.Refs, write.Ref)
			if write.Ref.Kind == kind {
				r := w.records[write.Ref]
				r.Ref = write.Ref
				c.Records = append(c.Records, r)
			}
		}
		c.Notes = append(c.Notes, note)
	}
	return c, w.fails
}

// windowOn is a window on some documents.
func windowOn(docs ...Document) (*Window, *watched, *moving) {
	store, clock := &watched{memory: newMemory()}, &moving{feedDay}
	a := newMemoryApp(store.memory, clock)
	a.store, a.log, a.network = sealedIn(store, nil, zerolog.Nop()), zerolog.Nop(), "test"
	a.people = newDirectory(store, matching.Aliases{})
	store.keep(docs...)
	return a.Window(), store, clock
}

// titles are what a view shows of a filter.
func titles(t *testing.T, w *Window, f Filter) string {
	t.Helper()
	view, err := w.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, talk := range view.Talks(f) {
		all = append(all, talk.ID())
	}
	return strings.Join(all, " ")
}

func TestAWindowShowsWhatWasAnnouncedAndFollowsIt(t *testing.T) {
	t.Parallel()
	hidden := announced("z", 1)
	hidden.State = Proposed
	w, store, clock := windowOn(&Lab{ID: "l1", Name: "Curie"}, announced("a", 1), announced("b", 2), hidden)
	step := func(what, want string, talks ...Document) {
		t.Helper()
		store.keep(talks...)
		clock.now = clock.now.Add(windowFresh)
		if got := titles(t, w, Filter{}); got != want {
			t.Errorf("%s: the window shows %q, want %q", what, got, want)
		}
	}
	step("at first", "a b")
	hidden.State = Announced
	step("one is announced", "a z b", hidden)
	sooner := announced("b", -3)
	step("one is moved", "b a z", sooner)
	refused := announced("a", 1)
	refused.State, refused.Declined = Cancelled, true
	step("one was never announced", "b z", refused)
	var many []Document
	for i := range 8 {
		many = append(many, announced(fmt.Sprint("m", i), 10+i))
	}
	step("many at once", "b z m0 m1 m2 m3 m4 m5 m6 m7", many...)
	store.reset = true
	step("the audit has forgotten", "b z m0 m1 m2 m3 m4 m5 m6 m7 n", announced("n", 50))
}

func TestLookingAgainAndAgainAsksTheStoreOnce(t *testing.T) {
	t.Parallel()
	w, store, clock := windowOn(announced("a", 1))
	titles(t, w, Filter{})
	asked := store.asked
	for range 100 {
		titles(t, w, Filter{})
	}
	if store.asked != asked {
		t.Errorf("looking 100 times asked the store %d times, want 0", store.asked-asked)
	}
	clock.now = clock.now.Add(windowFresh)
	for range 100 {
		titles(t, w, Filter{})
	}
	if store.asked != asked+1 {
		t.Errorf("looking 100 times later asked the store %d times, want 1", store.asked-asked)
	}
}

func TestWhoComesIsNoChangeOfWhatIsShown(t *testing.T) {
	t.Parallel()
	w, store, clock := windowOn(announced("a", 1))
	version := func() uint64 {
		clock.now = clock.now.Add(windowFresh)
		view, err := w.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return view.Version
	}
	before := version()
	c := announced("a", 1)
	c.Seats.Going, c.Turns, c.Dirty, c.Done = 7, 9, feedDay, []string{"day.0"}
	store.keep(c)
	if after := version(); after != before {
		t.Errorf("seven people come: the version goes from %d to %d", before, after)
	}
	c.Title = "Another"
	store.keep(c)
	if after := version(); after == before {
		t.Error("another title leaves the version as it was")
	}
}

func TestWhatWasSeenLastIsShownWhileTheStoreIsGone(t *testing.T) {
	t.Parallel()
	w, store, clock := windowOn(announced("a", 1))
	store.fails = errors.New("down")
	if _, err := w.View(t.Context()); err == nil {
		t.Error("View of a store that was never reached = nil error")
	}
	store.fails = nil
	titles(t, w, Filter{})
	store.fails = errors.New("down")
	clock.now = clock.now.Add(time.Hour)
	if got := titles(t, w, Filter{}); got != "a" {
		t.Errorf("the window on a lost store shows %q, want a", got)
	}
	store.fails = nil
	store.keep(announced("b", 2))
	clock.now = clock.now.Add(windowFresh)
	if got := titles(t, w, Filter{}); got != "a b" {
		t.Errorf("the window on a store that is back shows %q, want a b", got)
	}
}

func TestAFilterLetsThroughWhatAnswersAllOfIt(t *testing.T) {
	t.Parallel()
	one, two := announced("a", 1), announced("b", 2)
	one.Topics, one.Abstract = []string{"Coral Reefs"}, "Bleaching and STRASSE."
	two.Lab, two.Topics, two.Part = "l2", []string{"coral reefs", "fish"}, &Part{Series: "s1", Day: must(calendar.NewDate(2026, 12, 10)), Words: "every week"}
	w, _, _ := windowOn(&Lab{ID: "l1", Name: "Curie"}, &Lab{ID: "l2", Name: "Noether"}, one, two)
	for _, c := range []struct {
		f    Filter
		want string
	}{
		{Filter{}, "a b"},
		{Filter{Lab: "l2"}, "b"},
		{Filter{Topic: "coral  REEFS"}, "a b"},
		{Filter{Topic: "coral reefs", Lab: "l1"}, "a"},
		{Filter{Series: "s1"}, "b"},
		{Filter{Talk: "a"}, "a"},
		{Filter{Words: "straße bleaching"}, "a"},
		{Filter{Words: "ana FISH"}, "b"},
		{Filter{Words: "nothing"}, ""},
		{Filter{From: one.end()}, "b"},
		{Filter{From: one.end().Add(-time.Minute), To: two.Start}, "a"},
	} {
		if got := titles(t, w, c.f); got != c.want {
			t.Errorf("Talks(%+v) = %q, want %q", c.f, got, c.want)
		}
	}
	view, _ := w.View(t.Context())
	if got, want := view.Title(Filter{Topic: "fish", Lab: "l2"}), "Talks on fish, at Noether"; got != want {
		t.Errorf("Title = %q, want %q", got, want)
	}
	if diff := cmp.Diff(view.Topics(feedDay, 5), []string{"Coral Reefs", "fish"}, cmp.Transformer("fold", fold)); diff != "" {
		t.Errorf("Topics (-got +want):\n%s", diff)
	}
	if diff := cmp.Diff(view.Series(feedDay), []Choice{{"s1", "Talk b"}}); diff != "" {
		t.Errorf("Series (-got +want):\n%s", diff)
	}
	if diff := cmp.Diff(view.Labs(), []Choice{{"l1", "Curie"}, {"l2", "Noether"}}); diff != "" {
		t.Errorf("Labs (-got +want):\n%s", diff)
	}
}

// What a feed of the store has and what a window's has are the same bytes.
func TestAWindowsFeedIsThatOfTheStore(t *testing.T) {
	t.Parallel()
	docs := []Document{&Lab{ID: "l1", Name: "Curie"}}
	for i, days := range []int{-91, -90, -8, -1, 3, 399, 401} {
		c := announced(fmt.Sprint("t", i), days)
		if days == -8 || days == -1 {
			c.State, c.Reason = Cancelled, "Ana is ill"
		}
		c.Link = LinkSoon
		docs = append(docs, c)
	}
	w, _, _ := windowOn(docs...)
	view, err := w.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for kind, f := range map[FeedKind]Filter{FeedNetwork: {}, FeedLab: {Lab: "l1"}} {
		feed, err := w.app.Feed(t.Context(), Selection{Kind: kind, Of: f.Lab})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(feed.File()), string(view.Feed(f, feedDay).File())); diff != "" {
			t.Errorf("the %s feed (-store +window):\n%s", kind, diff)
		}
	}
}

// The link is nowhere, whatever its owner wrote it into.
func TestNoTextOfATalkHasALinkThatItsRuleHides(t *testing.T) {
	t.Parallel()
	const secret = "https://meet.example/secret"
	for _, rule := range linkOrder[1:] {
		c := announced("a", 1)
		c.Link, c.Title, c.Abstract, c.Speaker = rule, "Join "+secret, "At "+secret+".", "Ana "+secret
		c.Topics, c.Made = []string{secret}, map[string]string{artifactSlides: secret, artifactCode: "https://code.example"}
		w, _, _ := windowOn(&Lab{ID: "l1", Name: "Curie"}, c)
		view, err := w.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		talk, _ := view.Talk("a")
		said := []string{talk.Title(), talk.Abstract(), talk.Speaker(), talk.Where(feedDay), fmt.Sprint(talk.Topics(), talk.Made()), string(view.Feed(Filter{}, feedDay).File()), string(talk.Event().File()), view.Title(Filter{Talk: "a"}), strings.Join(view.Topics(feedDay, 9), "")}
		for _, text := range said {
			if strings.Contains(strings.ReplaceAll(text, "\r\n ", ""), secret) {
				t.Errorf("with rule %q a public text has the link: %s", rule, text)
			}
		}
		if len(talk.Made()) != 1 || !talk.Online() || talk.LinkRule() == "" {
			t.Errorf("with rule %q Made, Online, LinkRule = %v, %v, %q", rule, talk.Made(), talk.Online(), talk.LinkRule())
		}
	}
}

func TestARecordingIsShownWhileWhoSpeaksAgrees(t *testing.T) {
	t.Parallel()
	for answer, want := range map[Consent]int{Agreed: 1, Refused: 0, "": 0} {
		c := announced("a", -1)
		c.Made, c.Speakers = map[string]string{artifactRecording: "https://video.example/1"}, []Speaker{{Name: "Ana", Speaks: Agreed, Record: answer}}
		w, _, _ := windowOn(c)
		view, _ := w.View(t.Context())
		if talk, _ := view.Talk("a"); len(talk.Made()) != want {
			t.Errorf("consent %q: Made() = %v, want %d", answer, talk.Made(), want)
		}
	}
}

func TestPlacesAreThoseToWhichPeopleCanApply(t *testing.T) {
	t.Parallel()
	day := must(calendar.NewDate(2027, 3, 1))
	opening := func(id string, state OpeningState, days int) *Opening {
		return &Opening{ID: id, Lab: "l1", Title: id, State: state, Capacity: 1, Deadline: feedDay.AddDate(0, 0, days), Until: feedDay.AddDate(0, 0, days), Zone: calendar.UTC(), From: day, To: day, Last: day}
	}
	full := opening("full", OpeningOffering, 9)
	full.Held = 1
	w, store, clock := windowOn(&Lab{ID: "l1", Name: "Curie"}, opening("b", OpeningTaking, 9), opening("a", OpeningTaking, 3), opening("c", OpeningTaking, -1), opening("d", OpeningRanking, 9), opening("e", OpeningOffering, 20), full)
	places := func(lab string) (ids []string) {
		view, err := w.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range view.Places(lab, clock.Now()) {
			ids = append(ids, p.ID()+" "+p.Lab())
		}
		return ids
	}
	if got, want := places(""), []string{"a Curie", "b Curie", "e Curie"}; !slices.Equal(got, want) {
		t.Errorf("Places() = %q, want %q", got, want)
	}
	if got := places("l2"); got != nil {
		t.Errorf("Places(l2) = %q, want none", got)
	}
	store.keep(opening("a", OpeningWithdrawn, 3), &Lab{ID: "l1", Name: "Curie Lab"})
	clock.now = clock.now.Add(windowFresh)
	if got, want := places("l1"), []string{"b Curie Lab", "e Curie Lab"}; !slices.Equal(got, want) {
		t.Errorf("Places() = %q, want %q", got, want)
	}
}

func TestAnAnswerIsShownWithItsQuestionAndWithoutAName(t *testing.T) {
	t.Parallel()
	const secret = "https://meet.example/secret"
	c := announced("a", 1)
	c.Link = LinkListed
	q := &Question{ID: "q1", Colloquium: "a", By: "p1", Named: true, Text: "Why at " + secret + "?", At: feedDay}
	w, store, clock := windowOn(c, q, &Question{ID: "q2", Colloquium: "a", By: "p2", Text: "Not answered", At: feedDay})
	answers := func() []Answered {
		clock.now = clock.now.Add(windowFresh)
		view, err := w.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		talk, _ := view.Talk("a")
		return talk.Answers()
	}
	if got := answers(); got != nil {
		t.Errorf("Answers() = %+v before anybody has answered", got)
	}
	q.Answer = "Because."
	store.keep(q)
	if diff := cmp.Diff(answers(), []Answered{{"Why at (link: for whoever comes)?", "Because."}}); diff != "" {
		t.Errorf("Answers() (-got +want):\n%s", diff)
	}
	if err := store.Commit(t.Context(), Commit{Writes: []Write{{Ref: q.Ref(), Version: store.records[q.Ref()].Version}}}); err != nil {
		t.Fatal(err)
	}
	if got := answers(); got != nil { // who asked has left
		t.Errorf("Answers() = %+v of a question that is gone", got)
	}
}

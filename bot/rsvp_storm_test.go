package bot_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
)

const (
	pressers = 200
	seats    = 30
)

// Two hundred people want thirty seats at the same moment; every press is
// delivered three times, to two replicas.
func TestAStormOfAnswersFillsTheSeatsInOrder(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		t := h.t
		if err := h.replicas[0].Enter(t.Context(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
			t.Fatal(err)
		}
		talk := h.announced(fmt.Sprintf(`title:"A talk" speaker:"Ana" when:"Fri 9 Oct 15:00" capacity:%d`, seats))
		watched := h.watch(talk)

		h.press("come", talk, 0, pressers)
		list := h.list(talk)
		if len(list) != pressers {
			t.Fatalf("%d people are on the list, want %d", len(list), pressers)
		}
		waiting := 0
		for i, r := range list {
			want := bot.Going
			if i >= seats {
				want = bot.Waiting
				waiting++
			}
			if r.State != want || r.Turn != int64(i+1) {
				t.Errorf("turn %d is %d, %s; want %d, %s", i, r.Turn, r.State, i+1, want)
			}
		}
		told := map[string]int{}
		for i := range pressers {
			told[h.answer(fmt.Sprintf("come-%d", i)).Title]++
		}
		for place := 1; place <= waiting; place++ {
			if title := fmt.Sprintf("You are on the waitlist, place %d", place); told[title] != 1 {
				t.Errorf("%d people were told %q, want 1", told[title], title)
			}
		}
		if told["You are coming"] != seats || waiting != pressers-seats {
			t.Errorf("%d people were told that they come and %d wait, want %d and %d", told["You are coming"], waiting, seats, pressers-seats)
		}

		// Forty of them leave at once, wherever they stand: whoever waits longest
		// among the others is asked, once.
		h.press("stay", talk, 0, 40)
		list, c := h.list(talk), h.talk(talk)
		for i, r := range list {
			if seated := i < seats; seated != (r.State == bot.Going || r.State == bot.Offered) {
				t.Errorf("%d of the list is %s (turn %d), with %+v", i, r.State, r.Turn, c.Seats)
			}
		}
		if len(list) != pressers-40 || c.Seats.Going+c.Seats.Offered != seats || c.Seats.Waiting != pressers-40-seats {
			t.Errorf("after 40 left there are %d people and %+v", len(list), c.Seats)
		}
		h.settle()

		// There is room for all: whoever waits is asked, some in the answer and the
		// others in pages.
		room := chat.Submission{
			Ref:    chat.Ref{Route: "colloquium.change", ID: fmt.Sprintf("%s.%d", talk, c.Edition)},
			Values: map[string]string{"title": "A talk", "speaker": "Ana"},
		}
		if err := h.does(0, "room", account("host", 1), room); err != nil {
			t.Fatal(err)
		}
		h.settle()
		if c := h.talk(talk); c.Seats.Waiting != 0 || c.Seats.Going+c.Seats.Offered != pressers-40 {
			t.Errorf("with room for all the list is %+v; the answer was %+v", c.Seats, h.answer("room"))
		}
		for id, n := range h.sends {
			if n != 1 {
				t.Errorf("delivery %s was sent %d times", id, n)
			}
		}
		close(watched.stop)
		watched.done.Wait()
	})
}

// press lets people press a button at the same time, each delivered thrice.
func (h *hall) press(what, talk string, from, to int) {
	h.t.Helper()
	var group errgroup.Group
	for i := from; i < to; i++ {
		for delivery := range 3 {
			group.Go(func() error {
				return h.does(i+delivery, fmt.Sprintf("%s-%d", what, i), account("p", i), chat.Press{Ref: chat.Ref{Route: "colloquium." + what, ID: talk}})
			})
		}
	}
	if err := group.Wait(); err != nil {
		h.t.Fatal(err)
	}
}

// list is a talk's list in the order of joining.
func (h *hall) list(talk string) []bot.Rsvp { return documents[bot.Rsvp](h, "rsvp.of/"+talk) }

// talk is a talk as it is kept.
func (h *hall) talk(id string) bot.Colloquium {
	for _, c := range documents[bot.Colloquium](h, "all/colloquium") {
		if c.ID == id {
			return c
		}
	}
	h.t.Fatalf("no talk %s", id)
	return bot.Colloquium{}
}

// watching looks at a talk again and again.
type watching struct {
	stop chan struct{}
	done sync.WaitGroup
}

// watch reports every moment at which a talk has more people than seats, or a
// seat that nobody has while somebody waits.
func (h *hall) watch(talk string) *watching {
	w := &watching{stop: make(chan struct{})}
	w.done.Go(func() {
		for {
			select {
			case <-w.stop:
				return
			default:
			}
			s := h.talk(talk).Seats
			taken := s.Going + s.Offered
			if s.Capacity > 0 && (taken > s.Capacity || taken < s.Capacity && s.Waiting > 0) {
				h.t.Errorf("seats are %+v", s)
			}
		}
	})
	return w
}

// manyPeople is how many are reminded at once: the server in this process is no
// fast one, and on the real one every write is on disk before it is answered.
func manyPeople(t testing.TB) int {
	t.Helper()
	switch {
	case strings.HasSuffix(t.Name(), "/in-process"):
		return 210
	case os.Getenv("INTERLAB_CI") == "":
		return 1_000
	}
	return 10_000
}

// Ten thousand people are to be reminded in the same minute, by two replicas.
func TestRemindersOfOneMinuteReachEverybodyOnce(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		t := h.t
		people := manyPeople(t)
		start := h.Now().Add(48 * time.Hour)
		c := &bot.Colloquium{
			ID: "talk", Title: "A talk", Speaker: "Ana", State: bot.Announced, Start: start, Wall: calendar.Pinned().WallAt(start, calendar.UTC()), Length: time.Hour,
			At: h.Now(), Changed: h.Now(), Timed: h.Now(), Seats: bot.Seats{Going: people}, Turns: int64(people),
		}
		docs := []bot.Document{c}
		for i := range people {
			id := fmt.Sprintf("p%d", i)
			docs = append(docs,
				&bot.Person{ID: id, Name: id, Accounts: []chat.Account{account("p", i)}},
				&bot.Rsvp{ID: id, Colloquium: c.ID, Person: id, State: bot.Going, Turn: int64(i + 1), At: h.Now()})
		}
		h.keep(docs...)

		// The replicas were down when the first reminder was due: only the one
		// that is due now is sent.
		h.setNow(start.Add(-15 * time.Minute))
		began := time.Now()
		for round := 0; len(h.sends) < people && round < 100; round++ {
			h.settle()
		}
		t.Logf("%d reminders told in %s", people, time.Since(began).Round(time.Millisecond))
		h.settle()
		if len(h.directs) != people {
			t.Errorf("%d people were reminded, want %d", len(h.directs), people)
		}
		for who, n := range h.directs {
			if n != 1 {
				t.Errorf("%s was reminded %d times", who, n)
			}
		}
		if at, waits, err := h.replicas[0].Next(context.Background()); err != nil || !waits || at.Before(start) {
			t.Errorf("Next() = %v, %v, %v; want nothing before the talk is over", at, waits, err)
		}
	})
}

// A talk is announced once in each of more homes than one page has, and what
// was posted is edited in all of them.
func TestATalkIsAnnouncedOnceInEveryHome(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		t := h.t
		const homes = 210
		var docs []bot.Document
		for i := range homes {
			at := chat.Home{Platform: "slack", ID: fmt.Sprintf("h%d", i)}
			docs = append(docs, &bot.Home{ID: at.ID, Home: at, Announce: chat.Place{Home: at, Channel: "talks"}})
		}
		h.keep(docs...)
		if err := h.replicas[0].Enter(t.Context(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
			t.Fatal(err)
		}
		talk := h.announced(`title:"A talk" speaker:"Ana" when:"Fri 9 Oct 15:00"`)
		h.settle()
		if c := h.talk(talk); h.posts != homes || len(c.Posts) != homes || len(c.Fans) != 0 {
			t.Errorf("%d posts, %d of them noted, %d fans open; want %d, all and none", h.posts, len(c.Posts), len(c.Fans), homes)
		}
		h.says("come", account("p", 1), `colloquium rsvp talk:"A talk" answer:yes`)
		h.setNow(h.Now().Add(time.Minute))
		h.settle()
		if h.edits != homes {
			t.Errorf("%d cards were edited, want %d", h.edits, homes)
		}
	})
}

// Both replicas are down while an offer runs out. Whoever it was for has not
// missed it, and it still ends when it is not taken.
func TestAnOfferThatNobodyCouldTellIsMadeAgain(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		t := h.t
		if err := h.replicas[0].Enter(t.Context(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
			t.Fatal(err)
		}
		talk := h.announced(`title:"A talk" speaker:"Ana" when:"23 Oct 15:00" capacity:1`)
		for i := range 3 {
			h.press("come", talk, i, i+1)
		}
		h.press("stay", talk, 0, 1)
		state := func(want bot.RsvpState) bot.Rsvp {
			t.Helper()
			for _, r := range documents[bot.Rsvp](h, "all/rsvp") {
				if r.Turn == 2 && r.State == want {
					return r
				}
			}
			t.Fatalf("the second to come is not %s: %+v", want, documents[bot.Rsvp](h, "all/rsvp"))
			return bot.Rsvp{}
		}
		first := state(bot.Offered)
		h.setNow(h.Now().Add(72 * time.Hour))
		h.settle()
		second := state(bot.Offered)
		if want := h.Now().Add(24 * time.Hour); !second.Until.Equal(want) || !first.Until.Before(h.Now()) {
			t.Errorf("offered until %s, then until %s, want %s", first.Until, second.Until, want)
		}
		if who := account("p", 1).String(); h.directs[who] != 1 {
			t.Errorf("%s was told %d times, want once: the first offer had run out", who, h.directs[who])
		}
		h.setNow(second.Until)
		h.settle()
		state(bot.Left)
		if c := h.talk(talk); c.Seats.Offered != 1 || c.Seats.Going+c.Seats.Waiting != 0 {
			t.Errorf("the seat went to nobody: %+v", c.Seats)
		}
	})
}

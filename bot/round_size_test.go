package bot_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// A round of a thousand is closed, planned, published and told like one of five,
// and no document of it grows with the number of people.
func TestARoundOfAThousandPeople(t *testing.T) {
	t.Parallel()
	n := 1000
	if testing.Short() {
		n = 150
	}
	w := newWorldOn(t, hallOnServer(t))
	w.guests(n, 40, rand.New(rand.NewPCG(1, 1)))
	r := w.opens(`until:"today 17:00" topic:Thousand kind:chat`)
	for i := range n {
		w.handles(w.event(guestAccount(i), chat.Line{Text: "round join"}))
	}
	w.settle()
	began := time.Now()
	w.publishes(r)
	t.Logf("%d people: closed, planned, recorded and told in %v", n, time.Since(began).Round(time.Millisecond))

	r = w.round(r.ID)
	if r.State != bot.RoundPublished || r.Rollout != nil || !r.Plan.Exact {
		t.Fatalf("the round is %+v, want it published and told, with a plan that is proved best", r)
	}
	matches := w.paired(r.ID)
	if len(matches) != r.Plan.Pairs || 2*len(matches)+r.Plan.Out != n || r.Plan.Out > n/20 {
		t.Errorf("%d pairs were made and %d people sit out, want the plan's %d pairs of %d people and few who sit out", len(matches), r.Plan.Out, r.Plan.Pairs, n)
	}
	w.keepsRules(r.ID)
	told := 0
	for what := range w.told() {
		if strings.HasPrefix(what, "paired") || strings.HasPrefix(what, "satout") {
			told++
		}
	}
	if told != n {
		t.Errorf("%d people are told, want each of %d once", told, n)
	}
	for _, kind := range []string{"round", "roundsheet", "roundplan", "entrant"} {
		if size := w.largest("all/" + kind); size > 100_000 {
			t.Errorf("the largest document of kind %s has %d bytes, want 100,000 at most", kind, size)
		}
	}
}

// largest is the size of the largest document that an index lists.
func (w *world) largest(index string) int {
	w.t.Helper()
	most := 0
	for page := (bot.Page{Index: index}); ; {
		records, next, err := w.store.Page(w.t.Context(), page)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, r := range records {
			most = max(most, len(r.Data))
		}
		if page.After = next; next == "" {
			return most
		}
	}
}

// A replica dies with the plan half made, and another one makes it again: there
// is one plan, and the organiser hears of it once.
func TestAPlanThatWasInterruptedIsMadeOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.guests(6, 3, rand.New(rand.NewPCG(2, 2)))
	r := w.opens(`until:"today 17:00" topic:Torn kind:chat`)
	for i := range 6 {
		w.line(guestAccount(i), "round join")
	}
	w.clock.set(r.Deadline)
	claims, err := w.store.Claim(t.Context(), r.Deadline, 64, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(claims, func(c bot.Claim) bool { return c.Work == "joinend" }) {
		t.Fatalf("due at the deadline are %+v, want the end of joining among them", claims)
	}
	w.lapse()
	w.settle()
	w.settle()
	if got := w.round(r.ID); got.State != bot.RoundClosed || got.Plan == nil || !got.Solving.IsZero() {
		t.Errorf("after an interruption the round is %+v, want it closed with a plan", got)
	}
	planned := 0
	for _, d := range listed[bot.Delivery](w, "all/delivery") {
		if strings.HasPrefix(d.Notice, "planned") {
			planned++
		}
	}
	if planned != 1 {
		t.Errorf("the organiser hears of the plan %d times, want once", planned)
	}
}

// Two organisers publish at the same moment: it happens once.
func TestTwoOrganisersPublishAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.guests(6, 6, rand.New(rand.NewPCG(4, 4)))
	r := w.opens(`until:"today 17:00" topic:Twice kind:chat gap:0`)
	for i := range 6 {
		w.line(guestAccount(i), "round join")
	}
	w.line(olga, `admin role person:"Guest0 Number" role:organiser`)
	w.pass(r.Deadline.Sub(w.clock.Now()))
	w.line(olga, "round publish")
	w.line(guestAccount(0), "round publish")
	events := []chat.Event{
		w.event(olga, chat.Press{Ref: w.button(olga, "Yes, publish")}), w.event(guestAccount(0), chat.Press{Ref: w.button(guestAccount(0), "Yes, publish")}),
	}
	var presses sync.WaitGroup
	for _, e := range events {
		app := w.replica(w.store)
		presses.Go(func() {
			ticket, err := app.Accept(t.Context(), e)
			if err == nil {
				err = app.Handle(t.Context(), ticket)
			}
			if err != nil {
				t.Errorf("press %s = %v", e.ID, err)
			}
		})
	}
	presses.Wait()
	w.settle()
	late := 0
	for _, e := range events {
		if m, _ := w.answer(e.ID); strings.Contains(plain(m), "was published on") {
			late++
		}
	}
	if late != 1 {
		t.Errorf("%d of two organisers read that it was published already, want one", late)
	}
	if got, want := len(w.paired(r.ID)), w.round(r.ID).Plan.Pairs; got != want {
		t.Errorf("%d matches are made, want the plan's %d", got, want)
	}
	w.keepsRules(r.ID)
}

// That somebody keeps away from another one changes nothing that the other one
// can see of a round, or an organiser can tell from an ask that was refused.
func TestABlockCannotBeToldFromARound(t *testing.T) {
	t.Parallel()
	say := func(before ...string) string {
		w := newWorld(t)
		w.join(ana, "Ana Ruiz", "Curie Lab", "sparse codes")
		w.join(bo, "Bo Larsen", "Noether Lab", "superposition")
		for _, line := range before {
			w.line(ana, line)
		}
		r := w.opens(`until:"today 17:00" topic:Block kind:chat`)
		joined := plain(w.line(bo, "round join"))
		w.line(ana, "round join")
		w.pass(r.Deadline.Sub(w.clock.Now()))
		status := plain(w.line(bo, "round status"))
		return joined + status + plain(w.line(olga, "round preview"))
	}
	blocked := say(`match block person:"Bo Larsen"`)
	asked := say("match find superposition", "match withdraw")
	if !strings.Contains(blocked, "was in touch too lately, or keeps to other people") {
		t.Errorf("with a block the organiser reads:\n%s", blocked)
	}
	if strings.Contains(asked, "keeps to other people") {
		t.Errorf("without anything between the two the organiser reads:\n%s", asked)
	}
}

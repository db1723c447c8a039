package bot_test

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/seal"
	"interlab/calendar"
	"interlab/matching"
)

// monday is when stories begin: a Monday at ten in Paris.
var monday = time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// journal is a log that may be written to from anywhere.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// world is a store, a platform, a clock and replicas of the bot on them.
type world struct {
	t         testing.TB
	store     *redis.Running
	clock     *clock
	messenger *messenger
	journal   *journal
	app       *bot.App
	level     zerolog.Level // of the least urgent lines in the journal
	events    int
	offered   []string   // what people who typed were offered, and what stood at home
	keys      *seal.Ring // of replicas that begin from now on
}

// The people of every story, each in a lab of their own.
var (
	ana  = chat.Account{Platform: "slack", Team: "curie", User: "ana"}
	bo   = chat.Account{Platform: "discord", User: "bo"}
	olga = chat.Account{Platform: "slack", Team: "office", User: "olga"} // the organiser of the settings
)

// newWorld is an empty network on a store in this process.
func newWorld(t testing.TB) *world {
	t.Helper()
	store, err := redis.InProcess(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	return newWorldOn(t, store)
}

// newWorldOn is an empty network on a store, which it closes.
func newWorldOn(t testing.TB, store *redis.Running) *world {
	t.Helper()
	t.Cleanup(func() { _ = store.Close() })
	w := &world{
		t: t, store: store, clock: &clock{now: monday}, journal: &journal{}, level: zerolog.WarnLevel, keys: someKeys(t),
		messenger: &messenger{t: t, tries: map[string]int{}},
	}
	w.app = w.replica(store)
	return w
}

// someKeys is a ring that nothing else has.
func someKeys(t testing.TB) *seal.Ring {
	t.Helper()
	ring, err := seal.Fresh("a", crand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// replica is another process of the same bot, on the same store or a
// stand-in for it.
func (w *world) replica(store bot.Store) *bot.App {
	w.t.Helper()
	app, err := bot.New(bot.Options{
		Store: store, Keys: w.keys, Clock: w.clock, Chance: rand.NewChaCha8([32]byte{byte(w.events), 1}), Zones: calendar.Pinned(),
		Aliases: matching.DefaultAliases(), Log: zerolog.New(w.journal).Level(w.level), Organisers: []chat.Account{olga},
		Messenger: func(chat.Platform) (chat.Messenger, bool) { return w.messenger, true },
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return app
}

// join puts somebody with a full profile into a lab.
func (w *world) join(who chat.Account, name, lab, shares string) {
	w.t.Helper()
	_, err := w.app.Populate(w.t.Context(), []bot.Newcomer{{
		Name: name, Account: who, Home: home(who), Lab: lab,
		Values: map[string]string{"shares": shares, "zone": "Europe/Paris", "contact": who.User + "@lab.example", "show": "name"},
	}})
	if err != nil {
		w.t.Fatal(err)
	}
}

// anaAndBo joins two people of two labs, and Ana looks for what Bo knows.
func (w *world) anaAndBo() {
	w.t.Helper()
	w.join(ana, "Ana Ruiz", "Curie Lab", "cryo-electron microscopy")
	w.join(bo, "Bo Larsen", "Noether Lab", "protein folding")
	w.line(ana, "match find protein folding")
}

// asked is anaAndBo up to Bo having been asked.
func (w *world) asked() {
	w.t.Helper()
	w.anaAndBo()
	w.press(ana, "Ask Bo")
}

func home(who chat.Account) chat.Home {
	if who.Team != "" {
		return chat.Home{Platform: who.Platform, ID: who.Team}
	}
	return chat.Home{Platform: who.Platform, ID: "home"}
}

// event is something that somebody does now.
func (w *world) event(who chat.Account, input chat.Input) chat.Event {
	w.events++
	return chat.Event{
		ID: fmt.Sprintf("%s-%d", who.Platform, w.events), At: w.clock.Now(), From: who, Name: capital(who.User),
		In: chat.Place{Home: home(who)}, Input: input,
	}
}

// does handles an event and then all that is due, and returns its answer.
func (w *world) does(who chat.Account, input chat.Input) chat.Message {
	w.t.Helper()
	answer := w.handles(w.event(who, input))
	w.settle()
	return answer
}

// handles handles an event and returns its answer.
func (w *world) handles(e chat.Event) chat.Message {
	w.t.Helper()
	ticket, err := w.app.Accept(w.t.Context(), e)
	if err != nil {
		w.t.Fatalf("Accept(%s) = %v", e.ID, err)
	}
	if err := w.app.Handle(w.t.Context(), ticket); err != nil {
		w.t.Fatalf("Handle(%s) = %v", e.ID, err)
	}
	answer, _ := w.answer(e.ID)
	return answer
}

// answer is what an event got.
func (w *world) answer(id string) (chat.Message, bool) {
	for _, s := range w.messenger.all() {
		if s.id == id {
			return s.said, true
		}
	}
	return chat.Message{}, false
}

func (w *world) line(who chat.Account, text string) chat.Message {
	w.t.Helper()
	return w.does(who, chat.Line{Text: text})
}

// press presses the newest button of that label, or beginning so, that somebody has seen.
func (w *world) press(who chat.Account, label string) chat.Message {
	w.t.Helper()
	return w.does(who, chat.Press{Ref: w.button(who, label)})
}

func (w *world) button(who chat.Account, label string) chat.Ref {
	w.t.Helper()
	all := w.messenger.all()
	for _, fits := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.HasPrefix} {
		for i := len(all) - 1; i >= 0; i-- {
			for _, row := range all[i].said.Rows {
				for _, b := range row.Buttons {
					if all[i].to == who && fits(b.Label, label) {
						return b.Ref
					}
				}
			}
		}
	}
	w.t.Fatalf("%s never saw a button %q", who, label)
	return chat.Ref{}
}

// settle does all that is due.
func (w *world) settle() {
	w.t.Helper()
	if err := w.app.Settle(w.t.Context()); err != nil {
		w.t.Fatalf("Settle() = %v", err)
	}
}

// pass lets time go by, doing what falls due at its moment.
func (w *world) pass(d time.Duration) {
	w.t.Helper()
	end := w.clock.Now().Add(d)
	for {
		at, ok, err := w.app.Next(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if !ok || at.After(end) {
			break
		}
		if at.After(w.clock.Now()) {
			w.clock.set(at)
		}
		w.settle()
	}
	w.clock.set(end)
}

// lapse lets all leases of the store lapse, as after a crash.
func (w *world) lapse() {
	w.t.Helper()
	if err := w.store.Advance(2 * time.Minute); err != nil {
		w.t.Fatal(err)
	}
}

// healthy fails where a sweep finds anything to mend.
func (w *world) healthy() {
	w.t.Helper()
	if n, err := w.app.Sweep(w.t.Context()); n != 0 || err != nil {
		w.t.Errorf("Sweep() = %d, %v; want 0 on a healthy store", n, err)
	}
}

// kill stops the store, and revive brings it back with all leases lapsed.
func (w *world) kill() { _ = w.store.Stop(context.Background()) }

func (w *world) revive() {
	w.t.Helper()
	if err := w.store.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.lapse()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// count is how many messages have a text on them.
func count(said []chat.Message, text string) int {
	n := 0
	for _, m := range said {
		n += strings.Count(plain(m), text)
	}
	return n
}

// says fails where a message lacks a text.
func (w *world) says(m chat.Message, text string) {
	w.t.Helper()
	if !strings.Contains(plain(m), text) {
		w.t.Errorf("the answer lacks %q:\n%s", text, plain(m))
	}
}

package bot_test

import (
	"context"
	crand "crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
)

// hall is a network with two replicas on one store, where everything that the
// bot says is heard.
type hall struct {
	t        testing.TB
	store    bot.Store
	replicas [2]*bot.App

	mu      sync.Mutex
	now     time.Time
	answers map[string][]chat.Message // by event
	directs map[string]int            // by account: how often something was said
	titles  map[string][]string       // by account: what it was
	sends   map[string]int            // by delivery
	closed  map[chat.Account]bool     // who takes no direct messages
	threads []chat.Message
	posts   int
	edits   int

	calendars calendars
}

var _ chat.Messenger = (*hall)(nil)

// inHalls runs a test on the server in this process and on a real one.
func inHalls(t *testing.T, run func(h *hall)) {
	t.Helper()
	for name, open := range map[string]func(*testing.T) *redis.Running{"in-process": inProcess, "redis-server": hallOnServer} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := open(t)
			t.Cleanup(func() { _ = store.Close() }) // nothing is kept
			run(newHall(t, store))
		})
	}
}

func inProcess(t *testing.T) *redis.Running {
	t.Helper()
	store, err := redis.InProcess(t.Context(), "hall")
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// hallOnServer is serverIn in a folder that goes with the test.
func hallOnServer(t *testing.T) *redis.Running {
	t.Helper()
	return serverIn(t, t.TempDir(), "hall")
}

// serverIn is a network on a server of its own, in a folder. It skips where no
// server is installed, but not where the test must run.
func serverIn(t testing.TB, dir, network string) *redis.Running {
	t.Helper()
	store, err := redis.Embed(t.Context(), redis.EmbedOptions{Dir: dir, Network: network})
	if errors.Is(err, redis.ErrNoServer) && os.Getenv("INTERLAB_CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func newHall(t testing.TB, store bot.Store) *hall {
	t.Helper()
	h := &hall{
		t: t, store: store, now: time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC),
		answers: map[string][]chat.Message{}, directs: map[string]int{}, titles: map[string][]string{}, sends: map[string]int{},
	}
	for i := range h.replicas {
		app, err := bot.New(bot.Options{
			Store: store, Clock: h, Chance: crand.Reader, Zones: calendar.Pinned(), Log: zerolog.Nop(),
			Messenger: func(chat.Platform) (chat.Messenger, bool) { return h, true },
		})
		if err != nil {
			t.Fatal(err)
		}
		h.replicas[i] = app
	}
	return h
}

// Now is what the hall's clock shows.
func (h *hall) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hall) setNow(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = at
}

// account is somebody, on one of two platforms.
func account(name string, n int) chat.Account {
	if n%2 == 0 {
		return chat.Account{Platform: "discord", User: fmt.Sprintf("%s%d", name, n)}
	}
	return chat.Account{Platform: "slack", Team: "home", User: fmt.Sprintf("%s%d", name, n)}
}

// does lets somebody do something, delivered to one of the replicas.
func (h *hall) does(replica int, id string, who chat.Account, input chat.Input) error {
	e := chat.Event{ID: id, At: h.Now(), From: who, Name: who.User, In: chat.Place{Home: chat.Home{Platform: who.Platform, ID: "home"}}, Input: input}
	app := h.replicas[replica%len(h.replicas)]
	app.Plan(e)
	ticket, err := app.Accept(context.Background(), e)
	if err != nil {
		return err
	}
	return app.Handle(context.Background(), ticket)
}

// says lets somebody type something and returns the answer.
func (h *hall) says(id string, who chat.Account, text string) chat.Message {
	h.t.Helper()
	if err := h.does(0, id, who, chat.Line{Text: text}); err != nil {
		h.t.Fatal(err)
	}
	return h.answer(id)
}

// answer is the one answer to an event.
func (h *hall) answer(id string) chat.Message {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.answers[id]) != 1 {
		h.t.Fatalf("event %s was answered %d times, want once", id, len(h.answers[id]))
	}
	return h.answers[id][0]
}

// settle lets both replicas do what is due at the same time.
func (h *hall) settle() {
	h.t.Helper()
	var all sync.WaitGroup
	for _, app := range h.replicas {
		all.Go(func() {
			if err := app.Settle(context.Background()); err != nil {
				h.t.Error(err)
			}
		})
	}
	all.Wait()
}

// button is where a button of a message leads.
func button(t testing.TB, m chat.Message, label string) chat.Ref {
	t.Helper()
	for _, row := range m.Rows {
		for _, b := range row.Buttons {
			if b.Label == label {
				return b.Ref
			}
		}
	}
	t.Fatalf("%q has no button %q", m.Title, label)
	return chat.Ref{}
}

// documents reads the documents that an index lists, all pages of it.
func documents[T any](h *hall, index string) []T {
	h.t.Helper()
	var docs []T
	for page := (bot.Page{Index: index}); ; {
		records, next, err := h.store.Page(context.Background(), page)
		if err != nil {
			h.t.Fatal(err)
		}
		for _, r := range records {
			var envelope struct {
				Doc T `json:"d"`
			}
			if err := json.Unmarshal(r.Data, &envelope); err != nil {
				h.t.Fatal(err)
			}
			docs = append(docs, envelope.Doc)
		}
		if next == "" {
			return docs
		}
		page.After = next
	}
}

// keep keeps documents as they are, past all rules.
func (h *hall) keep(docs ...bot.Document) {
	h.t.Helper()
	for len(docs) > 0 {
		n := min(len(docs), bot.MaxListed)
		var c bot.Commit
		for _, d := range docs[:n] {
			data, err := json.Marshal(map[string]any{"s": 1, "d": d})
			if err != nil {
				h.t.Fatal(err)
			}
			c.Writes = append(c.Writes, bot.Write{Ref: d.Ref(), Data: data, Entries: d.Entries(), Due: d.Due()})
		}
		if err := h.store.Commit(context.Background(), c); err != nil {
			h.t.Fatal(err)
		}
		docs = docs[n:]
	}
}

// Answer hears an answer.
func (h *hall) Answer(_ context.Context, id string, _ chat.Event, _ chat.Show, m chat.Message) (chat.Posted, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answers[id] = append(h.answers[id], m)
	return chat.Posted{}, m.Validate()
}

// Direct hears what is said to one person.
func (h *hall) Direct(_ context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed[to] {
		return chat.Posted{}, chat.ErrUnreachable
	}
	h.directs[to.String()]++
	h.titles[to.String()] = append(h.titles[to.String()], m.Title)
	h.sends[id]++
	return chat.Posted{}, m.Validate()
}

// Post hears what is said in a channel.
func (h *hall) Post(_ context.Context, id string, in chat.Place, m chat.Message) (chat.Posted, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sends[id]++
	h.posts++
	return chat.Posted{Place: in, Message: fmt.Sprint(h.posts)}, m.Validate()
}

// Thread hears what is said below a post.
func (h *hall) Thread(ctx context.Context, id string, under chat.Posted, m chat.Message) (chat.Posted, error) {
	h.mu.Lock()
	h.threads = append(h.threads, m)
	h.mu.Unlock()
	return h.Post(ctx, id, under.Place, m)
}

// Edit hears a message anew.
func (h *hall) Edit(_ context.Context, _ string, at chat.Posted, m chat.Message) (chat.Posted, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.edits++
	return at, m.Validate()
}

// Find says that nothing has arrived, so that a second try would be heard twice.
func (h *hall) Find(context.Context, string, chat.Recipient, time.Time) (chat.Posted, bool, error) {
	return chat.Posted{}, false, nil
}

// Profile knows nothing.
func (h *hall) Profile(context.Context, chat.Account) (chat.Profile, error) {
	return chat.Profile{}, nil
}

// announced is the id of a talk that was proposed and announced.
func (h *hall) announced(terms string) string {
	h.t.Helper()
	host := account("host", 1)
	h.says("join", host, `profile set lab:"Host Lab" shares:"hosting" zone:Berlin`)
	card := h.says("propose", host, "colloquium propose "+terms)
	ref := button(h.t, card, "Announce")
	if err := h.does(0, "announce", host, chat.Press{Ref: ref}); err != nil {
		h.t.Fatal(err)
	}
	if title := h.answer("announce").Title; !strings.HasPrefix(title, "Announced") {
		h.t.Fatalf("announce answers %q", title)
	}
	h.settle()
	return ref.ID
}

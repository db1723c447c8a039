package bot_test

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/console"
	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching"
)

// residence is a stage on a store of its own, where a test plays pieces of
// conversations and looks at the documents between them.
type residence struct {
	*redis.Running
	t    testing.TB
	app  *bot.App
	term *console.Console

	mu  sync.Mutex
	now time.Time
}

func newResidence(t testing.TB) *residence {
	t.Helper()
	store, err := redis.InProcess(t.Context(), "residence")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	r := &residence{Running: store, t: t, now: time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC)}
	r.term = console.New(console.Options{World: r})
	r.app, err = bot.New(bot.Options{
		Store: store, Clock: r, Chance: rand.Reader, Zones: calendar.Pinned(), Aliases: matching.DefaultAliases(),
		Messenger:  func(chat.Platform) (chat.Messenger, bool) { return r.term, true },
		Organisers: []chat.Account{{Platform: "slack", Team: "office", User: "olga"}},
		Workers:    1, Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	r.term.Bind(r.app)
	return r
}

// play plays a piece of a conversation.
func (r *residence) play(piece string) {
	r.t.Helper()
	script, err := console.Parse("piece", strings.NewReader(piece))
	if err != nil {
		r.t.Fatal(err)
	}
	if err := r.term.Play(r.t.Context(), script); err != nil {
		r.t.Fatal(err)
	}
}

// Now, SetNow and the methods below are what a console asks of its world.
func (r *residence) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

func (r *residence) SetNow(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = now
}

func (r *residence) Enter(ctx context.Context, _ chat.Account, home chat.Home, _ string) error {
	return r.app.Enter(ctx, home, "")
}

func (r *residence) Settle(ctx context.Context) error                  { return r.app.Settle(ctx) }
func (r *residence) Next(ctx context.Context) (time.Time, bool, error) { return r.app.Next(ctx) }
func (r *residence) StopStore(ctx context.Context) error               { return r.Stop(ctx) }
func (r *residence) StartStore(ctx context.Context) error              { return r.Start(ctx) }

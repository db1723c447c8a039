package bot_test

import (
	"context"
	"crypto/rand"
	"regexp"
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

// theatre plays pieces of a conversation, between which a test reads what was said.
type theatre struct {
	*redis.Running
	t   testing.TB
	app *bot.App
	con *console.Console

	mu  sync.Mutex
	now time.Time
	out strings.Builder
}

// newTheatre opens a stage on an empty store.
func newTheatre(t testing.TB) *theatre {
	t.Helper()
	return newTheatreOn(t, memoryStore(t))
}

func newTheatreOn(t testing.TB, store *redis.Running, change ...func(*theatre, *bot.Options)) *theatre {
	t.Helper()
	th := &theatre{Running: store, t: t, now: importDay}
	th.con = console.New(console.Options{World: th, Out: &th.out})
	o := bot.Options{
		Store: th.Running, Keys: someKeys(t), Clock: th, Chance: rand.Reader, Zones: calendar.Pinned(), Aliases: matching.DefaultAliases(),
		Messenger:  func(chat.Platform) (chat.Messenger, bool) { return th.con, true },
		Organisers: []chat.Account{{Platform: "slack", Team: "office", User: "olga"}},
		Workers:    1, Log: zerolog.Nop(),
	}
	for _, other := range change {
		other(th, &o)
	}
	app, err := bot.New(o)
	if err != nil {
		t.Fatal(err)
	}
	th.app = app
	th.con.Bind(app)
	return th
}

func (th *theatre) Enter(ctx context.Context, _ chat.Account, home chat.Home, _ string) error {
	return th.app.Enter(ctx, home, "")
}

func (th *theatre) Now() time.Time {
	th.mu.Lock()
	defer th.mu.Unlock()
	return th.now
}

func (th *theatre) SetNow(now time.Time) {
	th.mu.Lock()
	defer th.mu.Unlock()
	th.now = now
}

func (th *theatre) Settle(ctx context.Context) error { return th.app.Settle(ctx) }

func (th *theatre) Next(ctx context.Context) (time.Time, bool, error) { return th.app.Next(ctx) }
func (th *theatre) StopStore(ctx context.Context) error               { return th.Stop(ctx) }
func (th *theatre) StartStore(ctx context.Context) error              { return th.Start(ctx) }

// play plays a piece and returns what was said in it.
func (th *theatre) play(piece string) string {
	th.t.Helper()
	before := th.out.Len()
	script, err := console.Parse("piece", strings.NewReader(piece))
	if err != nil {
		th.t.Fatal(err)
	}
	if err := th.con.Play(th.t.Context(), script); err != nil {
		th.t.Fatalf("%v\n%s", err, th.out.String()[before:])
	}
	return th.out.String()[before:]
}

var codes = regexp.MustCompile(`code:([a-z2-9]{4}-[a-z2-9]{4})`)

// code asks for a code to link an account with, and returns it.
func (th *theatre) code(who string) string {
	th.t.Helper()
	found := codes.FindStringSubmatch(th.play(who + "> link start"))
	if found == nil {
		th.t.Fatalf("link start of %s shows no code", who)
	}
	return found[1]
}

package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/configs"
)

// inboxed is the bot, and in which order its inbox took each person's events.
type inboxed struct {
	*bot.App
	mu     sync.Mutex
	events map[string][]string                            // ids by user
	handle func(ctx context.Context, t chat.Ticket) error // nil for the bot's own
}

func (b *inboxed) Handle(ctx context.Context, t chat.Ticket) error {
	if b.handle != nil {
		return b.handle(ctx, t)
	}
	return b.App.Handle(ctx, t)
}

func (b *inboxed) Accept(ctx context.Context, e chat.Event) (chat.Ticket, error) {
	ticket, err := b.App.Accept(ctx, e)
	if err == nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.events[e.From.User] = append(b.events[e.From.User], e.ID)
	}
	return ticket, err
}

// crowd is a workspace full of people, with the bot as it is served: all of it
// but the process, on a real store that keeps every write on its disk.
type crowd struct {
	server *slacktest.Server
	bot    *inboxed
	seen   sights
	people int

	store   *redis.Running
	address string // of the store's server
}

func newCrowd(t testing.TB, people int) *crowd {
	t.Helper()
	c := &crowd{people: people}
	c.server = slacktest.New(t, slacktest.Options{Seen: c.seen.add})
	tokens := c.server.AddTeam("curie", "Curie")
	s := configs.Settings{Keys: testRing(t)}
	s.Network.ID, s.Network.Name = "interlab", "Interlab"
	s.Network.Organisers = []chat.Account{{Platform: slack.Platform, Team: "curie", User: who(0)}}
	c.address = redisServer(t)
	store, err := redis.Remote(t.Context(), redis.Options{URL: "redis://" + c.address + "/0", Network: s.Network.ID})
	if err != nil {
		t.Fatal(err)
	}
	c.store = store
	t.Cleanup(func() { _ = store.Close() })
	adapter := slack.New(slack.Options{
		APIURL: c.server.APIURL(), Now: time.Now, Workspaces: []slack.Workspace{{Name: "curie", BotToken: tokens.Bot, AppToken: tokens.App}},
		Timing: slack.Timing{Stagger: time.Millisecond},
	})
	all := []platform{{name: slack.Platform, messenger: adapter, run: adapter.Run}}
	app, err := newApp(s, store, clock{}, among(all), rand.Reader, zerolog.Nop(), 0)
	if err != nil {
		t.Fatal(err)
	}
	c.bot = &inboxed{App: app, events: map[string][]string{}}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- together(ctx, zerolog.Nop(), c.bot, all) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("the bot ends with %v", err)
		}
	})
	connected(t, adapter, 2)
	for p := range people {
		c.server.AddUser("curie", slacktest.User{ID: who(p), Name: fmt.Sprint("Person ", p)})
	}
	for i, line := range []string{"admin lab name:Curie", "admin home lab:Curie"} {
		if _, err := c.server.Say("curie", who(0), line); err != nil {
			t.Fatal(err)
		}
		await(t, "the lab", func() bool { return len(c.seen.all()) == i+1 })
	}
	return c
}

func who(p int) string { return fmt.Sprint("U", p) }

// talk lets people change their profiles in turn, so often a second for a
// second, and returns how long each acknowledgement took once everybody has
// the answer.
func (c *crowd) talk(t testing.TB, perSecond int) []time.Duration {
	t.Helper()
	before := len(c.seen.all())
	var sent []*slacktest.Delivery
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	for i := range perSecond {
		<-tick.C
		d, err := c.server.Say("curie", who(i%c.people), fmt.Sprintf("profile set shares:\"topic %d\" zone:Paris contact:a@curie.example show:name lab:Curie", i))
		if err != nil {
			t.Fatal(err)
		}
		sent = append(sent, d)
	}
	var took []time.Duration
	for _, d := range sent {
		if _, err := d.Acked(t.Context()); err != nil {
			t.Fatal(err)
		}
		took = append(took, d.After)
	}
	await(t, "all answers", func() bool { return len(c.seen.all()) >= before+perSecond })
	slices.Sort(took)
	return took
}

// 500 events of 100 people within a second: all are acknowledged and answered,
// none is lost, none is done twice, and each person's are handled in the order
// in which the inbox took them.
func TestManyEventsAtOnceReachTheBotAndItsStore(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 100)
	took := c.talk(t, 500)
	t.Logf("500 events acknowledged: p50 %s, p99 %s, last %s", took[249], took[494], took[499])
	answered := map[string][]string{}
	for _, s := range c.seen.all() {
		user := c.server.DirectWith("curie", s.Channel)
		answered[user] = append(answered[user], s.Delivery)
	}
	c.bot.mu.Lock()
	defer c.bot.mu.Unlock()
	if diff := gocmp.Diff(c.bot.events, answered); diff != "" {
		t.Errorf("events by person, in the order of the inbox (-) and of their answers (+):\n%s", diff)
	}
	if n := len(slices.Concat(slices.Collect(maps.Values(answered))...)); n != 502 {
		t.Errorf("%d answers, want 502", n)
	}
}

// BenchmarkAcknowledgement tells how long Slack waits for acknowledgements while
// people talk for a second, with a store that keeps every write on its disk.
func BenchmarkAcknowledgement(b *testing.B) {
	for _, rate := range []int{200, 500} {
		b.Run(fmt.Sprint(rate, " a second"), func(b *testing.B) {
			c := newCrowd(b, 100)
			var took []time.Duration
			for b.Loop() {
				took = append(took, c.talk(b, rate)...)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

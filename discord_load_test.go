package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/adapters/redis"
	"interlab/bot/chat"
	"interlab/configs"
)

// joins is how somebody joins by one command.
func joins(server *discordtest.Server, at discordtest.Spot, topic string) *discordtest.Interaction {
	return server.Command(at, "interlab", []string{"profile", "set"},
		discordtest.Given{Name: "shares", Value: topic}, discordtest.Given{Name: "zone", Value: "Paris"}, discordtest.Given{Name: "contact", Value: "a@curie.example"},
		discordtest.Given{Name: "show", Value: "name"}, discordtest.Given{Name: "lab", Value: "Curie"})
}

// 500 interactions of 100 people within a second, with all of the bot on a real
// store that keeps every write on its disk: each is acknowledged within three
// seconds, for a later one is refused; none is lost, none is answered twice.
func TestManyInteractionsAtOnceReachTheBotAndItsStore(t *testing.T) {
	t.Parallel()
	server := discordtest.New(t)
	guild := server.AddGuild("Curie")
	channel := server.AddChannel(guild)
	var people []discordtest.Spot
	for p := range 100 {
		people = append(people, discordtest.Spot{User: server.AddUser(fmt.Sprint("Person ", p)).ID, Guild: guild.ID, Channel: channel.ID})
	}
	s := configs.Settings{Keys: testRing(t)}
	s.Network.ID, s.Network.Name = "interlab", "Interlab"
	s.Network.Organisers = []chat.Account{{Platform: discord.Platform, User: people[0].User}}
	store, err := redis.Remote(t.Context(), redis.Options{URL: "redis://" + redisServer(t) + "/0", Network: s.Network.ID})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	adapter, err := discord.New(discord.Options{Token: discordtest.Token, APIURL: server.URL, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	all := []platform{{name: discord.Platform, messenger: adapter, run: adapter.Run}}
	app, err := newApp(s, store, clock{}, among(all), rand.Reader, zerolog.Nop(), 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- together(ctx, zerolog.Nop(), app, all) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("the bot ends with %v", err)
		}
	})
	server.Until("connected", server.Connected)
	labOnDiscord(t, server, people[0])

	const n = 500
	took := make(chan time.Duration, n)
	tick := time.NewTicker(time.Second / n)
	defer tick.Stop()
	for i := range n {
		<-tick.C
		sent, began := joins(server, people[i%len(people)], fmt.Sprint("topic ", i)), time.Now()
		go func() {
			await(t, "an acknowledgement", func() bool { return server.Answered(sent) != 0 })
			took <- time.Since(began)
		}()
	}
	var longest time.Duration
	for range n {
		longest = max(longest, <-took)
	}
	t.Logf("%d interactions acknowledged; the last took %s", n, longest)
	await(t, "all answers", func() bool { return len(welcomes(server, people)) >= n })
	for _, c := range server.Calls("/callback") {
		if c.Status >= 400 {
			t.Errorf("an acknowledgement was refused with %d, code %d", c.Status, c.Code)
		}
	}
	if got := len(server.Calls("/callback")); got != n+2 {
		t.Errorf("%d acknowledgements, want %d", got, n+2)
	}
	if err := adapter.Idle(t.Context()); err != nil {
		t.Error(err)
	}
	seen := map[string]int{}
	for _, m := range welcomes(server, people) {
		seen[m.For]++
	}
	for _, who := range people {
		if seen[who.User] != n/len(people) {
			t.Errorf("%s has %d answers, want %d", who.User, seen[who.User], n/len(people))
		}
	}
}

// welcomes are the answers to people who joined.
func welcomes(server *discordtest.Server, people []discordtest.Spot) []discordtest.Message {
	var out []discordtest.Message
	for _, who := range people {
		for _, m := range server.Messages(who.User) {
			if strings.HasPrefix(m.Body.Embeds[0].Title, "You are in") {
				out = append(out, m)
			}
		}
	}
	return out
}

// labOnDiscord has an organiser make the lab that lives where they are.
func labOnDiscord(t *testing.T, server *discordtest.Server, at discordtest.Spot) {
	t.Helper()
	server.Command(at, "interlab", []string{"admin", "lab"}, discordtest.Given{Name: "name", Value: "Curie"})
	await(t, "the lab", func() bool { return len(server.Messages(at.User)) == 1 })
	server.Command(at, "interlab", []string{"admin", "home"}, discordtest.Given{Name: "lab", Value: "Curie"})
	await(t, "its home", func() bool { return len(server.Messages(at.User)) == 2 })
}

// The built program is killed as kill -9 does it, after Discord has its
// deferrals and before anybody has an answer. The next process gives every
// answer, once, by the tokens that the first had.
func TestAnInteractionDeferredBeforeAKillIsAnsweredAfterARestart(t *testing.T) {
	t.Parallel()
	store := redisServer(t)
	server := discordtest.New(t)
	guild := server.AddGuild("Curie")
	channel := server.AddChannel(guild)
	var people []discordtest.Spot
	for _, name := range []string{"Ana", "Bo", "Cy", "Di"} {
		people = append(people, discordtest.Spot{User: server.AddUser(name).ID, Guild: guild.ID, Channel: channel.ID})
	}
	config := settingsOf(t, fmt.Sprintf("network:\n  organisers: [discord:%s]\nredis:\n  url: redis://%s/0\ndiscord:\n  api_url: %s\n  token: %s\n",
		people[0].User, store, server.URL, discordtest.Token))
	program := built(t)
	first := start(t, program, config)
	await(t, "a session", server.Connected)
	labOnDiscord(t, server, people[0])

	release := server.Hold("/webhooks/")
	var deferred []*discordtest.Interaction
	for _, who := range people {
		deferred = append(deferred, joins(server, who, "graphs"))
	}
	for _, i := range deferred {
		await(t, "a deferral", func() bool { return server.Answered(i) == 5 })
	}
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	await(t, "the connection to be gone", func() bool { return !server.Connected() })
	release()
	if got := welcomes(server, people); len(got) > 0 {
		t.Fatalf("the killed process has answered: %+v", got)
	}
	for _, who := range people { // a minute passes, and the turns of the dead process lapse
		account := chat.Account{Platform: discord.Platform, User: who.User}
		command(t, store, "ZADD il:{interlab}:turns XX CH 1 "+account.String())
	}
	second := start(t, program, config)
	await(t, "all answers", func() bool { return len(welcomes(server, people)) >= len(people) })
	if err := errors.Join(second.Process.Signal(os.Interrupt), second.Wait()); err != nil {
		t.Errorf("the program ends with %v:\n%s", err, second.said())
	}
	for _, who := range people {
		if got := welcomes(server, []discordtest.Spot{who}); len(got) != 1 || !got[0].Private {
			t.Errorf("%s has %d answers, want one that nobody else sees", who.User, len(got))
		}
	}
}

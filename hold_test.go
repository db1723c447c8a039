package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/discord/discordtest"
	"interlab/adapters/redis"
)

// contender is a process that wants a place with a short lease.
type contender struct {
	places
	runs  chan struct{} // told when it has the place
	lost  chan struct{} // told when it has it no more
	end   context.CancelFunc
	ended chan error
}

func contend(t *testing.T, store *redis.Running, name string) *contender {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	c := &contender{
		places: places{store: store, self: name, log: zerolog.Nop(), lease: time.Hour, ask: time.Millisecond},
		runs:   make(chan struct{}, 1), lost: make(chan struct{}, 1), end: end, ended: make(chan error, 1),
	}
	go func() {
		c.ended <- c.hold(ctx, "it", func(ctx context.Context) error {
			c.runs <- struct{}{}
			<-ctx.Done()
			c.lost <- struct{}{}
			return nil
		})
	}()
	return c
}

func TestAPlaceIsTakenOverWhenItsHolderEndsOrWasAsleep(t *testing.T) {
	t.Parallel()
	store, err := redis.InProcess(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	first := contend(t, store, "first")
	<-first.runs
	second := contend(t, store, "second")
	first.end()
	<-first.lost
	if err := <-first.ended; err != nil {
		t.Errorf("the first ends with %v", err)
	}
	<-second.runs // at once, for the place was given back
	second.end()
	if err := <-second.ended; err != nil {
		t.Errorf("the second ends with %v", err)
	}
}

// doorman says in order who has the place; then it is nobody's question.
type doorman struct {
	answers []any // true, false or an error
}

// Place gives the next answer, and the last one again and again.
func (d *doorman) Place(_ context.Context, _, _ string, lease time.Duration) (bool, error) {
	answer := d.answers[0]
	if len(d.answers) > 1 && lease > 0 {
		d.answers = d.answers[1:]
	}
	if err, failed := answer.(error); failed {
		return false, err
	}
	return answer.(bool), nil
}

// Whoever slept past the lease learns that another has the place, lets go, and
// waits for it; a store that does not answer takes nothing away.
func TestAPlaceThatAnotherHasIsLetGoAndWaitedFor(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithCancel(t.Context())
	torn := errors.New("torn")
	p := places{
		store: &doorman{answers: []any{torn, false, true, torn, true, false, false, true}},
		log:   zerolog.Nop(), lease: time.Hour, ask: time.Millisecond,
	}
	runs := 0
	err := p.hold(ctx, "it", func(having context.Context) error {
		if runs++; runs == 2 {
			end()
		}
		<-having.Done()
		return nil
	})
	if err != nil || runs != 2 {
		t.Errorf("it ran %d times and ends with %v, want twice and no error", runs, err)
	}
	if err := p.hold(t.Context(), "it", func(context.Context) error { return torn }); !errors.Is(err, torn) {
		t.Errorf("hold of what fails = %v, want its error", err)
	}
}

// Two processes serve one bot: one of them is connected to Discord, and the other
// takes over when that one dies. Whoever asks then is answered once.
func TestOneOfTwoProcessesIsConnectedToDiscord(t *testing.T) {
	t.Parallel()
	store := newMortal(t)
	server := discordtest.New(t)
	guild := server.AddGuild("Noether Lab")
	channel, ana := server.AddChannel(guild), server.AddUser("Ana Ruiz")
	text, err := os.ReadFile(discordSettings(t, server))
	if err != nil {
		t.Fatal(err)
	}
	config, program := settingsOf(t, string(text)+"redis: {url: \"redis://"+store.address+"/0\"}\n"), built(t)
	first := start(t, program, config)
	server.Until("connected", server.Connected)
	second := start(t, program, config)
	await(t, "the second one to wait", func() bool { return strings.Contains(second.said(), "waiting") })
	at := discordtest.Spot{User: ana.ID, Guild: guild.ID, Channel: channel.ID}
	server.Command(at, "interlab", []string{"start"})
	server.Until("greeted", func() bool { return len(server.Messages(ana.ID)) == 1 })
	if _, identified, _ := server.Connections(); identified != 1 {
		t.Errorf("%d sessions were opened, want one for both processes", identified)
	}
	_ = first.Process.Kill()
	_ = first.Wait()
	server.Until("the first one gone", func() bool { return !server.Connected() })
	if got := command(t, store.address, `DEL "il:{interlab}:place:discord shard 0"`); got != ":1" { // its lease lapses
		t.Errorf("the place was not held: %s", got)
	}
	server.Until("taken over", server.Connected)
	server.Command(at, "interlab", []string{"help"})
	server.Until("answered", func() bool { return len(server.Messages(ana.ID)) == 2 })
}

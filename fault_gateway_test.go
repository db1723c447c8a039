package main

import (
	"fmt"
	"os"
	"testing"
	"time"

	"interlab/adapters/discord/discordtest"
)

// The gateway drops, asks to connect anew, ends sessions and repeats itself while
// people write to the bot: each is answered, and nobody twice.
func TestFaultTheGatewayDropsAgainAndAgain(t *testing.T) {
	t.Parallel()
	store := newMortal(t)
	server := discordtest.New(t)
	guild := server.AddGuild("Noether Lab")
	channel := server.AddChannel(guild)
	text, err := os.ReadFile(discordSettings(t, server))
	if err != nil {
		t.Fatal(err)
	}
	rounds := 6
	if long() {
		rounds = 60
	}
	bot := start(t, built(t), settingsOf(t, string(text)+"redis: {url: \"redis://"+store.address+"/0\"}\n"))
	server.Until("connected", server.Connected)
	var people []discordtest.Spot
	for i := range 8 {
		people = append(people, discordtest.Spot{User: server.AddUser(fmt.Sprint("Person ", i)).ID, Guild: guild.ID, Channel: channel.ID})
	}
	breaks := []func(){
		server.Drop, server.Reconnect, func() { server.Invalidate(true) },
		func() { server.Repeat(5); server.Drop() }, func() { server.Reconnect(); server.Drop() }, func() {},
	}
	for round := range rounds {
		for _, p := range people {
			server.Say(p.User, fmt.Sprintf("when %q", fmt.Sprint(2030+round, "-06-01 15:00 Paris")))
		}
		breaks[round%len(breaks)]()
		server.Until("all answers", func() bool {
			for _, p := range people {
				if len(server.Messages(p.User)) <= round {
					return false
				}
			}
			return true
		})
	}
	hold(500 * time.Millisecond) // for what would come twice
	for _, p := range people {
		if n := len(server.Messages(p.User)); n != rounds {
			t.Errorf("%s has %d answers, want %d", p.User, n, rounds)
		}
	}
	if t.Failed() {
		t.Log(bot.said())
	}
}

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"interlab/adapters/redis"
	"interlab/adapters/slack/slacktest"
	core "interlab/bot"
)

// The administrator edits the settings of a running bot: what is broken changes
// nothing and is said so; what is right holds at once; no socket closes.
func TestSettingsAreReloadedOnHangupWithoutDroppingSockets(t *testing.T) {
	t.Parallel()
	var seen sights
	server := slacktest.New(t, slacktest.Options{Seen: seen.add})
	address := redisServer(t)
	config := curieOnSlack(t, server, address, "ana", "bea")
	bot := start(t, built(t), config)
	await(t, "a socket", func() bool { return server.Sockets("curie") > 0 })
	ask := func(who, line string) string {
		t.Helper()
		before := len(seen.all())
		if _, err := server.Say("curie", who, line); err != nil {
			t.Fatal(err)
		}
		await(t, "an answer", func() bool { return len(seen.all()) > before })
		return seen.all()[before].Text
	}
	hangUp := func(said string) {
		t.Helper()
		before := strings.Count(bot.said(), said)
		if err := bot.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		await(t, said, func() bool { return strings.Count(bot.said(), said) > before })
	}
	edit := func(from, to string) {
		t.Helper()
		text, err := os.ReadFile(config)
		if err == nil {
			err = os.WriteFile(config, []byte(strings.Replace(string(text), from, to, 1)), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	// The test server counts what was ever opened: a second socket would show.
	opened := server.Opened()
	if got := ask("bea", "admin lab name:Curie"); !strings.Contains(got, "Only organisers") {
		t.Fatalf("before, she is no organiser, and hears %q", got)
	}
	edit("[slack:curie/ana]", "[slack:curie/bea") // the bracket is missing
	hangUp("settings not reloaded: those before stay in force")
	if got := ask("bea", "admin lab name:Curie"); !strings.Contains(got, "Only organisers") {
		t.Errorf("by broken settings she hears %q", got)
	}
	edit("[slack:curie/bea", "[slack:curie/bea]")
	edit("redis:", "aliases_file: none.yaml\nredis:")
	hangUp("settings not reloaded: those before stay in force")
	edit("none.yaml", "ours.yaml")
	if err := os.WriteFile(filepath.Join(filepath.Dir(config), "ours.yaml"), []byte("fnord: [free nordic data]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	edit("slack:\n", "log: {format: json}\nslack:\n")
	edit(`"test:A`, `"fresh:B`)
	hangUp("settings reloaded")
	if said := bot.said(); !strings.Contains(said, "hold from the next start on") || !strings.Contains(said, "log.format") {
		t.Errorf("what needs a start is not named:\n%s", said)
	}
	edit("    - {name: curie,", "    - {name: noether, bot_token: xoxb-none, app_token: xapp-none}\n    - {name: curie,")
	edit("slack:\n", "discord: {guilds: [\"100000000000000001\"]}\nslack:\n")
	hangUp("settings reloaded")
	if said := bot.said(); !regexp.MustCompile(`hold from the next start on.*"?slack"?,"?discord"?`).MatchString(said) {
		t.Errorf("a workspace and a server that were added are not named:\n%s", said)
	}
	if got := ask("bea", "admin lab name:Curie"); strings.Contains(got, "Only organisers") {
		t.Errorf("now she is an organiser, and hears %q", got)
	}
	if got := ask("ana", "admin lab name:Noether"); !strings.Contains(got, "Only organisers") {
		t.Errorf("she is none any more, and hears %q", got)
	}
	store, err := redis.Remote(t.Context(), redis.Options{URL: "redis://" + address + "/0", Network: "interlab"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if left, err := core.CountSeals(t.Context(), store); err != nil || left["fresh"] == 0 {
		t.Errorf("sealed by key: %v, %v; want what came after under fresh", left, err)
	}
	if now := server.Opened(); now != opened {
		t.Errorf("%d sockets were opened, and %d before: a reload opens none", now, opened)
	}
}

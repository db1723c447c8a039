package main

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/configs"
)

// dying is a core whose process ends between the acknowledgement of an event
// and its answer.
type dying struct{ *bot.App }

func (dying) Handle(context.Context, chat.Ticket) error { return errors.New("the process has ended") }

// What was acknowledged is answered by the next process, on the same way.
func TestAnEventAcknowledgedBeforeAKillIsAnsweredAfterARestart(t *testing.T) {
	t.Parallel()
	store, err := redis.InProcess(t.Context(), "interlab")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	var mu sync.Mutex
	var seen []string
	server := slacktest.New(t, slacktest.Options{Seen: func(s slacktest.Sight) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, string(s.What)+" "+s.User+": "+s.Text)
	}})
	tokens := server.AddTeam("curie", "Curie")
	server.AddUser("curie", slacktest.User{ID: "ana", Name: "Ana"})
	server.AddChannel("curie", slacktest.Channel{ID: "C1", Member: true}, "ana")
	adapter := func() *slack.Adapter {
		return slack.New(slack.Options{
			APIURL: server.APIURL(), Workspaces: []slack.Workspace{{Name: "curie", BotToken: tokens.Bot, AppToken: tokens.App}},
			Timing: slack.Timing{Stagger: time.Millisecond},
		})
	}
	core := func(a *slack.Adapter) *bot.App {
		app, err := newApp(configs.Settings{}, store, clock{}, func(chat.Platform) (chat.Messenger, bool) { return a, true }, rand.NewChaCha8([32]byte{}), zerolog.Nop(), inOrder)
		if err != nil {
			t.Fatal(err)
		}
		return app
	}

	first := adapter()
	app := core(first)
	if err := app.Enter(t.Context(), chat.Home{Platform: slack.Platform, ID: "curie"}, ""); err != nil {
		t.Fatal(err)
	}
	ctx, kill := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- first.Run(ctx, dying{app}) }()
	connected(t, first, 1)
	d, err := server.Slash("curie", "ana", "C1", `profile set shares:"graphs" zone:Paris`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Acked(t.Context()); err != nil {
		t.Fatal(err)
	}
	kill()
	<-ended
	if len(seen) > 0 {
		t.Fatalf("the killed process has answered: %q", seen)
	}

	second := adapter()
	app = core(second)
	ctx, stop := context.WithCancel(t.Context())
	go func() { ended <- second.Run(ctx, app) }()
	connected(t, second, 1)
	if err := store.Advance(2 * time.Minute); err != nil { // the turn of the dead process lapses
		t.Fatal(err)
	}
	if err := app.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if len(seen) != 1 || !strings.HasPrefix(seen[0], "shown ana: You are in") {
		t.Errorf("after the restart people saw %q, want Ana's answer once", seen)
	}
}

func TestServeStopsWithItsPlatformsAndSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t, slacktest.Options{})
	tokens := server.AddTeam("curie", "Curie")
	env := map[string]string{
		"HOME": t.TempDir(), "INTERLAB_SLACK_CURIE_BOT_TOKEN": tokens.Bot, "INTERLAB_SLACK_CURIE_APP_TOKEN": tokens.App,
	}
	file := settingsOf(t, "slack:\n  api_url: "+server.APIURL()+"\n  workspaces:\n    - name: curie\n")
	var out, errs bytes.Buffer
	run(t.Context(), []string{"-c", file, "check"}, nil, &out, &errs, func(name string) string { return env[name] })
	for _, want := range []string{"ok       slack curie: bot token: Curie (curie) as interlab", "ok       slack curie: app token: opens sockets", "warning  slack curie: channels: none"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("check does not say %q:\n%s", want, out.String())
		}
	}
	server.Revoke("curie", "account_inactive")
	needRedis(t)
	if code := run(t.Context(), []string{"-c", file, "serve"}, nil, &out, &errs, func(name string) string { return env[name] }); code != 1 || !strings.Contains(errs.String(), "no workspace is left") {
		t.Errorf("serve with refused tokens = exit %d: %s", code, errs.String())
	}
}

func TestServeWithoutAPlatformSaysWhatToDo(t *testing.T) {
	t.Parallel()
	_, errs, code := program(t, "", "serve")
	if code != 1 || !strings.Contains(errs, "README.md says how to install the bot") {
		t.Errorf("serve = exit %d: %s", code, errs)
	}
	if out, _, code := program(t, "", "manifest", "slack"); code != 0 || !strings.Contains(out, `command: "/interlab"`) {
		t.Errorf("manifest slack = exit %d: %s", code, out)
	}
	if _, errs, code := program(t, "", "manifest", "irc"); code != 1 || !strings.Contains(errs, "write discord or slack") {
		t.Errorf("manifest irc = exit %d: %s", code, errs)
	}
}

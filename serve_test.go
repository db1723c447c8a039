package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"interlab/adapters/slack/slacktest"
)

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

// A revoked token stops its workspace alone, and operators see it wherever they
// look: in the log, in health, in the figures, and in check.
func TestARevokedTokenIsSeenWhereverAnOperatorLooks(t *testing.T) {
	t.Parallel()
	needRedis(t)
	server := slacktest.New(t, slacktest.Options{})
	settings := "log: {format: json}\nprivate: {listen: \"127.0.0.1:0\"}\nslack:\n  api_url: " + server.APIURL() + "\n  workspaces:\n"
	for _, team := range []string{"curie", "noether"} {
		tokens := server.AddTeam(team, team)
		settings += fmt.Sprintf("    - {name: %s, bot_token: %s, app_token: %s}\n", team, tokens.Bot, tokens.App)
	}
	file, home := settingsOf(t, settings), t.TempDir()
	getenv := func(name string) string { return map[string]string{"HOME": home}[name] }
	ctx, stop := context.WithCancel(context.Background())
	var log serveLog
	at, done := make(opening, 1), make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"-c", file, "serve"}, strings.NewReader(""), io.Discard, io.MultiWriter(at, &log), getenv)
	}()
	base := "http://" + <-at
	await(t, "both workspaces", func() bool { return server.Sockets("curie") > 0 && server.Sockets("noether") > 0 })
	if status, body := ask(t, base+"/readyz"); status != http.StatusOK {
		t.Errorf("GET /readyz = %d, %q; want 200", status, body)
	}
	if d, err := server.Send("noether", "interactive", map[string]any{"type": "levitation"}); err != nil {
		t.Error(err)
	} else if _, err := d.Acked(t.Context()); err != nil {
		t.Error(err)
	}
	server.Revoke("curie", "token_revoked")
	server.Drop("curie")
	await(t, "health", func() bool { status, _ := ask(t, base+"/readyz"); return status == http.StatusServiceUnavailable })
	if _, body := ask(t, base+"/readyz"); body != "slack curie has stopped: token_revoked\n" {
		t.Errorf("GET /readyz says %q", body)
	}
	_, figures := ask(t, base+"/metrics")
	for _, want := range []string{
		`interlab_platform_stopped{name="curie",platform="slack"} 1`, `interlab_platform_stopped{name="noether",platform="slack"} 0`,
		`interlab_envelopes_total{outcome="unreadable",platform="slack"} 1`,
	} {
		if !strings.Contains(figures, want) {
			t.Errorf("GET /metrics lacks %s", want)
		}
	}
	if server.Sockets("noether") == 0 {
		t.Error("the other workspace has stopped too")
	}
	stop()
	if code := <-done; code != 0 || !strings.Contains(log.String(), `"reason":"token_revoked"`) {
		t.Errorf("serve = exit %d:\n%s", code, log.String())
	}
	var out bytes.Buffer
	code := run(t.Context(), []string{"-c", file, "check"}, nil, &out, io.Discard, getenv)
	if code != 1 || !strings.Contains(out.String(), "slack curie: bot token: slack answered token_revoked") {
		t.Errorf("check = exit %d:\n%s", code, out.String())
	}
}

// serveLog is a log that may be read while it is written.
type serveLog struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (l *serveLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Write(p)
}

func (l *serveLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.String()
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

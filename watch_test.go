package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"interlab/adapters/discord/discordtest"
)

// opening hears where the private listener is, from the log.
type opening chan string

var openedAt = regexp.MustCompile(`"at":"([^"]+)"`)

func (o opening) Write(p []byte) (int, error) {
	if at := openedAt.FindSubmatch(p); at != nil {
		o <- string(at[1])
	}
	return len(p), nil
}

// ask gets a page of the private listener.
func ask(t *testing.T, url string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestServeTellsItsHealthAndFiguresInPrivate(t *testing.T) {
	t.Parallel()
	needRedis(t)
	server := discordtest.New(t)
	guild := server.AddGuild("Noether Lab")
	channel, ana := server.AddChannel(guild), server.AddUser("Ana Ruiz")
	path, home := discordSettings(t, server), t.TempDir()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, "log: {format: json}\nprivate: {listen: \"127.0.0.1:0\"}\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	at, done := make(opening, 1), make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"-c", path, "serve"}, strings.NewReader(""), io.Discard, at, func(name string) string {
			return map[string]string{"HOME": home}[name]
		})
	}()
	base := "http://" + <-at
	server.Until("connected", server.Connected)
	server.JoinGuild(guild)
	server.Command(discordtest.Spot{User: ana.ID, Guild: guild.ID, Channel: channel.ID}, "interlab", []string{"start"})
	server.Until("greeted", func() bool { return len(server.Messages(ana.ID)) == 1 })

	if status, body := ask(t, base+"/readyz"); status != http.StatusOK {
		t.Errorf("GET /readyz = %d, %q; want 200", status, body)
	}
	_, figures := ask(t, base+"/metrics")
	for _, want := range []string{
		`interlab_events_handled_total{outcome="done",platform="discord",route="start"} 1`,
		`interlab_envelopes_total{outcome="acknowledged",platform="discord"} 1`,
		`interlab_envelopes_total{outcome="unreadable",platform="discord"} 0`,
		`interlab_sockets{name="gateway",platform="discord"} 1`,
		`interlab_store_up 1`,
		`interlab_store_calls_total{call="read",outcome="ok"}`,
	} {
		if !strings.Contains(figures, want) {
			t.Errorf("GET /metrics lacks %s", want)
		}
	}
	if strings.Contains(figures, "Ana") || strings.Contains(figures, ana.ID) || strings.Contains(figures, discordtest.Token) {
		t.Errorf("GET /metrics names a person or a secret:\n%s", figures)
	}
	stop()
	if code := <-done; code != 0 {
		t.Errorf("serve = exit %d", code)
	}
}

func TestServeFailsWhereItsPrivateAddressIsTaken(t *testing.T) {
	t.Parallel()
	needRedis(t)
	server := discordtest.New(t)
	path := discordSettings(t, server)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	taken := strings.TrimPrefix(server.URL, "http://")
	taken, _, _ = strings.Cut(taken, "/")
	if err := os.WriteFile(path, append(text, "private: {listen: \""+taken+"\"}\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs, code := program(t, "", "-c", filepath.Clean(path), "serve")
	if code != 1 || !strings.Contains(errs, "listen at "+taken) {
		t.Errorf("serve = exit %d, %q; want exit 1 and the taken address", code, errs)
	}
}

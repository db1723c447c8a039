package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/redis"
	"interlab/adapters/web"
	"interlab/configs"
)

// listening are settings whose two addresses are held by a server.
func listening(t *testing.T, handler http.Handler) configs.Settings {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	var s configs.Settings
	s.Private.Listen = strings.TrimPrefix(server.URL, "http://")
	s.Web.Listen, s.Web.Address = s.Private.Listen, server.URL
	return s
}

func TestCheckTellsWhoHoldsAnAddress(t *testing.T) {
	t.Parallel()
	store, err := redis.InProcess(t.Context(), "interlab")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	app, err := newApp(configs.Settings{}, store, clock{}, among(nil), strings.NewReader(strings.Repeat("chance", 1000)), zerolog.Nop(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var s configs.Settings
	s.Web.Address = "http://localhost"
	pages, err := newPages(s, app, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	figures := web.Private{Meter: web.NewMeter("1"), Census: app.Census, Writable: store.Writable, Links: func() []web.Link { return nil }, Envelopes: func() map[string]map[string]int64 { return nil }}
	ours := listening(t, pages.handler)
	ours.Private = listening(t, figures.Handler()).Private
	for _, f := range probeListeners(t.Context(), ours) {
		if f.Grade != cli.OK || !strings.Contains(f.Found, "held by a bot of Interlab") || f.Advice != "" {
			t.Errorf("held by our own bot: %+v, want ok", f)
		}
	}
	for _, f := range probeListeners(t.Context(), listening(t, http.NotFoundHandler())) {
		if f.Grade != cli.Warning || !strings.Contains(f.Found, "another program") || f.Advice == "" {
			t.Errorf("held by a stranger: %+v, want a warning", f)
		}
	}
}

func TestCheckTellsWhetherAnAddressCanBeListenedAt(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]cli.Grade{
		"127.0.0.1:0":     cli.OK,
		":0":              cli.OK,
		"192.0.2.1:9464":  cli.Failure, // for documentation: no machine's
		"127.0.0.1:99999": cli.Failure,
	} {
		var s configs.Settings
		s.Private.Listen = address
		got := probeListeners(t.Context(), s)
		if len(got) != 1 || got[0].Grade != want || got[0].What != "private.listen" || (got[0].Advice == "") != (want == cli.OK) {
			t.Errorf("probeListeners(%s) = %+v, want %s", address, got, want)
		}
	}
	if got := probeListeners(t.Context(), configs.Settings{}); got != nil {
		t.Errorf("probeListeners of nothing to listen at = %+v", got)
	}
}

func TestAnAddressForAllIsReachedOnThisMachine(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		":9464": "localhost:9464", "0.0.0.0:1": "localhost:1", "[::]:1": "localhost:1", "10.0.0.5:1": "10.0.0.5:1", "[::1]:1": "[::1]:1",
	} {
		if got := reached(address); got != want {
			t.Errorf("reached(%s) = %s, want %s", address, got, want)
		}
	}
}

package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"interlab/bot"
)

// Private is what the private listener shows of.
type Private struct {
	Meter *Meter
	// Census counts what is kept, in one round trip.
	Census func(context.Context) (bot.Census, error)
	// Writable writes to the store and reads it back.
	Writable func(context.Context) error
	// Links are the connections to the platforms, as they are now.
	Links func() []Link
	// Envelopes counts, by platform and outcome, what came from the platforms
	// since the start.
	Envelopes func() map[string]map[string]int64
}

// Link is a connection to a platform, or several of one kind.
type Link struct {
	Platform string
	Name     string // of the workspace or the part of the servers
	Open     int    // connections that are open
	Stopped  string // why it has ended for good; empty while it is kept up
}

// probeLimit is how long a probe waits for the store: less than a prober does.
const probeLimit = 3 * time.Second

// Handler serves /livez, /readyz and /metrics, and nothing else.
//
// /livez is 200 while the process answers. /readyz is 200 when the store takes
// what is written to it and no platform has stopped for good, else 503; its
// text has a line for each reason. /metrics is for Prometheus.
func (p Private) Handler() http.Handler {
	p.Meter.registry.MustRegister(&state{private: p})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", p.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(p.Meter.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 2, Timeout: 2 * probeLimit}))
	return mux
}

func (p Private) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), probeLimit)
	defer cancel()
	var faults []string
	if err := p.Writable(ctx); err != nil {
		faults = append(faults, "the store does not take what is written to it: look at the log of the Redis server")
	}
	for _, l := range p.Links() {
		if l.Stopped != "" {
			faults = append(faults, fmt.Sprintf("%s %s has stopped: %s", l.Platform, l.Name, l.Stopped))
		}
	}
	if len(faults) > 0 {
		plain(w, http.StatusServiceUnavailable, strings.Join(faults, "\n"))
		return
	}
	plain(w, http.StatusOK, "ok")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, text)
}

package web_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/adapters/web"
	"interlab/bot"
)

// house is a bot as the private listener sees it.
type house struct {
	meter    *web.Meter
	census   error
	writable error
	links    []web.Link
	asked    int
}

func (h *house) handler() http.Handler {
	h.meter = web.NewMeter("1.2.3")
	return web.Private{
		Meter: h.meter,
		Census: func(context.Context) (bot.Census, error) {
			h.asked++
			return bot.Census{Kept: map[bot.Kind]int64{bot.KindPerson: 7}, Due: 1, Later: 2, Held: 3, Buried: 4}, h.census
		},
		Writable: func(context.Context) error { return h.writable },
		Links:    func() []web.Link { return h.links },
		Envelopes: func() map[string]map[string]int64 {
			return map[string]map[string]int64{"slack": {"taken": 5, "unreadable": 1}}
		},
	}.Handler()
}

// get asks a handler for a path.
func get(t *testing.T, h http.Handler, method, path string) (status int, body string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody))
	data, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(data)
}

func TestReadyOnlyWhileTheStoreTakesWritesAndEveryPlatformRuns(t *testing.T) {
	t.Parallel()
	open := []web.Link{{Platform: "slack", Name: "curie", Open: 2}}
	for _, c := range []struct {
		what   string
		house  house
		status int
		says   string
	}{
		{"all is well", house{links: open}, http.StatusOK, "ok\n"},
		{"a lost connection is kept up", house{links: []web.Link{{Platform: "slack", Name: "curie"}}}, http.StatusOK, "ok\n"},
		{
			"the store is full",
			house{links: open, writable: errors.New("OOM redis://user:secret@host")},
			http.StatusServiceUnavailable,
			"the store does not take what is written to it: look at the log of the Redis server\n",
		},
		{
			"a token was revoked",
			house{links: []web.Link{{Platform: "slack", Name: "curie", Stopped: "the token was revoked"}}},
			http.StatusServiceUnavailable,
			"slack curie has stopped: the token was revoked\n",
		},
	} {
		if status, body := get(t, c.house.handler(), http.MethodGet, "/readyz"); status != c.status || body != c.says {
			t.Errorf("%s: GET /readyz = %d, %q; want %d, %q", c.what, status, body, c.status, c.says)
		}
	}
}

func TestAliveWithoutAskingTheStore(t *testing.T) {
	t.Parallel()
	h := house{writable: errors.New("down"), census: errors.New("down")}
	if status, body := get(t, h.handler(), http.MethodGet, "/livez"); status != http.StatusOK || body != "ok\n" || h.asked != 0 {
		t.Errorf("GET /livez = %d, %q after %d questions to the store; want 200, ok, none", status, body, h.asked)
	}
}

func TestFiguresOfWhatWasHeardAndOfWhatIsKept(t *testing.T) {
	t.Parallel()
	h := house{links: []web.Link{{Platform: "slack", Name: "curie", Open: 2}, {Platform: "discord", Name: "gateway", Stopped: "for good"}}}
	handler := h.handler()
	h.meter.Accepted(true, 3*time.Millisecond)
	h.meter.Handled("slack", "match.find", bot.OutcomeDone, 20*time.Millisecond)
	h.meter.Worked(bot.KindDelivery, "send", bot.OutcomeDone, 90*time.Second)
	h.meter.Delivered(bot.Promised, bot.Sent)
	h.meter.Changed("match.yes")
	h.meter.Called("commit", time.Millisecond, nil)
	h.meter.Called("commit", time.Second, errors.New("down"))
	status, body := get(t, handler, http.MethodGet, "/metrics")
	if status != http.StatusOK || h.asked != 1 {
		t.Errorf("GET /metrics = %d after %d questions to the store; want 200 and one", status, h.asked)
	}
	for _, want := range []string{
		`interlab_build_info{version="1.2.3"} 1`,
		`interlab_events_accepted_total{saved="yes"} 1`,
		`interlab_event_accept_seconds_bucket{le="0.005"} 1`,
		`interlab_events_handled_total{outcome="done",platform="slack",route="match.find"} 1`,
		`interlab_event_handle_seconds_count 1`,
		`interlab_jobs_total{kind="delivery",outcome="done",work="send"} 1`,
		`interlab_job_late_seconds_sum 90`,
		`interlab_deliveries_total{class="promised",outcome="sent"} 1`,
		`interlab_changes_total{verb="match.yes"} 1`,
		`interlab_store_calls_total{call="commit",outcome="failed"} 1`,
		`interlab_store_call_seconds_count{call="commit"} 2`,
		`interlab_documents{kind="person"} 7`,
		`interlab_jobs{state="buried"} 4`,
		`interlab_sockets{name="curie",platform="slack"} 2`,
		`interlab_platform_stopped{name="gateway",platform="discord"} 1`,
		`interlab_envelopes_total{outcome="unreadable",platform="slack"} 1`,
		`interlab_store_up 1`,
		`go_goroutines`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("GET /metrics lacks %s:\n%s", want, body)
		}
	}
}

// Every figure stands in the README with what it counts, and nothing else does.
func TestTheReadmeSaysWhatEveryFigureCounts(t *testing.T) {
	t.Parallel()
	h := house{links: []web.Link{{Platform: "slack", Name: "curie"}}}
	handler := h.handler()
	h.meter.Handled("slack", "help", bot.OutcomeDone, 0)
	h.meter.Worked(bot.KindDelivery, "send", bot.OutcomeDone, 0)
	h.meter.Delivered(bot.Promised, bot.Sent)
	h.meter.Changed("match.yes")
	h.meter.Called("commit", 0, nil)
	_, body := get(t, handler, http.MethodGet, "/metrics")
	shown := map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^# TYPE interlab_(\w+) `).FindAllStringSubmatch(body, -1) {
		shown[line[1]] = true
	}
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| figure (`interlab_` before it) | counts |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	told := map[string]bool{}
	for row := range strings.Lines(table) {
		names, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " | ")
		for _, name := range regexp.MustCompile("`(\\w+)`").FindAllStringSubmatch(names, -1) {
			told[name[1]] = true
		}
	}
	if diff := cmp.Diff(told, shown); diff != "" {
		t.Errorf("figures of README.md and of /metrics differ (-README +metrics):\n%s", diff)
	}
}

func TestWhatTheStoreDoesNotSayIsLeftOutAndNotNothing(t *testing.T) {
	t.Parallel()
	h := house{census: errors.New("down")}
	_, body := get(t, h.handler(), http.MethodGet, "/metrics")
	if !strings.Contains(body, "interlab_store_up 0") || strings.Contains(body, "interlab_documents{") || strings.Contains(body, "interlab_jobs{") {
		t.Errorf("GET /metrics without a store says:\n%s\nwant store_up 0 and no counts", body)
	}
}

func TestNothingElseIsServed(t *testing.T) {
	t.Parallel()
	h := house{}
	handler := h.handler()
	for path, want := range map[string]int{"/": http.StatusNotFound, "/debug/pprof/": http.StatusNotFound, "/metrics/x": http.StatusNotFound} {
		if status, _ := get(t, handler, http.MethodGet, path); status != want {
			t.Errorf("GET %s = %d, want %d", path, status, want)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodTrace, http.MethodDelete} {
		if status, _ := get(t, handler, method, "/readyz"); status != http.StatusMethodNotAllowed {
			t.Errorf("%s /readyz = %d, want %d", method, status, http.StatusMethodNotAllowed)
		}
	}
}

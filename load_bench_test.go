package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"net"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// waitingJobs is how much work waits for its time in the store meanwhile.
const waitingJobs = 100_000

// BenchmarkLoad is a thousand people talking 200 times a second together, each of
// them seldom enough for the pace of a channel and the limits of changes, with
// 100,000 pieces of work waiting; each round is a second, so -benchtime 60x is a
// minute. Beside the bot's figures stands what redis-benchmark gets from the same
// server afterwards: how much slower than a bare SET by 50 clients an
// acknowledgement is.
func BenchmarkLoad(b *testing.B) {
	c := newCrowd(b, 1000)
	c.wait(b, waitingJobs)
	h := &handling{App: c.bot.App}
	c.bot.handle = h.Handle
	const rate = 200
	before := c.store.RoundTrips()
	var took []time.Duration
	for b.Loop() {
		took = append(took, c.talk(b, rate)...)
	}
	trips := c.store.RoundTrips() - before
	report := func(times []time.Duration, what string) (p50 float64) {
		slices.Sort(times)
		p50 = float64(times[len(times)/2].Microseconds()) / 1000
		b.ReportMetric(p50, what+"-p50-ms")
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, what+"-p99-ms")
		return p50
	}
	acked := report(took, "ack")
	report(h.all(), "handle")
	b.ReportMetric(float64(trips)/float64(len(took)), "trips/event")
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(memory.Sys)/(1<<20), "process-MB")
	tally, err := c.store.Tally(b.Context(), time.Now())
	if err != nil || tally.Later < waitingJobs {
		b.Fatalf("Tally() = %+v, %v; want %d pieces of work to wait", tally, err, waitingJobs)
	}
	set := c.bare(b)
	b.ReportMetric(set, "set-p50-ms")
	b.ReportMetric(acked/set, "ack/set")
}

// handling is the bot, and how long it took over each event.
type handling struct {
	*bot.App
	mu   sync.Mutex
	took []time.Duration
}

// Handle handles an event and notes how long that took.
func (h *handling) Handle(ctx context.Context, t chat.Ticket) error {
	began := time.Now()
	err := h.App.Handle(ctx, t)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.took = append(h.took, time.Since(began))
	return err
}

func (h *handling) all() []time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.took)
}

// wait puts work into the store that is due in a year.
func (c *crowd) wait(t testing.TB, jobs int) {
	t.Helper()
	const page = 200
	for first := 0; first < jobs; first += page {
		var commit bot.Commit
		for i := range page {
			commit.Writes = append(commit.Writes, bot.Write{
				Ref: bot.Ref{Kind: bot.KindLab, ID: fmt.Sprint("waits", first+i)}, Data: []byte(`{"s":1,"d":{"name":"x"}}`),
				Due: []bot.Work{{Name: "wait", At: time.Now().AddDate(1, 0, 0)}},
			})
		}
		if err := c.store.Commit(t.Context(), commit); err != nil {
			t.Fatal(err)
		}
	}
}

// bare is the median, in milliseconds, of a SET by redis-benchmark with 50 clients
// on the same server.
func (c *crowd) bare(t testing.TB) float64 {
	t.Helper()
	_, port, err := net.SplitHostPort(c.address)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("redis-benchmark", "-p", port, "-t", "set", "-n", "20000", "-c", "50", "-d", "300", "--csv").Output()
	if err != nil {
		t.Skipf("redis-benchmark: %v", err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("redis-benchmark printed %v, %q", err, out)
	}
	median, err := strconv.ParseFloat(rows[1][slices.Index(rows[0], "p50_latency_ms")], 64)
	if err != nil {
		t.Fatalf("redis-benchmark printed %q", out)
	}
	return median
}

package bot_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// topics are what the people of benchmarks share and seek.
var topics = []string{"graph neural networks", "protein folding", "sparse autoencoders", "seismology", "causal inference", "tensor networks", "cryo-electron microscopy"}

// crowd is how many people there are in a benchmark, in a hundred labs.
const crowd = 1000

// backends are the stores of benchmarks: one in this process, and a real server.
func backends(b *testing.B, run func(b *testing.B, w *world)) {
	b.Helper()
	b.Run("in-process", func(b *testing.B) { run(b, crowded(b, newWorld(b))) })
	onServer(b, run)
}

// onServer runs a benchmark on a real server. Without one it is skipped, and
// fails where everything must run.
func onServer(b *testing.B, run func(b *testing.B, w *world)) {
	b.Helper()
	b.Run("server", func(b *testing.B) {
		run(b, crowded(b, newWorldOn(b, serverIn(b, b.TempDir(), "bench"))))
	})
}

// crowded fills a network, and lets the replica read it once.
func crowded(b *testing.B, w *world) *world {
	b.Helper()
	people := make([]bot.Newcomer, 0, crowd)
	for n := range crowd {
		who := member(n)
		people = append(people, bot.Newcomer{
			Name: fmt.Sprintf("Person %d", n), Account: who, Home: home(who), Lab: fmt.Sprintf("Lab %d", n%100),
			Values: map[string]string{
				"shares": fmt.Sprintf("%s, method %d", topics[n%len(topics)], n), "seeks": topics[(n+3)%len(topics)],
				"zone": "Europe/Paris", "contact": "p@lab.example", "show": "name",
			},
		})
	}
	if _, err := w.app.Populate(b.Context(), people); err != nil {
		b.Fatal(err)
	}
	w.handles(w.event(member(0), chat.Line{Text: "match find protein folding"}))
	return w
}

func member(n int) chat.Account {
	return chat.Account{Platform: "slack", Team: fmt.Sprint("t", n%100), User: fmt.Sprint("u", n)}
}

// accept saves an event and fails the benchmark where that fails.
func (w *world) accept(e chat.Event) chat.Ticket {
	w.t.Helper()
	ticket, err := w.app.Accept(w.t.Context(), e)
	if err != nil {
		w.t.Fatal(err)
	}
	return ticket
}

// BenchmarkAccept is what stands between an event and its acknowledgement.
func BenchmarkAccept(b *testing.B) {
	backends(b, func(b *testing.B, w *world) {
		b.Helper()
		n := 0
		for b.Loop() {
			n++
			w.accept(w.event(member(n%crowd), chat.Line{Text: "match find graph neural networks"}))
		}
	})
}

// BenchmarkFind is an event from its acceptance to its settled answer.
func BenchmarkFind(b *testing.B) {
	backends(b, func(b *testing.B, w *world) {
		b.Helper()
		n := 0
		for b.Loop() {
			n++
			w.handles(w.event(member(n%crowd), chat.Line{Text: "match find graph neural networks"}))
		}
	})
}

// BenchmarkAsk is a press of "Ask"; the search before it is not measured.
func BenchmarkAsk(b *testing.B) {
	backends(b, func(b *testing.B, w *world) {
		b.Helper()
		n := 0
		for b.Loop() {
			b.StopTimer()
			n++
			who := member(n % crowd)
			w.handles(w.event(who, chat.Line{Text: "match find " + topics[n%len(topics)]}))
			press := chat.Press{Ref: w.button(who, "Ask")}
			b.StartTimer()
			w.handles(w.event(who, press))
		}
	})
}

// BenchmarkAcceptAtTwoHundredASecond tells how long acknowledgements take, at
// the 99th percentile, where 200 events a second come in and are handled.
func BenchmarkAcceptAtTwoHundredASecond(b *testing.B) {
	onServer(b, func(b *testing.B, w *world) {
		b.Helper()
		var (
			mu    sync.Mutex
			took  []time.Duration
			group sync.WaitGroup
		)
		tick := time.NewTicker(time.Second / 200)
		defer tick.Stop()
		n := 0
		for b.Loop() {
			<-tick.C
			n++
			e := w.event(member((n*7)%crowd), chat.Line{Text: "match find graph neural networks"})
			group.Go(func() {
				begun := time.Now()
				ticket, err := w.app.Accept(b.Context(), e)
				d := time.Since(begun)
				if err != nil {
					b.Error(err)
					return
				}
				mu.Lock()
				took = append(took, d)
				mu.Unlock()
				if err := w.app.Handle(b.Context(), ticket); err != nil {
					b.Error(err)
				}
			})
		}
		group.Wait()
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	})
}

package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/adapters/web"
	"interlab/bot"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// maxPage is how many bytes a page may have before it is compressed.
const maxPage = 60 << 10

// many is a programme of n talks, ahead and behind, of 40 labs and 200 topics.
func many(n int) bot.Programme {
	var p bot.Programme
	for i := range n {
		p.Talks = append(p.Talks, bot.StagedTalk{
			ID: fmt.Sprintf("talk-%05d", i), Title: fmt.Sprintf("A talk on what number %d of our experiments has shown", i), Speaker: "Ana Ruiz and Bo Larsen",
			Lab: fmt.Sprintf("Lab of number %d", i%40), Topics: []string{fmt.Sprintf("topic %d", i%200), fmt.Sprintf("method %d", i%90)}, InDays: i%480 - 80,
			At: "15:00", Zone: calendar.UTC(), Minutes: 60, Where: "https://meet.example/x", Abstract: "What we did, how it went, what we would do otherwise, and what we would like to learn from others who have tried the same with other means.",
		})
	}
	return p
}

// busy is the same with n exchanges of two goals each, between labs of which most
// are named.
func busy(p bot.Programme, n int) bot.Programme {
	for i := range 30 {
		p.Shown = append(p.Shown, fmt.Sprintf("Lab of number %d", i))
	}
	for i := range n {
		from, to := i%40, (i+1+i%7)%40
		x := bot.StagedExchange{
			ID: fmt.Sprintf("exchange-%04d", i), Visitor: fmt.Sprint("Visitor ", i%300), VisitorLab: fmt.Sprintf("Lab of number %d", from),
			Host: fmt.Sprint("Host ", i%200), HostLab: fmt.Sprintf("Lab of number %d", to), Met: i % 40, Began: 30 + i%1400, Days: 30,
		}
		for _, giver := range []string{"host", "visitor"} {
			x.Goals = append(x.Goals, bot.StagedGoal{Giver: giver, Text: "To do it alone", Due: 20, Claimed: 10 + i%20, State: exchange.GoalVerified, Kept: []string{exchange.Unaided}})
		}
		p.Exchanges = append(p.Exchanges, x)
	}
	return p
}

// crowdless is a site that does not bound who asks: every hundred requests say that
// they come from elsewhere.
func crowdless(t testing.TB, n *network) (ask func(path string) *httptest.ResponseRecorder) {
	t.Helper()
	site := web.Public{
		Window: n.app.Window(), Zones: calendar.Pinned(), Name: "Example Network", Address: "https://talks.example", Log: zerolog.Nop(),
		Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
	}.Handler()
	asked := 0
	return func(path string) *httptest.ResponseRecorder {
		asked++
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", asked/100>>16&255, asked/100>>8&255, asked/100&255))
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w
	}
}

func TestPagesStaySmallHoweverManyTalksThereAre(t *testing.T) {
	t.Parallel()
	ask := crowdless(t, stand(t, busy(many(1500), 60)))
	for _, path := range []string{"/", "/?page=20", "/archive", "/topic/topic%201", "/talk/talk-00100", "/residencies", "/board", "/board?period=2026", "/board/flow.svg"} {
		if w := ask(path); w.Code != http.StatusOK || w.Body.Len() > maxPage {
			t.Errorf("GET %s = %d with %d bytes, want at most %d", path, w.Code, w.Body.Len(), maxPage)
		}
	}
}

// BenchmarkPages tells how long pages of 10,000 talks take, beside a server of
// files that gives the same bytes. On two cores a talk takes 0.3 ms and a list or an
// archive 2.1 to 3.5 ms, 12 to 71 times as long as the file, which is not made anew;
// a feed takes 0.03 to 3.4 ms, about half as long as the file.
func BenchmarkPages(b *testing.B) {
	store, err := redis.Embed(b.Context(), redis.EmbedOptions{Dir: b.TempDir(), Network: "test"})
	if errors.Is(err, redis.ErrNoServer) {
		b.Skip("redis-server is not installed, and the store in this process is slow with so many")
	}
	if err != nil {
		b.Fatal(err)
	}
	ask := crowdless(b, standOn(b, store, busy(many(10_000), 500), "https://talks.example"))
	folder := b.TempDir()
	for name, path := range map[string]string{
		"list": "/", "words": "/?q=number+99", "topic": "/topic/topic%201", "talk": "/talk/talk-00100", "archive": "/archive?page=7", "ics": "/topic/topic%201.ics", "all.ics": "/feed.ics", "all.atom": "/feed.atom",
		"board": "/board", "year": "/board?period=2026",
	} {
		w := ask(path)
		if w.Code != http.StatusOK {
			b.Fatalf("GET %s = %d", path, w.Code)
		}
		if err := os.WriteFile(filepath.Join(folder, name), w.Body.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
		files := http.FileServer(http.Dir(folder))
		b.Run(name, func(b *testing.B) {
			var page, file time.Duration
			for b.Loop() {
				began := time.Now()
				ask(path)
				between := time.Now()
				files.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/"+name, http.NoBody))
				page += between.Sub(began)
				file += time.Since(between)
			}
			b.ReportMetric(page.Seconds()*1000/float64(b.N), "ms/page")
			b.ReportMetric(page.Seconds()/file.Seconds(), "x-file-server")
			b.ReportMetric(float64(w.Body.Len())/1024, "kB")
			b.ReportMetric(0, "ns/op")
		})
	}
}

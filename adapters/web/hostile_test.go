package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"interlab/adapters/web"
	"interlab/bot"
	"interlab/calendar"
)

// Whatever is asked for, the answer is a plain page of ours, with the headers that
// keep browsers safe, and nothing that was asked for stands in it as markup.
func TestOddQuestionsGetPlainPages(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	for _, c := range []struct {
		method, target string
		want           int
	}{
		{"GET", "/../../etc/passwd", 404},
		{"GET", "/talk/../u/x.ics", 404},
		{"GET", "/talk/..%2f..%2fetc", 404},
		{"GET", "/talk/%2e%2e", 404},
		{"GET", "//example.org", 404},
		{"GET", "/talk//x", 404},
		{"GET", "/talk/", 404},
		{"GET", "/talk/none", 404},
		{"GET", "/lab/none", 404},
		{"GET", "/lab/none/embed", 404},
		{"GET", "/series/none", 404},
		{"GET", "/topic/", 404},
		{"GET", "/topic/%00", 404},
		{"GET", "/u/none.ics", 404},
		{"GET", "/u/", 404},
		{"GET", "/metrics", 404},
		{"GET", "/.env", 404},
		{"GET", "/talk/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404},
		{"GET", "/topic/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 200},
		{"GET", "/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", 200},
		{"GET", "/?topic=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", 200},
		{"GET", "/?zone=../../etc", 200},
		{"GET", "/?zone=%3Cscript%3Ealert(1)%3C%2Fscript%3E", 200},
		{"GET", "/?from=9999-99-99", 200},
		{"GET", "/?from=%3Cscript%3Ealert(1)%3C%2Fscript%3E", 200},
		{"GET", "/?from=9999-12-31&zone=Pacific/Kiritimati", 200},
		{"GET", "/?from=0001-01-01", 200},
		{"GET", "/?page=-1", 200},
		{"GET", "/?page=99999999999999999999", 200},
		{"GET", "/?when=never", 200},
		{"GET", "/?%zz", 200},
		{"GET", "/?a;b", 200},
		{"GET", "/?q=" + strings.Repeat("a", 1900), 200},
		{"GET", "/?q=" + strings.Repeat("a", 1<<20), 414},
		{"HEAD", "/", 200},
		{"HEAD", "/none", 404},
		{"HEAD", "/feed.ics", 200},
		{"HEAD", "/feed.json", 200},
		{"HEAD", "/u/none.ics", 404},
		{"POST", "/feed.ics", 405},
		{"TRACE", "/feed.ics", 405},
		{"POST", "/u/none.ics", 405},
		{"TRACE", "/u/none.ics", 405},
		{"DELETE", "/u/none.ics", 405},
		{"POST", "/", 405},
		{"POST", "/none", 405},
		{"PUT", "/talk/sample-sparse", 405},
		{"DELETE", "/feed.ics", 405},
		{"TRACE", "/", 405},
		{"OPTIONS", "/", 405},
		{"BREW", "/", 405},
	} {
		r := n.answer(t, c.method, c.target)
		body := read(t, r)
		what := c.method + " " + c.target[:min(len(c.target), 60)]
		if r.StatusCode != c.want {
			t.Errorf("%s = %d, want %d", what, r.StatusCode, c.want)
		}
		if strings.Contains(body, "<script>") || strings.Contains(body, "panic") || strings.Contains(body, "goroutine") || len(body) > 60<<10 {
			t.Errorf("%s answers with %d bytes: %.300s", what, len(body), body)
		}
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Strict-Transport-Security", "Cache-Control"} {
			if r.Header.Get(name) == "" {
				t.Errorf("%s has no %s", what, name)
			}
		}
		if c.want == 405 && r.Header.Get("Allow") == "" || c.method == "HEAD" && body != "" {
			t.Errorf("%s: Allow %q, body %q", what, r.Header.Get("Allow"), body)
		}
	}
	if n.log.Len() > 0 {
		t.Errorf("odd questions are logged: %s", n.log)
	}
}

func TestProblemsAreToldInThePage(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	says(t, "a day that is none", n.page(t, "/?from=9999-99-99"), `role="alert"`, "“9999-99-99” is no day of the calendar. Write one as 2026-12-31.", "What sparse codes")
	says(t, "a zone that is none", n.page(t, "/?zone=Narnia"), `role="alert"`, "Narnia")
	says(t, "what is gone", read(t, n.answer(t, http.MethodGet, "/talk/none")), "There is no such page", "-none", `<a href="/">`)
}

// hostileTalks are talks by people who try.
func hostileTalks() bot.Programme {
	return bot.Programme{Talks: []bot.StagedTalk{
		{
			ID: "bad", Title: `</script><script>alert(1)</script>"><img src=x onerror=alert(1)>`, Speaker: "<b>Ana</b> & {{.}}", Lab: "מעבדת <i>קירי</i> \u202eflip", Topics: []string{"a/b", "<u>", "x\"y", "100%"},
			InDays: 1, At: "10:00", Zone: calendar.UTC(), Minutes: 60, Where: `javascript:alert(1) https://meet.example/"onmouseover="x`,
			Abstract: "<svg onload=alert(1)> see javascript:alert(2) and https://ok.example/a?b=c&d=e.\n\nSecond <p>", Made: map[string]string{"slides": "javascript:alert(1)"},
		},
		{ID: "long", Title: strings.Repeat("Antidisestablishmentarianism", 12), Speaker: "日本語 \u0007 العربية", Lab: "Lab", InDays: 2, At: "10:00", Zone: calendar.UTC(), Minutes: 60},
	}}
}

func TestWhatPeopleTypedIsNeverMarkup(t *testing.T) {
	t.Parallel()
	n := stand(t, hostileTalks())
	lab := n.lab(t, "מ")
	for _, target := range []string{"/", "/talk/bad", "/talk/long", "/lab/" + lab, "/lab/" + lab + "/embed", "/topic/a%2Fb", "/topic/%3Cu%3E", "/?topic=x%22y", "/feed.atom", "/topic/100%25"} {
		text := n.page(t, target)
		says(t, target, text, "-<script>", "-<img src=x", "-<svg onload", "-<b>Ana", "-<i>", "-<u>", `-href="javascript:`, `-" onmouseover`, `-"onmouseover="`)
	}
	says(t, "the talk", n.page(t, "/talk/bad"), `<a href="https://ok.example/a?b=c&amp;d=e"`, "<bdi>", "-What came of it", `\u003c/script\u003e`)
	for _, target := range []string{"/talk/bad.png", "/talk/long.png", "/talk/long.ics", "/feed.json"} {
		if r := n.answer(t, http.MethodGet, target); r.StatusCode != http.StatusOK {
			t.Errorf("GET %s = %d", target, r.StatusCode)
		}
	}
}

// broken is a window that fails in every way.
type broken struct{ hands }

func (*broken) View(context.Context) (*bot.View, error) { panic("words of the house") }

func TestAPageThatFailsTakesNobodyAlong(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	site := web.Public{Window: &broken{}, Zones: calendar.Pinned(), Name: "N", Address: "http://localhost", Log: zerolog.New(&log)}.Handler()
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String()+log.String(), "words of") || !strings.Contains(log.String(), "panic: string") {
		t.Errorf("a panic = %d, %s; log %s", w.Code, w.Body, &log)
	}
	n := sampled(t)
	n.site = web.Public{
		Window: n.app.Window(), Personal: func(context.Context, string) (calendar.Feed, error) { return calendar.Feed{}, errors.New("down") },
		Zones: calendar.Pinned(), Name: "N", Address: "http://localhost", Log: zerolog.New(&log),
	}.Handler()
	if r := n.answer(t, http.MethodGet, "/u/key.ics"); r.StatusCode != http.StatusServiceUnavailable || strings.Contains(log.String(), "key.ics") {
		t.Errorf("a calendar of a lost store = %d; log %s", r.StatusCode, &log)
	}
}

func TestWhoAsksTooMuchWaits(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	n.site = web.Public{Window: n.app.Window(), Zones: calendar.Pinned(), Name: "N", Address: "http://localhost", Log: zerolog.Nop(), Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}.Handler()
	ask := func(headers ...string) int { return n.answer(t, http.MethodGet, "/robots.txt", headers...).StatusCode }
	refused := 0
	for range 700 {
		if ask("X-Forwarded-For", "203.0.113.7") == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused < 90 || refused > 100 {
		t.Errorf("of 700 requests %d were refused, want about 100", refused)
	}
	for _, other := range []string{"203.0.113.8", "198.51.100.1, 203.0.113.9", "203.0.113.7, 203.0.113.10", "2001:db8::1", "nonsense", ""} {
		if got := ask("X-Forwarded-For", other); got != http.StatusOK {
			t.Errorf("a request for %q = %d, want 200", other, got)
		}
	}
	if got := ask("X-Forwarded-For", "1.2.3.4, 203.0.113.7"); got != http.StatusTooManyRequests {
		t.Errorf("who writes another address in front of its own = %d, want 429", got)
	}
}

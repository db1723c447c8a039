package desk_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

const secret = "xoxb-secret"

// answering is a server that gives one answer to everything.
func answering(t *testing.T, status int, header map[string]string, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func get(t *testing.T, c *desk.Client, address string) (string, error) {
	t.Helper()
	defer c.CloseIdleConnections()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := c.Do(r)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return fmt.Sprint(response.StatusCode, " ", string(text)), err
}

// What a library could not read, or would repeat, never reaches it.
func TestAnswersThatLibrariesDoNotTakeWellAreErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		status       int
		media, wait  string
		want, failed string
	}{
		{"an answer", 200, "application/json", "", "200 " + secret, "<nil>"},
		{"a refusal", 404, "application/json", "", "404 " + secret, "<nil>"},
		{"a pause that can be read", 429, "application/json", "7", "429 " + secret, "<nil>"},
		{"a pause on a page", 429, "text/html", "7", "", "asked to wait 7s"},
		{"a pause of words", 429, "application/json", "abc", "", "asked to wait 30s"},
		{"a pause of a fraction", 429, "application/json", "1.5", "", "asked to wait 1.5s"},
		{"a pause of nothing", 429, "text/html", "0", "", "asked to wait 100ms"},
		{"a pause before now", 429, "text/html", "-7", "", "asked to wait 100ms"},
		{"a pause that is no number", 429, "text/html", "NaN", "", "asked to wait 100ms"},
		{"a pause that names none", 429, "", "", "", "asked to wait 30s"},
		{"a pause of 31 years", 429, "text/html", "1000000000", "", "asked to wait 1h0m0s"},
		{"an error of the server", 503, "text/html", "", "", "the server answered 503"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := answering(t, c.status, map[string]string{"Content-Type": c.media, "Retry-After": c.wait}, secret)
			got, err := get(t, desk.NewClient(time.Minute, nil), at+"/"+secret)
			if failed := fmt.Sprint(desk.Failure(err)); got != c.want || failed != c.failed {
				t.Errorf("%q, %s; want %q, %s", got, failed, c.want, c.failed)
			}
		})
	}
}

func TestNoLimitIsBelievedForLongerThanAnHour(t *testing.T) {
	t.Parallel()
	for after, want := range map[string]string{
		"": "", "0": "0", "1.25": "1.25", "3600": "3600", "1000000000": "3600", "1e400": "", "1e30": "3600", "NaN": "", "-5": "", "abc": "",
	} {
		at := answering(t, 200, map[string]string{"X-RateLimit-Reset-After": after, "X-RateLimit-Reset": "4000000000", "X-RateLimit-Remaining": "0"}, "")
		c := desk.NewClient(time.Minute, nil)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		response, err := c.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		c.CloseIdleConnections()
		if got := response.Header.Get("X-RateLimit-Reset-After"); got != want || response.Header.Get("X-RateLimit-Reset") != "" {
			t.Errorf("a limit of %q is believed for %q, until %q; want %q", after, got, response.Header.Get("X-RateLimit-Reset"), want)
		}
	}
}

func TestRequestsAreLedElsewhereAndAnswersAreBounded(t *testing.T) {
	t.Parallel()
	at := answering(t, 200, nil, strings.Repeat("x", 9<<20))
	base, err := url.Parse(at + "/api")
	if err != nil {
		t.Fatal(err)
	}
	text, err := get(t, desk.NewClient(time.Minute, func(to *url.URL) *url.URL { return base.JoinPath(to.Path) }), "http://platform.invalid/x")
	if want := 8<<20 + len("200 "); err != nil || len(text) != want {
		t.Errorf("read %d bytes, %v; want %d, beginning %.40q", len(text), err, want, text)
	}
}

func TestAClientKnowsTheDateOfTheLastAnswer(t *testing.T) {
	t.Parallel()
	const date = "Tue, 01 Dec 2026 09:00:59 GMT"
	for _, status := range []int{200, 503} {
		c := desk.NewClient(time.Minute, nil)
		if got := c.Date(); got != "" {
			t.Errorf("Date() before any answer = %q, want none", got)
		}
		_, _ = get(t, c, answering(t, status, map[string]string{"Date": date}, "x"))
		if got := c.Date(); got != date {
			t.Errorf("Date() after an answer %d = %q, want %q", status, got, date)
		}
	}
}

func TestFailuresHoldNoSecret(t *testing.T) {
	t.Parallel()
	unsent := func(cause string) error {
		return fmt.Errorf("x: %w", &url.Error{Op: "Post", URL: "https://hooks.example/" + secret, Err: errors.New(cause)})
	}
	for want, err := range map[string]error{
		"not reached: connection refused":              unsent("connection refused"),
		"the request failed":                           unsent("no answer from /" + secret),
		"the answer is not understood":                 errors.New(secret),
		"no answer in time: context deadline exceeded": fmt.Errorf("%s: %w", secret, context.DeadlineExceeded),
		"given up: context canceled":                   fmt.Errorf("%s: %w", secret, context.Canceled),
		"asked to wait 2s":                             fmt.Errorf("%s: %w", secret, &chat.RetryAfter{Wait: 2 * time.Second}),
	} {
		if got := desk.Failure(err); got.Error() != want {
			t.Errorf("Failure(%v) = %q, want %q", err, got, want)
		}
	}
	if err := desk.Failure(nil); err != nil {
		t.Errorf("Failure(nil) = %v", err)
	}
}

// A platform that takes a request and says nothing keeps nobody past the limit.
func TestAClientWaitsNoLongerThanItsLimit(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(s.Close)
	if _, err := get(t, desk.NewClient(20*time.Millisecond, nil), s.URL); !errors.Is(desk.Failure(err), context.DeadlineExceeded) {
		t.Errorf("a request without an answer = %v, want that its time is over", err)
	}
}

package discord

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// transport leads the library's requests to another host where one is set, and
// stands between the library and answers that it does not take well: it would
// repeat some of the server's errors in full, with what people wrote in them.
type transport struct {
	base *url.URL // with the version, e.g. https://discord.com/api/v10
	next http.RoundTripper
	// date is when the last answer was made, by the server's clock.
	date atomic.Value
}

// newTransport keeps enough idle connections for a burst of interactions.
func newTransport(base *url.URL) *transport {
	return &transport{base: base, next: &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second,
		MaxIdleConns:        128,
		MaxIdleConnsPerHost: 128,
		IdleConnTimeout:     90 * time.Second,
		ForceAttemptHTTP2:   true,
	}}
}

// serverError is a failure on their side, without what they say about it.
type serverError struct{ status int }

func (e *serverError) Error() string { return fmt.Sprintf("the server answered %d", e.status) }

// RoundTrip sends one request.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if _, rest, library := strings.Cut(r.URL.Path, "/api/v9/"); library && r.URL.Host == "discord.com" {
		r.URL = t.base.JoinPath(rest) // the library's own addresses, such as the gateway's
	}
	r.Host = r.URL.Host
	response, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err //nolint:wrapcheck // the client wraps it, and rest.go takes that apart
	}
	t.date.Store(response.Header.Get("Date"))
	media := response.Header.Get("Content-Type")
	if limited := response.StatusCode == http.StatusTooManyRequests; limited && !strings.HasPrefix(media, "application/json") {
		_ = response.Body.Close()
		return nil, retryAfter(seconds(response.Header.Get("Retry-After")))
	}
	if response.StatusCode >= http.StatusInternalServerError {
		_ = response.Body.Close()
		return nil, &serverError{status: response.StatusCode}
	}
	response.Body = desk.Bounded(response.Body)
	return response, nil
}

// close gives the idle connections back.
func (t *transport) close() {
	if next, ok := t.next.(*http.Transport); ok {
		next.CloseIdleConnections()
	}
}

func seconds(text string) time.Duration {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return time.Duration(n * float64(time.Second))
}

// retryAfter is a pause of a sensible length, whatever was asked for.
func retryAfter(wait time.Duration) *chat.RetryAfter {
	return &chat.RetryAfter{Wait: min(max(wait, 100*time.Millisecond), time.Hour)}
}

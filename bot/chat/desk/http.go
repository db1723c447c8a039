package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"interlab/bot/chat"
)

// maxReply bounds what is read of an answer, in bytes: a platform's are far
// smaller, and a proxy's may have no end.
const maxReply = 8 << 20

// NewClient is a client for a platform's interface: each request takes at most
// limit, connections are enough for a burst, and answers that libraries do not
// take well never reach them, see Failure. Lead may lead a request to another
// address; nil leads none.
func NewClient(limit time.Duration, lead func(*url.URL) *url.URL) *http.Client {
	if lead == nil {
		lead = func(to *url.URL) *url.URL { return to }
	}
	return &http.Client{Timeout: limit, Transport: &gate{lead: lead, Transport: &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: dialLimit}).DialContext,
		TLSHandshakeTimeout: dialLimit,
		MaxIdleConns:        128,
		MaxIdleConnsPerHost: 128,
		IdleConnTimeout:     90 * time.Second,
		ForceAttemptHTTP2:   true,
	}}}
}

// gate stands between a library and its platform.
type gate struct {
	*http.Transport
	lead func(*url.URL) *url.URL
	date atomic.Value // a string: when the last answer was made, by the platform's clock
}

// StatusError is a failure on the platform's side, without what it says about it.
type StatusError struct{ Status int }

// Error names the status.
func (e *StatusError) Error() string { return fmt.Sprintf("the server answered %d", e.Status) }

// RoundTrip sends one request. A pause that the library could not read, and an
// error of the server, which some repeat in full, are errors here.
func (g *gate) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL = g.lead(r.URL)
	r.Host = r.URL.Host
	response, err := g.Transport.RoundTrip(r)
	if err != nil {
		return nil, err //nolint:wrapcheck // the client wraps it, and Failure takes that apart
	}
	g.date.Store(response.Header.Get("Date"))
	if err := refused(response); err != nil {
		_ = response.Body.Close()
		return nil, err
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, maxReply), response.Body}
	return response, nil
}

func refused(r *http.Response) error {
	switch {
	case r.StatusCode >= http.StatusInternalServerError:
		return &StatusError{Status: r.StatusCode}
	case r.StatusCode != http.StatusTooManyRequests:
		return nil
	}
	seconds, err := strconv.ParseFloat(r.Header.Get("Retry-After"), 64)
	if err == nil && strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return nil
	}
	return Pause(time.Duration(min(seconds, longest.Seconds()) * float64(time.Second)))
}

const (
	// unnamed is the pause where a platform names none, longest the longest that
	// is believed, and shortest one that is worth a new try.
	unnamed  = 30 * time.Second
	longest  = time.Hour
	shortest = 100 * time.Millisecond
)

// Pause is a pause of a sensible length, whatever was asked for.
func Pause(wait time.Duration) *chat.RetryAfter {
	if wait <= 0 {
		wait = unnamed
	}
	return &chat.RetryAfter{Wait: min(max(wait, shortest), longest)}
}

// Failure is an error of a request as it may be told: a *chat.RetryAfter, a
// *StatusError, the end of a context, or a sentence. It holds nothing of the
// address, which may be a secret, nor of the answer.
func Failure(err error) error {
	var pause *chat.RetryAfter
	var status *StatusError
	var unsent *url.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &pause):
		return pause
	case errors.As(err, &status):
		return status
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &unsent) && unsent.Timeout():
		return fmt.Errorf("no answer in time: %w", context.DeadlineExceeded)
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("given up: %w", context.Canceled)
	case errors.As(err, &unsent):
		return unreached(unsent)
	}
	return errors.New("the answer is not understood") // the cause may cite it
}

// unreached is why a request was not sent, unless that cites the address.
func unreached(err *url.Error) error {
	at, bad := url.Parse(err.URL)
	if bad != nil || len(at.Path) > 1 && strings.Contains(err.Err.Error(), at.Path) {
		return errors.New("the request failed")
	}
	return fmt.Errorf("not reached: %w", err.Err)
}

package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"interlab/bot/chat"
)

// NewClient makes a client: each request takes at most limit, connections are
// enough for a burst, and answers that libraries do not take well never reach
// them, see Failure. Lead may lead a request to another address; nil leads none.
func NewClient(limit time.Duration, lead func(*url.URL) *url.URL) *Client {
	if lead == nil {
		lead = func(to *url.URL) *url.URL { return to }
	}
	g := &gate{lead: lead, Transport: &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: dialLimit}).DialContext,
		TLSHandshakeTimeout: dialLimit,
		MaxIdleConns:        128,
		MaxIdleConnsPerHost: 128,
		IdleConnTimeout:     90 * time.Second,
		ForceAttemptHTTP2:   true,
	}}
	return &Client{Client: http.Client{Timeout: limit, Transport: g}, gate: g}
}

// gate stands between a library and its platform.
type gate struct {
	*http.Transport
	lead func(*url.URL) *url.URL
	date atomic.Value // the header Date of the last answer
}

// Client is a client for a platform's interface.
type Client struct {
	http.Client
	gate *gate
}

// Date is the time of the last answer by the platform's clock, as the header of
// that name has it; empty before any.
func (c *Client) Date() string {
	date, _ := c.gate.date.Load().(string)
	return date
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
	soon(response.Header)
	response.Body = bounded(response.Body)
	return response, nil
}

// maxAnswer bounds what is read of an answer, in bytes: a platform's are far
// smaller, and a proxy's may have no end.
const maxAnswer = 8 << 20

// bounded is the body of an answer, which ends after maxAnswer.
func bounded(body io.ReadCloser) io.ReadCloser {
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(body, maxAnswer), body}
}

// The headers that say when a limit is over: in so many seconds, or at a moment.
const (
	resetAfter = "X-Ratelimit-Reset-After"
	resetAt    = "X-Ratelimit-Reset"
)

// soon lets no limit last longer than the longest pause: a library that believes
// it would send nothing there for as long, and fail over what is no number. The
// moment goes, for it says the same by another clock.
func soon(h http.Header) {
	h.Del(resetAt)
	after := h.Get(resetAfter)
	if after == "" {
		return
	}
	seconds, err := strconv.ParseFloat(after, 64)
	switch {
	case err != nil, math.IsNaN(seconds), seconds < 0:
		h.Del(resetAfter)
	case seconds > longest.Seconds():
		h.Set(resetAfter, strconv.Itoa(int(longest.Seconds())))
	}
}

func refused(r *http.Response) error {
	switch {
	case r.StatusCode >= http.StatusInternalServerError:
		return &StatusError{Status: r.StatusCode}
	case r.StatusCode != http.StatusTooManyRequests:
		return nil
	}
	seconds, err := strconv.ParseFloat(r.Header.Get("Retry-After"), 64)
	switch {
	case err != nil:
		return Pause(Unnamed)
	case seconds == math.Trunc(seconds) && strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		return nil // both libraries read it, and one of them what else the answer says
	}
	return Pause(time.Duration(min(seconds, longest.Seconds()) * float64(time.Second)))
}

const (
	// Unnamed is the pause where a platform names none.
	Unnamed = 30 * time.Second
	// longest is the longest pause that is believed, and shortest one that is
	// worth a new try.
	longest  = time.Hour
	shortest = 100 * time.Millisecond
)

// Pause is a pause of a sensible length, whatever was asked for.
func Pause(wait time.Duration) *chat.RetryAfter {
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

package discordtest

import (
	"errors"
	"net/http"
	"strings"
	"time"
)

// fault refuses some of the requests to come.
type fault struct {
	path    string
	left    int
	refusal Refusal
	block   chan struct{} // holds the requests until it is closed
}

// Refuse lets the next n requests whose path contains a text be refused.
func (s *Server) Refuse(path string, n int, r Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault{path: path, left: n, refusal: r})
}

// Limit lets the next n requests whose path contains a text run into a rate limit.
func (s *Server) Limit(path string, n int, wait time.Duration) {
	s.Refuse(path, n, Refusal{Status: http.StatusTooManyRequests, Retry: wait})
}

// LimitGlobally lets the next request run into the limit over all requests.
func (s *Server) LimitGlobally(wait time.Duration) {
	s.Refuse("", 1, Refusal{Status: http.StatusTooManyRequests, Retry: wait, Global: true})
}

// Hold lets requests whose path contains a text wait until release is called.
func (s *Server) Hold(path string) (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &fault{path: path, left: 1 << 30, block: make(chan struct{})}
	s.faults = append(s.faults, f)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		f.left = 0
		close(f.block)
	}
}

// faulted is what a fault answers; the caller holds the lock.
func (s *Server) faulted(r *http.Request) error {
	for _, f := range s.faults {
		if f.left <= 0 || !strings.Contains(r.URL.Path, f.path) {
			continue
		}
		f.left--
		if f.block == nil {
			return &f.refusal
		}
		s.mu.Unlock()
		select {
		case <-f.block:
		case <-r.Context().Done():
		}
		s.mu.Lock()
		if err := r.Context().Err(); err != nil {
			return errors.Join(refuse(http.StatusBadGateway, 0, "gone"), err)
		}
	}
	return nil
}

// Package slacktest is a Slack for tests: the Web API, Socket Mode and
// response_urls on loopback, behind the real client library.
//
// The rule: it refuses what Slack refuses, and tells afterwards what it refused
// and what came too late. It decides nothing for the test: what people do, and
// which connection fails, the test says.
package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// Options are the ways in which servers differ. The zero value is a Slack that
// answers at once.
type Options struct {
	// Now is the clock of timestamps and of the life of response_urls; the
	// real one if nil. Triggers and acknowledgements go by the real one.
	Now func() time.Time
	// PingEvery is how often sockets are pinged; 100 ms if 0, never if negative.
	PingEvery time.Duration
	// PostsPerSecond is how many messages a channel takes within a second
	// before it answers 429; 0 means any number.
	PostsPerSecond int
	// Seen is called for everything that people see, in order, before the call
	// that caused it is answered.
	Seen func(Sight)
}

// Server is one Slack with any number of workspaces. It is safe for concurrent use.
type Server struct {
	options Options
	http    *httptest.Server
	log     *wireLog

	mu        sync.Mutex
	seen      sync.Mutex // one sight at a time
	teams     map[string]*team
	tokens    map[string]*team // bot and app tokens
	sockets   []*conn
	next      int // gives ids
	turn      int // of sockets
	last      time.Time
	envelopes map[string]*Delivery
	triggers  map[string]*trigger
	hooks     map[string]*hook
	views     map[string]*openView
	uploads   map[string]*File
	scripted  map[string][]Answer
	refused   []Refusal
	lateAcks  int
	opened    int // connections ever
	closed    bool
}

// Refusal is a call that was refused, as Slack would have.
type Refusal struct{ Method, Error string }

// New starts a server, and stops it when the test ends.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.PingEvery == 0 {
		o.PingEvery = 100 * time.Millisecond
	}
	s := &Server{
		options: o, log: openWireLog(t), teams: map[string]*team{}, tokens: map[string]*team{}, envelopes: map[string]*Delivery{},
		triggers: map[string]*trigger{}, hooks: map[string]*hook{}, views: map[string]*openView{}, uploads: map[string]*File{}, scripted: map[string][]Answer{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.serveAPI)
	mux.HandleFunc("/hooks/", s.serveHook)
	mux.HandleFunc("/upload/", s.serveUpload)
	mux.HandleFunc("/socket/", s.serveSocket)
	s.http = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// Close ends all connections and the server.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.DropAll()
	s.http.CloseClientConnections()
	s.http.Close()
}

// APIURL is the address to use in place of https://slack.com/api/.
func (s *Server) APIURL() string { return s.http.URL + "/api/" }

// Refused lists the calls that were refused so far.
func (s *Server) Refused() []Refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Refusal(nil), s.refused...)
}

// LateAcks is how many acknowledgements came after Slack's three seconds.
func (s *Server) LateAcks() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lateAcks
}

// id is a new one with a prefix; s.mu is held.
func (s *Server) id(prefix string) string {
	s.next++
	return fmt.Sprintf("%s%08d", prefix, s.next)
}

// stamp is a new timestamp, later than all before; s.mu is held.
func (s *Server) stamp() string {
	now := s.options.Now()
	if !now.After(s.last) {
		now = s.last.Add(time.Microsecond)
	}
	s.last = now
	return stampOf(now)
}

// tell reports what people see.
func (s *Server) tell(sight Sight) {
	s.seen.Lock()
	defer s.seen.Unlock()
	if s.options.Seen != nil {
		s.options.Seen(sight)
	}
}

// Answer is an HTTP answer that the test wants instead of the right one.
type Answer struct {
	Status     int    // 200 if 0
	RetryAfter string // the header, if any
	Type       string // the media type; JSON if empty
	Body       string
	Done       bool // whether the call is done all the same
	// Hold is told when the call has come. It is then neither done nor answered,
	// until whoever made it is gone.
	Hold chan<- struct{}
}

// Script lets the next calls of a method get these answers, in order.
// "response_url" stands for those addresses, "upload" for files' bytes.
func (s *Server) Script(method string, answers ...Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripted[method] = append(s.scripted[method], answers...)
}

// scriptedAnswer takes the next scripted answer of a method.
func (s *Server) scriptedAnswer(method string) (Answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	queue := s.scripted[method]
	if len(queue) == 0 {
		return Answer{}, false
	}
	s.scripted[method] = queue[1:]
	return queue[0], true
}

func (a Answer) write(w http.ResponseWriter, r *http.Request) {
	if a.Hold != nil {
		a.Hold <- struct{}{}
		<-r.Context().Done()
		return
	}
	if a.Type == "" {
		a.Type = "application/json"
	}
	w.Header().Set("Content-Type", a.Type)
	if a.RetryAfter != "" {
		w.Header().Set("Retry-After", a.RetryAfter)
	}
	if a.Status != 0 {
		w.WriteHeader(a.Status)
	}
	_, _ = w.Write([]byte(a.Body))
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	_ = json.NewEncoder(w).Encode(v)
}

// last part of a path.
func tail(path string) string { return path[strings.LastIndex(path, "/")+1:] }

package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Token is the bot's, and Application the id of the bot and its application.
const (
	Application = "1199999999999999999"
	Token       = "MTE5OTk5OTk5OTk5OTk5OTk5OQ.test.token"
)

// Server is Discord. Its methods are safe for concurrent use.
type Server struct {
	// URL is the address of the REST interface, with the version.
	URL string

	http *httptest.Server
	tb   testing.TB
	log  *wireLog
	now  func() time.Time

	wake  sync.Mutex
	woken chan struct{}

	mu           sync.Mutex
	lastID       uint64
	patience     time.Duration // how long a first answer may take
	guilds       map[string]*Guild
	channels     map[string]*Channel
	users        map[string]*User
	messages     map[string]*Message
	order        []*Message
	events       []*Event
	interactions map[string]*Interaction // by token
	commands     map[string][]json.RawMessage
	faults       []*fault
	calls        []Call
	watch        func(Sight)
	formats      []format
	gateway      gateway
}

// Option changes how a server is.
type Option func(*Server)

// WithClock gives the server a clock for its ids; the machine's otherwise.
func WithClock(now func() time.Time) Option { return func(s *Server) { s.now = now } }

// WithHeartbeat sets how often a client is asked for a sign of life: 41 seconds otherwise.
func WithHeartbeat(d time.Duration) Option { return func(s *Server) { s.gateway.heartbeat = d } }

// WithPatience sets how long a first answer may take: three seconds otherwise.
func WithPatience(d time.Duration) Option { return func(s *Server) { s.patience = d } }

// New starts a server that ends with the test.
func New(tb testing.TB, options ...Option) *Server {
	tb.Helper()
	s := &Server{
		tb: tb, log: openLog(tb), woken: make(chan struct{}), now: time.Now, formats: formats(), patience: 3 * time.Second,
		guilds: map[string]*Guild{}, channels: map[string]*Channel{}, users: map[string]*User{},
		messages: map[string]*Message{}, interactions: map[string]*Interaction{}, commands: map[string][]json.RawMessage{},
		gateway: gateway{heartbeat: 41 * time.Second, sessions: map[string]*session{}},
	}
	for _, option := range options {
		option(s)
	}
	s.http = httptest.NewServer(s.routes())
	s.URL = s.http.URL + "/api/v10"
	tb.Cleanup(func() {
		s.Drop()
		s.http.CloseClientConnections()
		s.http.Close()
	})
	return s
}

// newID is a snowflake; the caller holds the lock.
func (s *Server) newID() string {
	const epoch = 1420070400000
	id := max(uint64(max(1, s.now().UnixMilli()-epoch))<<22, s.lastID+1)
	s.lastID = id
	return strconv.FormatUint(id, 10)
}

// routes are all requests that there are.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, do := range map[string]func(*request) error{
		"GET /gateway":                     (*request).gateway,
		"GET /applications/@me":            (*request).application,
		"GET /applications/{a}/commands":   (*request).readCommands,
		"PUT /applications/{a}/commands":   (*request).writeCommands,
		"GET /users/@me/guilds":            (*request).myGuilds,
		"GET /users/{user}":                (*request).user,
		"POST /users/@me/channels":         (*request).openDirect,
		"GET /guilds/{guild}/channels":     (*request).guildChannels,
		"GET /channels/{channel}/messages": (*request).history,

		"GET /applications/{a}/guilds/{guild}/commands": (*request).readCommands,
		"PUT /applications/{a}/guilds/{guild}/commands": (*request).writeCommands,
		"GET /guilds/{guild}/members/{user}":            (*request).guildMember,

		"POST /channels/{channel}/messages":                   (*request).create,
		"PATCH /channels/{channel}/messages/{message}":        (*request).edit,
		"POST /channels/{channel}/messages/{message}/threads": (*request).thread,

		"GET /guilds/{guild}/scheduled-events":           (*request).readEvents,
		"POST /guilds/{guild}/scheduled-events":          (*request).createEvent,
		"PATCH /guilds/{guild}/scheduled-events/{event}": (*request).changeEvent,

		"POST /interactions/{interaction}/{token}/callback": (*request).callback,
		"POST /webhooks/{a}/{token}":                        (*request).followUp,
		"PATCH /webhooks/{a}/{token}/messages/{message}":    (*request).editAnswer,
		"DELETE /webhooks/{a}/{token}/messages/{message}":   (*request).deleteAnswer,
	} {
		method, path, _ := cut(pattern)
		mux.HandleFunc(method+" /api/v10"+path, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, do) })
	}
	mux.HandleFunc("GET /gw", s.connect)
	mux.HandleFunc("GET /gw/", s.connect)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.tb.Errorf("discordtest: no such request: %s %s", r.Method, r.URL.Path)
		http.NotFound(w, r)
	})
	return mux
}

// Refusal is an error as Discord answers it.
type Refusal struct {
	Status int
	Code   int
	Retry  time.Duration // for status 429
	Global bool
	Text   string
	Odd    *Odd // what is answered instead of all but the status
}

// Odd is an answer as no Discord gives, but what stands before it may.
type Odd struct {
	Header map[string]string
	Body   string
}

// Error names the code.
func (r *Refusal) Error() string {
	return fmt.Sprintf("status %d, code %d: %s", r.Status, r.Code, r.Text)
}

func refuse(status, code int, format string, args ...any) *Refusal {
	return &Refusal{Status: status, Code: code, Text: fmt.Sprintf(format, args...)}
}

package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// session is one session of the library. It may hang for ever: its Open takes no
// context, and a request to reconnect that comes while it opens makes it wait
// for a lock that it holds. So it is called from goroutines of its own, what it
// reads is watched from outside, and when it hangs it is abandoned: it hears and
// says nothing any more, and can open no connection again.
type session struct {
	library *discordgo.Session
	dropped chan struct{} // gets a value when the connection is lost

	mu        sync.Mutex
	conn      net.Conn
	heard     time.Time // when something was last read
	abandoned bool
}

// errAbandoned is why an abandoned session cannot connect.
var errAbandoned = errors.New("the session was abandoned")

// intents are what the bot wants to hear beside interactions: guilds that it
// joins and leaves, channels that go, and what people write to it directly. None
// is privileged. https://discord.com/developers/docs/events/gateway#gateway-intents
const intents = discordgo.IntentsGuilds | discordgo.IntentsDirectMessages

// newSession makes a session that takes in every raw event until it is abandoned.
func (a *Adapter) newSession(shard int) (*session, error) {
	library, err := discordgo.New("Bot " + a.rest.token())
	if err != nil {
		return nil, err //nolint:wrapcheck // it is about a token, and the library says nothing
	}
	s := &session{library: library, dropped: make(chan struct{}, 1), heard: time.Now()}
	library.Client = a.rest.session.Client
	library.ShouldReconnectOnError = false
	library.ShouldReconnectVoiceOnSessionError = false
	library.ShouldRetryOnRateLimit = false
	library.StateEnabled = false
	library.Compress = false
	library.LogLevel = -1 // it would log what people write
	library.ShardID, library.ShardCount = shard, a.shards
	library.Identify.Intents = intents
	encryption := &tls.Config{MinVersion: tls.VersionTLS12}
	library.Dialer = &websocket.Dialer{
		NetDialContext: s.dialer(nil), NetDialTLSContext: s.dialer(encryption), TLSClientConfig: encryption,
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: 10 * time.Second,
	}
	library.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if !s.isAbandoned() {
			a.receive(e.Type, e.RawData)
		}
	})
	library.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case s.dropped <- struct{}{}:
		default:
		}
	})
	return s, nil
}

// dialer connects, and guards the frames.
func (s *session) dialer(encryption *tls.Config) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := s.dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &entrance{Conn: conn, encryption: encryption}, nil
	}
}

// dial connects, and watches what is read.
func (s *session) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if s.isAbandoned() {
		return nil, errAbandoned
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err //nolint:wrapcheck // the library wraps it
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.abandoned {
		_ = conn.Close()
		return nil, errAbandoned
	}
	s.conn, s.heard = conn, time.Now()
	return &watched{Conn: conn, session: s}, nil
}

// watched notes when something was read.
type watched struct {
	net.Conn
	session *session
}

// Read reads from the connection.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if n > 0 {
		w.session.mu.Lock()
		w.session.heard = time.Now()
		w.session.mu.Unlock()
	}
	return n, err //nolint:wrapcheck // what reads it compares it
}

// open connects, anew or to where the session was. It returns errHangs when
// nothing has come for the time given.
func (s *session) open(ctx context.Context, patience time.Duration) error {
	select {
	case <-s.dropped: // the end of the last connection
	default:
	}
	s.mu.Lock()
	s.heard = time.Now()
	s.mu.Unlock()
	done := make(chan error, 1)
	go func() { done <- s.library.Open() }()
	check := time.NewTicker(patience / 8)
	defer check.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-check.C:
			if s.silence() > patience {
				return errHangs
			}
		}
	}
}

// errHangs says that a session does nothing any more.
var errHangs = errors.New("the session hangs")

// silence is how long nothing was read.
func (s *session) silence() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Since(s.heard)
}

func (s *session) isAbandoned() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.abandoned
}

// cut ends the connection below the library, which then says so and can resume.
func (s *session) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn != nil {
		_ = s.conn.Close()
	}
}

// abandon ends the session from outside. Goroutines of the library that wait for
// its lock stay behind.
func (s *session) abandon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.abandoned = true
	if s.conn != nil {
		_ = s.conn.Close()
	}
}

// close says goodbye, as far as the library lets it, and abandons the session.
func (s *session) close(patience time.Duration) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.library.Close()
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	}
	s.abandon()
}

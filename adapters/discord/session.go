package discord

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"interlab/bot/chat/desk"
)

// session is one session of the library. It may hang for ever: its Open takes no
// context, and a request to reconnect that comes while it opens makes it wait
// for a lock that it holds. So it is called from goroutines of its own, what it
// reads is watched from outside, and when it hangs it is abandoned: it hears and
// says nothing any more, and can open no connection again.
type session struct {
	library *discordgo.Session
	dropped chan error // gets nil when the connection is lost
	ear     desk.Ear
}

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
	s := &session{library: library, dropped: make(chan error, 1), ear: desk.Ear{Now: time.Now}}
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
		if !s.ear.IsShut() {
			a.receive(e.Type, e.RawData)
		}
	})
	library.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case s.dropped <- nil:
		default:
		}
	})
	return s, nil
}

// dialer connects, and guards the frames.
func (s *session) dialer(encryption *tls.Config) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := s.ear.Dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &entrance{Conn: conn, encryption: encryption}, nil
	}
}

// open connects, anew or to where the session was. Goroutines of the library that
// wait for its lock stay behind when it hangs.
func (s *session) open(ctx context.Context, patience time.Duration) error {
	select {
	case <-s.dropped: //nolint:errcheck // the end of the last connection: always nil
	default:
	}
	s.ear.Touch()
	done := make(chan error, 1)
	go func() { done <- s.library.Open() }()
	return s.ear.Attend(ctx, patience, done)
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
	s.ear.Shut()
}

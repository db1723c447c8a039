package slack

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/socketmode"

	"interlab/bot/chat/desk"
)

// maxFrame is the largest message that a socket reads, in bytes; one beyond it
// closes the connection, and the library opens another one.
const maxFrame = 8 << 20

// socket is one connection to a workspace, made anew whenever it is lost.
type socket struct {
	workspace *workspace
	number    int
	ear       desk.Ear
	again     desk.Backoff
	open      bool
}

// run keeps the socket open until ctx ends or Slack refuses the token. The
// library makes new connections where it notices the loss; a client that hears
// nothing at all, not even pings, is replaced whole.
func (s *socket) run(ctx context.Context) {
	for ctx.Err() == nil {
		s.ear.Touch()
		err := s.connection(ctx)
		s.connected(false)
		if err == nil || ctx.Err() != nil {
			continue
		}
		if fatal(err) {
			s.workspace.stop(err.Error())
			return
		}
		s.again.Wait(ctx, s.workspace.failed(err, "socket lost"))
	}
}

// connection runs one client of the library. Its events are read here and
// nowhere else, and reading never waits: pings are answered only between two
// reads of the library, which stand still while its queue is full.
func (s *socket) connection(ctx context.Context) error {
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	client := socketmode.New(s.workspace.api,
		socketmode.OptionDialer(&websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: callTimeout, NetDialContext: s.ear.Dial}),
		socketmode.OptionReadLimit(maxFrame),
		socketmode.OptionPingInterval(s.workspace.adapter.timing.Ping),
		socketmode.OptionLog(log.New(io.Discard, "", 0)),
	)
	done := make(chan error, 1)
	go func() { done <- client.RunContext(ctx) }()
	watch := time.NewTicker(s.workspace.adapter.timing.Silence / 4)
	defer watch.Stop()
	for {
		select {
		case e := <-client.Events:
			s.event(ctx, client, e)
		case err := <-done:
			return err
		case <-watch.C:
			if s.open && s.ear.Silence() > s.workspace.adapter.timing.Silence {
				s.workspace.line.WasDeaf()
				s.workspace.adapter.desk.Log.Warn().Str("workspace", s.workspace.name).Int("socket", s.number).Msg("socket is deaf and is replaced")
				hangUp()
			}
		}
	}
}

// event takes one event of the library: an envelope goes to the desk, all else
// is about the connection itself.
func (s *socket) event(ctx context.Context, client *socketmode.Client, e socketmode.Event) {
	switch e.Type {
	case socketmode.EventTypeConnected:
		s.connected(true)
		s.again.Reset()
	case socketmode.EventTypeConnecting, socketmode.EventTypeDisconnect:
		s.connected(false)
	case socketmode.EventTypeEventsAPI, socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive:
		if e.Request != nil {
			s.take(ctx, client, envelope{ID: e.Request.EnvelopeID, Type: e.Request.Type, Payload: e.Request.Payload})
		}
	case socketmode.EventTypeErrorBadMessage:
		// The library could not read it; perhaps we can, for we read less.
		if bad, ok := e.Data.(*socketmode.ErrorBadMessage); ok {
			s.unread(ctx, client, bad.Message)
		}
	case socketmode.EventTypeIncomingError:
		s.workspace.adapter.desk.Note(desk.Unreadable)
	case socketmode.EventTypeErrorWriteFailed:
		s.workspace.adapter.desk.Note(desk.Unacknowledged)
	case socketmode.EventTypeHello, socketmode.EventTypeConnectionError, socketmode.EventTypeInvalidAuth:
		// The library goes on by itself, or ends and says why.
	}
}

func (s *socket) unread(ctx context.Context, client *socketmode.Client, raw json.RawMessage) {
	e, err := desk.Decode[envelope]("envelope", raw)
	if err != nil || e.ID == "" {
		s.workspace.adapter.desk.Note(desk.Unreadable)
		return
	}
	s.take(ctx, client, e)
}

func (s *socket) take(ctx context.Context, client *socketmode.Client, e envelope) {
	s.workspace.take(e, func(payload any) error {
		ctx, cancel := context.WithTimeout(ctx, ackLimit)
		defer cancel()
		return client.AckCtx(ctx, e.ID, payload)
	})
}

// connected counts the sockets that are open.
func (s *socket) connected(open bool) {
	switch {
	case open && !s.open:
		s.workspace.line.Opened(1)
	case !open && s.open:
		s.workspace.line.Opened(-1)
	}
	s.open = open
}

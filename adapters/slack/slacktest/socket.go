package slacktest

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// ackLimit is when an acknowledgement is too late.
// https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
const ackLimit = 3 * time.Second

// mostSockets is how many connections an app may have.
// https://docs.slack.dev/apis/events-api/using-socket-mode#multiple
const mostSockets = 10

// conn is one open connection.
type conn struct {
	team  *team
	ws    *websocket.Conn
	mu    sync.Mutex // of writing
	quiet bool       // is no longer pinged
	done  chan struct{}
}

func (c *conn) write(v any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(30 * time.Second))
	return c.ws.WriteJSON(v)
}

func openConnection(s *Server, t *team, _ arguments) (map[string]any, error) {
	return map[string]any{"url": strings.Replace(s.http.URL, "http", "ws", 1) + "/socket/" + t.id}, nil
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer ws.Close()
	s.mu.Lock()
	c := &conn{team: s.teams[tail(r.URL.Path)], ws: ws, done: make(chan struct{})}
	full := c.team == nil || s.closed || len(s.of(c.team.id)) >= mostSockets
	if !full {
		s.sockets = append(s.sockets, c)
		s.opened++
	}
	s.mu.Unlock()
	if full {
		_ = c.write(map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
		return
	}
	_ = c.write(map[string]any{"type": "hello", "num_connections": 1, "connection_info": map[string]any{"app_id": "A1"}})
	go s.ping(c)
	s.listen(c)
	close(c.done)
	s.forget(c)
}

// listen reads acknowledgements until the connection ends.
func (s *Server) listen(c *conn) {
	for {
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if err := c.ws.ReadJSON(&ack); err != nil {
			return
		}
		s.mu.Lock()
		d := s.envelopes[ack.ID]
		s.mu.Unlock()
		if d != nil {
			d.acknowledge(ack.Payload)
		}
	}
}

func (s *Server) ping(c *conn) {
	if s.options.PingEvery < 0 {
		return
	}
	ticker := time.NewTicker(s.options.PingEvery)
	defer ticker.Stop()
	for {
		s.mu.Lock()
		quiet := c.quiet
		s.mu.Unlock()
		if !quiet {
			_ = c.ws.WriteControl(websocket.PingMessage, []byte("Ping from slacktest"), time.Now().Add(10*time.Second))
		}
		select {
		case <-c.done:
			return
		case <-ticker.C:
		}
	}
}

func (s *Server) forget(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, other := range s.sockets {
		if other == c {
			s.sockets = append(s.sockets[:i:i], s.sockets[i+1:]...)
			return
		}
	}
}

// of are a team's connections; s.mu is held.
func (s *Server) of(team string) []*conn {
	var out []*conn
	for _, c := range s.sockets {
		if c.team.id == team {
			out = append(out, c)
		}
	}
	return out
}

// Sockets is how many connections of a team are open, and Opened how many there
// ever were, of all teams.
func (s *Server) Sockets(team string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.of(team))
}

// Opened is how many connections were ever opened.
func (s *Server) Opened() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

// each does something with a team's connections, or with all where team is empty.
func (s *Server) each(team string, do func(*conn)) {
	s.mu.Lock()
	var chosen []*conn
	for _, c := range s.sockets {
		if team == "" || c.team.id == team {
			chosen = append(chosen, c)
		}
	}
	s.mu.Unlock()
	for _, c := range chosen {
		do(c)
	}
}

// Disconnect asks one connection of a team to go, as Slack does about hourly,
// and sends nothing more to it.
func (s *Server) Disconnect(team, reason string) {
	one := true
	s.each(team, func(c *conn) {
		if one {
			s.forget(c)
			_ = c.write(map[string]any{"type": "disconnect", "reason": reason})
		}
		one = false
	})
}

// Drop cuts all connections of a team without a word.
func (s *Server) Drop(team string) { s.each(team, func(c *conn) { _ = c.ws.NetConn().Close() }) }

// DropAll cuts every connection.
func (s *Server) DropAll() { s.Drop("") }

// Silence stops the pings on a team's connections; they stay open.
func (s *Server) Silence(team string) {
	s.each(team, func(c *conn) {
		s.mu.Lock()
		c.quiet = true
		s.mu.Unlock()
	})
}

// Frame writes raw bytes to one connection of a team.
func (s *Server) Frame(team string, raw []byte) {
	one := true
	s.each(team, func(c *conn) {
		if one {
			c.mu.Lock()
			_ = c.ws.WriteMessage(websocket.TextMessage, raw)
			c.mu.Unlock()
		}
		one = false
	})
}

package discordtest

import (
	"context"
	"time"

	"github.com/gorilla/websocket"
)

// Dispatch tells every session something; to those that are not connected when
// they resume.
func (s *Server) Dispatch(kind string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.gateway.sessions {
		if session.shard != 0 {
			continue // all guilds of a test are on the first shard
		}
		e := event{Seq: len(session.events) + 1, Kind: kind, Data: data}
		session.events = append(session.events, e)
		if session.conn != nil {
			session.conn.send(e)
		}
	}
}

// SendRaw writes bytes as a frame to every connection.
func (s *Server) SendRaw(frame []byte) {
	s.each(func(l *link) {
		l.mu.Lock()
		defer l.mu.Unlock()
		_ = l.ws.WriteMessage(websocket.TextMessage, frame)
	})
}

// Reconnect asks every client to connect anew (Op 7).
func (s *Server) Reconnect() { s.each(func(l *link) { l.send(map[string]any{"op": 7, "d": nil}) }) }

// Invalidate ends every session (Op 9).
func (s *Server) Invalidate(resumable bool) {
	if !resumable {
		s.Forget()
	}
	s.each(func(l *link) { l.send(map[string]any{"op": 9, "d": resumable}) })
}

// Forget lets no session be resumed.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, session := range s.gateway.sessions {
		if session.conn != nil {
			s.gateway.sessions["forgotten-"+id] = session
		}
		delete(s.gateway.sessions, id)
	}
}

// Drop tears every connection without a word.
func (s *Server) Drop() { s.each(func(l *link) { _ = l.ws.NetConn().Close() }) }

// Mute lets every connection stand without a word, also to heartbeats.
func (s *Server) Mute() {
	s.each(func(l *link) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.muted = true
	})
}

// CloseWith closes every connection, and every new one, with a code.
func (s *Server) CloseWith(code int) {
	s.mu.Lock()
	s.gateway.closed = code
	s.mu.Unlock()
	s.each(func(l *link) { l.close(code) })
}

// Repeat lets a resumed session hear again the last n events that it has heard.
func (s *Server) Repeat(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.repeats = n
}

// each does something with all connections of sessions.
func (s *Server) each(do func(*link)) {
	s.mu.Lock()
	var links []*link
	for _, session := range s.gateway.sessions {
		if session.conn != nil {
			links = append(links, session.conn)
		}
	}
	s.mu.Unlock()
	for _, l := range links {
		do(l)
	}
}

// Connections is how often was dialled, identified and resumed.
func (s *Server) Connections() (dials, identifies, resumes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.dials, s.gateway.identifies, s.gateway.resumes
}

// Connected reports whether some session hears.
func (s *Server) Connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.gateway.sessions {
		if session.conn != nil {
			return true
		}
	}
	return false
}

// changed wakes whoever waits in Until.
func (s *Server) changed() {
	s.wake.Lock()
	defer s.wake.Unlock()
	close(s.woken)
	s.woken = make(chan struct{})
}

// Until waits until something is so. It fails the test after half a minute.
func (s *Server) Until(what string, so func() bool) {
	s.tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		s.wake.Lock()
		woken := s.woken
		s.wake.Unlock()
		if so() {
			return
		}
		timer := time.NewTimer(50 * time.Millisecond) // the bot's side changes without a call
		select {
		case <-woken:
		case <-timer.C:
		case <-ctx.Done():
			s.tb.Fatalf("discordtest: never %s", what)
		}
		timer.Stop()
	}
}

package slacktest

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

const (
	// hookUses and hookLife bound a response_url.
	// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
	hookUses = 5
	hookLife = 30 * time.Minute
)

// hook is a response_url: where it answers, for whom, and about what.
type hook struct {
	team          *team
	channel, user string
	original      string // the message that carries the pressed control
	made          time.Time
	used          int
}

// hook is the address of a new response_url; s.mu is held.
func (s *Server) hook(t *team, channel, user, original string) string {
	id := s.id("H")
	s.hooks[id] = &hook{team: t, channel: channel, user: user, original: original, made: s.options.Now()}
	return s.http.URL + "/hooks/" + id
}

func (s *Server) serveHook(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	a := arguments{}
	_ = json.Unmarshal(body, &a)
	s.log.write("response_url", a)
	if scripted, ok := s.scriptedAnswer("response_url"); ok {
		scripted.write(w, r)
		return
	}
	sight, err := s.respond(tail(r.URL.Path), a)
	if err != nil {
		s.note("response_url", err)
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, "error": err.Error()})
		return
	}
	s.tell(sight)
	_, _ = w.Write([]byte("ok"))
}

// respond does what a use of a response_url asks for.
func (s *Server) respond(id string, a arguments) (Sight, error) {
	fresh, err := checked(a)
	if err != nil {
		return Sight{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hooks[id]
	switch {
	case h == nil, s.options.Now().Sub(h.made) > hookLife:
		return Sight{}, refuse("expired_url")
	case h.used >= hookUses:
		return Sight{}, refuse("used_url")
	}
	h.used++
	sight := Sight{What: Shown, Team: h.team.id, Channel: h.channel, User: h.user, Text: fresh.Text, Blocks: fresh.Blocks, ByAnswer: true}
	if replace, _ := a["replace_original"].(bool); replace && h.original != "" {
		m := h.team.message(h.channel, h.original)
		if m == nil {
			return Sight{}, refuse("message_not_found")
		}
		m.Text, m.Blocks = fresh.Text, fresh.Blocks
		sight.What, sight.Replace, sight.TS, sight.User = Changed, true, m.TS, m.Only
		return sight, nil
	}
	fresh.Channel, fresh.TS, fresh.Only = h.channel, s.stamp(), h.user
	if a.text("response_type") == "in_channel" {
		fresh.Only, sight.User, sight.What = "", "", Said
	}
	sight.TS = fresh.TS
	h.team.messages = append(h.team.messages, fresh)
	return sight, nil
}

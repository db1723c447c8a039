package discordtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// gateway is what the server remembers of connections.
type gateway struct {
	heartbeat time.Duration
	sessions  map[string]*session
	scenes    []Scene
	repeats   int
	closed    int // the code with which every new connection is closed
	dials     int
	identifies,
	resumes int
	sights []Sight // of the request that is being served
}

// session is one that a client has identified.
type session struct {
	id            string
	shard, shards int
	events        []event
	conn          *link // nil while disconnected
}

type event struct {
	Op   int    `json:"op"`
	Seq  int    `json:"s"`
	Kind string `json:"t"`
	Data any    `json:"d"`
}

// link is one connection.
type link struct {
	ws    *websocket.Conn
	mu    sync.Mutex
	muted bool // says nothing any more, not even to heartbeats
}

func (l *link) send(v any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.muted {
		_ = l.ws.WriteJSON(v)
	}
}

func (l *link) close(code int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	_ = l.ws.Close()
}

// Moment is when a scene happens in the life of a connection.
type Moment int

// The moments.
const (
	AtHello    Moment = iota // instead of the first word
	AtIdentify               // instead of READY
	AtResume                 // instead of RESUMED
)

// Scene is something that goes wrong with the next connection that gets there.
// Exactly one of Op, Close, Drop and Mute is set.
type Scene struct {
	At    Moment
	Op    int // 7 or 9
	Data  any // of Op
	Close int
	Drop  bool
	Mute  bool
}

// Expect adds a scene.
func (s *Server) Expect(scene Scene) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.scenes = append(s.gateway.scenes, scene)
}

// play plays the first scene of a moment. It reports whether there was one.
func (s *Server) play(at Moment, l *link) bool {
	s.mu.Lock()
	var scene *Scene
	for i := range s.gateway.scenes {
		if s.gateway.scenes[i].At == at {
			scene = &Scene{}
			*scene = s.gateway.scenes[i]
			s.gateway.scenes = append(s.gateway.scenes[:i], s.gateway.scenes[i+1:]...)
			break
		}
	}
	s.mu.Unlock()
	switch {
	case scene == nil:
		return false
	case scene.Op != 0:
		l.send(map[string]any{"op": scene.Op, "d": scene.Data})
	case scene.Close != 0:
		l.close(scene.Close)
	case scene.Drop:
		_ = l.ws.NetConn().Close()
	default:
		l.mu.Lock()
		l.muted = true
		l.mu.Unlock()
	}
	return true
}

// connect is one connection from its first word to its end.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer ws.Close()
	l := &link{ws: ws}
	s.mu.Lock()
	s.gateway.dials++
	closed := s.gateway.closed
	s.mu.Unlock()
	s.changed()
	if !s.play(AtHello, l) {
		l.send(map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": s.gateway.heartbeat.Milliseconds()}})
	}
	for {
		var in struct {
			Op   int             `json:"op"`
			Data json.RawMessage `json:"d"`
		}
		if err := ws.ReadJSON(&in); err != nil {
			s.lost(l)
			return
		}
		switch {
		case in.Op == 1:
			l.send(map[string]any{"op": 11})
		case closed != 0:
			l.close(closed)
		case in.Op == 2:
			s.identify(l, in.Data)
		case in.Op == 6:
			s.resume(l, in.Data)
		}
	}
}

func (s *Server) lost(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, session := range s.gateway.sessions {
		if session.conn == l {
			session.conn = nil
		}
	}
}

func (s *Server) identify(l *link, data []byte) {
	var in struct {
		Token   string `json:"token"`
		Intents int    `json:"intents"`
		Shard   []int  `json:"shard"`
	}
	const privileged = 1<<1 | 1<<8 | 1<<15
	if json.Unmarshal(data, &in) != nil || in.Token != "Bot "+Token {
		l.close(4004)
		return
	}
	if in.Intents&privileged != 0 {
		l.close(4014)
		return
	}
	s.mu.Lock()
	s.gateway.identifies++
	s.mu.Unlock()
	s.changed()
	if s.play(AtIdentify, l) {
		return
	}
	s.mu.Lock()
	made := &session{id: "session-" + strconv.Itoa(s.gateway.identifies), shards: 1, conn: l}
	if len(in.Shard) == 2 {
		made.shard, made.shards = in.Shard[0], in.Shard[1]
	}
	s.gateway.sessions[made.id] = made
	first := event{Seq: 1, Kind: "READY", Data: map[string]any{
		"v": 9, "session_id": made.id, "resume_gateway_url": "ws" + s.http.URL[len("http"):] + "/gw",
		"user": map[string]any{"id": Application, "username": "interlab"}, "application": map[string]any{"id": Application}, "guilds": []any{},
	}}
	made.events = append(made.events, first)
	s.mu.Unlock()
	l.send(first)
	s.changed()
}

func (s *Server) resume(l *link, data []byte) {
	var in struct {
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
	}
	_ = json.Unmarshal(data, &in)
	s.mu.Lock()
	session := s.gateway.sessions[in.Session]
	if session != nil {
		s.gateway.resumes++
	}
	s.mu.Unlock()
	s.changed()
	if s.play(AtResume, l) {
		return
	}
	if session == nil {
		l.send(map[string]any{"op": 9, "d": false})
		return
	}
	s.mu.Lock()
	session.conn = l
	missed := session.events[max(0, min(in.Seq-s.gateway.repeats, len(session.events))):]
	last := len(session.events)
	s.mu.Unlock()
	for _, e := range missed {
		if e.Kind != "READY" {
			l.send(e)
		}
	}
	l.send(event{Seq: last, Kind: "RESUMED", Data: map[string]any{}})
	s.changed()
}

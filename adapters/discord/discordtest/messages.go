package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
)

// Message is one that can be seen.
type Message struct {
	ID, Channel, Guild string
	For                string // the only user who sees it; empty for everybody in the channel
	Private            bool   // only For sees it in a channel: it goes when they leave
	Under              string // the message that it replies to, or whose thread it stands in
	Body               Body
	Files              []File
	Edits              int
}

// File is one that came with a message.
type File struct {
	Name, Type string
	Data       []byte
}

// Sight is something that somebody got to see.
type Sight struct {
	Message     Message
	Edited      bool         // it stood there before
	Interaction *Interaction // that it answers, if any
	Modal       *Modal       // a form instead of a message
	Event       *Event       // a scheduled event instead of a message
}

// Watch lets somebody look on: it is called for every sight, in order, before
// the request that brought it is answered.
func (s *Server) Watch(watch func(Sight)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watch = watch
}

// Messages are those that a user sees in all channels, or with an empty user
// those that everybody sees, in the order in which they came.
func (s *Server) Messages(user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.order {
		if m.For == user && s.messages[m.ID] == m {
			out = append(out, *m)
		}
	}
	return out
}

func (q *request) see(s Sight) { q.Server.gateway.sights = append(q.Server.gateway.sights, s) }

// readBody reads a message and refuses what Discord refuses.
func (q *request) readBody(b *Body) error {
	if err := q.decode(b); err != nil {
		return err
	}
	if faults := bodyFaults(b, len(q.files)); len(faults) > 0 {
		q.tb.Logf("discordtest: refused: %v", faults)
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: %v", faults)
	}
	return nil
}

// put makes a message stand in a channel.
func (q *request) put(c *Channel, b Body, to string, private bool) *Message {
	m := &Message{ID: q.newID(), Channel: c.ID, Guild: c.Guild, For: to, Private: private, Under: c.Under, Body: b, Files: q.files}
	if b.Reference != nil {
		m.Under = b.Reference.MessageID
	}
	q.messages[m.ID] = m
	q.order = append(q.order, m)
	return m
}

func (m *Message) wire() map[string]any {
	return map[string]any{
		"id": m.ID, "channel_id": m.Channel, "author": map[string]any{"id": Application, "bot": true},
		"content": m.Body.Content, "embeds": m.Body.Embeds, "components": m.Body.Components,
	}
}

// open is the channel of the request, where the bot may write.
func (q *request) open() (*Channel, error) {
	c := q.channels[q.r.PathValue("channel")]
	switch {
	case c == nil:
		return nil, refuse(http.StatusNotFound, 10003, "Unknown Channel")
	case c.Hidden:
		return nil, refuse(http.StatusForbidden, 50001, "Missing Access")
	case c.Forbidden:
		return nil, refuse(http.StatusForbidden, 50013, "Missing Permissions")
	case c.Recipient != "" && q.users[c.Recipient].Closed:
		return nil, refuse(http.StatusForbidden, 50007, "Cannot send messages to this user")
	}
	return c, nil
}

func (q *request) create() error {
	c, err := q.open()
	if err != nil {
		return err
	}
	var b Body
	if err := q.readBody(&b); err != nil {
		return err
	}
	for _, m := range q.order {
		if b.EnforceNonce && b.Nonce != "" && m.Body.Nonce == b.Nonce && m.Channel == c.ID {
			q.answer = m.wire()
			return nil
		}
	}
	m := q.put(c, b, c.Recipient, false)
	q.see(Sight{Message: *m})
	sent := m.wire()
	sent["nonce"] = b.Nonce // told once, and not kept
	q.answer = sent
	return nil
}

// ForgetNonces lets the time pass after which a repeated message is a new one.
func (s *Server) ForgetNonces() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.order {
		m.Body.Nonce = ""
	}
}

func (q *request) edit() error {
	if _, err := q.open(); err != nil {
		return err
	}
	m := q.messages[q.r.PathValue("message")]
	if m == nil || m.Private || m.Channel != q.r.PathValue("channel") {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return q.change(m, nil)
}

// change replaces what a message says.
func (q *request) change(m *Message, by *Interaction) error {
	var b Body
	if err := q.readBody(&b); err != nil {
		return err
	}
	b.Nonce = m.Body.Nonce
	m.Body, m.Files = b, q.files
	m.Edits++
	q.see(Sight{Message: *m, Edited: true, Interaction: by})
	q.answer = m.wire()
	return nil
}

func (q *request) thread() error {
	c, err := q.open()
	if err != nil {
		return err
	}
	var in struct {
		Name string `json:"name"`
	}
	if err := q.decode(&in); err != nil {
		return err
	}
	id := q.r.PathValue("message")
	m := q.messages[id]
	switch {
	case m == nil || m.Channel != c.ID:
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	case c.Guild == "":
		return refuse(http.StatusBadRequest, 50024, "Cannot execute action on this channel type")
	case q.channels[id] != nil:
		return refuse(http.StatusBadRequest, 160004, "A thread has already been created for this message")
	case !within(in.Name, 1, 100):
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: name")
	}
	q.channels[id] = &Channel{ID: id, Guild: c.Guild, Under: id}
	q.answer = map[string]any{"id": id, "name": in.Name}
	return nil
}

// history answers with the messages after an id, the newest first, without
// nonces, for Discord does not keep them.
func (q *request) history() error {
	c := q.channels[q.r.PathValue("channel")]
	if c == nil {
		return refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	after, _ := strconv.ParseUint(q.r.URL.Query().Get("after"), 10, 64)
	limit, err := strconv.Atoi(q.r.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > 100 {
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: limit")
	}
	page := []any{}
	for _, m := range q.order {
		id, _ := strconv.ParseUint(m.ID, 10, 64)
		if q.messages[m.ID] == m && m.Channel == c.ID && !m.Private && id > after && len(page) < limit {
			page = append(page, m.wire())
		}
	}
	slices.Reverse(page)
	q.answer = page
	return nil
}

func encode(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // only maps of texts and numbers are encoded
	}
	return text
}

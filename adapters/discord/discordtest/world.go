package discordtest

import (
	"net/http"
	"strconv"
	"time"
)

// Guild is a server that the bot is in.
type Guild struct {
	ID, Name    string
	Permissions uint64
	Owner       string // the id of a user
}

// Channel is a channel of a guild, a thread in one, or a direct conversation.
type Channel struct {
	ID        string
	Guild     string // empty for a direct conversation
	Recipient string // of a direct conversation
	Under     string // the message that a thread is below
	Forbidden bool   // the bot may not write
	Hidden    bool   // the bot may not see it
}

// User is a person.
type User struct {
	ID, Name string
	Closed   bool // takes no direct messages
}

// allPermissions are what the invite link asks for.
const allPermissions = 1<<10 | 1<<11 | 1<<14 | 1<<15 | 1<<16 | 1<<35 | 1<<38 | createEvents

// AddGuild lets the bot be in one more guild.
func (s *Server) AddGuild(name string) *Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Guild{ID: s.newID(), Name: name, Permissions: allPermissions}
	s.guilds[g.ID] = g
	return g
}

// AddChannel adds a text channel to a guild.
func (s *Server) AddChannel(g *Guild) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Channel{ID: s.newID(), Guild: g.ID}
	s.channels[c.ID] = c
	return c
}

// AddUser adds a person.
func (s *Server) AddUser(name string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := &User{ID: s.newID(), Name: name}
	s.users[u.ID] = u
	return u
}

// Change changes something of the world while nothing else looks.
func (s *Server) Change(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

// direct is the conversation with a user; the caller holds the lock.
func (s *Server) direct(user string) *Channel {
	for _, c := range s.channels {
		if c.Recipient == user {
			return c
		}
	}
	c := &Channel{ID: s.newID(), Recipient: user}
	s.channels[c.ID] = c
	return c
}

func (u *User) wire() map[string]any {
	return map[string]any{"id": u.ID, "username": "user" + u.ID, "global_name": u.Name}
}

// JoinGuild tells the bot that it has been added to a guild.
func (s *Server) JoinGuild(g *Guild) {
	s.mu.Lock()
	s.guilds[g.ID] = g
	s.mu.Unlock()
	s.Dispatch("GUILD_CREATE", map[string]any{"id": g.ID, "name": g.Name, "owner_id": g.Owner, "joined_at": s.now().UTC().Format(time.RFC3339Nano)})
}

// LeaveGuild tells the bot that it has been removed; nothing in it can be
// reached any more.
func (s *Server) LeaveGuild(g *Guild) {
	s.mu.Lock()
	delete(s.guilds, g.ID)
	for id, c := range s.channels {
		if c.Guild == g.ID {
			delete(s.channels, id)
		}
	}
	s.mu.Unlock()
	s.Dispatch("GUILD_DELETE", map[string]any{"id": g.ID})
}

// DeleteChannel deletes a channel with all that is in it.
func (s *Server) DeleteChannel(c *Channel) {
	s.mu.Lock()
	delete(s.channels, c.ID)
	for id, m := range s.messages {
		if m.Channel == c.ID {
			delete(s.messages, id)
		}
	}
	s.mu.Unlock()
	s.Dispatch("CHANNEL_DELETE", map[string]any{"id": c.ID, "guild_id": c.Guild})
}

// DeleteMessage deletes a message.
func (s *Server) DeleteMessage(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.messages, id)
}

func (q *request) gateway() error {
	q.answer = map[string]any{"url": "ws" + q.http.URL[len("http"):] + "/gw"}
	return nil
}

func (q *request) application() error {
	q.answer = map[string]any{"id": Application, "name": "Interlab"}
	return nil
}

func (q *request) readCommands() error {
	list := q.commands[q.r.URL.Path]
	q.answer = list
	if list == nil {
		q.answer = []any{}
	}
	return nil
}

func (q *request) writeCommands() error {
	var list []map[string]any
	if err := q.decode(&list); err != nil {
		return err
	}
	var faults []string
	for _, c := range list {
		faults = append(faults, commandFaults(c)...)
	}
	if len(faults) > 0 {
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: %v", faults)
	}
	q.commands[q.r.URL.Path] = nil
	for _, c := range list {
		// Discord adds fields of its own, and gives back empty ones.
		c["id"], c["version"], c["nsfw"], c["default_member_permissions"] = q.newID(), q.newID(), false, nil
		q.commands[q.r.URL.Path] = append(q.commands[q.r.URL.Path], encode(c))
	}
	q.answer = q.commands[q.r.URL.Path]
	return nil
}

func (q *request) myGuilds() error {
	list := []any{}
	for _, g := range q.guilds {
		list = append(list, map[string]any{"id": g.ID, "name": g.Name, "permissions": strconv.FormatUint(g.Permissions, 10)})
	}
	q.answer = list
	return nil
}

func (q *request) guildChannels() error {
	guild := q.r.PathValue("guild")
	if q.guilds[guild] == nil {
		return refuse(http.StatusNotFound, 10004, "Unknown Guild")
	}
	list := []any{}
	for _, c := range q.channels {
		if c.Guild != guild || c.Under != "" {
			continue
		}
		overwrites := []any{}
		if c.Forbidden {
			overwrites = append(overwrites, map[string]any{"id": guild, "type": 0, "allow": "0", "deny": strconv.Itoa(1 << 11)})
		}
		list = append(list, map[string]any{"id": c.ID, "type": 0, "permission_overwrites": overwrites})
	}
	q.answer = list
	return nil
}

func (q *request) guildMember() error {
	q.answer = map[string]any{"roles": []string{}, "user": map[string]any{"id": q.r.PathValue("user")}}
	return nil
}

func (q *request) user() error {
	u := q.users[q.r.PathValue("user")]
	if u == nil {
		return refuse(http.StatusNotFound, 10013, "Unknown User")
	}
	q.answer = u.wire()
	return nil
}

func (q *request) openDirect() error {
	var in struct {
		Recipient string `json:"recipient_id"`
	}
	if err := q.decode(&in); err != nil {
		return err
	}
	if q.users[in.Recipient] == nil {
		return refuse(http.StatusNotFound, 10013, "Unknown User")
	}
	q.answer = map[string]any{"id": q.direct(in.Recipient).ID, "type": 1}
	return nil
}

package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// team is one workspace.
type team struct {
	id, name string
	bot      string
	scopes   []string
	revoked  string // the error that its tokens get
	tokens   Tokens
	installs int
	removed  bool // the app is not installed
	users    map[string]*User
	channels map[string]*Channel
	messages []*message
	files    []File
	homes    map[string]json.RawMessage
}

// User is somebody of a workspace.
type User struct {
	ID, Name, Zone string
	Team           string // their own workspace, if it is another one
	Stranger       bool   // of another organisation
	Deleted        bool
	NoMessages     bool // takes no direct messages from apps
	Guest          bool // of several channels
	ChannelGuest   bool // of one channel
	Bot            bool
}

// Channel is a channel of a workspace. The ID of a direct conversation begins
// with D; those the server makes itself.
type Channel struct {
	ID, Name string
	Private  bool
	Archived bool
	Member   bool // whether the bot is one
	people   []string
}

// message is what was said in a channel, or shown there to one user.
type message struct {
	TS, Channel, Thread, Text, Only string
	Blocks                          json.RawMessage
	Metadata                        json.RawMessage
	Replies                         []*message
}

// Tokens are what a workspace's administrator hands to the operator.
type Tokens struct{ Bot, App string }

// AllScopes are the bot's scopes of a workspace unless the test says otherwise.
const AllScopes = "chat:write,commands,im:write,im:history,channels:history,groups:history,channels:read,groups:read,users:read,files:write"

// AddTeam makes a workspace with the app in it. The bot's user is "UBOT" and the
// team's id.
func (s *Server) AddTeam(id, name string) Tokens {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &team{
		id: id, name: name, bot: "UBOT" + id, scopes: strings.Split(AllScopes, ","),
		users: map[string]*User{}, channels: map[string]*Channel{}, homes: map[string]json.RawMessage{},
	}
	s.teams[id] = t
	return s.install(t)
}

// app is the id of the team's own app.
func (t *team) app() string { return "A" + t.id }

// install gives a workspace's app new tokens; s.mu is held.
func (s *Server) install(t *team) Tokens {
	delete(s.tokens, t.tokens.Bot)
	delete(s.tokens, t.tokens.App)
	t.installs++
	t.tokens = Tokens{Bot: fmt.Sprintf("xoxb-%s-%d", t.id, t.installs), App: fmt.Sprintf("xapp-1-%s-%d-secret", t.app(), t.installs)}
	s.tokens[t.tokens.Bot], s.tokens[t.tokens.App] = t, t
	return t.tokens
}

// Uninstall removes the app from a workspace and from all its channels. The
// event that tells so is the last thing that the app hears, and its tokens are
// worth nothing any more.
func (s *Server) Uninstall(team string) (*Delivery, error) {
	d, err := s.Event(team, map[string]any{"type": "app_uninstalled"})
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.teams[team]
	t.removed, t.revoked = true, "account_inactive"
	for id, c := range t.channels {
		c.Member = strings.HasPrefix(id, "D")
	}
	return d, err
}

// Install installs an app again that was removed, with new tokens. It reports
// false where the app is there.
func (s *Server) Install(team string) (Tokens, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.teams[team]
	if !t.removed {
		return t.tokens, false
	}
	t.removed, t.revoked = false, ""
	return s.install(t), true
}

// SetScopes says which scopes the bot of a workspace has.
func (s *Server) SetScopes(team string, scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.teams[team].scopes = scopes
}

// Revoke lets every later call with a workspace's tokens fail with an error of
// Slack's, such as token_revoked. An empty one gives the tokens back.
func (s *Server) Revoke(team, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.teams[team].revoked = reason
}

// AddUser makes somebody in a workspace; somebody who is there stays as they are.
func (s *Server) AddUser(team string, u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.teams[team].users[u.ID]; !there {
		s.teams[team].users[u.ID] = &u
	}
}

// AddChannel makes a channel, or changes one.
func (s *Server) AddChannel(team string, c Channel, people ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.people = people
	s.teams[team].channels[c.ID] = &c
}

// Direct is the direct conversation of the bot with a user.
func (s *Server) Direct(team, user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.teams[team].direct(user)
}

// User finds a user; nil if there is none.
func (s *Server) User(team, id string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.teams[team]; t != nil {
		return t.users[id]
	}
	return nil
}

// DirectWith is the user of a direct conversation; nothing for a channel.
func (s *Server) DirectWith(team, channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.teams[team].channels[channel]; c != nil && strings.HasPrefix(channel, "D") {
		return c.people[0]
	}
	return ""
}

// direct finds or makes a conversation; s.mu is held.
func (t *team) direct(user string) string {
	id := "D" + t.id + user
	if t.channels[id] == nil {
		t.channels[id] = &Channel{ID: id, Member: true, people: []string{user}}
	}
	return id
}

// message finds what was said, in a thread too; s.mu is held.
func (t *team) message(channel, ts string) *message {
	for _, m := range t.messages {
		if m.Channel != channel {
			continue
		}
		if m.TS == ts {
			return m
		}
		if i := slices.IndexFunc(m.Replies, func(r *message) bool { return r.TS == ts }); i >= 0 {
			return m.Replies[i]
		}
	}
	return nil
}

// Messages is what was said in a channel so far, as blocks, oldest first.
func (s *Server) Messages(team, channel string) []json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []json.RawMessage
	for _, m := range s.teams[team].messages {
		if m.Channel == channel && m.Only == "" {
			out = append(out, m.Blocks)
		}
	}
	return out
}

package bot_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"interlab/bot/chat"
)

// sent is one message that arrived at a platform.
type sent struct {
	how  string // answer, direct or post
	id   string
	to   chat.Account
	show chat.Show
	said chat.Message
}

// messenger is a platform that keeps what arrives and fails as it is told to.
type messenger struct {
	t testing.TB

	mu    sync.Mutex
	sends []sent
	asked []string // the ids that Find was asked for
	tries map[string]int

	// profile is what is told of an account; nothing where nil.
	profile func(context.Context, chat.Account) (chat.Profile, error)
	// before is asked before a message is taken; an error refuses it.
	before func(s sent) error
	// after is asked once a message has arrived; an error is all that the core
	// learns of it, as where the connection breaks before the reply.
	after func(s sent) error
}

var _ chat.Messenger = (*messenger)(nil)

func (m *messenger) take(s sent) (chat.Posted, error) {
	if err := s.said.Validate(); err != nil {
		m.t.Errorf("%s %s to %s is no message that a platform takes: %v", s.how, s.id, s.to, err)
	}
	m.mu.Lock()
	m.tries[s.id]++
	before, after := m.before, m.after
	m.mu.Unlock()
	if before != nil {
		if err := before(s); err != nil {
			return chat.Posted{}, err
		}
	}
	m.mu.Lock()
	m.sends = append(m.sends, s)
	m.mu.Unlock()
	if after != nil {
		if err := after(s); err != nil {
			return chat.Posted{}, err
		}
	}
	return posted(s), nil
}

func posted(s sent) chat.Posted {
	return chat.Posted{Place: chat.Place{Home: chat.Home{Platform: s.to.Platform, ID: "dm"}}, Message: s.id}
}

func (m *messenger) Answer(_ context.Context, id string, e chat.Event, show chat.Show, said chat.Message) (chat.Posted, error) {
	return m.take(sent{how: "answer", id: id, to: e.From, show: show, said: said})
}

func (m *messenger) Direct(_ context.Context, id string, to chat.Account, said chat.Message) (chat.Posted, error) {
	return m.take(sent{how: "direct", id: id, to: to, said: said})
}

func (m *messenger) Post(_ context.Context, id string, _ chat.Place, said chat.Message) (chat.Posted, error) {
	return m.take(sent{how: "post", id: id, said: said})
}

func (m *messenger) Thread(_ context.Context, id string, _ chat.Posted, said chat.Message) (chat.Posted, error) {
	return m.take(sent{how: "post", id: id, said: said})
}

func (m *messenger) Edit(_ context.Context, id string, _ chat.Posted, said chat.Message) (chat.Posted, error) {
	return m.take(sent{how: "post", id: id, said: said})
}

func (m *messenger) Find(_ context.Context, id string, to chat.Recipient, _ time.Time) (chat.Posted, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.asked = append(m.asked, id)
	for _, s := range m.sends {
		if s.id == id && s.to == to.Account {
			return posted(s), true, nil
		}
	}
	return chat.Posted{}, false, nil
}

func (m *messenger) Profile(ctx context.Context, who chat.Account) (chat.Profile, error) {
	if m.profile != nil {
		return m.profile(ctx, who)
	}
	return chat.Profile{}, nil
}

// all is everything that arrived, in order.
func (m *messenger) all() []sent {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.sends)
}

// to is what arrived at one account, in one of the ways, in order.
func (m *messenger) to(account chat.Account, how string) []chat.Message {
	var said []chat.Message
	for _, s := range m.all() {
		if s.to == account && s.how == how {
			said = append(said, s.said)
		}
	}
	return said
}

// fails lets sends fail before and after they arrive; nil lets them pass.
func (m *messenger) fails(before, after func(s sent) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.before, m.after = before, after
}

// looked is how often the core asked whether something had arrived.
func (m *messenger) looked() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.asked)
}

// tried is how often a send with that id was tried.
func (m *messenger) tried(id string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.tries[id]
}

// plain is all that people read on a message, one part a line.
func plain(m chat.Message) string {
	text := m.Title + "\n"
	for _, paragraph := range m.Body {
		text += paragraph.Plain() + "\n"
	}
	for _, field := range m.Fields {
		text += field.Name + ": " + field.Value.Plain() + "\n"
	}
	text += m.Note.Plain() + "\n"
	for _, row := range m.Rows {
		for _, button := range row.Buttons {
			text += fmt.Sprintf("[%s] ", button.Label)
		}
	}
	return text
}

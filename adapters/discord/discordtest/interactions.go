package discordtest

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Spot is where somebody is. Without a guild it is the conversation with the bot.
type Spot struct{ User, Guild, Channel string }

// Interaction is something that a person did, as the bot was told.
type Interaction struct {
	ID, Token string
	Spot      Spot
	Kind      int
	Message   string // that carries the control

	payload  map[string]any
	began    time.Time // by the machine's clock
	at       time.Time // by the server's
	first    int       // the type of the first answer; 0 while there is none
	hidden   bool      // the answer is for one person
	original string    // the message that the first answer became
	modal    *Modal
	choices  []string
}

// The kinds of interactions.
const (
	kindCommand  = 2
	kindPress    = 3
	kindComplete = 4
	kindModal    = 5
)

// Command uses a command: the names below the root, then options by name.
func (s *Server) Command(at Spot, root string, path []string, options ...Given) *Interaction {
	return s.Interact(at, kindCommand, commandData(root, path, options))
}

// Given is an option that was given: a text or a number.
type Given struct {
	Name    string
	Value   any
	Focused bool
}

func commandData(root string, path []string, given []Given) map[string]any {
	options := []any{}
	for _, o := range given {
		kind := 3
		if _, text := o.Value.(string); !text {
			kind = 4
		}
		options = append(options, map[string]any{"name": o.Name, "type": kind, "value": o.Value, "focused": o.Focused})
	}
	for i, name := range slices.Backward(path) {
		kind := 1
		if i < len(path)-1 {
			kind = 2
		}
		options = []any{map[string]any{"name": name, "type": kind, "options": options}}
	}
	return map[string]any{"id": "1", "name": root, "type": 1, "options": options}
}

// Complete types at an argument; the answer is in Choices.
func (s *Server) Complete(at Spot, root string, path []string, options ...Given) *Interaction {
	return s.Interact(at, kindComplete, commandData(root, path, options))
}

// Choices are the names that were offered.
func (s *Server) Choices(i *Interaction) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(i.choices)
}

// Press presses a button, or chooses in a menu, of a message that the user sees.
func (s *Server) Press(user, message, customID string, values ...string) (*Interaction, error) {
	i, err := s.PreparePress(user, message, customID, values...)
	if err == nil {
		s.Again(i)
	}
	return i, err
}

// PreparePress makes a press without telling the bot yet; Again tells it.
func (s *Server) PreparePress(user, message, customID string, values ...string) (*Interaction, error) {
	s.mu.Lock()
	m := s.messages[message]
	s.mu.Unlock()
	switch {
	case m == nil || m.For != "" && m.For != user:
		return nil, fmt.Errorf("discordtest: %s sees no message %s", user, message)
	case !m.has(customID, values):
		return nil, fmt.Errorf("discordtest: message %s has no control %s with %q", message, customID, values)
	}
	kind := 2
	if len(values) > 0 {
		kind = 3
	}
	return s.prepare(Spot{user, m.Guild, m.Channel}, kindPress, map[string]any{"custom_id": customID, "component_type": kind, "values": values}, m), nil
}

func (m *Message) has(customID string, values []string) bool {
	for _, row := range m.Body.Components {
		for _, c := range row.Components {
			offers := func(v string) bool {
				return slices.ContainsFunc(c.Options, func(o Choice) bool { return o.Value == v })
			}
			if c.CustomID == customID && (c.Type == 3) == (len(values) > 0) && (len(values) == 0 || offers(values[0])) {
				return true
			}
		}
	}
	return false
}

// Submit sends the form that opened as the answer to an interaction.
func (s *Server) Submit(opened *Interaction, values map[string]string) (*Interaction, error) {
	i, err := s.PrepareSubmit(opened, values)
	if err == nil {
		s.Again(i)
	}
	return i, err
}

// PrepareSubmit makes a submission without telling the bot yet; Again tells it.
func (s *Server) PrepareSubmit(opened *Interaction, values map[string]string) (*Interaction, error) {
	if opened == nil {
		return nil, errors.New("discordtest: no form is open")
	}
	s.mu.Lock()
	form, message := opened.modal, s.messages[opened.Message]
	s.mu.Unlock()
	if form == nil {
		return nil, fmt.Errorf("discordtest: interaction %s opened no form", opened.ID)
	}
	labels := []any{}
	for _, l := range form.Components {
		input := map[string]any{"type": l.Component.Type, "custom_id": l.Component.CustomID}
		value := values[l.Component.CustomID]
		switch {
		case l.Component.Type == 4 && length(value) > l.Component.MaxLength:
			return nil, fmt.Errorf("discordtest: %s takes %d characters", l.Component.CustomID, l.Component.MaxLength)
		case l.Component.Required != nil && *l.Component.Required && value == "":
			return nil, fmt.Errorf("discordtest: %s is required", l.Component.CustomID)
		case l.Component.Type == 4:
			input["value"] = value
		case value != "":
			input["values"] = []string{value}
		default:
			input["values"] = []string{}
		}
		labels = append(labels, map[string]any{"type": 18, "id": 1, "component": input})
	}
	return s.prepare(opened.Spot, kindModal, map[string]any{"custom_id": form.CustomID, "components": labels}, message), nil
}

// Modal is the form that an interaction opened, nil if none.
func (s *Server) Modal(i *Interaction) *Modal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return i.modal
}

// Answered reports how an interaction was first answered; 0 while it is not.
func (s *Server) Answered(i *Interaction) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return i.first
}

// Interact lets the bot hear of anything, well formed or not.
func (s *Server) Interact(at Spot, kind int, data any) *Interaction {
	i := s.Prepare(at, kind, data)
	s.Again(i)
	return i
}

// Prepare makes an interaction without telling the bot yet; Again tells it.
func (s *Server) Prepare(at Spot, kind int, data any) *Interaction {
	return s.prepare(at, kind, data, nil)
}

// PrepareCommand makes a use of a command without telling the bot yet; Again
// tells it.
func (s *Server) PrepareCommand(at Spot, root string, path []string, options ...Given) *Interaction {
	return s.Prepare(at, kindCommand, commandData(root, path, options))
}

func (s *Server) prepare(at Spot, kind int, data any, on *Message) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at.Guild == "" && at.Channel == "" {
		at.Channel = s.direct(at.User).ID
	}
	i := &Interaction{ID: s.newID(), Spot: at, Kind: kind, began: time.Now(), at: s.now()}
	i.Token = "token-" + i.ID
	i.payload = map[string]any{
		"id": i.ID, "application_id": Application, "type": kind, "token": i.Token, "version": 1,
		"channel_id": at.Channel, "data": data, "locale": "en-GB",
	}
	who := map[string]any{"id": at.User, "username": "user", "global_name": nil}
	if u := s.users[at.User]; u != nil {
		who = u.wire()
	}
	if at.Guild != "" {
		i.payload["guild_id"] = at.Guild
		i.payload["member"] = map[string]any{"user": who, "nick": nil, "roles": []string{}}
	} else {
		i.payload["user"] = who
	}
	if on != nil {
		i.Message = on.ID
		i.payload["message"] = on.wire()
	}
	s.interactions[i.Token] = i
	return i
}

// Again tells the bot once more what it was told already.
func (s *Server) Again(i *Interaction) { s.Dispatch("INTERACTION_CREATE", i.payload) }

// Say writes to the bot directly, and returns the id of what was written.
func (s *Server) Say(user, text string) string {
	id := s.PrepareSay()
	s.SayAs(id, user, text)
	return id
}

// PrepareSay is the id of something that is about to be written.
func (s *Server) PrepareSay() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newID()
}

// SayAs writes to the bot directly under an id.
func (s *Server) SayAs(id, user, text string) {
	s.mu.Lock()
	channel, author := s.direct(user).ID, s.users[user].wire()
	s.mu.Unlock()
	s.Dispatch("MESSAGE_CREATE", map[string]any{"id": id, "channel_id": channel, "content": text, "author": author, "type": 0})
}

package chat

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"
)

// Event is one thing that a person did, or that happened to a home.
//
// ID is the platform's own id under the platform's name. It is the id of the
// operation too: the same ID delivered again changes nothing.
type Event struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	From   Account   `json:"from"`
	Name   string    `json:"name,omitempty"` // display name, where the platform sent one along
	In     Place     `json:"in"`
	Handle Handle    `json:"handle,omitzero"`
	Input  Input     `json:"-"`
}

// Input is what the person did: a Line, a Call, a Press, a Submission, or a
// Happening.
type Input interface{ input() string }

// Line is text that was typed to the bot, with or without the command's name
// in front.
type Line struct {
	Text string `json:"text"`
}

// Call is a command that the platform has parsed by the tree.
type Call struct {
	Path []string `json:"path"` // names from below the root, e.g. ["match", "find"]
	// Args has the given arguments by name. A person is an Account's String
	// where the platform knows it, else the name as typed.
	Args map[string]string `json:"args,omitempty"`
}

// Press is a press of a button, or a choice in a menu.
type Press struct {
	Ref    Ref      `json:"ref"`
	Values []string `json:"values,omitempty"` // values of the chosen options; empty for a button
	On     Posted   `json:"on,omitzero"`      // the message that carries the control
}

// Submission is a form that was filled in and sent.
type Submission struct {
	Ref    Ref               `json:"ref"`
	Values map[string]string `json:"values"` // by field name
	On     Posted            `json:"on,omitzero"`
}

// Happening is something that happened to a home, done by Event.From where known.
type Happening struct {
	What What `json:"what"`
}

// What names a happening.
type What string

// The happenings that adapters report.
const (
	BotAdded    What = "added"   // the bot came into Event.In.Home, or into its channel
	BotRemoved  What = "removed" // the bot left or was removed, or its token was revoked
	ChannelGone What = "gone"    // the channel Event.In.Channel was deleted or archived
)

func (Line) input() string  { return "line" }
func (Call) input() string  { return "call" }
func (Press) input() string { return "press" }

// Fields are the values of names that a field can have. A client may send others;
// nobody asked for them.
func (s Submission) Fields() map[string]string {
	fields := maps.Clone(s.Values)
	maps.DeleteFunc(fields, func(name, _ string) bool { return !isName(name) })
	return fields
}

func (Submission) input() string { return "form" }
func (Happening) input() string  { return "home" }

// plainEvent has Event's fields without its methods, for encoding.
type plainEvent Event

// MarshalJSON writes the event with its input under the name of its kind.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.Input == nil {
		return nil, fmt.Errorf("encode event %s: no input", e.ID)
	}
	input, err := json.Marshal(e.Input)
	if err != nil {
		return nil, fmt.Errorf("encode event %s: %w", e.ID, err)
	}
	return json.Marshal(struct {
		plainEvent
		Kind  string          `json:"kind"`
		Input json.RawMessage `json:"input"`
	}{plainEvent(e), e.Input.input(), input})
}

// UnmarshalJSON reads what MarshalJSON wrote. An unknown kind is an error.
func (e *Event) UnmarshalJSON(data []byte) error {
	var in struct {
		plainEvent
		Kind  string          `json:"kind"`
		Input json.RawMessage `json:"input"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("decode event: %w", err)
	}
	decode, ok := inputs[in.Kind]
	if !ok {
		return fmt.Errorf("decode event %s: unknown kind %q", in.ID, in.Kind)
	}
	input, err := decode(in.Input)
	if err != nil {
		return fmt.Errorf("decode event %s: %w", in.ID, err)
	}
	*e = Event(in.plainEvent)
	e.Input = input
	return nil
}

var inputs = map[string]func([]byte) (Input, error){
	Line{}.input():       decodeInput[Line],
	Call{}.input():       decodeInput[Call],
	Press{}.input():      decodeInput[Press],
	Submission{}.input(): decodeInput[Submission],
	Happening{}.input():  decodeInput[Happening],
}

func decodeInput[T Input](data []byte) (Input, error) {
	var in T
	err := json.Unmarshal(data, &in)
	return in, err
}

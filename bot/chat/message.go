package chat

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Message is a card of fixed shape. Every part but one of Title and Body may be
// empty; parts are shown in the order of the fields below.
type Message struct {
	Title       string       `json:"title,omitempty"`
	Body        []Text       `json:"body,omitempty"` // paragraphs
	Fields      []Field      `json:"fields,omitempty"`
	Note        Text         `json:"note,omitempty"` // small print
	Rows        []Row        `json:"rows,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
}

// Field is a named value on a card.
type Field struct {
	Name  string `json:"name"`
	Value Text   `json:"value"`
}

// Row is one row of controls: buttons, or one menu. Exactly one is set; NewRow
// and NewMenu make no other.
type Row struct {
	Buttons []Button `json:"buttons,omitempty"`
	Menu    *Menu    `json:"menu,omitempty"`
}

// NewRow is a row of buttons.
func NewRow(buttons ...Button) Row { return Row{Buttons: buttons} }

// NewMenu is a row with one menu.
func NewMenu(menu Menu) Row { return Row{Menu: &menu} }

// Button is a control with one meaning.
type Button struct {
	Label string `json:"label"`
	Ref   Ref    `json:"ref"`
	Tone  Tone   `json:"tone,omitempty"`
}

// Tone says how a button should stand out.
type Tone string

// The tones. The zero value is an ordinary button.
const (
	Plain  Tone = ""
	Main   Tone = "main"   // the one thing most people want on this card
	Danger Tone = "danger" // ends something for good
)

// Menu offers one choice of up to MaxOptions.
type Menu struct {
	Ref     Ref      `json:"ref"`
	Hint    string   `json:"hint,omitempty"` // shown while nothing is chosen
	Options []Option `json:"options"`
}

// Option is one choice of a menu, a form's choice field, or a completion.
type Option struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Hint  string `json:"hint,omitempty"`
}

// Attachment is a file that comes with a message. Alt says what a picture shows
// and is required for pictures.
type Attachment struct {
	Name string `json:"name"`
	Type string `json:"type"` // media type, e.g. "text/calendar"
	Alt  string `json:"alt,omitempty"`
	Data []byte `json:"data"`
}

// Ref is what a control or a form carries: a route's name and one short id.
// It never carries state or permission; both are looked up at every press.
type Ref struct {
	Route string
	ID    string
}

// ErrRef is the cause of every error of ParseRef.
var ErrRef = errors.New("not a reference")

// String is "route:id", or "route" without an id: at most MaxRef bytes on the wire.
func (r Ref) String() string {
	if r.ID == "" {
		return r.Route
	}
	return r.Route + ":" + r.ID
}

// ParseRef reads what String wrote. What came back from a platform may be
// forged: the result says only which route is meant.
func ParseRef(text string) (Ref, error) {
	route, id, _ := strings.Cut(text, ":")
	if len(text) > MaxRef || !word(route) || strings.ContainsFunc(id, notInID) {
		return Ref{}, fmt.Errorf("%w: %.*q", ErrRef, MaxRef, text)
	}
	return Ref{Route: route, ID: id}, nil
}

func notInID(r rune) bool { return r <= ' ' || r >= 0x7f }

// MarshalText writes the reference as String does. One that ParseRef would not
// read back is an error, lest something be kept that cannot be read again.
func (r Ref) MarshalText() ([]byte, error) {
	text := r.String()
	if back, err := ParseRef(text); err != nil || back != r {
		return nil, fmt.Errorf("%w: %.*q", ErrRef, MaxRef, text)
	}
	return []byte(text), nil
}

// UnmarshalText reads the reference as ParseRef does.
func (r *Ref) UnmarshalText(text []byte) error {
	ref, err := ParseRef(string(text))
	*r = ref
	return err
}

// Encode is the message as JSON, as it is kept with an operation's answer.
func (m Message) Encode() ([]byte, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode message: %w", err)
	}
	return data, nil
}

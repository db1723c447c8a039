package chat

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Text is a line of spans. It never contains markup: emphasis is a span.
type Text []Span

// Span is a piece of text: Say, Strong, Code, Link, When or Mention.
type Span interface {
	// Plain is the span as unformatted text.
	Plain() string
	span() string
}

// Say is plain text, from us or from a person.
type Say string

// Strong is emphasised text.
type Strong string

// Code is text to be typed or copied as it stands.
type Code string

// Link is a web address with a label. An adapter shows the host beside a label
// that is not the address itself.
type Link struct {
	Label string `json:"label"`
	URL   string `json:"url"`
}

// When is a moment. Platforms that can show it in each reader's own zone do so;
// Fallback, which names its zone, stands beside or instead of it everywhere.
type When struct {
	At       time.Time `json:"at"`
	Fallback string    `json:"fallback"`
}

// Mention names a person. An adapter pings the account that lives on its
// platform and in the home it writes to, and prints the name elsewhere.
type Mention struct {
	Name     string    `json:"name"`
	Accounts []Account `json:"accounts,omitempty"`
}

// Plain returns the text itself.
func (s Say) Plain() string { return string(s) }

// Plain returns the text without emphasis.
func (s Strong) Plain() string { return string(s) }

// Plain returns the text without quoting.
func (s Code) Plain() string { return string(s) }

// Plain returns the label and, where it differs, the address in brackets.
func (s Link) Plain() string {
	if s.Label == "" || s.Label == s.URL {
		return s.URL
	}
	return s.Label + " (" + s.URL + ")"
}

// Shown is the label that is shown and, beside it, the host that it leads to, so
// that nobody is led elsewhere than they think. Both are empty where the label is
// the address itself or none.
func (s Link) Shown() (label, host string) {
	if label = ShownLine(s.Label); label == s.URL {
		return "", ""
	}
	if at, err := url.Parse(s.URL); err == nil && label != "" {
		host = at.Host
	}
	return label, host
}

// Plain returns the fallback.
func (s When) Plain() string { return s.Fallback }

// Plain returns the name.
func (s Mention) Plain() string { return s.Name }

// On is the id of the person's first account on a platform, and in its team
// where there are teams; empty for none.
func (s Mention) On(p Platform, team string) string {
	for _, account := range s.Accounts {
		if account.Platform == p && account.Team == team {
			return account.User
		}
	}
	return ""
}

func (Say) span() string     { return "say" }
func (Strong) span() string  { return "strong" }
func (Code) span() string    { return "code" }
func (Link) span() string    { return "link" }
func (When) span() string    { return "when" }
func (Mention) span() string { return "mention" }

// T builds a text. Strings become Say; everything else must be a Span.
func T(parts ...any) Text {
	text := make(Text, 0, len(parts))
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			text = append(text, Say(part))
		case Span:
			text = append(text, part)
		case Text:
			text = append(text, part...)
		default:
			text = append(text, Say(fmt.Sprint(part)))
		}
	}
	return text
}

// Plain is the text without any formatting.
func (t Text) Plain() string {
	var out strings.Builder
	for _, span := range t {
		out.WriteString(span.Plain())
	}
	return out.String()
}

// MarshalJSON writes the spans as pairs of kind and content.
func (t Text) MarshalJSON() ([]byte, error) {
	pairs := make([][2]any, len(t))
	for i, span := range t {
		pairs[i] = [2]any{span.span(), span}
	}
	return json.Marshal(pairs)
}

// UnmarshalJSON reads what MarshalJSON wrote. An unknown kind is an error.
func (t *Text) UnmarshalJSON(data []byte) error {
	var pairs [][2]json.RawMessage
	if err := json.Unmarshal(data, &pairs); err != nil {
		return fmt.Errorf("decode text: %w", err)
	}
	text := make(Text, len(pairs))
	for i, pair := range pairs {
		var kind string
		if err := json.Unmarshal(pair[0], &kind); err != nil {
			return fmt.Errorf("decode text: %w", err)
		}
		decode, ok := spans[kind]
		if !ok {
			return fmt.Errorf("decode text: unknown span %q", kind)
		}
		span, err := decode(pair[1])
		if err != nil {
			return fmt.Errorf("decode %s span: %w", kind, err)
		}
		text[i] = span
	}
	*t = text
	return nil
}

var spans = map[string]func([]byte) (Span, error){
	Say("").span():    decodeSpan[Say],
	Strong("").span(): decodeSpan[Strong],
	Code("").span():   decodeSpan[Code],
	Link{}.span():     decodeSpan[Link],
	When{}.span():     decodeSpan[When],
	Mention{}.span():  decodeSpan[Mention],
}

func decodeSpan[T Span](data []byte) (Span, error) {
	var s T
	err := json.Unmarshal(data, &s)
	return s, err
}

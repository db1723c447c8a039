package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"unicode/utf16"
)

// Body is a message as it arrives.
type Body struct {
	Content         string          `json:"content"`
	Embeds          []Embed         `json:"embeds"`
	Components      []Component     `json:"components"`
	AllowedMentions *Mentions       `json:"allowed_mentions"`
	Attachments     json.RawMessage `json:"attachments"`
	Flags           int             `json:"flags"`
	Nonce           string          `json:"nonce"`
	EnforceNonce    bool            `json:"enforce_nonce"`
	Reference       *struct {
		MessageID string `json:"message_id"`
	} `json:"message_reference"`
}

// Embed is a card.
type Embed struct {
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Color       int          `json:"color"`
	Fields      []EmbedField `json:"fields"`
	Footer      struct {
		Text string `json:"text"`
	} `json:"footer"`
}

// EmbedField is a named value on a card.
type EmbedField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Component is a control, or what holds some.
type Component struct {
	Type        int         `json:"type"`
	CustomID    string      `json:"custom_id"`
	Style       int         `json:"style"`
	Label       string      `json:"label"`
	Description string      `json:"description"`
	Placeholder string      `json:"placeholder"`
	Value       string      `json:"value"`
	Required    *bool       `json:"required"`
	MaxLength   int         `json:"max_length"`
	Options     []Choice    `json:"options"`
	Component   *Component  `json:"component"`
	Components  []Component `json:"components"`
}

// Choice is an option of a menu.
type Choice struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description"`
	Default     bool   `json:"default"`
}

// Mentions says whom a message may ping.
type Mentions struct {
	Parse []string `json:"parse"`
	Users []string `json:"users"`
	Roles []string `json:"roles"`
}

// Modal is a form.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// faults gathers what is wrong.
type faultList []string

func (f *faultList) check(ok bool, format string, args ...any) {
	if !ok {
		*f = append(*f, fmt.Sprintf(format, args...))
	}
}

func length(text string) int { return len(utf16.Encode([]rune(text))) }

func within(text string, least, most int) bool {
	n := length(text)
	return n >= least && n <= most
}

// bodyFaults are the limits of a message.
// https://discord.com/developers/docs/resources/message
func bodyFaults(b *Body, files int) []string {
	var f faultList
	f.check(within(b.Content, 0, 2000), "content: %d characters", length(b.Content))
	f.check(len(b.Embeds) <= 10, "%d embeds", len(b.Embeds))
	f.check(b.Content != "" || len(b.Embeds) > 0 || files > 0, "Cannot send an empty message")
	f.check(b.AllowedMentions != nil && b.AllowedMentions.Parse != nil, "no allowed_mentions: pings whom the text says")
	f.check(len(b.Nonce) <= 25, "nonce: %d characters", len(b.Nonce))
	total := 0
	for _, e := range b.Embeds {
		total += f.embed(e)
	}
	f.check(total <= 6000, "embeds: %d characters", total)
	f.check(len(b.Components) <= 5, "%d rows", len(b.Components))
	ids := map[string]bool{}
	for _, row := range b.Components {
		f.row(row, ids)
	}
	return f
}

func (f *faultList) embed(e Embed) int {
	f.check(within(e.Title, 0, 256), "title: %d characters", length(e.Title))
	f.check(within(e.Description, 0, 4096), "description: %d characters", length(e.Description))
	f.check(within(e.Footer.Text, 0, 2048), "footer: %d characters", length(e.Footer.Text))
	f.check(len(e.Fields) <= 25, "%d fields", len(e.Fields))
	total := length(e.Title) + length(e.Description) + length(e.Footer.Text)
	f.check(total > 0 || len(e.Fields) > 0, "an empty embed")
	for _, field := range e.Fields {
		f.check(within(field.Name, 1, 256) && within(field.Value, 1, 1024), "field: %d and %d characters", length(field.Name), length(field.Value))
		total += length(field.Name) + length(field.Value)
	}
	return total
}

func (f *faultList) row(row Component, ids map[string]bool) {
	f.check(row.Type == 1, "a component of type %d on top", row.Type)
	menus := 0
	for _, c := range row.Components {
		f.customID(c.CustomID, ids)
		switch c.Type {
		case 2:
			f.check(within(c.Label, 1, 80), "button: %d characters", length(c.Label))
			f.check(c.Style >= 1 && c.Style <= 4, "button of style %d", c.Style)
		case 3:
			menus++
			f.options(c)
		default:
			f.check(false, "a component of type %d in a row", c.Type)
		}
	}
	f.check(len(row.Components) >= 1 && len(row.Components) <= 5 && (menus == 0 || len(row.Components) == 1), "a row of %d components", len(row.Components))
}

func (f *faultList) customID(id string, ids map[string]bool) {
	f.check(within(id, 1, 100), "custom_id: %d characters", length(id))
	f.check(!ids[id], "Component custom id cannot be duplicated: %s", id)
	ids[id] = true
}

func (f *faultList) options(c Component) {
	f.check(len(c.Options) >= 1 && len(c.Options) <= 25, "%d options", len(c.Options))
	f.check(within(c.Placeholder, 0, 150), "placeholder: %d characters", length(c.Placeholder))
	values := map[string]bool{}
	for _, o := range c.Options {
		f.check(within(o.Label, 1, 100) && within(o.Value, 1, 100) && within(o.Description, 0, 100), "option %q: too long or empty", o.Value)
		f.check(!values[o.Value], "option %q: twice", o.Value)
		values[o.Value] = true
	}
}

// modalFaults are the limits of a form.
func modalFaults(m *Modal) []string {
	var f faultList
	ids := map[string]bool{}
	f.check(within(m.CustomID, 1, 100), "custom_id: %d characters", length(m.CustomID))
	f.check(within(m.Title, 1, 45), "title: %d characters", length(m.Title))
	f.check(len(m.Components) >= 1 && len(m.Components) <= 5, "%d components", len(m.Components))
	for _, l := range m.Components {
		f.check(l.Type == 18 && l.Component != nil, "no label with an input")
		f.check(within(l.Label, 1, 45) && within(l.Description, 0, 100), "label: %d characters", length(l.Label))
		if l.Component == nil {
			continue
		}
		c := *l.Component
		f.customID(c.CustomID, ids)
		f.check(c.Label == "", "an input in a label has no label of its own")
		switch c.Type {
		case 3:
			f.options(c)
		case 4:
			f.check(c.MaxLength >= 1 && c.MaxLength <= 4000 && length(c.Value) <= c.MaxLength, "input: %d characters of %d", length(c.Value), c.MaxLength)
		default:
			f.check(false, "an input of type %d", c.Type)
		}
	}
	return f
}

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)

// commandFaults are the limits of a command.
func commandFaults(c map[string]any) []string {
	var f faultList
	total := 0
	f.command(c, &total)
	f.check(total <= 8000, "%d characters in all", total)
	return f
}

func (f *faultList) command(c map[string]any, total *int) {
	name, _ := c["name"].(string)
	about, _ := c["description"].(string)
	f.check(commandName.MatchString(name), "name %q", name)
	f.check(within(about, 1, 100), "description of %s: %d characters", name, length(about))
	*total += length(name) + length(about)
	options, _ := c["options"].([]any)
	f.check(len(options) <= 25, "%s: %d options", name, len(options))
	optional := false
	var names []string
	for _, o := range options {
		o, _ := o.(map[string]any)
		required, _ := o["required"].(bool)
		kind, _ := o["type"].(float64)
		f.check(!required || !optional, "%s: required after optional", name)
		optional = optional || !required && kind > 2
		inner, _ := o["name"].(string)
		f.check(!slices.Contains(names, inner), "%s: %s twice", name, inner)
		names = append(names, inner)
		choices, _ := o["choices"].([]any)
		completes, _ := o["autocomplete"].(bool)
		f.check(len(choices) <= 25 && (len(choices) == 0 || !completes), "%s: choices", inner)
		f.command(o, total)
	}
}

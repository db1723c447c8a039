package discord

// The shapes of what is sent. Fields that Discord fills by itself when they are
// absent, such as whom a message may ping, have no omitempty: what is sent is
// what is written here.

// body is a message as it is created or edited.
type body struct {
	Content     string       `json:"content"`
	Embeds      []embed      `json:"embeds"`
	Components  []component  `json:"components"`
	Mentions    mentions     `json:"allowed_mentions"`
	Attachments []attachment `json:"attachments"`
	Flags       int          `json:"flags,omitempty"`

	// Only where a message is created in a channel.
	Nonce        string     `json:"nonce,omitempty"`
	EnforceNonce bool       `json:"enforce_nonce,omitempty"`
	Reference    *reference `json:"message_reference,omitempty"`
}

// embed is the card.
type embed struct {
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Color       int          `json:"color"`
	Fields      []embedField `json:"fields,omitempty"`
	Footer      *footer      `json:"footer,omitempty"`
}

type embedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline"`
}

type footer struct {
	Text string `json:"text"`
}

// component is a row, a control in one, a label of a form, or an input below one.
type component struct {
	Type        int         `json:"type"`
	CustomID    string      `json:"custom_id,omitempty"`
	Style       int         `json:"style,omitempty"`
	Label       string      `json:"label,omitempty"`
	Description string      `json:"description,omitempty"`
	Placeholder string      `json:"placeholder,omitempty"`
	Options     []choice    `json:"options,omitempty"`
	Value       string      `json:"value,omitempty"`
	Required    *bool       `json:"required,omitempty"`
	MinValues   *int        `json:"min_values,omitempty"`
	MaxValues   int         `json:"max_values,omitempty"`
	MaxLength   int         `json:"max_length,omitempty"`
	Component   *component  `json:"component,omitempty"`
	Components  []component `json:"components,omitempty"`
}

// The types of components that are used.
// https://discord.com/developers/docs/components/reference#component-object-component-types
const (
	rowComponent    = 1
	buttonComponent = 2
	menuComponent   = 3
	inputComponent  = 4
	labelComponent  = 18
)

type choice struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// mentions says whom a message may ping: nobody but the users named.
type mentions struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser bool     `json:"replied_user"`
}

type attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

// reference makes a message a reply. It fails where that one is gone.
type reference struct {
	MessageID string `json:"message_id"`
}

// ephemeral is the flag of a message that only one person sees.
// https://discord.com/developers/docs/resources/message#message-object-message-flags
const ephemeral = 1 << 6

// callback is the first answer to an interaction.
type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// The types of first answers.
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	callbackMessage  = 4
	callbackDefer    = 5 // a message follows
	callbackUpdate   = 6 // the message with the control changes later
	callbackComplete = 8
	callbackModal    = 9
)

// flags is the whole of a deferred message.
type flags struct {
	Flags int `json:"flags"`
}

// modal is a form.
type modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []component `json:"components"`
}

// completions are the values offered for an argument.
type completions struct {
	Choices []commandChoice `json:"choices"`
}

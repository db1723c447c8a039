package discord

import "github.com/bwmarrin/discordgo"

// The shapes of what is sent, where the library has none that fits: it knows no
// nonce, and describes no file. What is sent is what is written here and nothing
// that Discord fills in by itself.

// body is a message as it is created or edited.
type body struct {
	Content     string                       `json:"content"`
	Embeds      []discordgo.MessageEmbed     `json:"embeds"`
	Components  []discordgo.MessageComponent `json:"components"`
	Mentions    mentions                     `json:"allowed_mentions"`
	Attachments []attachment                 `json:"attachments"`
	Flags       discordgo.MessageFlags       `json:"flags,omitempty"`

	// Only where a message is created in a channel.
	Nonce        string                      `json:"nonce,omitempty"`
	EnforceNonce bool                        `json:"enforce_nonce,omitempty"`
	Reference    *discordgo.MessageReference `json:"message_reference,omitempty"`
}

// mentions says whom a message may ping: nobody but the users named. The library
// leaves out what is empty, and Discord fills in what is left out.
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

// callback is the first answer to an interaction.
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// flags is the whole of a deferred message.
type flags struct {
	Flags discordgo.MessageFlags `json:"flags"`
}

// modal is a form.
type modal struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

// completions are the values offered for an argument.
type completions struct {
	Choices []commandChoice `json:"choices"`
}

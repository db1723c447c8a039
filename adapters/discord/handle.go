package discord

import (
	"time"

	"interlab/bot/chat"
)

// handleLife is how long an interaction can be answered.
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
const handleLife = 15 * time.Minute

// handle is what an answer needs: the token of an interaction and how that is
// acknowledged, for whoever answers, perhaps in another process, must know; or the
// direct conversation in which a line was typed, which can be written to for ever.
type handle struct {
	Application string  `json:"a,omitempty"`
	Token       string  `json:"t,omitempty"`
	Opening     opening `json:"o,omitempty"`
	Channel     string  `json:"c,omitempty"`
}

// posted is where a message of a channel landed; without a guild the channel is
// a direct conversation.
func posted(guild, channel, message string) chat.Posted {
	return chat.Home{Platform: Platform, ID: guild}.Landed(channel, message, guild == "")
}

package discord

import (
	"strings"
	"time"

	"interlab/bot/chat"
)

// handleLife is how long an interaction can be answered.
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
const handleLife = 15 * time.Minute

// handle is what an answer needs: the interaction, or the direct conversation
// in which a line was typed.
type handle struct {
	application, interaction, token string
	opening                         opening
	channel                         string
}

// handleOf is the handle of an interaction, with its end. How it is acknowledged
// is part of it: whoever answers, perhaps in another process, must know.
func handleOf(in interaction, as opening, now time.Time) chat.Handle {
	token := strings.Join([]string{"i", in.ApplicationID, in.ID, in.Token, string(as)}, "/")
	return chat.Handle{Token: token, Expires: now.Add(handleLife)}
}

// directHandle never ends: a conversation can be written to at any time.
func directHandle(channel string) chat.Handle { return chat.Handle{Token: "d/" + channel} }

// parseHandle reads back what the two above have made; false for anything else.
func parseHandle(token string) (handle, bool) {
	parts := strings.Split(token, "/")
	switch {
	case len(parts) == 5 && parts[0] == "i" && snowflake(parts[1]) && snowflake(parts[2]) && parts[3] != "":
		return handle{application: parts[1], interaction: parts[2], token: parts[3], opening: opening(parts[4])}, true
	case len(parts) == 2 && parts[0] == "d" && snowflake(parts[1]):
		return handle{channel: parts[1]}, true
	}
	return handle{}, false
}

// posted is where a message of a channel landed; without a guild the channel is
// a direct conversation.
func posted(guild, channel, message string) chat.Posted {
	return chat.Home{Platform: Platform, ID: guild}.Landed(channel, message, guild == "")
}

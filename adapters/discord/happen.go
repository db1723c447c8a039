package discord

import (
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// directMessage is what is read of MESSAGE_CREATE.
type directMessage struct {
	ID        string          `json:"id"`
	ChannelID string          `json:"channel_id"`
	GuildID   string          `json:"guild_id"`
	Content   string          `json:"content"`
	Author    *discordgo.User `json:"author"`
}

// decodeMessage reads a line that was typed to the bot. It reports false for
// what is none: messages of bots, of this one too, and those in a channel.
func decodeMessage(data []byte, now time.Time) (chat.Event, bool, error) {
	m, err := desk.Decode[directMessage]("a message", data)
	if err != nil || m.GuildID != "" || m.Author == nil || m.Author.Bot {
		return chat.Event{}, false, err
	}
	if !snowflake(m.ID) || !snowflake(m.ChannelID) || !snowflake(m.Author.ID) {
		return chat.Event{}, false, errors.New("a message of nobody")
	}
	return chat.Event{
		ID: eventID(m.ID), At: now, Name: m.Author.DisplayName(), In: place("", m.ChannelID),
		From:   chat.Account{Platform: Platform, User: m.Author.ID},
		Handle: chat.Handle{Token: desk.Token(handle{Channel: m.ChannelID})},
		Input:  chat.Line{Text: m.Content},
	}, true, nil
}

// eventID is the id of an event, under the platform's name.
func eventID(id string) string { return string(Platform) + ":" + id }

// guildEvent is what is read of GUILD_CREATE, GUILD_DELETE and CHANNEL_DELETE.
type guildEvent struct {
	ID          string    `json:"id"`
	GuildID     string    `json:"guild_id"`
	OwnerID     string    `json:"owner_id"`
	JoinedAt    time.Time `json:"joined_at"`
	Unavailable *bool     `json:"unavailable"`
}

// freshly is how long ago the bot has joined a guild that is new to it. Every
// guild is sent at every connect; this tells the new one without memory.
const freshly = 5 * time.Minute

// decodeHappening reads what happened to a guild or to a channel. It reports
// false for what is no news.
func decodeHappening(kind string, data []byte, now time.Time) (chat.Event, bool, error) {
	g, err := desk.Decode[guildEvent]("a guild event", data)
	if err == nil && !snowflake(g.ID) {
		err = errors.New("a guild event of no guild")
	}
	if err != nil {
		return chat.Event{}, false, err
	}
	e := chat.Event{At: now, From: chat.Account{Platform: Platform}, In: place(g.ID, "")}
	switch kind {
	case "GUILD_CREATE":
		if g.JoinedAt.IsZero() || now.Sub(g.JoinedAt).Abs() > freshly {
			return e, false, nil
		}
		// Discord does not tell who added the bot. Whose guild it is may say the same.
		if snowflake(g.OwnerID) {
			e.From.User = g.OwnerID
		}
		e.ID, e.Input = eventID("added:"+g.ID+":"+g.JoinedAt.UTC().Format(time.RFC3339)), chat.Happening{What: chat.BotAdded}
	case "GUILD_DELETE":
		if g.Unavailable != nil && *g.Unavailable {
			return e, false, nil // an outage of Discord's
		}
		e.ID, e.Input = eventID("removed:"+g.ID+":"+now.UTC().Format(time.RFC3339)), chat.Happening{What: chat.BotRemoved}
	default:
		if !snowflake(g.GuildID) {
			return e, false, nil
		}
		e.ID, e.In = eventID("gone:"+g.ID), place(g.GuildID, g.ID)
		e.Input = chat.Happening{What: chat.ChannelGone}
	}
	return e, true, nil
}

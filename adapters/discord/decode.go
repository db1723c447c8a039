package discord

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// Platform is the name under which accounts and homes of Discord are kept.
const Platform chat.Platform = "discord"

// interaction is what is read of INTERACTION_CREATE. Everything else in it, and
// every kind of component that is not known here, is passed over.
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
type interaction struct {
	ID            string                    `json:"id"`
	ApplicationID string                    `json:"application_id"`
	Type          discordgo.InteractionType `json:"type"`
	Data          interactionData           `json:"data"`
	GuildID       string                    `json:"guild_id"`
	ChannelID     string                    `json:"channel_id"`
	Member        member                    `json:"member"`
	User          *discordgo.User           `json:"user"`
	Token         string                    `json:"token"`
	Message       *messageID                `json:"message"`
}

type interactionData struct {
	Name       string        `json:"name"`
	Options    []option      `json:"options"`
	CustomID   string        `json:"custom_id"`
	Values     []string      `json:"values"`
	Components []filledInput `json:"components"`
}

type option struct {
	Name    string                                 `json:"name"`
	Type    discordgo.ApplicationCommandOptionType `json:"type"`
	Value   json.RawMessage                        `json:"value"`
	Options []option                               `json:"options"`
	Focused bool                                   `json:"focused"`
}

// filledInput is a component of a submitted form, or one that holds others.
type filledInput struct {
	CustomID   string        `json:"custom_id"`
	Value      string        `json:"value"`
	Values     []string      `json:"values"`
	Component  *filledInput  `json:"component"`
	Components []filledInput `json:"components"`
}

type member struct {
	User *discordgo.User `json:"user"`
	Nick string          `json:"nick"`
}

type messageID struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
}

// decodeInteraction reads and checks the frame of an interaction.
func decodeInteraction(data []byte) (interaction, error) {
	in, err := desk.Decode[interaction]("an interaction", data)
	if err != nil {
		return interaction{}, err
	}
	for name, id := range map[string]string{"id": in.ID, "application": in.ApplicationID, "channel": in.ChannelID} {
		if !snowflake(id) {
			return interaction{}, errors.New("an interaction without " + name)
		}
	}
	if in.GuildID != "" && !snowflake(in.GuildID) {
		return interaction{}, errors.New("an interaction of no guild")
	}
	if in.Token == "" || strings.ContainsAny(in.Token, "/?#% ") {
		return interaction{}, errors.New("an interaction without token")
	}
	if who := in.person(); who == nil || !snowflake(who.ID) {
		return interaction{}, errors.New("an interaction of nobody")
	}
	return in, nil
}

// person is who did it: a member in a guild, a user elsewhere.
func (in *interaction) person() *discordgo.User {
	return cmp.Or(in.Member.User, in.User)
}

func (in *interaction) name() string {
	return cmp.Or(in.Member.Nick, in.person().DisplayName())
}

func (in *interaction) from() chat.Account {
	return chat.Account{Platform: Platform, User: in.person().ID}
}

func (in *interaction) place() chat.Place { return place(in.GuildID, in.ChannelID) }

// place is a channel of a guild, or a direct conversation where there is none.
// Discord does not tell which guilds a person in a direct conversation is in.
func place(guild, channel string) chat.Place {
	return chat.Home{Platform: Platform, ID: guild}.In(channel, guild == "")
}

// input is what the person did, for all kinds but completion.
func (in *interaction) input(root string) (chat.Input, error) {
	switch in.Type {
	case discordgo.InteractionApplicationCommand:
		return in.call(root)
	case discordgo.InteractionMessageComponent:
		ref, err := chat.ParseRef(in.Data.CustomID)
		if err != nil {
			return nil, errors.New("a control of nobody's")
		}
		return chat.Press{Ref: ref, Values: in.Data.Values, On: in.on()}, nil
	case discordgo.InteractionModalSubmit:
		ref, err := chat.ParseRef(in.Data.CustomID)
		if err != nil {
			return nil, errors.New("a form of nobody's")
		}
		values := map[string]string{}
		for _, c := range in.Data.Components {
			c.read(values)
		}
		return chat.Submission{Ref: ref, Values: values, On: in.on()}, nil
	}
	return nil, fmt.Errorf("an interaction of type %d", in.Type)
}

// read gathers the values of the inputs, however they are nested.
func (f *filledInput) read(values map[string]string) {
	if f.Component != nil {
		f.Component.read(values)
	}
	for _, inner := range f.Components {
		inner.read(values)
	}
	switch {
	case f.CustomID == "":
	case len(f.Values) > 0:
		values[f.CustomID] = f.Values[0]
	default:
		values[f.CustomID] = f.Value
	}
}

// on is the message that carries the control, if there is one.
func (in *interaction) on() chat.Posted {
	if in.Message == nil || !snowflake(in.Message.ID) {
		return chat.Posted{}
	}
	channel := in.Message.ChannelID
	if !snowflake(channel) {
		channel = in.ChannelID
	}
	return posted(in.GuildID, channel, in.Message.ID)
}

// snowflake reports whether a text can be an id of Discord, and so be part of
// an address. https://discord.com/developers/docs/reference#snowflakes
func snowflake(text string) bool {
	const longest = 20
	return text != "" && len(text) <= longest && strings.Trim(text, "0123456789") == ""
}

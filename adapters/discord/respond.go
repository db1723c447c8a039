package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
)

// ackLimit is how long an acknowledgement may take: Discord waits for three
// seconds from the person's deed on.
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response
const ackLimit = 2500 * time.Millisecond

// respond sends the first answer to an interaction. That it was given already
// is no error: events are delivered twice, and to every replica.
func (r *rest) respond(ctx context.Context, in interaction, first callback) error {
	ctx, cancel := context.WithTimeout(ctx, ackLimit)
	defer cancel()
	err := r.do(ctx, call{name: "acknowledge", to: "POST /interactions/{}/{token}/callback", ids: []string{in.ID}, token: in.Token, body: first}, nil)
	if refusedWith(err, codeAcknowledged) {
		return nil
	}
	return err
}

// opening is how an event is acknowledged: it fixes where its answer appears.
type opening string

const (
	openPrivate opening = "private"
	openPublic  opening = "public"
	openInPlace opening = "inplace" // the message with the control stays and changes
)

// openingFor is the acknowledgement that a way to answer needs. Without a
// message that can change, what would change in place is shown privately.
func openingFor(e chat.Event, show chat.Show) opening {
	switch {
	case show == chat.ShowPublic:
		return openPublic
	case (show == chat.ShowInPlace || show == chat.ShowNothing) && carrier(e) != (chat.Posted{}):
		return openInPlace
	}
	return openPrivate
}

// carrier is the message whose control led to the event.
func carrier(e chat.Event) chat.Posted {
	switch input := e.Input.(type) {
	case chat.Press:
		return input.On
	case chat.Submission:
		return input.On
	}
	return chat.Posted{}
}

// deferral is the first answer that promises another one.
func deferral(o opening) callback {
	switch o {
	case openInPlace:
		return callback{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	case openPublic:
		return callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource, Data: flags{}}
	default:
		return callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource, Data: flags{Flags: discordgo.MessageFlagsEphemeral}}
	}
}

// private is a first answer that is the whole answer.
func private(id string, m chat.Message) callback {
	b := render(id, m, false)
	b.Flags = discordgo.MessageFlagsEphemeral
	return callback{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: b}
}

package discord

import (
	"cmp"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
)

// renderForm is a form as a modal: a label above each input.
func renderForm(f chat.Form) modal {
	f = f.Clip()
	out := modal{CustomID: f.Ref.String(), Title: plain(chat.ShownLine(f.Title), maxModalTitle), Components: make([]discordgo.MessageComponent, len(f.Fields))}
	for i, field := range f.Fields {
		out.Components[i] = discordgo.Label{
			Label: plain(chat.ShownLine(field.Label), maxFormLabel), Description: plain(chat.ShownLine(field.Hint), maxFormHint), Component: input(field),
		}
	}
	return out
}

// input is a choice among options, of which one that may stay empty takes none
// or one, or a text.
func input(f chat.FormField) discordgo.MessageComponent {
	if len(f.Options) > 0 {
		least := 0
		if f.Required {
			least = 1
		}
		return discordgo.SelectMenu{CustomID: f.Name, Required: &f.Required, Options: choices(f.Options, f.Value), MinValues: &least, MaxValues: 1}
	}
	style, limit := discordgo.TextInputShort, cmp.Or(f.Max, chat.MaxFormText)
	if f.Long {
		style = discordgo.TextInputParagraph
	}
	return discordgo.TextInput{CustomID: f.Name, Style: style, Value: plain(f.Value, limit), Required: &f.Required, MaxLength: limit}
}

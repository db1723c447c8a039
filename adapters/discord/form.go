package discord

import (
	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
)

// renderForm is a form as a modal: a label above each input.
func renderForm(f chat.Form) modal {
	f = f.Shown()
	out := modal{CustomID: f.Ref.String(), Title: plain(f.Title, maxModalTitle), Components: make([]discordgo.MessageComponent, len(f.Fields))}
	for i, field := range f.Fields {
		out.Components[i] = discordgo.Label{
			Label: plain(field.Label, maxFormLabel), Description: plain(field.Hint, maxFormHint), Component: input(field),
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
	style := discordgo.TextInputShort
	if f.Long {
		style = discordgo.TextInputParagraph
	}
	return discordgo.TextInput{CustomID: f.Name, Style: style, Value: plain(f.Value, f.Max), Required: &f.Required, MaxLength: f.Max}
}

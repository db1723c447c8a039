package discord

import "interlab/bot/chat"

// The styles of text inputs.
// https://discord.com/developers/docs/components/reference#text-input-text-input-styles
const (
	shortInput = 1
	longInput  = 2
)

// renderForm is a form as a modal: a label above each input.
func renderForm(f chat.Form) modal {
	f = f.Clip()
	out := modal{CustomID: f.Ref.String(), Title: plain(line(f.Title), maxModalTitle), Components: make([]component, len(f.Fields))}
	for i, field := range f.Fields {
		input := textInput(field)
		if len(field.Options) > 0 {
			input = formMenu(field)
		}
		out.Components[i] = component{
			Type: labelComponent, Label: plain(line(field.Label), maxFormLabel),
			Description: plain(line(field.Hint), maxFormHint), Component: &input,
		}
	}
	return out
}

func textInput(f chat.FormField) component {
	style, limit := shortInput, f.Max
	if f.Long {
		style = longInput
	}
	if limit <= 0 {
		limit = chat.MaxFormText
	}
	return component{
		Type: inputComponent, CustomID: f.Name, Style: style,
		Value: plain(f.Value, limit), Required: &f.Required, MaxLength: limit,
	}
}

// formMenu is a choice among options. One that may stay empty takes none or one.
func formMenu(f chat.FormField) component {
	least := 0
	if f.Required {
		least = 1
	}
	return component{
		Type: menuComponent, CustomID: f.Name, Required: &f.Required,
		Options: choices(f.Options, f.Value), MinValues: &least, MaxValues: 1,
	}
}

// formCard leads to a form from where none can be opened: a form opens on a
// press, not on a line that was typed.
func formCard(f chat.Form) chat.Message {
	return chat.Message{
		Title: f.Title,
		Body:  []chat.Text{chat.T("This takes a short form.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Fill it in", Ref: f.Ref, Tone: chat.Main})},
	}
}

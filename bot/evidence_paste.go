package bot

import (
	"strings"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// pasteForm takes a card, or a list of files, to look it over. Nothing of it is kept.
func (rq *request) pasteForm() (chat.Form, error) {
	return chat.Form{
		Ref: chat.Ref{Route: "evidence.paste", ID: controlRef(rq.event).ID}, Title: "Look a text over", Submit: "Look",
		Fields: []chat.FormField{{Name: "text", Label: "A card, or a list of files", Hint: "The text of a card, or what git ls-files prints; it is not kept", Long: true, Required: true, Max: chat.MaxFormText}},
	}, nil
}

// lookOver ticks off what a pasted card or list of files has.
func (rq *request) lookOver() (chat.Message, error) {
	l, p, err := rq.leavingPiece(Look)
	if err != nil {
		return chat.Message{}, err
	}
	text := rq.args["text"]
	ticks, blank := exchange.Files(text), []string(nil)
	if p.Type == exchange.ModelCard || p.Type == exchange.DataCard {
		read := exchange.ReadCard(p.Type, text)
		ticks, blank = read.Headings, read.Blank
	}
	card := chat.Message{
		Title: "Looked over: " + p.Type.Label(),
		Note:  chat.T("I looked for names and headings only. That something is there says nothing about whether it is right, and nothing was kept."),
		Rows:  []chat.Row{chat.NewRow(step(l.e, "Back", "evidence.open", p.N), step(l.e, "Look again", "evidence.paste", p.N))},
	}
	found, missing := ticked(ticks)
	if len(found) > 0 {
		card.Body = append(card.Body, chat.T(chat.Strong("There: "), strings.Join(found, ", "), "."))
	}
	if len(missing) > 0 {
		card.Body = append(card.Body, chat.T(chat.Strong("Not found: "), strings.Join(missing, ", "), "."))
	}
	if len(blank) > 0 {
		card.Body = append(card.Body, chat.T(chat.Strong("Empty, or still to be written: "), clip(strings.Join(blank, ", "), 600), "."))
	}
	return card, nil
}

// ticked are the things that were found, and those that were not.
func ticked(ticks []exchange.Tick) (found, missing []string) {
	for _, t := range ticks {
		if t.Found {
			found = append(found, t.What)
		} else {
			missing = append(missing, t.What)
		}
	}
	return found, missing
}

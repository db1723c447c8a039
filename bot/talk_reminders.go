package bot

import (
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// remindTalk is the reminder of a talk to somebody who comes or may come.
func (a *App) remindTalk(tx *Tx, c *Colloquium, r *Rsvp, to *Person, notice string) (chat.Message, error) {
	if c.begun(tx.now) {
		return chat.Message{}, errMoot
	}
	buttons := []chat.Button{
		{Label: "I cannot come", Ref: chat.Ref{Route: "colloquium.stay", ID: c.ID}},
		{Label: "Details", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}},
	}
	if r.State == Unsure {
		buttons = slices.Insert(buttons, 0, chat.Button{Label: "I will come", Ref: chat.Ref{Route: "colloquium.come", ID: c.ID}, Tone: chat.Main})
	}
	return chat.Message{
		Title: a.remindTitle(c, to, notice),
		Body: []chat.Text{
			chat.T(a.speaker(tx, c), " speaks on ", a.talkWhen(c, to), fmt.Sprintf(", for %d minutes.", minutes(c))),
			chat.T("Where: ", placeLinks(c, viewerOf(c, r, to), tx.now)),
		},
		Rows: []chat.Row{chat.NewRow(buttons...)},
	}, nil
}

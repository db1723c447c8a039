package desk

import (
	"context"
	"fmt"
	"time"

	"interlab/bot/chat"
)

// formLimit is how long the core may take to say what a form asks for, or which
// values there are: forms open within three seconds or not at all.
const formLimit = time.Second

// Form reads the form that an event opens. What is wrong is logged already; that
// it does not open for somebody is nothing wrong.
func (d *Desk) Form(ctx context.Context, e chat.Event) (chat.Form, error) {
	ctx, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	form, err := d.app.Form(ctx, e)
	if err == nil {
		err = form.Validate()
	}
	if err == nil {
		return form, nil
	}
	if !chat.Refused(err) {
		d.Log.Warn().Err(err).Str("event", e.ID).Msg("form not read")
	}
	return form, fmt.Errorf("read a form: %w", err)
}

// Offer leads somebody to the form that an event opens from where none can be
// opened: forms open on a press, not on a line that was typed.
func (d *Desk) Offer(ctx context.Context, e chat.Event) {
	form, err := d.Form(ctx, e)
	card := chat.Unopened(err)
	if err == nil {
		card = chat.Message{
			Title: form.Title,
			Body:  []chat.Text{chat.T("This takes a short form.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Fill it in", Ref: form.Ref, Tone: chat.Main})},
		}
	}
	d.Tell(ctx, "form:", e, card)
}

package slack

import (
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
)

// triggerLife is how long a trigger opens a form, less what the call takes.
// https://docs.slack.dev/surfaces/modals#trigger_id
const triggerLife = 2700 * time.Millisecond

// formLimit is how long the core may take to say what the form asks for.
const formLimit = time.Second

// open opens the form that an event asks for. A typed message brings no
// trigger; it is answered with a button that does.
func (d *desk) open(ctx context.Context, w *workspace, in arrival) {
	if in.trigger == "" {
		d.tellOpener(ctx, w, in.event)
		return
	}
	form, err := d.form(ctx, in.event)
	if err != nil {
		d.log.Warn().Err(err).Str("event", in.event.ID).Msg("form not read")
		d.tell(ctx, "unsaved:", in.event, chat.Unsaved())
		return
	}
	ctx, cancel := context.WithTimeout(ctx, triggerLife)
	defer cancel()
	if _, err := w.api.OpenViewContext(ctx, in.trigger, modal(form.Clip(), in.way.String())); err != nil {
		d.log.Warn().Err(failure(err, chat.ErrGone)).Str("event", in.event.ID).Msg("form not opened")
		d.tell(context.WithoutCancel(ctx), "late:", in.event, chat.Message{
			Body: []chat.Text{chat.T("The form did not open in time, and nothing was changed. Please press or type the same once more.")},
		})
	}
}

func (d *desk) form(ctx context.Context, e chat.Event) (chat.Form, error) {
	ctx, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	form, err := d.app.Form(ctx, e)
	if err == nil {
		err = form.Validate()
	}
	return form, err
}

// tellOpener answers a typed line that opens a form.
func (d *desk) tellOpener(ctx context.Context, w *workspace, e chat.Event) {
	typed, ok := e.Input.(chat.Line)
	if !ok {
		d.tell(ctx, "unsaved:", e, chat.Unsaved())
		return
	}
	channel, err := w.conversation(ctx, e.From.User)
	if err == nil {
		_, _, err = w.api.PostMessageContext(ctx, channel,
			slack.MsgOptionText("This needs a few answers from you.", false), slack.MsgOptionBlocks(openerBlocks(typed.Text)...))
	}
	if err != nil {
		d.log.Warn().Err(failure(err, chat.ErrUnreachable)).Str("event", e.ID).Msg("form not offered")
	}
}

// publishHome shows a person's home view anew.
func (d *desk) publishHome(ctx context.Context, w *workspace, who chat.Account) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	m, err := d.app.Home(ctx, who)
	if err == nil {
		err = m.Validate()
	}
	if err == nil {
		_, err = w.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: who.User, View: homeView(m.Clip(), w.state().team)})
	}
	if err != nil {
		d.log.Warn().Err(failure(err, chat.ErrGone)).Str("workspace", w.name).Msg("home view not shown")
	}
}

// problemsPayload is the acknowledgement that keeps a form open and says what is
// wrong, each below its field. Slack takes names of the form's own inputs only;
// what is about none of them stands below the first.
func problemsPayload(problems []chat.Problem, inputs []string) any {
	errs := map[string]string{}
	for _, p := range problems {
		field := p.Field
		if !slices.Contains(inputs, field) && len(inputs) > 0 {
			field = inputs[0]
		}
		if errs[field] != "" {
			errs[field] += " "
		}
		errs[field] += shown(p.Text)
	}
	return slack.NewErrorsViewSubmissionResponse(errs)
}

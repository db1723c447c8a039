package slack

import (
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// triggerLife is how long a trigger opens a form, less what the call takes.
// https://docs.slack.dev/surfaces/modals#trigger_id
const triggerLife = 2700 * time.Millisecond

// open opens the form that an event asks for. A typed message brings no
// trigger; it is led to a button that does.
func (l letter) open(ctx context.Context) {
	d := l.adapter.desk
	if l.trigger == "" {
		d.Offer(ctx, l.event)
		return
	}
	form, err := d.Form(ctx, l.event)
	if err != nil {
		d.Tell(ctx, "unopened:", l.event, chat.Unopened(err))
		return
	}
	opening, cancel := context.WithTimeout(ctx, triggerLife)
	defer cancel()
	if _, err := l.api.OpenViewContext(opening, l.trigger, modal(form, desk.Token(l.way))); err != nil {
		l.adapter.desk.Log.Warn().Err(failure(err, chat.ErrGone)).Str("event", l.event.ID).Msg("form not opened")
		d.Tell(ctx, "late:", l.event, chat.Message{
			Body: []chat.Text{chat.T("The form did not open in time, and nothing was changed. Please press or type the same once more.")},
		})
	}
}

// publishHome shows a person's home view anew.
func (w *workspace) publishHome(ctx context.Context, who chat.Account) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	m, err := w.adapter.desk.App().Home(ctx, who)
	if err == nil {
		err = m.Validate()
	}
	if err == nil {
		_, err = w.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: who.User, View: homeView(m, w.state().team)})
	}
	if err != nil {
		w.adapter.desk.Log.Warn().Err(failure(err, chat.ErrGone)).Str("workspace", w.name).Msg("home view not shown")
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
		errs[field] += chat.Shown(p.Text)
	}
	return slack.NewErrorsViewSubmissionResponse(errs)
}

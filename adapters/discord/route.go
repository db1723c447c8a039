package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// receive reads one raw event and has the desk see to it.
func (a *Adapter) receive(kind string, data []byte) {
	a.desk.Take(func() (who string, process func(context.Context)) {
		now := a.desk.Now()
		var e chat.Event
		var news bool
		var err error
		switch kind {
		case "INTERACTION_CREATE":
			who, process, err = a.interaction(data, now)
		case "MESSAGE_CREATE":
			e, news, err = decodeMessage(data, now)
		case "GUILD_CREATE", "GUILD_DELETE", "CHANNEL_DELETE":
			e, news, err = decodeHappening(kind, data, now)
		}
		switch {
		case err != nil:
			return "", func(context.Context) { a.desk.Refuse(err, kind, len(data)) }
		case news:
			return e.From.String(), func(ctx context.Context) { a.heard(ctx, e) }
		}
		return who, process
	})
}

// interaction routes what a person did with a command, a control or a form. A
// completion has a lane of its own, so that nothing waits for it, nor it for anything.
func (a *Adapter) interaction(data []byte, now time.Time) (string, func(context.Context), error) {
	in, err := decodeInteraction(data)
	if err != nil {
		return "", nil, err
	}
	root := a.desk.App().Tree().Name
	if in.Type == discordgo.InteractionApplicationCommandAutocomplete {
		q, err := in.completion(root)
		return in.ID, func(ctx context.Context) { a.complete(ctx, in, q, now) }, err
	}
	input, err := in.input(root)
	e := chat.Event{ID: eventID(in.ID), At: now, From: in.from(), Name: in.name(), In: in.place(), Input: input}
	return e.From.String(), func(ctx context.Context) { a.interact(ctx, in, e) }, err
}

// interact has the core see to an interaction. How it is acknowledged fixes
// where its answer appears.
func (a *Adapter) interact(ctx context.Context, in interaction, e chat.Event) {
	a.desk.Repeated(e.ID) // for the books: what was answered already Discord refuses to hear again
	plan := a.desk.App().Plan(e)
	as := openingFor(e, plan.Show)
	e.Handle = chat.Handle{Token: desk.Token(handle{Application: in.ApplicationID, Token: in.Token, Opening: as}), Expires: e.At.Add(handleLife)}
	respond := func(ctx context.Context, first callback) error {
		return a.desk.Acknowledged(e.At, a.rest.respond(ctx, in, first))
	}
	a.desk.Serve(ctx, desk.Letter{
		Event: e, Plan: plan,
		Open:        func(ctx context.Context) { _ = respond(ctx, a.form(ctx, e)) },
		Acknowledge: func(ctx context.Context) error { return respond(ctx, deferral(as)) },
		Unsaved: func(ctx context.Context) bool {
			_ = respond(ctx, private(e.ID, chat.Unsaved()))
			return true
		},
		Handled: func(ctx context.Context) {
			if plan.Show == chat.ShowNothing {
				a.withdraw(ctx, e)
			}
		},
	})
}

// heard has the core see to what needs no acknowledgement.
func (a *Adapter) heard(ctx context.Context, e chat.Event) {
	a.desk.Repeated(e.ID)
	if _, happened := e.Input.(chat.Happening); happened {
		e.Name = a.desk.Name(ctx, e, a.Profile)
	}
	a.desk.Serve(ctx, desk.Letter{Event: e, Plan: a.desk.App().Plan(e), Open: func(ctx context.Context) { a.desk.Offer(ctx, e) }})
}

// form is the first answer that opens a form.
func (a *Adapter) form(ctx context.Context, e chat.Event) callback {
	form, err := a.desk.Form(ctx, e)
	if err != nil {
		return private(e.ID, chat.Unopened(err))
	}
	return callback{Type: discordgo.InteractionResponseModal, Data: renderForm(form)}
}

// complete offers values for an argument. Where that fails nothing is offered.
func (a *Adapter) complete(ctx context.Context, in interaction, q chat.Completion, came time.Time) {
	offered := completions{Choices: []commandChoice{}}
	for _, o := range a.desk.Complete(ctx, q) {
		if name := plain(chat.ShownLine(o.Label), maxOptionText); name != "" && o.Value != "" && units(o.Value) <= maxOptionText {
			offered.Choices = append(offered.Choices, commandChoice{Name: name, Value: o.Value})
		}
	}
	_ = a.desk.Acknowledged(came, a.rest.respond(ctx, in, callback{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: offered}))
}

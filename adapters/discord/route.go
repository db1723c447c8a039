package discord

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"interlab/bot/chat"
)

// receive routes one raw event. It runs in a goroutine of its own, never in the
// one that reads from the gateway, and no event can end the process.
func (a *Adapter) receive(ctx context.Context, kind string, data []byte) {
	defer func() {
		if cause := recover(); cause != nil {
			a.log.Error().Str("kind", kind).Str("cause", fmt.Sprintf("%T", cause)).Bytes("stack", debug.Stack()).Msg("event dropped: panic")
		}
	}()
	var err error
	switch kind {
	case "INTERACTION_CREATE":
		err = a.interact(ctx, data)
	case "MESSAGE_CREATE":
		err = a.decoded(ctx, func() (chat.Event, bool, error) { return decodeMessage(data, a.now()) })
	case "GUILD_CREATE", "GUILD_DELETE", "CHANNEL_DELETE":
		err = a.decoded(ctx, func() (chat.Event, bool, error) { return decodeHappening(kind, data, a.now()) })
	}
	switch {
	case errors.Is(err, errRefused):
		a.log.Warn().Err(err).Str("kind", kind).Int64("refused", a.refused.Add(1)).Msg("event refused")
	case err != nil:
		a.log.Warn().Err(err).Str("kind", kind).Msg("event failed")
	}
}

// interact routes what a person did with a command, a control or a form.
func (a *Adapter) interact(ctx context.Context, data []byte) error {
	in, err := decodeInteraction(data)
	if err != nil {
		return err
	}
	if in.Type == completeInteraction {
		return a.complete(ctx, in)
	}
	input, err := in.input(a.app.Tree().Name)
	if err != nil {
		return err
	}
	now := a.now()
	e := chat.Event{
		ID: eventID(in.ID), At: now, From: in.from(), Name: in.name(), In: in.place(),
		Handle: handleOf(in, now), Input: input,
	}
	plan := a.app.Plan(e)
	if plan.Show == chat.ShowForm {
		return a.rest.respond(ctx, in, a.form(ctx, e))
	}
	// From here on an answer may come at any time: it waits for this.
	acknowledged := a.acks.begin(in.ID)
	ticket, err := a.app.Accept(ctx, e)
	if err != nil {
		said := a.rest.respond(ctx, in, private(e.ID, chat.Unsaved()))
		acknowledged(errors.Join(err, said))
		return errors.Join(fmt.Errorf("accept: %w", err), said)
	}
	err = a.rest.respond(ctx, in, deferral(openingFor(e, plan.Show)))
	acknowledged(err)
	if err != nil {
		a.log.Warn().Err(err).Str("event", e.ID).Msg("not acknowledged; the answer goes another way")
	}
	if plan.Show == chat.ShowNothing {
		defer a.withdraw(ctx, e)
	}
	return a.handle(ctx, ticket)
}

// decoded routes what needs no acknowledgement.
func (a *Adapter) decoded(ctx context.Context, decode func() (chat.Event, bool, error)) error {
	e, news, err := decode()
	if err != nil || !news {
		return err
	}
	if plan := a.app.Plan(e); plan.Show == chat.ShowForm {
		return a.offer(ctx, e)
	}
	ticket, err := a.app.Accept(ctx, e)
	if err != nil {
		return errors.Join(fmt.Errorf("accept: %w", err), a.tell(ctx, e, chat.Unsaved()))
	}
	return a.handle(ctx, ticket)
}

// handle lets the core do what was accepted, some at a time.
func (a *Adapter) handle(ctx context.Context, t chat.Ticket) error {
	select {
	case a.places <- struct{}{}:
	case <-ctx.Done():
		return nil // it is in the inbox
	}
	defer func() { <-a.places }()
	if err := a.app.Handle(ctx, t); err != nil {
		return fmt.Errorf("handle %s: %w", t.Event().ID, err)
	}
	return nil
}

// formLimit is how long reading a form may take: it is all there is before the
// three seconds are over.
const formLimit = time.Second

// form is the first answer that opens a form.
func (a *Adapter) form(ctx context.Context, e chat.Event) callback {
	ctx, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	form, err := a.app.Form(ctx, e)
	if err == nil {
		err = form.Validate()
	}
	if err != nil {
		a.log.Warn().Err(err).Str("event", e.ID).Msg("form not read")
		return private(e.ID, chat.Unsaved())
	}
	return callback{Type: callbackModal, Data: renderForm(form)}
}

// offer leads somebody who typed a line to the form that it asks for.
func (a *Adapter) offer(ctx context.Context, e chat.Event) error {
	ctx, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	form, err := a.app.Form(ctx, e)
	if err != nil {
		return errors.Join(fmt.Errorf("read a form: %w", err), a.tell(ctx, e, chat.Unsaved()))
	}
	return a.tell(ctx, e, formCard(form))
}

// tell answers a line where it was typed.
func (a *Adapter) tell(ctx context.Context, e chat.Event, m chat.Message) error {
	if _, line := e.Input.(chat.Line); !line {
		return nil
	}
	_, err := a.Answer(ctx, e.ID, e, chat.ShowPrivate, m)
	return err
}

// complete offers values for an argument. Where that fails nothing is offered.
func (a *Adapter) complete(ctx context.Context, in interaction) error {
	q, err := in.completion(a.app.Tree().Name)
	if err != nil {
		return err
	}
	reading, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	options, err := a.app.Complete(reading, q)
	offered := completions{Choices: []commandChoice{}}
	for _, o := range options[:min(len(options), chat.MaxOptions)] {
		if name := plain(line(o.Label), maxOptionText); name != "" && o.Value != "" && units(o.Value) <= maxOptionText {
			offered.Choices = append(offered.Choices, commandChoice{Name: name, Value: o.Value})
		}
	}
	return errors.Join(err, a.rest.respond(ctx, in, callback{Type: callbackComplete, Data: offered}))
}

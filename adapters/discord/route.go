package discord

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"interlab/bot/chat"
)

// router hands events to the core.
type router struct {
	*Adapter
	app chat.App
}

// receive routes one raw event. It runs in a goroutine of its own, never in the
// one that reads from the gateway, and no event can end the process.
func (r *router) receive(ctx context.Context, kind string, data []byte) {
	defer func() {
		if cause := recover(); cause != nil {
			r.log.Error().Str("kind", kind).Str("cause", fmt.Sprintf("%T", cause)).Bytes("stack", debug.Stack()).Msg("event dropped: panic")
		}
	}()
	var err error
	switch kind {
	case "INTERACTION_CREATE":
		err = r.interact(ctx, data)
	case "MESSAGE_CREATE":
		err = r.decoded(ctx, func() (chat.Event, bool, error) { return decodeMessage(data, r.now()) })
	case "GUILD_CREATE", "GUILD_DELETE", "CHANNEL_DELETE":
		err = r.decoded(ctx, func() (chat.Event, bool, error) { return decodeHappening(kind, data, r.now()) })
	}
	switch {
	case errors.Is(err, errRefused):
		r.log.Warn().Err(err).Str("kind", kind).Int64("refused", r.refused.Add(1)).Msg("event refused")
	case err != nil:
		r.log.Warn().Err(err).Str("kind", kind).Msg("event failed")
	}
}

// interact routes what a person did with a command, a control or a form.
func (r *router) interact(ctx context.Context, data []byte) error {
	in, err := decodeInteraction(data)
	if err != nil {
		return err
	}
	if in.Type == completeInteraction {
		return r.complete(ctx, in)
	}
	input, err := in.input(r.app.Tree().Name)
	if err != nil {
		return err
	}
	now := r.now()
	e := chat.Event{
		ID: eventID(in.ID), At: now, From: in.from(), Name: in.name(), In: in.place(),
		Input: input,
	}
	plan := r.app.Plan(e)
	if plan.Show == chat.ShowForm {
		return r.rest.respond(ctx, in, r.form(ctx, e))
	}
	as := openingFor(e, plan.Show)
	e.Handle = handleOf(in, as, now)
	// From here on an answer may come at any time: it waits for this.
	acknowledged := r.acks.begin(in.ID)
	ticket, err := r.app.Accept(ctx, e)
	if err != nil {
		said := r.rest.respond(ctx, in, private(e.ID, chat.Unsaved()))
		acknowledged(errors.Join(err, said))
		return errors.Join(fmt.Errorf("accept: %w", err), said)
	}
	err = r.rest.respond(ctx, in, deferral(as))
	acknowledged(err)
	if err != nil {
		r.log.Warn().Err(err).Str("event", e.ID).Msg("not acknowledged; the answer goes another way")
	}
	if plan.Show == chat.ShowNothing {
		defer r.withdraw(ctx, e)
	}
	return r.handle(ctx, ticket)
}

// decoded routes what needs no acknowledgement.
func (r *router) decoded(ctx context.Context, decode func() (chat.Event, bool, error)) error {
	e, news, err := decode()
	if err != nil || !news {
		return err
	}
	if _, happened := e.Input.(chat.Happening); happened && e.From.User != "" {
		if known, err := r.Profile(ctx, e.From); err == nil {
			e.Name = known.Name
		}
	}
	if plan := r.app.Plan(e); plan.Show == chat.ShowForm {
		return r.offer(ctx, e)
	}
	ticket, err := r.app.Accept(ctx, e)
	if err != nil {
		return errors.Join(fmt.Errorf("accept: %w", err), r.tell(ctx, e, chat.Unsaved()))
	}
	return r.handle(ctx, ticket)
}

// handle lets the core do what was accepted, some at a time.
func (r *router) handle(ctx context.Context, t chat.Ticket) error {
	select {
	case r.places <- struct{}{}:
	case <-ctx.Done():
		return nil // it is in the inbox
	}
	defer func() { <-r.places }()
	if err := r.app.Handle(ctx, t); err != nil {
		return fmt.Errorf("handle %s: %w", t.Event().ID, err)
	}
	return nil
}

// formLimit is how long reading a form may take: it is all there is before the
// three seconds are over.
const formLimit = time.Second

// form is the first answer that opens a form.
func (r *router) form(ctx context.Context, e chat.Event) callback {
	ctx, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	form, err := r.app.Form(ctx, e)
	if err == nil {
		err = form.Validate()
	}
	if err != nil {
		r.log.Warn().Err(err).Str("event", e.ID).Msg("form not read")
		return private(e.ID, chat.Unsaved())
	}
	return callback{Type: callbackModal, Data: renderForm(form)}
}

// offer leads somebody who typed a line to the form that it asks for.
func (r *router) offer(ctx context.Context, e chat.Event) error {
	ctx, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	form, err := r.app.Form(ctx, e)
	if err != nil {
		return errors.Join(fmt.Errorf("read a form: %w", err), r.tell(ctx, e, chat.Unsaved()))
	}
	return r.tell(ctx, e, formCard(form))
}

// tell answers a line where it was typed.
func (r *router) tell(ctx context.Context, e chat.Event, m chat.Message) error {
	if _, line := e.Input.(chat.Line); !line {
		return nil
	}
	_, err := r.Answer(ctx, e.ID, e, chat.ShowPrivate, m)
	return err
}

// complete offers values for an argument. Where that fails nothing is offered.
func (r *router) complete(ctx context.Context, in interaction) error {
	q, err := in.completion(r.app.Tree().Name)
	if err != nil {
		return err
	}
	reading, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	options, err := r.app.Complete(reading, q)
	offered := completions{Choices: []commandChoice{}}
	for _, o := range options[:min(len(options), chat.MaxOptions)] {
		if name := plain(line(o.Label), maxOptionText); name != "" && o.Value != "" && units(o.Value) <= maxOptionText {
			offered.Choices = append(offered.Choices, commandChoice{Name: name, Value: o.Value})
		}
	}
	return errors.Join(err, r.rest.respond(ctx, in, callback{Type: callbackComplete, Data: offered}))
}

package desk

import (
	"context"
	"errors"
	"time"

	"interlab/bot/chat"
)

// tellLimit bounds what the desk itself says to somebody.
const tellLimit = 10 * time.Second

// Letter is one thing that somebody did, and how its platform is answered. The
// functions but Open may be nil: the platform then has no such way.
type Letter struct {
	Event chat.Event
	Plan  chat.Plan // what the core plans for the event
	// Open acknowledges an event that asks for a form, and opens it.
	Open func(ctx context.Context)
	// Problems acknowledges a submission by showing in the form what is wrong
	// with it, or that it could not be saved: the form stays open with all that was
	// typed. Without this way it is accepted as it is, and the core says so.
	Problems func([]chat.Problem)
	// Acknowledge says that the event is saved. Its error means that answers
	// must not count on it.
	Acknowledge func(ctx context.Context) error
	// Unsaved says the opposite. Where it reports false the person is told so by
	// a message.
	Unsaved func(ctx context.Context) (told bool)
	// Handled runs when the event was handled.
	Handled func(ctx context.Context)
}

// Serve hands a letter to the core as its plan says. It runs in the lane of its
// person.
func (d *Desk) Serve(ctx context.Context, l Letter) {
	defer d.seen.add(l.Event.ID, d.Now())
	if l.Plan.Show == chat.ShowForm {
		l.Open(ctx)
		return
	}
	if l.Problems != nil {
		if problems := d.app.Check(l.Event); len(problems) > 0 {
			l.Problems(problems)
			return
		}
	}
	ticket, ok := d.accept(ctx, l)
	if !ok {
		return
	}
	d.Spawn(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, handleLimit)
		defer cancel()
		if err := d.app.Handle(ctx, ticket); err != nil {
			d.Log.Warn().Err(err).Str("event", l.Event.ID).Msg("event handled with an error")
		}
		if l.Handled != nil {
			l.Handled(ctx)
		}
	})
}

// accept has an event saved and acknowledged. An answer to it, which the core
// may have as soon as it is saved, waits for the acknowledgement.
func (d *Desk) accept(ctx context.Context, l Letter) (chat.Ticket, bool) {
	acknowledged, err := d.pending.begin(l.Event.ID), errors.New("not accepted")
	defer func() { acknowledged(err) }() // even after a panic
	saving, cancel := context.WithTimeout(ctx, acceptLimit)
	defer cancel()
	var ticket chat.Ticket
	if ticket, err = d.app.Accept(saving, l.Event); err == nil {
		if l.Acknowledge != nil {
			err = l.Acknowledge(ctx)
		}
		return ticket, true
	}
	d.Note(Unsaved)
	d.Log.Warn().Err(err).Str("event", l.Event.ID).Msg("event not accepted")
	if !l.unsaved(ctx) {
		d.Spawn(func(ctx context.Context) { d.Tell(ctx, "unsaved:", l.Event, chat.Unsaved()) })
	}
	err = nil // the person was told, which is an acknowledgement
	return nil, false
}

// unsaved acknowledges an event that could not be saved, and reports whether
// that has told the person so.
func (l Letter) unsaved(ctx context.Context) bool {
	if l.Problems != nil {
		l.Problems([]chat.Problem{{Text: chat.Unsaved().Body[0].Plain()}})
		return true
	}
	return l.Unsaved != nil && l.Unsaved(ctx)
}

// Acknowledged counts an acknowledgement of what came at a time, and hands its
// error on.
func (d *Desk) Acknowledged(came time.Time, err error) error {
	d.Note(Acknowledged)
	if d.Now().Sub(came) > ackLate {
		d.Note(Late)
	}
	if err != nil {
		d.Note(Unacknowledged)
		d.Log.Warn().Err(err).Msg("not acknowledged")
	}
	return err
}

// Refuse notes something that came and was not understood. The error must not
// cite it.
func (d *Desk) Refuse(err error, kind string, size int) {
	d.Note(Unreadable)
	d.Log.Warn().Err(err).Str("kind", kind).Int("bytes", size).Msg("refused")
}

// Repeated reports, and counts, that Serve had the event with that id already:
// platforms send some things again. It only saves work and second answers: what
// an event changes, the core does once.
func (d *Desk) Repeated(id string) bool {
	again := d.seen.before(id, d.Now())
	if again {
		d.Note(Repeated)
	}
	return again
}

// Answerable returns when the event with that id is acknowledged, at once for
// one of another process. ErrGone means that it never will be.
func (d *Desk) Answerable(ctx context.Context, id string) error { return d.pending.wait(ctx, id) }

// Complete offers values for an argument that is being typed; none where they
// cannot be read soon.
func (d *Desk) Complete(ctx context.Context, q chat.Completion) []chat.Option {
	ctx, cancel := context.WithTimeout(ctx, formLimit)
	defer cancel()
	options, err := d.app.Complete(ctx, q)
	if err != nil {
		d.Log.Warn().Err(err).Msg("values not offered")
	}
	return options[:min(len(options), chat.MaxOptions)]
}

// Tell says something of the desk's own to whoever made an event. What happened
// by itself was nobody's.
func (d *Desk) Tell(ctx context.Context, kind string, e chat.Event, m chat.Message) {
	if _, happened := e.Input.(chat.Happening); happened {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, tellLimit)
	defer cancel()
	_, err := d.Messenger.Answer(ctx, kind+e.ID, e, chat.ShowPrivate, m)
	if errors.Is(err, chat.ErrGone) {
		_, err = d.Messenger.Direct(ctx, kind+e.ID, e.From, m)
	}
	if err != nil {
		d.Log.Warn().Err(err).Str("event", e.ID).Msg("person not told")
	}
}

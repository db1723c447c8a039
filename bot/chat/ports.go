package chat

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// App is the driving port: what an adapter asks of the core.
//
// For every event an adapter calls Plan, then, unless the plan is ShowForm,
// Accept; it acknowledges to the platform as the plan says, and calls Handle
// with the ticket. Only Accept, Form, Complete and Home touch the store before
// the acknowledgement, each in one round trip.
type App interface {
	// Plan says at once, without any I/O, how the event will be answered.
	Plan(e Event) Plan

	// Accept saves an event that may change something, in one round trip. When
	// it returns nil the event will be handled even if this process ends now.
	// On an error nothing was saved: show Unsaved to the person.
	Accept(ctx context.Context, e Event) (Ticket, error)

	// Handle does what the event asks and answers through the Messenger, for
	// this event and for later ones of the same account that wait behind it.
	// It returns at once where another replica is at work on that account. The
	// error is for the log: the person has been answered, or will be.
	Handle(ctx context.Context, t Ticket) error

	// Form is the form that a plan with ShowForm opens. It may read once,
	// within a second, and writes nothing. On an error show its Unsaved form.
	Form(ctx context.Context, e Event) (Form, error)

	// Check names what is wrong with a submission, without I/O, for platforms
	// that can show it inside the form. Elsewhere, accept the event as it is:
	// the answer is then a card with a button to fix it.
	Check(e Event) []Problem

	// Complete offers up to MaxOptions values for an argument that is being
	// typed. It reads only.
	Complete(ctx context.Context, q Completion) ([]Option, error)

	// Home is what a person's home view shows.
	Home(ctx context.Context, who Account) (Message, error)

	// Tree is the command tree, for the platform's own command list.
	Tree() *Tree
}

// Ticket is what Accept hands back for Handle.
type Ticket interface {
	// Event is the event that was accepted.
	Event() Event
}

// Plan says how an event will be answered.
type Plan struct {
	Show Show
	// Changes says that the event may change something and goes to the inbox.
	Changes bool
}

// Show says where an answer appears. Platforms fix it with the acknowledgement.
type Show string

// The ways to answer.
const (
	ShowPrivate Show = "private" // only the person sees it
	ShowPublic  Show = "public"  // the whole channel sees it
	ShowInPlace Show = "inplace" // the message with the pressed control changes
	ShowForm    Show = "form"    // a form opens
	ShowNothing Show = "nothing" // no answer is owed
)

// Completion is an argument that is being typed.
type Completion struct {
	From  Account
	In    Place
	Path  []string          // of the command
	Args  map[string]string // already given
	Arg   string            // the one being typed
	Typed string
}

// Messenger is the driven port: what the core asks of a platform.
//
// Every send carries an id. It is the same at every try of the same delivery,
// so that a platform that can recognise repeats does, and Find can ask for it.
// Errors that the core acts on are ErrUnreachable, ErrGone and *RetryAfter.
// A messenger never retries, decides nothing and holds no state that a restart
// would lose.
type Messenger interface {
	// Answer answers an event as show says, within its handle's life. It may be
	// called before the adapter has acknowledged the event; it then waits for
	// that. ErrGone means that the handle has expired.
	Answer(ctx context.Context, id string, e Event, show Show, m Message) (Posted, error)
	// Post says something in a channel.
	Post(ctx context.Context, id string, in Place, m Message) (Posted, error)
	// Thread says something below a post.
	Thread(ctx context.Context, id string, under Posted, m Message) (Posted, error)
	// Direct says something to one account. ErrUnreachable means that the
	// person takes no direct messages, or that the account is closed.
	Direct(ctx context.Context, id string, to Account, m Message) (Posted, error)
	// Edit replaces a message. ErrGone means that it no longer exists.
	Edit(ctx context.Context, id string, at Posted, m Message) (Posted, error)
	// Find looks for a send with that id that may have arrived since a time,
	// in the channel or in the direct conversation it was meant for.
	Find(ctx context.Context, id string, to Recipient, since time.Time) (Posted, bool, error)
	// Profile tells what the platform knows of an account.
	Profile(ctx context.Context, who Account) (Profile, error)
}

// Recipient is where a send was meant to arrive: an account's direct
// conversation, or else a place, there below a post where one is named.
type Recipient struct {
	Account Account
	Place   Place
	Under   Posted
}

// Channel is the channel that the recipient reads: that of the place, or the
// direct conversation that open opens with a person.
func (r Recipient) Channel(open func(Account) (string, error)) (string, error) {
	if r.Account.IsZero() {
		return r.Place.Channel, nil
	}
	return open(r.Account)
}

var (
	// ErrUnreachable means that a person cannot be written to directly.
	ErrUnreachable = errors.New("takes no direct messages")
	// ErrGone means that a place, a message or a handle no longer exists.
	ErrGone = errors.New("no longer exists")
)

// RetryAfter means that the platform wants a pause before the next try. It is
// not a failure and counts as no attempt.
type RetryAfter struct {
	Wait time.Duration
}

// Error names the pause.
func (r *RetryAfter) Error() string { return fmt.Sprintf("asked to wait %s", r.Wait) }

// Refusal is why a form does not open, as whoever wanted it is told. As an error
// it says no more than that, for what it tells may hold what somebody typed.
type Refusal struct {
	Said Message
}

// Error says that the form does not open.
func (r *Refusal) Error() string { return "the form does not open" }

// Refused reports whether a form does not open because of a Refusal, so that
// nothing is wrong.
func Refused(err error) bool {
	var r *Refusal
	return errors.As(err, &r)
}

// Unopened is what a person is shown instead of a form that failed with an error.
func Unopened(err error) Message {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Said
	}
	return Unsaved()
}

// Unsaved is what a person is shown when the store could not take an event.
func Unsaved() Message {
	return Message{
		Title: "Nothing was saved",
		Body:  []Text{T("Our store is not answering right now, so nothing was saved and nobody was told anything. Please try the same again in a few minutes.")},
	}
}

package console

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot/chat"
)

// World is all beside talking that a script can bring about: people who
// appear, the one clock with what falls due on it, and the store's failures.
type World interface {
	// Enter makes a person and a lab appear when they are first named.
	Enter(ctx context.Context, who chat.Account, home chat.Home, name string) error
	// Now is what the clock shows.
	Now() time.Time
	// SetNow moves the one clock forward.
	SetNow(t time.Time)
	// Settle does everything that waits or is due by Now, and returns when
	// nothing is left. It is not called while the store is stopped.
	Settle(ctx context.Context) error
	// Next is when the next thing falls due; false if nothing will.
	Next(ctx context.Context) (time.Time, bool, error)
	// StopStore lets every use of the store fail.
	StopStore(ctx context.Context) error
	// StartStore brings the store back with what it had.
	StartStore(ctx context.Context) error
}

// Rezoner is a World whose zone data can change, as the statement zones asks for.
type Rezoner interface {
	// Rezone starts the bot anew with zone data as if a law had put one zone on
	// the clocks of another.
	Rezone(ctx context.Context, law, like string) error
}

// Options are what a console needs from whoever builds it.
type Options struct {
	App      chat.App // may be given later, to Bind
	World    World
	Out      io.Writer // the transcript; nil discards it
	Session  string    // stands in all ids, so that a kept store sees no repeats over runs
	Greeting string    // opens the prompt
	Log      zerolog.Logger
}

// Console is a chat platform on a terminal. It implements chat.Messenger for
// every platform name. The messenger's methods are safe for concurrent use;
// Play and Prompt run one at a time.
type Console struct {
	app      chat.App
	world    World
	greeting string
	log      zerolog.Logger
	session  string
	screen   *screen
	doors    map[chat.Platform]StageDoor

	// What follows belongs to the one goroutine that plays.
	events  int // how many were made; gives their ids
	last    map[chat.Account]chat.Event
	lastAny chat.Event
	stopped bool // the store
}

var (
	_ chat.Messenger = (*Console)(nil)
	_ chat.Scheduler = (*Console)(nil)
)

// New returns a console on which nobody is yet.
func New(o Options) *Console {
	if o.Out == nil {
		o.Out = io.Discard
	}
	session := "console:"
	if o.Session != "" {
		session += o.Session + ":"
	}
	return &Console{
		app: o.App, world: o.World, greeting: o.Greeting, log: o.Log, session: session,
		screen: newScreen(o.Out, session), doors: map[chat.Platform]StageDoor{}, last: map[chat.Account]chat.Event{},
	}
}

// Bind gives the console the app that it drives. The app needs a messenger
// when it is built, so the console is built first.
func (c *Console) Bind(app chat.App) { c.app = app }

// ready reports what is missing to play.
func (c *Console) ready() error {
	if c.app == nil || c.world == nil {
		return errors.New("the console has no app or no world yet")
	}
	return nil
}

// enter lets a person be there from the first naming on.
func (c *Console) enter(ctx context.Context, who Person) error {
	if slices.Contains(c.screen.present(), who) {
		return nil
	}
	if err := c.world.Enter(ctx, who.Account(), who.Home, who.Name()); err != nil {
		return err
	}
	c.screen.arrive(who)
	return nil
}

package desk

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot/chat"
)

const (
	// laneRoom is how much of one person's may wait, and room how much of all.
	// What finds no room is dropped, unacknowledged: the platform sends it again,
	// or tells the person that it failed.
	laneRoom = 256
	room     = 1 << 14
	// acceptLimit is how long saving may take: a part of the three seconds in
	// which platforms want an acknowledgement.
	acceptLimit = 2 * time.Second
	// handleLimit bounds one call of App.Handle, which may find other events of
	// the same person waiting.
	handleLimit = 60 * time.Second
)

// Options are what a desk is made of. All of them are needed.
type Options struct {
	Messenger chat.Messenger   // says what the desk itself has to say
	Now       func() time.Time // the clock
	Log       zerolog.Logger
	AtOnce    int // how many events are handled, and forms opened, at the same time
}

// Desk is the desk of one adapter, for one run. It is safe for concurrent use.
type Desk struct {
	Options
	counts   counts
	pending  pending
	seen     seen
	names    names
	app      chat.App
	places   chan struct{}
	readers  sync.WaitGroup
	handlers sync.WaitGroup
	work     context.Context //nolint:containedctx // ends with the desk, later than the adapter's own
	stop     context.CancelFunc

	mu      sync.Mutex
	lines   []*Line
	closed  bool
	lanes   map[string][]func(context.Context) // what waits, by person; the first is under way
	waiting int                                // in all lanes together
	spawned int                                // handlers that are not finished
}

// New is a desk that takes in nothing before Open.
func New(o Options) *Desk {
	d := &Desk{Options: o, closed: true, lanes: map[string][]func(context.Context){}, places: make(chan struct{}, o.AtOnce)}
	d.work, d.stop = context.WithCancel(context.Background())
	return d
}

// Open begins to take in, for app.
func (d *Desk) Open(app chat.App) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.app, d.closed = app, false
}

// App is what Open was given.
func (d *Desk) App() chat.App { return d.app }

// Take takes in what came. It reads it at once, and has it processed when all
// that the same person did before is through; what is nobody's business has no
// process. Take never waits, and a panic costs only what caused it.
func (d *Desk) Take(read func() (who string, process func(ctx context.Context))) {
	d.guarded(func(context.Context) {
		if who, process := read(); process != nil {
			d.queue(who, process)
		}
	})
}

func (d *Desk) queue(who string, process func(ctx context.Context)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	lane := d.lanes[who]
	switch {
	case d.closed:
		return
	case len(lane) >= laneRoom, d.waiting >= room:
		d.Note(Dropped)
		d.Log.Warn().Int("waiting", d.waiting).Msg("dropped: too much waits")
		return
	}
	d.Note(Taken)
	d.waiting++
	d.lanes[who] = append(lane, process)
	if len(lane) == 0 {
		d.readers.Go(func() { d.serve(who) })
	}
}

// serve works through a lane until it is empty.
func (d *Desk) serve(who string) {
	for process := d.next(who, false); process != nil; process = d.next(who, true) {
		d.guarded(process)
	}
}

// next is what comes next in a lane, once the first is done.
func (d *Desk) next(who string, done bool) func(context.Context) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if done {
		d.waiting--
		d.lanes[who] = d.lanes[who][1:]
	}
	if len(d.lanes[who]) == 0 {
		delete(d.lanes, who)
		return nil
	}
	return d.lanes[who][0]
}

// Spawn runs a handler beside the lanes, as soon as there is a place for it. It
// never waits, lest the next acknowledgement wait for an answer. It is called
// from within lanes and handlers only.
func (d *Desk) Spawn(handle func(ctx context.Context)) {
	d.count(1)
	d.handlers.Go(func() {
		defer d.count(-1)
		select {
		case d.places <- struct{}{}:
		case <-d.work.Done():
			return // what was saved is in the inbox
		}
		defer func() { <-d.places }()
		d.guarded(handle)
	})
}

func (d *Desk) count(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.spawned += n
}

// guarded keeps a panic to the one thing that caused it.
func (d *Desk) guarded(f func(ctx context.Context)) {
	defer func() {
		if cause := recover(); cause != nil {
			d.Note(Failed)
			d.Log.Error().Err(chat.Panicked(cause, debug.Stack())).Msg("a fault of this program")
		}
	}()
	f(d.work)
}

// Idle returns when nothing that was taken in is under way any more.
func (d *Desk) Idle(ctx context.Context) error {
	for d.busy() {
		if !Wait(ctx, time.Millisecond) {
			return fmt.Errorf("wait for what is under way: %w", ctx.Err())
		}
	}
	return nil
}

func (d *Desk) busy() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.waiting+d.spawned > 0
}

// Close takes in nothing more, and returns when what was taken in has been
// accepted and acknowledged.
func (d *Desk) Close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.readers.Wait()
}

// Finish closes the desk and waits for the handlers; what takes longer than the
// limit is cut short.
func (d *Desk) Finish(limit time.Duration) {
	timer := time.AfterFunc(limit, d.stop)
	defer timer.Stop()
	d.Close()
	d.handlers.Wait()
	d.stop()
}

// Wait waits, and reports whether that was not cut short.
func Wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}

package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"interlab/bot/chat"
)

const (
	// workLease is how long a replica may take over one piece of due work
	// before another one takes over. Every call to a platform is bounded by
	// callLimit, well below it.
	workLease = 60 * time.Second
	callLimit = 10 * time.Second
	// workAtOnce is how many pieces are claimed at once, and defaultWorkers how
	// many of them are worked on at the same time: no claim waits long in line.
	workAtOnce     = 64
	defaultWorkers = 16
	// maxWorkTries is how often work is tried before it is buried; the pauses
	// between double from a second up to maxPause, about an hour in all.
	maxWorkTries = 12
	maxPause     = 15 * time.Minute
	// longestWait is how long a platform's wish to be left alone is believed.
	// Then it is asked again: nobody is told by a mistaken header to wait for years.
	longestWait = time.Hour
)

// sweepEvery is how often a running replica sweeps, beside once at its start.
const sweepEvery = time.Hour

// Run handles what was left in the inbox and does what falls due, until ctx
// ends. tick wakes it; so does every event that this replica handles. Any
// number of replicas may run.
func (a *App) Run(ctx context.Context, tick <-chan time.Time) error {
	a.follow(ctx)
	var sweep time.Time
	for {
		if now := a.clock.Now(); !now.Before(sweep) && a.swept(ctx) {
			sweep = now.Add(sweepEvery)
		}
		if err := a.Settle(ctx); err != nil && ctx.Err() == nil {
			a.log.Warn().Err(err).Msg("due work waits")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick:
			a.follow(ctx)
		case <-a.wake:
		}
	}
}

// swept sweeps, lets what is old fade, and reports whether that went well; if not, the next round tries again.
func (a *App) swept(ctx context.Context) bool {
	mended, err := a.Sweep(ctx)
	switch {
	case err != nil && ctx.Err() == nil:
		a.log.Warn().Err(err).Msg("sweep put off")
	case mended > 0:
		a.log.Warn().Int("documents", mended).Msg("sweep mended entries or due work")
	}
	if err != nil {
		return false
	}
	faded, err := a.Retain(ctx)
	switch {
	case err != nil && ctx.Err() == nil:
		a.log.Warn().Err(err).Msg("retention put off")
	case faded > 0:
		a.log.Info().Int("documents", faded).Msg("retention let old words fade")
	}
	return err == nil
}

// Warm reads everybody, so that the first search is as quick as every other one.
func (a *App) Warm(ctx context.Context) error { return a.people.refresh(ctx) }

// follow keeps the directory near what is kept, so that nobody's search has to
// take in a whole import, or everybody after a start.
func (a *App) follow(ctx context.Context) {
	if err := a.people.refresh(ctx); err != nil && ctx.Err() == nil {
		a.log.Warn().Err(err).Msg("the directory is not fresh")
	}
}

// Settle handles events that nobody is at work on and does everything that is
// due by now, until nothing is left.
func (a *App) Settle(ctx context.Context) error {
	if err := a.adopt(ctx); err != nil {
		return err
	}
	for {
		n, err := a.doDue(ctx)
		if err != nil || n == 0 {
			return err
		}
	}
}

// adopt handles events whose replica died before it had answered them.
func (a *App) adopt(ctx context.Context) error {
	for {
		turn, err := a.store.Orphan(ctx, turnLease)
		if err != nil {
			return fmt.Errorf("look for left events: %w", err)
		}
		if turn == nil {
			return nil
		}
		if err := a.drain(ctx, turn, nil); err != nil {
			return err
		}
	}
}

// doDue claims what is due, does it, and says how much it was.
func (a *App) doDue(ctx context.Context) (int, error) {
	claims, err := a.store.Claim(ctx, a.clock.Now(), workAtOnce, workLease)
	if err != nil {
		return 0, fmt.Errorf("claim due work: %w", err)
	}
	var group errgroup.Group
	group.SetLimit(a.workers)
	for _, claim := range claims {
		group.Go(func() error { return a.doOne(ctx, claim) })
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	return len(claims), nil
}

// doOne does one piece of work. What fails is put off or buried; an error means
// that not even that could be written.
func (a *App) doOne(ctx context.Context, c Claim) error {
	err := a.attempt(ctx, c)
	var wait *chat.RetryAfter
	now := a.clock.Now()
	outcome := OutcomeLater
	defer func() { a.noteWorked(c, outcome, now) }()
	switch {
	case err == nil:
		outcome = OutcomeDone
		return nil
	case errors.Is(err, ErrLost):
		return nil // a lost claim is somebody else's now
	case errors.As(err, &wait):
		err = a.store.Later(ctx, c, now.Add(believed(wait)), false)
	case errors.Is(err, ErrUnavailable):
		return err
	case c.Tries+1 >= maxWorkTries:
		outcome = OutcomeFailed
		a.log.Error().Err(err).Stringer("doc", c.Ref).Str("work", c.Work).Msg("work given up")
		err = a.bury(ctx, c, now, err)
	default:
		a.log.Warn().Err(err).Stringer("doc", c.Ref).Str("work", c.Work).Int("tries", c.Tries+1).Msg("work put off")
		err = a.store.Later(ctx, c, now.Add(min(time.Second<<c.Tries, maxPause)), true)
	}
	if errors.Is(err, ErrLost) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("put off %s of %s: %w", c.Work, c.Ref, err)
	}
	return nil
}

// believed is how long to leave a platform alone that wants a pause.
func believed(wish *chat.RetryAfter) time.Duration {
	return min(max(wish.Wait, time.Second), longestWait)
}

// attempt does the work; a panic is an error like any other.
func (a *App) attempt(ctx context.Context, c Claim) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = chat.Panicked(cause, debug.Stack())
		}
	}()
	if c.Ref.Kind == KindDelivery && c.Work == workSend {
		return a.send(ctx, c)
	}
	if isOffline(c) {
		return a.workOffline(ctx, c)
	}
	_, err = a.update(ctx, change{verb: c.Work, job: &c}, func(tx *Tx) (chat.Message, error) {
		doc, err := load[Document](tx, c.Ref.Kind, c.Ref.ID)
		if errors.Is(err, errNotFound) || err == nil && !derives(doc, c.Work) {
			return chat.Message{}, nil // done meanwhile; the empty commit takes it off the queue
		}
		if err != nil {
			return chat.Message{}, err
		}
		return chat.Message{}, do[c.Ref.Kind](a, tx, doc, c)
	})
	return err
}

// derives reports whether work still follows from a document.
func derives(doc Document, work string) bool {
	for _, w := range doc.Due() {
		if w.Name == work {
			return true
		}
	}
	return false
}

// bury gives work up and tells the organisers.
func (a *App) bury(ctx context.Context, c Claim, now time.Time, cause error) error {
	if err := a.store.Bury(ctx, c, now, cause.Error()); err != nil {
		return err
	}
	_, err := a.update(ctx, change{op: "bury/" + c.Ref.String() + "#" + c.Work + "@" + now.Format(time.RFC3339Nano), verb: "bury"}, func(tx *Tx) (chat.Message, error) {
		return chat.Message{}, a.tellOrganisers(tx, Delivery{Notice: noticeBuried, Subject: c.Ref})
	})
	return err
}

// Next is when the next work falls due; false if nothing waits.
func (a *App) Next(ctx context.Context) (time.Time, bool, error) {
	at, ok, err := a.store.NextDue(ctx)
	if err != nil {
		return at, ok, fmt.Errorf("look for due work: %w", err)
	}
	return at, ok, nil
}

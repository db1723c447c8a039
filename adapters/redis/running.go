package redis

import (
	"context"
	"errors"
	"time"
)

// server is what a Running knows of the life of its server.
type server interface {
	start(ctx context.Context) error
	stop(ctx context.Context) error
	advance(d time.Duration) error
	forgets() bool
	close() error
}

// Running is a store together with the life of the server that it is on, be
// it remote, embedded or in this process.
type Running struct {
	*Store
	server server
	folder string // of an embedded server
}

// Remote opens the store on a server that somebody runs, as Open does. It
// cannot be stopped or started.
func Remote(ctx context.Context, o Options) (*Running, error) {
	store, err := Open(ctx, o)
	if err != nil {
		return nil, err
	}
	return &Running{Store: store, server: foreign{}}, nil
}

// Close ends the store's connections, and the server if this process owns it.
func (r *Running) Close() error { return errors.Join(r.Store.Close(), r.server.close()) }

// Stop kills the server as a fault would: at once and without a word to it. The
// store stays open and its calls fail until Start. It fails with ErrNotOurs
// where the server is not this process's.
func (r *Running) Stop(ctx context.Context) error { return r.server.stop(ctx) }

// Start starts a stopped server again, with the data it had, and returns when
// this store reaches it; other stores may take a second longer. It fails with
// ErrNotOurs where the server is not this process's.
func (r *Running) Start(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	if err := r.server.start(limited); err != nil {
		return err
	}
	// After many failures the client looks for the server once a second only.
	return until(limited, func() (bool, error) { return r.client.Ping(limited).Err() == nil, nil })
}

// Advance moves the clock of a server in this process, by which leases lapse
// and memories fade. Until the first call that clock is the real one; from then
// on it stands still between calls. It fails with ErrNotOurs on other servers.
func (r *Running) Advance(d time.Duration) error { return r.server.advance(d) }

// Forgets reports whether everything is lost when the process ends.
func (r *Running) Forgets() bool { return r.server.forgets() }

// Folder is the folder that an embedded server was given; "" for all others.
func (r *Running) Folder() string { return r.folder }

// foreign is the life of a server that belongs to somebody else.
type foreign struct{}

func (foreign) start(context.Context) error { return ErrNotOurs }
func (foreign) stop(context.Context) error  { return ErrNotOurs }
func (foreign) advance(time.Duration) error { return ErrNotOurs }
func (foreign) forgets() bool               { return false }
func (foreign) close() error                { return nil }

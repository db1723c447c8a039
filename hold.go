package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/rs/zerolog"
)

const (
	// holdFor is how long a place outlives the process that had it, and holdEvery
	// how often it is asked for: a connection is taken over within both together.
	holdFor   = 15 * time.Second
	holdEvery = 5 * time.Second
)

// places are what one of several processes has at a time, by leases in the store.
type places struct {
	store interface {
		Place(ctx context.Context, name, holder string, lease time.Duration) (bool, error)
	}
	self       string
	log        zerolog.Logger
	lease, ask time.Duration
}

// newPlaces asks under a name that no other process has. The store is named before
// the first place is asked for.
func newPlaces(log zerolog.Logger) *places {
	return &places{self: rand.Text(), log: log, lease: holdFor, ask: holdEvery}
}

// shard holds a connection to Discord.
func (p *places) shard(ctx context.Context, n int, run func(context.Context) error) error {
	return p.hold(ctx, fmt.Sprintf("discord shard %d", n), run)
}

// hold runs something while this process has the place, waiting for it as long as
// another one has it. It returns when ctx ends, or with the error of run.
//
// A store that does not answer takes no place away: nobody else can get it, and
// people are to be told that nothing is saved, which needs the connection.
func (p *places) hold(ctx context.Context, name string, run func(context.Context) error) error {
	ticker := time.NewTicker(p.ask)
	defer ticker.Stop()
	for waiting := false; ; {
		mine, err := p.store.Place(ctx, name, p.self, p.lease)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			p.log.Warn().Err(err).Str("place", name).Msg("place not asked for")
		case mine:
			waiting = false
			p.log.Info().Str("place", name).Msg("place taken")
			if err := p.during(ctx, name, ticker.C, run); err != nil || ctx.Err() != nil {
				return err
			}
		case !waiting:
			waiting = true
			p.log.Info().Str("place", name).Msg("place is another process's: waiting")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// during runs something and keeps the place, until another one has got it. Then
// it gives back what is still its own.
func (p *places) during(ctx context.Context, name string, ticks <-chan time.Time, run func(context.Context) error) error {
	having, lose := context.WithCancel(ctx)
	defer lose()
	ended := make(chan error, 1)
	go func() { ended <- run(having) }()
	for {
		select {
		case err := <-ended:
			if _, fault := p.store.Place(context.WithoutCancel(ctx), name, p.self, 0); fault != nil {
				p.log.Warn().Err(fault).Str("place", name).Msg("place not given back: it lapses")
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		case <-ticks:
			if mine, err := p.store.Place(ctx, name, p.self, p.lease); err == nil && !mine {
				p.log.Warn().Str("place", name).Msg("place lost")
				lose()
			}
		}
	}
}

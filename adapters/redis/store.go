package redis

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

// Memory is for how long the answers of operations and the ids of settled
// events are kept. Platforms deliver an event again for hours at most.
const Memory = 8 * 24 * time.Hour

// Store is the store of one network. It is safe for concurrent use.
type Store struct {
	client goredis.UniversalClient
	keys   keys
	values []string // of the declared keys, in order
	trips  *atomic.Int64
	called func(call string, took time.Duration, err error) // nil where nobody watches
	copies copies
}

var _ bot.Store = (*Store)(nil)

// newStore makes the store of a network on a client, which it owns from now on.
func newStore(client goredis.UniversalClient, network string) *Store {
	s := &Store{client: client, keys: keys{network}, trips: new(atomic.Int64)}
	for _, key := range s.keys.declared() {
		s.values = append(s.values, key.key)
	}
	client.AddHook(counter{s.trips})
	return s
}

// Close ends the store's connections. Calls after it fail with bot.ErrUnavailable.
func (s *Store) Close() error {
	if err := s.client.Close(); err != nil {
		return fmt.Errorf("redis: close: %w", err)
	}
	return nil
}

// RoundTrips is how many times the store has gone to Redis and back. Setting up
// a connection is not counted, since it depends on who else is busy; nor is
// what the client repeats.
func (s *Store) RoundTrips() int64 { return s.trips.Load() }

// Watch has called told of every call to Redis as it ends: its name, how long
// it took, and its error. It is set before the store is used.
func (s *Store) Watch(called func(call string, took time.Duration, err error)) { s.called = called }

// run runs a script and returns its answer.
func (s *Store) run(ctx context.Context, sc script, args ...any) (reply, error) {
	return s.call(ctx, sc, func() *goredis.Cmd { return sc.lua.Run(ctx, s.client, s.values, args...) })
}

// call does what a script's call takes, and tells whoever watches.
func (s *Store) call(ctx context.Context, sc script, do func() *goredis.Cmd) (reply, error) {
	began := time.Now()
	answer, err := do().Slice()
	if s.called != nil {
		s.called(sc.name, time.Since(began), err)
	}
	if err != nil {
		s.remap(ctx, err)
		return nil, classify(sc.name, err)
	}
	return answer, nil
}

// act runs a script that changes something, as a new attempt, and returns its
// answer, whose first word is the outcome. Where there are replicas, one of them
// has the change when act returns, or is known not to.
func (s *Store) act(ctx context.Context, sc script, args ...any) (reply, error) {
	args = append([]any{rand.Text()}, args...)
	if !s.copied(ctx) {
		return s.run(ctx, sc, args...)
	}
	return s.call(ctx, sc, func() *goredis.Cmd { return s.confirmed(ctx, sc, args) })
}

// hold runs a script that answers 'ok', or 'lost' where a claim or a turn had lapsed.
func hold(sc script, subject fmt.Stringer, answer reply, err error) error {
	if err == nil && answer.text(0) == "lost" {
		return fmt.Errorf("redis: %s %s: %w", sc.name, subject, bot.ErrLost)
	}
	return err
}

// counter counts round trips: one for each command and for each pipeline.
type counter struct{ trips *atomic.Int64 }

// DialHook leaves connecting as it is.
func (counter) DialHook(next goredis.DialHook) goredis.DialHook { return next }

// ProcessHook counts a command.
func (c counter) ProcessHook(next goredis.ProcessHook) goredis.ProcessHook {
	return func(ctx context.Context, cmd goredis.Cmder) error {
		if cmd.Name() != "hello" {
			c.trips.Add(1)
		}
		return next(ctx, cmd)
	}
}

// ProcessPipelineHook counts a pipeline.
func (c counter) ProcessPipelineHook(next goredis.ProcessPipelineHook) goredis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []goredis.Cmder) error {
		c.trips.Add(1)
		return next(ctx, cmds)
	}
}

package redis

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"interlab/bot"
)

// persist commits again until the store can be reached.
func persist(ctx context.Context, store *Store, c bot.Commit) error {
	return until(ctx, func() (bool, error) {
		err := store.Commit(ctx, c)
		var done *bot.DoneError
		switch {
		case errors.Is(err, bot.ErrUnavailable):
			return false, nil
		case errors.As(err, &done):
			err = nil
		}
		return true, err
	})
}

// Writers go on while the server is killed and started again. What was
// acknowledged is there afterwards, once; so is what was tried until it was.
func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	t.Parallel()
	r := embedIn(t, t.TempDir())
	defer r.Close()
	const writers, commits, kills = 4, 40, 3
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var acknowledged atomic.Int64
	var all errgroup.Group
	for writer := range writers {
		all.Go(func() error {
			for i := range int64(commits) {
				c := change(put(fmt.Sprint(writer), i, due("w", int(i)), unique(fmt.Sprint(writer, "-", i))))
				c.Op = fmt.Sprint(writer, "-", i)
				if err := persist(ctx, r.Store, c); err != nil {
					return err
				}
				acknowledged.Add(1)
			}
			return nil
		})
	}
	all.Go(func() error {
		for kill := range int64(kills) {
			enough := func() (bool, error) { return acknowledged.Load() >= (kill+1)*writers*commits/(kills+1), nil }
			if err := until(ctx, enough); err != nil {
				return err
			}
			if err := errors.Join(r.Stop(ctx), r.Start(ctx)); err != nil {
				return err
			}
		}
		return nil
	})
	must(t, all.Wait())
	for writer := range writers {
		if got := versionOf(t, r.Store, fmt.Sprint(writer)); got != commits {
			t.Errorf("writer %d: version %d, want %d", writer, got, commits)
		}
	}
	changes, err := r.Changes(ctx, "0-0", "person", bot.MaxListed)
	if err != nil || len(changes.Notes) != writers*commits {
		t.Errorf("the audit has %d notes (%v), want %d", len(changes.Notes), err, writers*commits)
	}
	if claims, err := r.Claim(ctx, now.Add(long), 100, long); err != nil || len(claims) != writers {
		t.Errorf("claimed %v (%v), want one work of each writer", claims, err)
	}
}

func TestTheInboxOutlivesTheServer(t *testing.T) {
	t.Parallel()
	r := embedIn(t, t.TempDir())
	defer r.Close()
	turn, _, err := r.Accept(t.Context(), inbound("q", "e1"), long)
	must(t, err)
	_, _, err = r.Accept(t.Context(), inbound("q", "e2"), long)
	must(t, err)
	must(t, errors.Join(r.Stop(t.Context()), r.Start(t.Context())))
	next, err := r.Settle(t.Context(), turn, long)
	if err != nil || next == nil || next.Event.ID != "e2" {
		t.Errorf("Settle after a restart = %+v, %v, want the turn of e2", next, err)
	}
}

func TestAServerThatDiesByItselfIsStartedAgain(t *testing.T) {
	t.Parallel()
	r := embedIn(t, t.TempDir())
	defer r.Close()
	must(t, r.Commit(t.Context(), change(put("p", 0))))
	e := r.server.(*embedded)
	e.mu.Lock()
	c := e.child
	e.mu.Unlock()
	c.kill()
	eventually(t, "the store to work again", func() bool {
		_, err := r.Read(t.Context(), bot.Want{Ref: person("p")})
		return err == nil
	})
	if got := versionOf(t, r.Store, "p"); got != 1 {
		t.Errorf("version = %d, want 1", got)
	}
	must(t, r.Start(t.Context())) // it runs already
}

// ours are the servers that can be stopped and started.
var ours = map[string]func(t *testing.T) *Running{
	"embedded": func(t *testing.T) *Running { return embedIn(t, t.TempDir()) },
	"in-process": func(t *testing.T) *Running {
		r, err := InProcess(t.Context(), "n")
		must(t, err)
		return r
	},
}

// Whoever stops and starts a server need not know which it is.
func TestEveryServerOfOursStopsAndStarts(t *testing.T) {
	t.Parallel()
	for name, enter := range ours {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := enter(t)
			must(t, r.Commit(t.Context(), change(put("p", 0))))
			for range 2 {
				must(t, r.Stop(t.Context()))
				must(t, r.Stop(t.Context()))
				if err := r.Commit(t.Context(), change(put("q", 0))); !errors.Is(err, bot.ErrUnavailable) {
					t.Errorf("Commit on a stopped server = %v, want ErrUnavailable", err)
				}
				must(t, r.Start(t.Context()))
				_, err := r.Read(t.Context(), bot.Want{Ref: person("p")})
				must(t, err)
			}
			if p, q := versionOf(t, r.Store, "p"), versionOf(t, r.Store, "q"); p != 1 || q != 0 {
				t.Errorf("versions = %d and %d, want 1 and 0", p, q)
			}
			must(t, r.Close())
		})
	}
}

// After a restart every connection of the pool is dead, not only the one that
// Start looked through.
func TestCallsAfterARestartFindNewConnections(t *testing.T) {
	t.Parallel()
	for name, enter := range ours {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := enter(t)
			defer r.Close()
			together := func() error {
				var all errgroup.Group
				for range 8 {
					all.Go(func() error {
						_, err := r.Read(t.Context(), bot.Want{Ref: person("p")})
						return err
					})
				}
				return all.Wait()
			}
			must(t, together())
			must(t, errors.Join(r.Stop(t.Context()), r.Start(t.Context())))
			if err := together(); err != nil {
				t.Errorf("a call after the restart = %v, want nil", err)
			}
		})
	}
}

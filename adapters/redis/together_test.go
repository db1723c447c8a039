package redis

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"interlab/bot"
)

func TestClaimersNeverShareAClaim(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		const documents, works, claimers = 40, 25, 8
		for i := range documents {
			var all []any
			for j := range works {
				all = append(all, due(fmt.Sprint(j), j))
			}
			must(t, w.commit(put(fmt.Sprint(i), 0, all...)))
		}
		var mu sync.Mutex
		claimed, tokens := map[string]int{}, map[int64]bool{}
		var all errgroup.Group
		for range claimers {
			store := w.open()
			all.Go(func() error {
				for {
					claims, err := store.Claim(t.Context(), now.Add(time.Hour), 17, long)
					if err != nil || len(claims) == 0 {
						return err
					}
					mu.Lock()
					for _, c := range claims {
						claimed[workOf(c.Ref, c.Work)]++
						tokens[c.Token] = true
					}
					mu.Unlock()
				}
			})
		}
		must(t, all.Wait())
		if len(claimed) != documents*works || len(tokens) != documents*works {
			t.Errorf("%d works were claimed under %d tokens, want %d", len(claimed), len(tokens), documents*works)
		}
		for work, times := range claimed {
			if times != 1 {
				t.Errorf("%s was claimed %d times", work, times)
			}
		}
	})
}

// Of all that write one version, one wins.
func TestCommitsOfOneVersionHaveOneWinner(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		const writers, rounds = 6, 15
		var won atomic.Int64
		for version := range int64(rounds) {
			var all errgroup.Group
			for range writers {
				all.Go(func() error {
					err := w.commit(put("p", version))
					if err == nil {
						won.Add(1)
					} else if !errors.Is(err, bot.ErrConflict) {
						return err
					}
					return nil
				})
			}
			must(t, all.Wait())
		}
		if won.Load() != rounds || w.version("p") != rounds {
			t.Errorf("%d commits won and the version is %d, want %d", won.Load(), w.version("p"), rounds)
		}
	})
}

// handled is what was done in one queue.
type handled struct {
	busy atomic.Bool
	ids  []string // touched under busy only
}

// drain handles events from a turn on, until the queue is empty.
func drain(w *world, store *Store, h *handled, turn *bot.Turn) error {
	for turn != nil {
		if !h.busy.CompareAndSwap(false, true) {
			return fmt.Errorf("event %s is handled while another of its queue is", turn.Event.ID)
		}
		h.ids = append(h.ids, turn.Event.ID)
		h.busy.Store(false)
		next, err := store.Settle(w.t.Context(), turn, long)
		if err != nil {
			return err
		}
		turn = next
	}
	return nil
}

// Several replicas take in events of several queues. Each queue has one handler
// at a time, and each replica's events stay in order.
func TestQueuesStayInOrderUnderManyHands(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		const replicas, queues, events = 5, 3, 20
		done := make([]handled, queues)
		var all errgroup.Group
		for replica := range replicas {
			store := w.open()
			all.Go(func() error {
				for i := range events * queues {
					queue := i % queues
					e := inbound(fmt.Sprint("q", queue), fmt.Sprintf("%d-%d-%03d", queue, replica, i))
					turn, known, err := store.Accept(t.Context(), e, long)
					if err != nil || known {
						return fmt.Errorf("accept %s: known %v: %w", e.ID, known, err)
					}
					if err := drain(w, store, &done[queue], turn); err != nil {
						return err
					}
				}
				return nil
			})
		}
		must(t, all.Wait())
		for queue := range done {
			ids := done[queue].ids
			if len(ids) != replicas*events {
				t.Errorf("queue %d: %d events were handled, want %d", queue, len(ids), replicas*events)
			}
			for replica := range replicas {
				prefix := fmt.Sprintf("%d-%d-", queue, replica)
				own := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id[:len(prefix)] != prefix })
				if !slices.IsSorted(own) || len(slices.Compact(own)) != events {
					t.Errorf("queue %d: replica %d's events were handled as %v", queue, replica, own)
				}
			}
		}
	})
}

package discord

import (
	"context"
	"sync"

	"interlab/bot/chat"
)

// acks are the interactions of this process that are not acknowledged yet. An
// answer waits for its own: Discord takes none before.
type acks struct {
	mu   sync.Mutex
	open map[string]*ack
}

type ack struct {
	done chan struct{}
	err  error
}

// begin notes that an acknowledgement is on its way. The result ends it.
func (a *acks) begin(id string) func(error) {
	mine := &ack{done: make(chan struct{})}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.open[id] = mine
	return func(err error) {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.open[id] == mine {
			delete(a.open, id)
		}
		mine.err = err
		close(mine.done)
	}
}

// await returns when the interaction is acknowledged, or is not being. An error
// says that it never will be.
func (a *acks) await(ctx context.Context, id string) error {
	a.mu.Lock()
	mine := a.open[id]
	a.mu.Unlock()
	if mine == nil {
		return nil
	}
	select {
	case <-mine.done:
		if mine.err != nil {
			return chat.ErrGone
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

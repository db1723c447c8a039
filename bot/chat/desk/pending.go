package desk

import (
	"context"
	"fmt"
	"sync"

	"interlab/bot/chat"
)

// pending are the events of this process that are not acknowledged yet. The
// core may have an answer before that, when it finds one event waiting behind
// another; the answer then waits.
type pending struct {
	mu     sync.Mutex
	events map[string]*acknowledgement
}

type acknowledgement struct {
	done chan struct{}
	err  error // valid once done is closed
}

// begin notes that an acknowledgement is on its way. The result ends it.
func (p *pending) begin(id string) func(error) {
	mine := &acknowledgement{done: make(chan struct{})}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.events == nil {
		p.events = map[string]*acknowledgement{}
	}
	p.events[id] = mine
	return func(err error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.events[id] == mine {
			delete(p.events, id)
		}
		mine.err = err
		close(mine.done)
	}
}

// wait returns when the event is acknowledged, at once for one of another process.
func (p *pending) wait(ctx context.Context, id string) error {
	p.mu.Lock()
	mine := p.events[id]
	p.mu.Unlock()
	if mine == nil {
		return nil
	}
	select {
	case <-mine.done:
		if mine.err != nil {
			return fmt.Errorf("%s was not acknowledged: %w", id, chat.ErrGone)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the acknowledgement of %s: %w", id, ctx.Err())
	}
}

package slack

import (
	"context"
	"fmt"
	"sync"
)

// pending are the events of this process that are not acknowledged yet. The
// core may have an answer before that, when it finds one event waiting behind
// another; the answer then waits.
type pending struct {
	mu     sync.Mutex
	events map[string]chan struct{}
}

func newPending() *pending { return &pending{events: map[string]chan struct{}{}} }

func (p *pending) begin(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.events[id] = make(chan struct{})
}

func (p *pending) end(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if done, ok := p.events[id]; ok {
		close(done)
		delete(p.events, id)
	}
}

// wait returns when the event is acknowledged, at once for one of another process.
func (p *pending) wait(ctx context.Context, id string) error {
	p.mu.Lock()
	done, ok := p.events[id]
	p.mu.Unlock()
	if !ok {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the acknowledgement of %s: %w", id, ctx.Err())
	}
}

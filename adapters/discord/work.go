package discord

import (
	"context"
	"sync"
)

// work counts what is under way.
type work struct {
	mu    sync.Mutex
	count int
	idle  chan struct{} // closed when the count comes to zero; nil where nobody waits
}

func (w *work) add() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count++
}

func (w *work) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count--
	if w.count == 0 && w.idle != nil {
		close(w.idle)
		w.idle = nil
	}
}

// wait returns when nothing is under way, or with the error of ctx.
func (w *work) wait(ctx context.Context) error {
	w.mu.Lock()
	if w.count == 0 {
		w.mu.Unlock()
		return nil
	}
	if w.idle == nil {
		w.idle = make(chan struct{})
	}
	idle := w.idle
	w.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

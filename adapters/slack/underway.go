package slack

import (
	"context"
	"fmt"
	"sync"
)

// underway counts what was taken in and is not finished.
type underway struct {
	mu    sync.Mutex
	count int
	idle  chan struct{} // closed while count is 0
}

func newUnderway() *underway {
	u := &underway{idle: make(chan struct{})}
	close(u.idle)
	return u
}

func (u *underway) begin() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.count == 0 {
		u.idle = make(chan struct{})
	}
	u.count++
}

func (u *underway) end() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.count--
	if u.count == 0 {
		close(u.idle)
	}
}

// wait returns when the count is 0.
func (u *underway) wait(ctx context.Context) error {
	u.mu.Lock()
	idle := u.idle
	u.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for what is under way: %w", ctx.Err())
	}
}

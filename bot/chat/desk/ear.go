package desk

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Ear makes connections, one at a time, and knows when anything was last heard
// on them: a library of a platform may not notice that it hears nothing any more.
// It is safe for concurrent use.
type Ear struct {
	Now func() time.Time // the clock, which must run

	mu    sync.Mutex
	conn  net.Conn
	heard time.Time
	shut  bool
}

// ErrShut is why an ear that was shut makes no connection.
var ErrShut = errors.New("it was abandoned")

// ErrSilent says that nothing was heard for too long.
var ErrSilent = errors.New("nothing was heard for too long")

// dialLimit bounds the making of a connection.
const dialLimit = 10 * time.Second

// Dial connects as net.Dialer does, and listens.
func (e *Ear) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: dialLimit}).DialContext(ctx, network, address)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.shut {
		_ = conn.Close()
		return nil, ErrShut
	}
	e.conn, e.heard = conn, e.Now()
	return &listened{Conn: conn, ear: e}, nil
}

// Touch begins the silence anew.
func (e *Ear) Touch() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = e.Now()
}

// Silence is how long nothing was heard.
func (e *Ear) Silence() time.Duration {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.Now().Sub(e.heard)
}

// Attend waits for done and returns what comes from it. ErrSilent says that
// nothing was heard for so long before.
func (e *Ear) Attend(ctx context.Context, patience time.Duration, done <-chan error) error {
	check := time.NewTicker(patience / 8)
	defer check.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return fmt.Errorf("listen: %w", ctx.Err())
		case <-check.C:
			if e.Silence() > patience {
				return ErrSilent
			}
		}
	}
}

// Cut ends the connection below whoever uses it, and begins the silence anew:
// they have as long to notice.
func (e *Ear) Cut() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = e.Now()
	e.cut()
}

// Shut cuts the connection, and makes no other.
func (e *Ear) Shut() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.shut = true
	e.cut()
}

// IsShut reports whether the ear was shut.
func (e *Ear) IsShut() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.shut
}

func (e *Ear) cut() {
	if e.conn != nil {
		_ = e.conn.Close()
	}
}

// listened is a connection that tells its ear when something was read.
type listened struct {
	net.Conn
	ear *Ear
}

// Read reads and tells of it.
func (l *listened) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	if n > 0 {
		l.ear.Touch()
	}
	return n, err //nolint:wrapcheck // this is the connection itself
}

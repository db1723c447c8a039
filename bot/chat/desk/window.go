package desk

import (
	"context"
	"sync"
)

// Window is what an operator, and a test, see of a desk from outside. An adapter
// that embeds it shows the same as any other.
type Window struct{ desk *Desk }

// Window is the desk's.
func (d *Desk) Window() Window { return Window{d} }

// Idle returns when nothing that was taken in is under way any more.
func (w Window) Idle(ctx context.Context) error { return w.desk.Idle(ctx) }

// Envelopes are what became of what came, since the start.
func (w Window) Envelopes() map[Outcome]int64 { return w.desk.Counts() }

// Links are how the desk's lines are, in the order in which they were laid.
func (w Window) Links() []Link {
	w.desk.mu.Lock()
	defer w.desk.mu.Unlock()
	out := make([]Link, len(w.desk.lines))
	for i, l := range w.desk.lines {
		out[i] = l.Link()
	}
	return out
}

// Link is how a line is.
type Link struct {
	Name    string
	Open    int    // connections that are open
	Deaf    int    // those that were replaced because nothing was heard, since the start
	Stopped string // why it has ended for good; empty while it is kept up
}

// Line is all connections to one place of a platform. It is safe for concurrent
// use.
type Line struct {
	mu   sync.Mutex
	now  Link
	over chan struct{}
}

// Line lays a line.
func (d *Desk) Line(name string) *Line {
	l := &Line{now: Link{Name: name}, over: make(chan struct{})}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, l)
	return l
}

// Link is how the line is.
func (l *Line) Link() Link {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now
}

// Opened notes connections that have opened, or fewer than none that were lost.
func (l *Line) Opened(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now.Open += n
}

// WasDeaf notes a connection that was replaced because nothing was heard.
func (l *Line) WasDeaf() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now.Deaf++
}

// Stop ends the line for good, and reports whether nobody had before.
func (l *Line) Stop(why string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now.Stopped != "" {
		return false
	}
	l.now.Stopped = why
	close(l.over)
	return true
}

// Over is closed when the line has ended for good.
func (l *Line) Over() <-chan struct{} { return l.over }

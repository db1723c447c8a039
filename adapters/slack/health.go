package slack

import (
	"sync/atomic"
	"time"
)

// counts are what happened since the start. They hold no text and no names.
type counts struct {
	taken, dropped, repeated, unreadable, unsaved, unacknowledged, deaf, panics atomic.Int64
	acks, late                                                                  atomic.Int64
}

// ackLate is when an acknowledgement comes too late for Slack.
const ackLate = 3 * time.Second

func (c *counts) acknowledged(after time.Duration) {
	c.acks.Add(1)
	if after > ackLate {
		c.late.Add(1)
	}
}

// Health is how the adapter is.
type Health struct {
	Workspaces []WorkspaceHealth
	// What happened since the start: envelopes taken in, acknowledged (and
	// later than Slack waits), dropped for want of room, repeated by Slack,
	// not understood, not saved, and not acknowledged; sockets replaced because
	// nothing was heard; panics of handlers.
	Taken, Acknowledged, Late, Dropped, Repeated, Unreadable, Unsaved, Unacknowledged, Deaf, Panics int64
}

// WorkspaceHealth is how one workspace is.
type WorkspaceHealth struct {
	Name, Team string
	Open       int       // sockets that are connected, of two
	Heard      time.Time // when anything was last heard
	Stopped    string    // why it has stopped for good; empty while it runs
	Fault      string    // what went wrong last, since the last connection
}

// Health tells how the adapter is. It is safe at any time.
func (a *Adapter) Health() Health {
	h := Health{
		Taken: a.counts.taken.Load(), Acknowledged: a.counts.acks.Load(), Late: a.counts.late.Load(),
		Dropped: a.counts.dropped.Load(), Repeated: a.counts.repeated.Load(), Unreadable: a.counts.unreadable.Load(),
		Unsaved: a.counts.unsaved.Load(), Unacknowledged: a.counts.unacknowledged.Load(), Deaf: a.counts.deaf.Load(), Panics: a.counts.panics.Load(),
	}
	for _, w := range a.workspaces {
		s := w.state()
		h.Workspaces = append(h.Workspaces, WorkspaceHealth{Name: w.name, Team: s.team, Open: s.open, Heard: s.heard, Stopped: s.fatal, Fault: s.fault})
	}
	return h
}

package slack

import (
	"time"

	"interlab/bot/chat/desk"
)

// Health is how the adapter is.
type Health struct {
	Workspaces []WorkspaceHealth
	Envelopes  map[desk.Outcome]int64 // what became of them since the start
	Deaf       int64                  // sockets replaced because nothing was heard
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
	h := Health{Envelopes: a.desk.Counts(), Deaf: a.deaf.Load()}
	for _, w := range a.workspaces {
		s := w.state()
		h.Workspaces = append(h.Workspaces, WorkspaceHealth{Name: w.name, Team: s.team, Open: s.open, Heard: s.heard, Stopped: s.fatal, Fault: s.fault})
	}
	return h
}

package slack

import "interlab/bot/chat/desk"

// Health is how the adapter is.
type Health struct {
	Workspaces []WorkspaceHealth
	Envelopes  map[desk.Outcome]int64 // what became of them since the start
	Deaf       int64                  // sockets replaced because nothing was heard
}

// WorkspaceHealth is how one workspace is.
type WorkspaceHealth struct {
	Name    string
	Open    int    // sockets that are connected, of two
	Stopped string // why it has stopped for good; empty while it runs
}

// Health tells how the adapter is. It is safe at any time.
func (a *Adapter) Health() Health {
	h := Health{Envelopes: a.desk.Counts(), Deaf: a.deaf.Load()}
	for _, w := range a.workspaces {
		s := w.state()
		h.Workspaces = append(h.Workspaces, WorkspaceHealth{Name: w.name, Open: s.open, Stopped: s.fatal})
	}
	return h
}

package desk

import (
	"maps"
	"sync"
	"time"
)

// Outcome is what became of something that came, as figures name it.
type Outcome string

// The outcomes. One thing may have several: it is taken, and acknowledged late.
const (
	Taken          Outcome = "taken"          // in from the platform
	Acknowledged   Outcome = "acknowledged"   // in time or not
	Late           Outcome = "late"           // acknowledged later than platforms wait
	Dropped        Outcome = "dropped"        // for want of room
	Repeated       Outcome = "repeated"       // by the platform
	Unreadable     Outcome = "unreadable"     // not understood, or forged
	Unsaved        Outcome = "unsaved"        // the store did not take it
	Unacknowledged Outcome = "unacknowledged" // the platform did not hear of it
	Failed         Outcome = "failed"         // by a panic
)

// ackLate is when an acknowledgement comes too late for any platform.
const ackLate = 3 * time.Second

// counts are what happened since the start. They hold no text and no names.
type counts struct {
	mu sync.Mutex
	of map[Outcome]int64
}

// Note counts an outcome.
func (d *Desk) Note(o Outcome) {
	d.counts.mu.Lock()
	defer d.counts.mu.Unlock()
	if d.counts.of == nil {
		d.counts.of = map[Outcome]int64{}
	}
	d.counts.of[o]++
}

// Counts are how often each outcome was noted since the start; all are named.
func (d *Desk) Counts() map[Outcome]int64 {
	out := map[Outcome]int64{}
	for _, o := range []Outcome{Taken, Acknowledged, Late, Dropped, Repeated, Unreadable, Unsaved, Unacknowledged, Failed} {
		out[o] = 0
	}
	d.counts.mu.Lock()
	defer d.counts.mu.Unlock()
	maps.Copy(out, d.counts.of)
	return out
}

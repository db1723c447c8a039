package desk

import (
	"sync"
	"time"

	"interlab/bot/chat"
)

// Pace is how often something may be done: Burst times at once, and every Every
// in the long run.
type Pace struct {
	Every time.Duration
	Burst int
}

// Turns gives out turns by key, such as a channel, each key at the same pace. It
// is lost at a restart; the platform itself then says when it is too much. It is
// safe for concurrent use.
type Turns struct {
	pace Pace
	mu   sync.Mutex
	even map[string]time.Time // when a key's account is even again
}

// turnsMost is how many keys are kept before the even ones are dropped.
const turnsMost = 4096

// NewTurns is turns at a pace, all of them free.
func NewTurns(p Pace) *Turns { return &Turns{pace: p, even: map[string]time.Time{}} }

// Take takes a turn of a key, or says how long to wait for it. The error is a
// *chat.RetryAfter.
func (t *Turns) Take(key string, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.even) >= turnsMost {
		t.forget(now)
	}
	even := t.even[key]
	if even.Before(now) {
		even = now
	}
	if ahead := even.Sub(now) - time.Duration(t.pace.Burst-1)*t.pace.Every; ahead > 0 {
		return &chat.RetryAfter{Wait: ahead}
	}
	t.even[key] = even.Add(t.pace.Every)
	return nil
}

// forget drops the keys that are even: they are as good as new.
func (t *Turns) forget(now time.Time) {
	for key, even := range t.even {
		if !even.After(now) {
			delete(t.even, key)
		}
	}
}

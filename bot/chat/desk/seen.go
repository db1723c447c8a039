package desk

import (
	"sync"
	"time"
)

// seenLife is how long an id is kept at least: longer than any platform's last
// try.
const seenLife = 15 * time.Minute

// seen is what the desk has had in the last minutes: the ids since a time, and
// those of one life before.
type seen struct {
	mu          sync.Mutex
	since       time.Time
	young, aged map[string]bool
}

func (s *seen) before(id string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.age(now)
	return s.young[id] || s.aged[id]
}

func (s *seen) add(id string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.age(now)
	s.young[id] = true
}

// age forgets what is older than two lives.
func (s *seen) age(now time.Time) {
	if s.young != nil && now.Sub(s.since) < seenLife {
		return
	}
	s.since, s.aged, s.young = now, s.young, map[string]bool{}
}

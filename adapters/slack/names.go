package slack

import (
	"cmp"
	"context"
	"sync"
	"time"

	"interlab/bot/chat"
)

const (
	// nameLimit is how long an envelope waits for its person's name, at the
	// first one in a while: a part of Slack's three seconds.
	nameLimit = 700 * time.Millisecond
	// nameLife is how long a name is kept, and namePause how long nobody is
	// asked after Slack did not answer.
	nameLife  = time.Hour
	namePause = 30 * time.Second
	// namesMost is how many names are kept before the old ones are dropped.
	namesMost = 10000
)

// names are the names of people as their colleagues see them. Slack sends the
// user's id along with most events, and a handle with some; a person who is
// introduced to another one needs a name. What is kept here saves calls only.
type names struct {
	mu    sync.Mutex
	known map[string]knownName
	pause time.Time // until when nobody is asked
}

type knownName struct {
	name  string
	until time.Time
}

// nameOf is the name of a user, or what the event has in its place.
func (w *workspace) nameOf(ctx context.Context, who chat.Account, otherwise string) string {
	now := time.Now()
	name, ask := w.names.look(who.User, now)
	if ask {
		ctx, cancel := context.WithTimeout(ctx, nameLimit)
		defer cancel()
		profile, err := w.profile(ctx, who.User)
		name = profile.Name
		w.names.note(who.User, name, err, now)
	}
	return cmp.Or(name, otherwise)
}

// look is a name that is known, and whether to ask for one that is not.
func (n *names) look(user string, now time.Time) (name string, ask bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if known, ok := n.known[user]; ok && now.Before(known.until) {
		return known.name, false
	}
	return "", now.After(n.pause)
}

func (n *names) note(user, name string, err error, now time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if err != nil {
		n.pause = now.Add(namePause)
		return
	}
	if n.known == nil || len(n.known) >= namesMost {
		n.known = map[string]knownName{}
	}
	n.known[user] = knownName{name, now.Add(nameLife)}
}

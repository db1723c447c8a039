package desk

import (
	"cmp"
	"context"
	"sync"
	"time"

	"interlab/bot/chat"
)

const (
	// nameLimit is how long what came waits for its person's name, at the first
	// in a while: a part of the platforms' three seconds.
	nameLimit = 700 * time.Millisecond
	// nameLife is how long a name is kept, and namePause how long nobody of a
	// home is asked for after its platform did not answer.
	nameLife  = time.Hour
	namePause = 30 * time.Second
	// namesMost is how many names are kept before the old ones are dropped.
	namesMost = 10000
)

// names are the names of people as their colleagues see them. Platforms send
// only an id along with some events, and a person who is introduced to another
// one needs a name. What is kept here saves calls only.
type names struct {
	mu    sync.Mutex
	known map[chat.Account]knownName
	pause map[chat.Home]time.Time // until when nobody of the home is asked for
}

type knownName struct {
	name  string
	until time.Time
}

// Name is what people call whoever made an event, as ask tells, or what the
// event has in its place.
func (d *Desk) Name(ctx context.Context, e chat.Event, ask func(context.Context, chat.Account) (chat.Profile, error)) string {
	if e.From.User == "" {
		return e.Name
	}
	now := d.Now()
	name, unknown := d.names.look(e, now)
	if unknown {
		ctx, cancel := context.WithTimeout(ctx, nameLimit)
		defer cancel()
		profile, err := ask(ctx, e.From)
		name = profile.Name
		d.names.note(e, name, err, now)
	}
	return cmp.Or(name, e.Name)
}

// look is a name that is known, and whether to ask for one that is not.
func (n *names) look(e chat.Event, now time.Time) (name string, ask bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if known, ok := n.known[e.From]; ok && now.Before(known.until) {
		return known.name, false
	}
	return "", now.After(n.pause[e.In.Home])
}

func (n *names) note(e chat.Event, name string, err error, now time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil || len(n.known) >= namesMost {
		n.known, n.pause = map[chat.Account]knownName{}, map[chat.Home]time.Time{}
	}
	if err != nil {
		n.pause[e.In.Home] = now.Add(namePause)
		return
	}
	n.known[e.From] = knownName{name, now.Add(nameLife)}
}

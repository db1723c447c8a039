package bot

import (
	"errors"
	"time"
)

// Accounts are closed and people leave, and no platform tells the bot of it unless
// it may see all members. But a message that no account of somebody takes tells as
// much: nobody is shown them from then on, so that no ask goes where nobody reads
// it. Whoever had asked them sees what silence would show.

// unreachedFor is how long after the last message that did not reach somebody they are
// shown to nobody: as long as an ask is open, twice. Then one may try again, for a
// workspace that had removed the bot may have it back.
const unreachedFor = 28 * 24 * time.Hour

// unreached reports whether what is sent to the person does not reach them, by what
// is known.
func (p *Person) unreached(now time.Time) bool {
	return !p.Unreached.IsZero() && now.Before(p.Unreached.Add(unreachedFor))
}

// reached notes whether a delivery got to its person.
func (a *App) reached(tx *Tx, d *Delivery) error {
	p, err := load[*Person](tx, KindPerson, d.To)
	if errors.Is(err, errNotFound) || err == nil && (p.Forgotten != nil || p.Into != "") {
		return nil
	}
	if err != nil {
		return err
	}
	p.Unreached = time.Time{}
	if d.Progress == Failed {
		p.Unreached = tx.now
	}
	tx.put(p)
	return nil
}

// isHere notes that somebody whom nothing reached has written themselves.
func (rq *request) isHere() {
	if !rq.me.Unreached.IsZero() {
		rq.me.Unreached = time.Time{}
		rq.tx.put(rq.me)
	}
}

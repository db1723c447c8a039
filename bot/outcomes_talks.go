package bot

import (
	"fmt"
	"slices"
	"strings"

	"interlab/bot/exchange"
)

// talksIn are the talks of a scope that took place, the oldest first: of the
// network all, of a lab those at which its people spoke. Of a person there are none.
func (a *App) talksIn(tx *Tx, of exchange.Scope) ([]exchange.Talk, error) {
	if of.Person != "" {
		return nil, nil
	}
	all, err := listAll[*Colloquium](tx, talksByStart)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(c *Colloquium) bool { return c.State != Over && c.State != Announced || tx.now.Before(c.end()) })
	slices.SortFunc(all, func(a, b *Colloquium) int {
		if n := a.Start.Compare(b.Start); n != 0 {
			return n
		}
		return strings.Compare(a.ID, b.ID)
	})
	if _, err := a.people.all(tx.ctx); err != nil { // also for their labs
		return nil, fmt.Errorf("whose talks: %w", err)
	}
	var talks []exchange.Talk
	for _, c := range all {
		labs := c.speakerLabs(a.people)
		if of.Lab == "" {
			talks = append(talks, c.talk(labs[0]))
		} else if slices.Contains(labs, of.Lab) {
			talks = append(talks, c.talk(of.Lab))
		}
	}
	return talks, nil
}

// talk is what figures see of a talk. Those who gave its code are known; where
// nobody did, the host's count is an estimate; where there is neither, nothing can
// be said of who came, and whoever said that they would does not count against it.
func (c *Colloquium) talk(lab string) exchange.Talk {
	t := exchange.Talk{At: c.Start, Lab: lab, Replies: c.Seats.Going, Linked: c.MadeAt}
	switch {
	case c.Coded > 0:
		t.Attended, t.OtherLabs, t.First = c.Coded, c.Guests, c.Firsts
	case c.Counted != nil:
		t.Attended, t.Estimated = *c.Counted, true
	default:
		t.Replies = 0
	}
	return t
}

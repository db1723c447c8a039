package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

const (
	// fillAtOnce is how many seats an answer to a person offers on the way;
	// fillPage is how many one piece of work does, until none is left.
	fillAtOnce = 5
	fillPage   = 100
	// offerLife is how long an offer stands at most.
	offerLife = 24 * time.Hour
	// offerGrace is how late the end of an offer may be seen: beyond it this
	// program was away, and perhaps the offer never arrived.
	offerGrace = time.Hour
)

// offerUntil is when an offer ends that a person hears of at a time: after a
// day or half of what is left before the talk, whichever is sooner, so that
// somebody else still has a chance.
func offerUntil(heard, start time.Time) time.Time {
	return heard.Add(min(offerLife, max(0, start.Sub(heard)/2)))
}

// fill offers free seats to those who wait longest, up to so many. It reads
// the waitlist after the colloquium, whose version guards both.
func (a *App) fill(tx *Tx, c *Colloquium, most int) error {
	if c.begun(tx.now) {
		c.Closed = true
	}
	n := min(c.Seats.vacant(), most)
	if n == 0 || c.Closed || c.State != Announced {
		return nil
	}
	// One of those listed may have left within this very transaction.
	waiting, err := list[*Rsvp](tx, Want{List: rsvpsIn(c.ID, Waiting), Limit: n + 1})
	if err != nil {
		return err
	}
	var wants []Want
	for _, r := range waiting {
		wants = append(wants, Want{Ref: r.Ref()}, Want{Ref: Ref{KindPerson, r.Person}})
	}
	if err := tx.prefetch(wants...); err != nil {
		return err
	}
	for _, listed := range waiting {
		r, err := load[*Rsvp](tx, KindRsvp, listed.ID)
		if err != nil {
			return err
		}
		if r.State != Waiting || n == 0 {
			continue
		}
		n--
		if err := a.offerSeat(tx, c, r); err != nil {
			return err
		}
	}
	return nil
}

// offerSeat offers a seat to one person. Somebody who is gone for good is
// passed over.
func (a *App) offerSeat(tx *Tx, c *Colloquium, r *Rsvp) error {
	tx.put(c, r)
	person, err := load[*Person](tx, KindPerson, r.Person)
	if errors.Is(err, errNotFound) {
		c.shift(r, Left, tx.now)
		return nil
	}
	if err != nil {
		return err
	}
	at := a.heard(person, tx.now, c.Start)
	r.Until = offerUntil(at, c.Start)
	r.Offers++
	c.shift(r, Offered, tx.now)
	a.tell(tx, person, Delivery{Notice: noticeOffer, Subject: c.Ref(), NotBefore: at, Until: r.Until})
	return nil
}

// lapse ends an offer that was not taken, says so, and offers the seat to the
// next. Where nobody was there to tell of it in time, it is made once more.
func (a *App) lapse(tx *Tx, r *Rsvp) error {
	c, err := load[*Colloquium](tx, KindColloquium, r.Colloquium)
	if errors.Is(err, errNotFound) {
		tx.remove(r.Ref())
		return nil
	}
	if err != nil {
		return err
	}
	if tx.now.After(r.Until.Add(offerGrace)) && c.State == Announced && !c.begun(tx.now) {
		c.shift(r, Waiting, tx.now)
		return a.offerSeat(tx, c, r)
	}
	c.shift(r, Left, tx.now)
	tx.put(c, r)
	if err := a.fill(tx, c, fillAtOnce); err != nil || c.State != Announced {
		return err
	}
	person, err := load[*Person](tx, KindPerson, r.Person)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	a.tell(tx, person, Delivery{Notice: noticeLapsed, Subject: c.Ref(), NotBefore: a.heard(person, tx.now, c.Start), Until: c.Start})
	return nil
}

// keepOfferShort ends an offer sooner that would outlive the start of a talk
// which has moved forward.
func (a *App) keepOfferShort(tx *Tx, c *Colloquium, listed *Rsvp) error {
	if listed.State != Offered || listed.Until.Before(c.Start) || c.State != Announced {
		return nil
	}
	r, err := load[*Rsvp](tx, KindRsvp, listed.ID)
	if err != nil || r.State != Offered {
		return err
	}
	r.Until = offerUntil(tx.now, c.Start)
	r.Offers++
	tx.put(r)
	return nil
}

// talkWork is what happens to a colloquium by itself.
func (a *App) talkWork(tx *Tx, c *Colloquium, claim Claim) error {
	tx.put(c)
	switch baseName(claim.Work) {
	case workFan:
		i := slices.IndexFunc(c.Fans, func(f Fan) bool { return f.work() == claim.Work })
		last, err := a.spread(tx, c, &c.Fans[i])
		if last {
			c.Fans = slices.Delete(c.Fans, i, i+1)
		}
		return err
	case workRefresh:
		c.Refreshes++
		if c.Edition != c.ReadyAt {
			c.ReadyAt = c.Edition
			if err := a.showPrepared(tx, c); err != nil {
				return err
			}
		}
		c.Refreshed, c.Dirty = tx.now, time.Time{}
		c.fan(Fan{Over: overCards, Notice: noticeRefresh, At: tx.now})
		return nil
	case workFill:
		c.Fills++
		return a.fill(tx, c, fillPage)
	case workDay, noticeHour, workSoon:
		if c.remind(claim.Work, tx.now) {
			return a.remindSpeakers(tx, c, claim.Work)
		}
		return nil
	case workPrepare:
		return a.lookPrepared(tx, c, claim.Work)
	case workAsked:
		return a.handOver(tx, c)
	case workBegin:
		return a.beginTalk(tx, c, claim.Work)
	case workAfter:
		return a.askAround(tx, c)
	case workReveal:
		c.Done = append(c.Done, claim.Work)
		c.touch(tx.now)
		c.remirror(tx.now)
		return nil
	case workOver:
		if c.State == Proposed {
			return a.outOfTime(tx, c)
		}
		c.State, c.Closed, c.After = Over, true, c.end().Add(afterTalk)
		c.touch(tx.now)
		return a.burden(tx, c)
	}
	return fmt.Errorf("colloquium %s: unknown work %q", c.ID, claim.Work)
}

// remind begins a reminder and reports whether it did. One that comes late is
// sent if the talk has not begun, unless the next reminder is due already.
func (c *Colloquium) remind(work string, now time.Time) bool {
	c.Done = append(c.Done, work)
	if c.begun(now) || baseName(work) != workSoon && !now.Before(c.Start.Add(-soonBefore)) {
		return false
	}
	c.fan(Fan{Over: overPeople, Notice: work, At: now, By: c.Start, Until: c.Start})
	return true
}

// landTalk notes where a colloquium was announced. Where the cards were edited
// while this one was on its way, it may show what is no longer so.
func landTalk(tx *Tx, d *Delivery) error {
	if baseName(d.Notice) == noticePrepare {
		return landPrepare(tx, d)
	}
	if d.Notice != noticeAnnounce {
		return nil
	}
	c, err := load[*Colloquium](tx, KindColloquium, d.Subject.ID)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(c.Posts, func(p chat.Posted) bool { return p.Place.Home == d.Posted.Place.Home }) {
		c.Posts = append(c.Posts, d.Posted)
	}
	if !c.Refreshed.IsZero() && !c.Refreshed.Before(d.Began) {
		c.touch(tx.now)
	}
	tx.put(c)
	return nil
}

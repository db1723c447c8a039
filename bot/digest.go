package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// KindDigest is the weekly round of digests.
const KindDigest Kind = "digest"

// digestID is the id of the one round of digests.
const digestID = "network"

// Digest is the weekly round of digests to all who follow something: in pages,
// one commit each, with the cursor here.
type Digest struct {
	At    time.Time `json:"at"` // when the round begins, or began
	N     int       `json:"n"`  // rounds that were made
	Page  int       `json:"page,omitempty"`
	After string    `json:"after,omitempty"`
}

const (
	// workDigest plans the digests of the next page of people.
	workDigest = "digest"
	// noticeDigest is the digest.
	noticeDigest = "digest"
	// digestAhead is how far ahead a digest looks: two weeks from when the last
	// one reads it on Monday.
	digestAhead = 15 * 24 * time.Hour
	// maxDigest is how many talks one digest names.
	maxDigest = 15
)

// Ref names the round.
func (d *Digest) Ref() Ref { return Ref{KindDigest, digestID} }

// Entries is empty: the round is read by name.
func (d *Digest) Entries() []Entry { return nil }

// Due is the next page.
func (d *Digest) Due() []Work {
	return []Work{{Name: joinID(workDigest, d.N, d.Page), At: d.At}}
}

// nextDigest is the next Sunday noon, UTC, after a time: everywhere before
// Monday's working hours.
func nextDigest(now time.Time) time.Time {
	noon := now.UTC().Truncate(24 * time.Hour).Add(12 * time.Hour)
	noon = noon.AddDate(0, 0, (7-int(noon.Weekday()))%7)
	if !noon.After(now) {
		noon = noon.AddDate(0, 0, 7)
	}
	return noon
}

// startDigests begins the weekly rounds with the first one who follows something.
func (a *App) startDigests(tx *Tx) error {
	there, err := list[*Digest](tx, Want{Ref: Ref{KindDigest, digestID}})
	if err == nil && len(there) == 0 {
		tx.put(&Digest{At: nextDigest(tx.now)})
	}
	return err
}

// digestWork plans the digests of one page of people.
func (a *App) digestWork(tx *Tx, d *Digest, _ Claim) error {
	tx.put(d)
	followings, next, err := page[*Following](tx, Page{Index: every(KindFollowing), After: d.After, Limit: fanPage})
	if err != nil {
		return err
	}
	if err := a.planDigests(tx, followings); err != nil {
		return err
	}
	d.Page, d.After = d.Page+1, next
	if next == "" {
		d.N, d.Page, d.At = d.N+1, 0, nextDigest(tx.now)
	}
	return nil
}

// coming are the talks that digests of now may name, soonest first. They are
// read once for a whole page of people.
func (a *App) coming(tx *Tx) ([]*Colloquium, error) {
	var coming []*Colloquium
	for p := (Page{Index: talksByStart, From: tx.now.UnixMilli() + 1, To: tx.now.Add(digestAhead).UnixMilli()}); ; {
		talks, next, err := page[*Colloquium](tx, p)
		if err != nil {
			return nil, err
		}
		coming = append(coming, talks...)
		if next == "" {
			return coming, nil
		}
		p.After = next
	}
}

// planDigests plans a digest for each person who follows something that a talk
// to come is about.
func (a *App) planDigests(tx *Tx, followings []*Following) error {
	coming, err := a.coming(tx)
	if err != nil || len(coming) == 0 {
		return err
	}
	marks := make([][]string, len(coming))
	for i, c := range coming {
		marks[i] = a.marks(c)
	}
	readers, err := a.readers(tx, followings)
	if err != nil {
		return err
	}
	for i := range readers {
		r := &readers[i]
		for n, c := range coming {
			if couldCome(c, r.person, tx.now) && r.following.about(marks[n]) != nil {
				r.talks = append(r.talks, c)
			}
		}
	}
	return a.nudgeReaders(tx, readers)
}

// follower is a person with what they follow, and the talks of their digest.
type follower struct {
	person    *Person
	following *Following
	talks     []*Colloquium
}

// readers are the people of a page who are to hear of something, read in one
// round trip, with their topics compared by the aliases of today.
func (a *App) readers(tx *Tx, followings []*Following) ([]follower, error) {
	var wants []Want
	for _, f := range followings {
		wants = append(wants, Want{Ref: Ref{KindPerson, f.Person}}, Want{Ref: f.Ref()})
	}
	if err := tx.prefetch(wants...); err != nil {
		return nil, err
	}
	var readers []follower
	for _, listed := range followings {
		p, err := load[*Person](tx, KindPerson, listed.Person)
		if errors.Is(err, errNotFound) || err == nil && (p.Paused.After(tx.now) || p.Into != "") {
			continue
		}
		if err != nil {
			return nil, err
		}
		f, err := load[*Following](tx, KindFollowing, listed.ID)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if a.rekey(f) {
			tx.put(f)
		}
		readers = append(readers, follower{person: p, following: f})
	}
	return readers, nil
}

// nudgeReaders plans the digest of each who has something to read. Whoever has
// answered to all of it already has nothing.
func (a *App) nudgeReaders(tx *Tx, readers []follower) error {
	var wants []Want
	for _, r := range readers {
		if len(r.talks) > 0 {
			day := a.zones.Today(a.awake(r.person, tx.now), r.person.zone()).String()
			wants = append(wants, Want{Unique: nudgeDay(r.person.ID, day)})
		}
		for _, c := range r.talks {
			wants = append(wants, Want{Unique: rsvpPair(c.ID, r.person.ID)})
		}
	}
	if err := tx.prefetch(wants...); err != nil {
		return err
	}
	for _, r := range readers {
		var ids []string
		for _, c := range r.talks {
			answered, err := list[*Rsvp](tx, Want{Unique: rsvpPair(c.ID, r.person.ID)})
			if err != nil {
				return err
			}
			if len(answered) == 0 {
				ids = append(ids, c.ID)
			}
		}
		if err := a.nudgeReader(tx, r, ids); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) nudgeReader(tx *Tx, r follower, talks []string) error {
	if len(talks) == 0 {
		return nil
	}
	r.following.Talks = talks
	tx.put(r.following)
	err := a.nudge(tx, r.person, Delivery{Notice: noticeDigest, Subject: r.following.Ref(), Until: tx.now.Add(digestAhead)})
	if err != nil {
		return fmt.Errorf("digest of %s: %w", r.person.ID, err)
	}
	return nil
}

// couldCome reports whether a talk is one that a person could still come to and
// would want to hear of: not their own, and not of somebody whom they keep away.
// That somebody keeps them away changes nothing, or they could infer it.
func couldCome(c *Colloquium, p *Person, now time.Time) bool {
	full := c.Seats.Capacity > 0 && c.Seats.taken() >= c.Seats.Capacity
	staff := c.staff()
	return c.State == Announced && !c.begun(now) && !full && !slices.Contains(staff, p.ID) && !common(staff, p.Blocks)
}

// soonest orders talks by their start.
func soonest(a, b *Colloquium) int {
	return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
}

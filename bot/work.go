package bot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"
)

// do is what happens to a document when a piece of its work is due. It marks
// the document so that the work no longer derives, in the same commit.
var do = map[Kind]func(a *App, tx *Tx, doc Document, c Claim) error{
	KindPerson:   on((*App).personWork),
	KindMatch:    on((*App).matchWork),
	KindSearch:   forget,
	KindDraft:    forget,
	KindLink:     forget,
	KindDelivery: forget, // its sending goes another way: it talks to a platform
	KindExchange: on((*App).exchangeWork),

	KindColloquium: on((*App).talkWork),
	KindPoll:       on((*App).pollWork),
	KindAttendance: forget,
	KindRound:      on((*App).roundWork),
	KindRsvp:       on(func(a *App, tx *Tx, r *Rsvp, _ Claim) error { return a.lapse(tx, r) }),

	KindOpening:     on((*App).openingWork),
	KindApplication: on((*App).applicationWork),
	KindPlacement:   on((*App).placementWork),
}

// on is work on documents of one type.
func on[T Document](work func(a *App, tx *Tx, doc T, c Claim) error) func(*App, *Tx, Document, Claim) error {
	return func(a *App, tx *Tx, doc Document, c Claim) error {
		typed, ok := doc.(T)
		if !ok {
			return fmt.Errorf("%s of %s: is a %T", c.Work, c.Ref, doc)
		}
		return work(a, tx, typed, c)
	}
}

// forget deletes a document whose time is over.
func forget(_ *App, tx *Tx, doc Document, _ Claim) error {
	tx.remove(doc.Ref())
	return nil
}

// personWork is what happens to a person by itself.
func (a *App) personWork(tx *Tx, p *Person, c Claim) error {
	if baseName(c.Work) == workMerge {
		return a.merge(tx, p)
	}
	return a.unpause(tx, p)
}

// unpause ends a pause and says so.
func (a *App) unpause(tx *Tx, p *Person) error {
	p.Paused = time.Time{}
	tx.put(p)
	return a.nudge(tx, p, Delivery{Notice: noticeUnpaused, Subject: p.Ref()})
}

// matchWork is what happens to a match by itself.
func (a *App) matchWork(tx *Tx, m *Match, c Claim) error {
	m.done(c.Work)
	tx.put(m)
	switch baseName(c.Work) {
	case workNudge1, workNudge2:
		return a.nudgeAsked(tx, m)
	case workExpire:
		return a.expire(tx, m)
	case workDay:
		return a.tellBoth(tx, m, Delivery{Notice: noticeDay, Subject: m.Ref(), Until: m.Meeting.Start})
	case workSoon:
		return a.tellNow(tx, m, Delivery{Notice: noticeSoon, Subject: m.Ref(), Until: m.Meeting.Start})
	case workMet, workMetAgain:
		return a.nudgeMet(tx, m)
	case workClose:
		m.end(Closed, tx.now)
		return nil
	}
	return fmt.Errorf("match %s: unknown work %q", m.ID, c.Work)
}

// nudgeAsked reminds the one who was asked.
func (a *App) nudgeAsked(tx *Tx, m *Match) error {
	asked, err := load[*Person](tx, KindPerson, m.Asked)
	if err != nil {
		return err
	}
	return a.nudge(tx, asked, Delivery{Notice: noticeAskAgain, Subject: m.Ref(), Until: m.ends()})
}

// expire ends an ask that got no answer, or a private no: the asker cannot tell.
func (a *App) expire(tx *Tx, m *Match) error {
	asker, err := load[*Person](tx, KindPerson, m.Asker)
	if err != nil {
		return err
	}
	if err := endAsk(tx, m, Expired); err != nil {
		return err
	}
	a.tell(tx, asker, Delivery{Notice: noticeSilence, Subject: m.Ref()})
	return nil
}

// nudgeMet asks both whether they met, or once more whoever said "not yet".
func (a *App) nudgeMet(tx *Tx, m *Match) error {
	for _, id := range []string{m.Asker, m.Asked} {
		if !m.asksMet(id) {
			continue
		}
		person, err := load[*Person](tx, KindPerson, id)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := a.nudge(tx, person, Delivery{Notice: noticeMet, Subject: m.Ref()}); err != nil {
			return err
		}
	}
	return nil
}

// tellBoth tells both people of a match, in their own hours.
func (a *App) tellBoth(tx *Tx, m *Match, d Delivery) error {
	return a.eachOf(tx, m, func(p *Person) { a.tell(tx, p, d) })
}

// tellNow tells both people of a match at once, whatever the hour: they have
// agreed to be somewhere in a quarter of an hour.
func (a *App) tellNow(tx *Tx, m *Match, d Delivery) error {
	d.NotBefore = tx.now
	return a.eachOf(tx, m, func(p *Person) { a.tell(tx, p, d) })
}

func (a *App) eachOf(tx *Tx, m *Match, do func(*Person)) error {
	for _, id := range []string{m.Asker, m.Asked} {
		person, err := load[*Person](tx, KindPerson, id)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		do(person)
	}
	return nil
}

// tell plans a promised delivery, in the person's own hours unless NotBefore
// says otherwise. Its id is made of what it says, so it exists once.
func (a *App) tell(tx *Tx, to *Person, d Delivery) {
	d.ID = deliveryID(tx, to, d)
	d.To, d.Class, d.Progress = to.ID, Promised, Planned
	if d.NotBefore.IsZero() {
		d.NotBefore = a.awake(to, tx.now)
	}
	if !d.Until.IsZero() && d.NotBefore.After(d.Until) {
		d.NotBefore = tx.now // their next working hour is too late: better early than never
	}
	tx.put(&d)
}

// deliveryID is the same at every attempt of the same operation, and another one
// for every other recipient, notice and operation. It is short enough for a
// platform's own mark of a send.
func deliveryID(tx *Tx, to *Person, d Delivery) string {
	sum := sha256.Sum256([]byte(tx.seed + "\n" + d.Subject.String() + "\n" + d.Notice + "\n" + to.ID))
	return idText.EncodeToString(sum[:idBytes])
}

// maxNudgeDays is how far ahead a nudge looks for a day of its own.
const maxNudgeDays = 14

// nudge plans a delivery of class Nudge on the person's next day that has none.
// Where two weeks are full it is left out: one less is kinder than two a day.
func (a *App) nudge(tx *Tx, to *Person, d Delivery) error {
	d.ID = deliveryID(tx, to, d)
	d.To, d.Class, d.Progress = to.ID, Nudge, Planned
	return a.freeDay(tx, to, &d)
}

// freeDay plans a nudge on the person's next day that has none, or drops it.
func (a *App) freeDay(tx *Tx, to *Person, d *Delivery) error {
	ok, err := a.findDay(tx, to, d)
	switch {
	case err != nil:
		return err
	case ok:
		tx.put(d)
	default:
		tx.remove(d.Ref()) // two weeks are full: one nudge less is kinder than two a day
	}
	return nil
}

// findDay puts a nudge on the first day from now on that has no other one, and
// reports whether there is one.
func (a *App) findDay(tx *Tx, to *Person, d *Delivery) (bool, error) {
	at := a.awake(to, tx.now)
	for range maxNudgeDays {
		date := a.zones.Today(at, to.zone())
		day := nudgeDay(to.ID, date.String())
		taken := d.Day != date.String() && tx.plans(day) // before this delivery says that it wants the day itself
		d.NotBefore, d.Day = at, date.String()
		other, err := owner[*Delivery](tx, day)
		if errors.Is(err, errNotFound) && !taken || err == nil && other.ID == d.ID {
			return true, nil
		}
		if err != nil && !errors.Is(err, errNotFound) {
			return false, err
		}
		at = a.awake(to, a.startOf(date.AddDays(1), to.zone()))
	}
	return false, nil
}

// overslept reports whether a nudge comes out of its person's hours or on
// another day than its own, as after a night without a server, and puts it on
// a day of its own again.
func (a *App) overslept(tx *Tx, to *Person, d *Delivery) (bool, error) {
	if d.Class != Nudge || !a.awake(to, tx.now).After(tx.now) && a.zones.Today(tx.now, to.zone()).String() == d.Day {
		return false, nil
	}
	ok, err := a.findDay(tx, to, d)
	if err != nil || ok && !d.NotBefore.After(tx.now) {
		return false, err
	}
	if !ok {
		d.settle(Dropped, tx.now)
	}
	return true, nil
}

// awake is the first moment from now on in a person's hours. Where their zone
// is unknown that is now: better at once than at a guessed hour.
func (a *App) awake(p *Person, now time.Time) time.Time {
	if p.Zone.IsZero() {
		return now
	}
	return a.zones.NextOpen(p.hours(), now, p.Zone)
}

// roleNames lists roles in a sentence.
func roleNames(grants []Grant) string {
	names := []string{string(Member)}
	for _, g := range grants {
		names = append(names, string(g.Role))
	}
	return sentenceList(names)
}

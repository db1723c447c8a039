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
	KindPerson:   func(a *App, tx *Tx, doc Document, _ Claim) error { return a.unpause(tx, doc.(*Person)) },
	KindMatch:    func(a *App, tx *Tx, doc Document, c Claim) error { return a.matchWork(tx, doc.(*Match), c) },
	KindSearch:   forget,
	KindDraft:    forget,
	KindDelivery: forget, // its sending goes another way: it talks to a platform

	KindColloquium: func(a *App, tx *Tx, doc Document, c Claim) error { return a.talkWork(tx, doc.(*Colloquium), c) },
	KindRsvp:       func(a *App, tx *Tx, doc Document, _ Claim) error { return a.lapse(tx, doc.(*Rsvp)) },
}

// forget deletes a document whose time is over.
func forget(_ *App, tx *Tx, doc Document, _ Claim) error {
	tx.remove(doc.Ref())
	return nil
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
func (a *App) nudge(tx *Tx, to *Person, d Delivery) error {
	d.ID = deliveryID(tx, to, d)
	d.To, d.Class, d.Progress = to.ID, Nudge, Planned
	at := a.awake(to, tx.now)
	for range maxNudgeDays {
		d.NotBefore, d.Day = at, a.zones.Today(at, to.zone()).String()
		_, err := owner[*Delivery](tx, nudgeDay(to.ID, d.Day))
		if errors.Is(err, errNotFound) {
			tx.put(&d)
			return nil
		}
		if err != nil {
			return err
		}
		tomorrow := a.zones.Today(at, to.zone()).AddDays(1)
		at = a.awake(to, a.startOf(tomorrow, to.zone()))
	}
	return nil // two weeks are full: one nudge less is kinder than two a day
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

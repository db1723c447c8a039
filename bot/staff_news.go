package bot

import (
	"errors"
	"slices"
	"time"

	"interlab/bot/chat"
)

// noticeHost tells whoever has to do with a talk, and is not on its list, of a
// change. It carries the sequence that it is about, as other changes do.
const noticeHost = "host"

// tellStaffChange tells the speakers and the proposer of a change, but the one who
// made it and those who hear of it on the list. Who has not yet said whether they
// speak is asked anew when the time is another one.
func (a *App) tellStaffChange(tx *Tx, c *Colloquium, before time.Time, but string) error {
	if err := a.askAnew(tx, c); err != nil {
		return err
	}
	return a.tellHosts(tx, c, joinID(noticeHost, c.Sequence), earlier(before, c.Start), but)
}

// askAnew asks those who have not said yet whether they speak, when the time is
// another one.
func (a *App) askAnew(tx *Tx, c *Colloquium) error {
	if c.Moved != c.Sequence || c.State != Proposed && c.State != Announced {
		return nil
	}
	for _, s := range c.unsaid() {
		if err := a.tellStaff(tx, c, s.Person, noticeSpeak); err != nil {
			return err
		}
	}
	return nil
}

// tellStaffTogether tells the speakers and the proposers of several talks that
// changed together, each in one message: the one that people on the lists get, so
// that somebody who is there as well gets no second one. before is until when the
// talks were, by their places.
func (a *App) tellStaffTogether(tx *Tx, talks []*Colloquium, before []time.Time, but string) error {
	first := talks[0]
	d := Delivery{Class: Promised, Progress: Planned, Notice: togetherNotice(first), Subject: first.Ref()}
	for _, c := range talks {
		d.Until = later(d.Until, c.end())
	}
	told := map[string]bool{but: true}
	for i, c := range talks {
		if err := a.askAnew(tx, c); err != nil {
			return err
		}
		ids := slices.DeleteFunc(c.staff(), func(id string) bool { return told[id] || !c.hosts(id) })
		err := a.eachPerson(tx, ids, func(p *Person) error {
			told[p.ID] = true
			one := d
			one.ID, one.To, one.NotBefore = togetherID(first, d.Notice, p.ID), p.ID, a.heard(p, tx.now, earlier(before[i], c.Start))
			tx.put(&one)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tellHosts tells whoever proposed a talk and whoever speaks, before a time. Who
// is on the list as well hears of it there.
func (a *App) tellHosts(tx *Tx, c *Colloquium, notice string, by time.Time, but string) error {
	ids := slices.DeleteFunc(c.staff(), func(id string) bool { return id == but || !c.hosts(id) })
	return a.eachPerson(tx, ids, func(p *Person) error {
		r, err := owner[*Rsvp](tx, rsvpPair(c.ID, p.ID))
		if err == nil && concernsState(noticeChanged, r.State) {
			return nil
		}
		if err != nil && !errors.Is(err, errNotFound) {
			return err
		}
		a.tell(tx, p, Delivery{Notice: notice, Subject: c.Ref(), NotBefore: a.heard(p, tx.now, by), Until: c.end()})
		return nil
	})
}

// hosts reports whether a person proposed the talk or speaks, which who was named
// by mistake does not.
func (c *Colloquium) hosts(person string) bool { return person == c.Proposer || c.speaks(person) }

// hostNews says how a talk stands after a change that a law or somebody else made.
func (a *App) hostNews(tx *Tx, c *Colloquium, d *Delivery, to *Person) (chat.Message, error) {
	law := baseName(d.Notice) == noticeLaw
	switch {
	case c.Sequence != numberOf(d.Notice) || !c.hosts(to.ID) || c.State == Over || law && c.State != Announced:
		return chat.Message{}, errMoot
	case c.State == Cancelled:
		return a.cancelledNews(c, to, tx.now), nil
	}
	m := a.changedNews(c, nil, to, tx.now)
	m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Show the talk", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}, Tone: chat.Main})}
	switch {
	case law:
		m.Note = chat.T("I tell everybody on the list. If the time no longer suits you, move the talk.")
	case c.State == Proposed:
		m.Note = chat.T("The talk is not announced yet; only who has to do with it hears of this.")
	case c.speaks(to.ID):
		m.Note = chat.T("You speak. I tell everybody on the list; if it does not suit you, say so to whoever hosts the talk.")
	default:
		m.Note = chat.T("You proposed the talk. I tell everybody on the list.")
	}
	return m, nil
}

// invites reports whether somebody of this network speaks, or is asked to, who
// did not propose the talk.
func (c *Colloquium) invites() bool {
	return slices.ContainsFunc(c.Speakers, func(s Speaker) bool {
		return s.Person != "" && s.Person != c.Proposer && s.Speaks != Refused
	})
}

package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// remindPerson tells somebody a reminder, if they want it then: the one of the day
// before when the delivery says, the others at once, for they have agreed to be
// somewhere very soon.
func (a *App) remindPerson(tx *Tx, p *Person, d Delivery) bool {
	atWork := !a.awake(p, tx.now).After(tx.now)
	if !p.wantsReminder(d.Notice, atWork) {
		return false
	}
	if baseName(d.Notice) != noticeDay {
		d.NotBefore = tx.now
	}
	a.tell(tx, p, d)
	return true
}

// remindSpeakers reminds those who speak. Who is on the list as well is reminded
// there.
func (a *App) remindSpeakers(tx *Tx, c *Colloquium, notice string) error {
	return a.eachPerson(tx, c.lecturers(), func(p *Person) error {
		r, err := owner[*Rsvp](tx, rsvpPair(c.ID, p.ID))
		if err == nil && concernsState(notice, r.State) {
			return nil
		}
		if err != nil && !errors.Is(err, errNotFound) {
			return err
		}
		a.remindPerson(tx, p, Delivery{Notice: notice, Subject: c.Ref(), Until: c.Start, NotBefore: a.heard(p, tx.now, c.Start)})
		return nil
	})
}

// remindSpeaker is the reminder of a talk to somebody who gives it.
func (a *App) remindSpeaker(tx *Tx, c *Colloquium, to *Person, notice string) (chat.Message, error) {
	if c.State != Announced || c.Timing != numberOf(notice) || !c.speaks(to.ID) || c.begun(tx.now) {
		return chat.Message{}, errMoot
	}
	return chat.Message{
		Title: a.remindTitle(c, to, baseName(notice)),
		Body: []chat.Text{
			chat.T("You speak on ", a.talkWhen(c, to), fmt.Sprintf(", for %d minutes. ", minutes(c)), capital(countsText(c.Seats)), "."),
			chat.T("Where: ", placeLinks(c, viewerOf(c, nil, to), tx.now)),
		},
		Rows: []chat.Row{chat.NewRow(detailsButton(c))},
	}, nil
}

// remindTalk is the reminder of a talk to somebody who comes or may come.
func (a *App) remindTalk(tx *Tx, c *Colloquium, r *Rsvp, to *Person, notice string) (chat.Message, error) {
	if c.begun(tx.now) {
		return chat.Message{}, errMoot
	}
	buttons := []chat.Button{
		{Label: "I cannot come", Ref: chat.Ref{Route: "colloquium.stay", ID: c.ID}},
		{Label: "Details", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}},
	}
	if r.State == Unsure {
		buttons = slices.Insert(buttons, 0, chat.Button{Label: "I will come", Ref: chat.Ref{Route: "colloquium.come", ID: c.ID}, Tone: chat.Main})
	}
	return chat.Message{
		Title: a.remindTitle(c, to, notice),
		Body: []chat.Text{
			chat.T(a.speaker(tx, c), " speaks on ", a.talkWhen(c, to), fmt.Sprintf(", for %d minutes.", minutes(c))),
			chat.T("Where: ", placeLinks(c, viewerOf(c, r, to), tx.now)),
		},
		Rows: []chat.Row{chat.NewRow(buttons...)},
	}, nil
}

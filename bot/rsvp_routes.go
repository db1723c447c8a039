package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

func rsvpRoutes() []route {
	return []route{
		{name: "colloquium.come", show: chat.ShowPrivate, changes: true, do: (*request).come, subject: KindColloquium},
		{name: "colloquium.stay", show: chat.ShowPrivate, changes: true, do: (*request).stay, subject: KindColloquium},
		{name: "colloquium.maybe", show: chat.ShowPrivate, changes: true, do: (*request).maybe, subject: KindColloquium},
		{name: "colloquium.take", show: chat.ShowInPlace, changes: true, do: (*request).takeSeat, subject: KindColloquium},
		{name: "colloquium.pass", show: chat.ShowInPlace, changes: true, do: (*request).passSeat, subject: KindColloquium},
		{name: "colloquium.rsvp", show: chat.ShowPrivate, changes: true, do: (*request).rsvpTyped},
	}
}

// The answers that can be typed.
const (
	answerYes   = "yes"
	answerMaybe = "maybe"
	answerNo    = "no"
)

// rsvpTyped answers a talk that is named by its title.
func (rq *request) rsvpTyped() (chat.Message, error) {
	c, err := rq.findTalk(rq.args["talk"])
	if err != nil {
		return chat.Message{}, err
	}
	switch rq.args["answer"] {
	case answerNo:
		return rq.leave(c)
	case answerMaybe:
		return rq.unsure(c)
	}
	return rq.join(c)
}

// come puts the person on the list; pressing again changes nothing.
func (rq *request) come() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.join(c)
}

// stay takes the person off the list.
func (rq *request) stay() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.leave(c)
}

// talk is the colloquium that the control names.
func (rq *request) talk() (*Colloquium, error) {
	id, _ := rq.control()
	return rq.talkByID(id)
}

func (rq *request) talkByID(id string) (*Colloquium, error) {
	c, err := load[*Colloquium](rq.tx, KindColloquium, id)
	if errors.Is(err, errNotFound) {
		return nil, denied("This talk is no longer kept here, so nothing was done. colloquium list shows what is on.")
	}
	return c, err
}

// answerable refuses what cannot be answered any more.
func (rq *request) answerable(c *Colloquium) error {
	if err := rq.may(Join, c.object(), "You cannot answer talks here. Ask an organiser."); err != nil {
		return err
	}
	switch {
	case c.State == Proposed:
		return denied("This talk is not announced yet, so there is nothing to answer.")
	case c.State == Cancelled:
		return denied("This talk was cancelled on %s, so there is nothing to answer any more. The reason given: %s", rq.app.day(c.Changed, rq.me), c.Reason)
	case c.State == Over || !rq.now.Before(c.end()):
		return denied("This talk took place on %s, so its list is closed.", rq.talkTime(c))
	case c.begun(rq.now):
		return denied("This talk began on %s, so its list is closed. To join late, see whether there is room: %s", rq.talkTime(c), placeText(c, viewer{person: rq.me.ID}, rq.now))
	}
	return nil
}

// rsvp is the person's answer to a colloquium, nil where there is none. The
// colloquium was loaded before, so that every change of the list in between
// is noticed by its version.
func (rq *request) rsvp(c *Colloquium) (*Rsvp, error) {
	r, err := owner[*Rsvp](rq.tx, rsvpPair(c.ID, rq.me.ID))
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	return r, err
}

// join gives the person a seat or a place on the waitlist.
func (rq *request) join(c *Colloquium) (chat.Message, error) {
	if err := rq.answerable(c); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.rsvp(c)
	if err != nil {
		return chat.Message{}, err
	}
	if r, err = rq.orNew(c, r); err != nil {
		return chat.Message{}, err
	}
	switch r.State {
	case Going:
		return rq.goingCard(c), nil
	case Offered:
		return rq.seat(c, r)
	case Waiting:
		place, err := rq.placeOf(c, r)
		return waitingCard(c, place), err
	case Left, Unsure, Absent:
	}
	rq.enter(c, r, c.Seats.entry())
	if r.State == Waiting {
		return waitingCard(c, c.Seats.Waiting), nil
	}
	return rq.goingCard(c), nil
}

// seat makes an offered seat theirs.
func (rq *request) seat(c *Colloquium, r *Rsvp) (chat.Message, error) {
	c.shift(r, Going, rq.now)
	rq.tx.put(c, r)
	return rq.goingCard(c), nil
}

// leave takes the person off the list and offers their seat to the next.
func (rq *request) leave(c *Colloquium) (chat.Message, error) {
	if err := rq.answerable(c); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.rsvp(c)
	if err != nil {
		return chat.Message{}, err
	}
	if r == nil || !r.State.listed() {
		return rq.decline(c, r)
	}
	had := r.State
	c.shift(r, Absent, rq.now)
	rq.tx.put(c, r)
	if err := rq.app.fill(rq.tx, c, fillAtOnce); err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "You are off the list",
		Body:  []chat.Text{chat.T("You do not come to ", chat.Strong(c.Title), " on ", rq.app.talkWhen(c, rq.me), ". Thank you for saying so.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "I will come after all", Ref: chat.Ref{Route: "colloquium.come", ID: c.ID}})},
	}
	if (had == Going || had == Offered) && c.Seats.Offered+c.Seats.Waiting > 0 {
		m.Body = append(m.Body, chat.T("Your seat is offered to whoever waits longest."))
	}
	return m, nil
}

// takeSeat answers an offer with yes.
func (rq *request) takeSeat() (chat.Message, error) {
	c, r, err := rq.offer()
	if err != nil {
		return chat.Message{}, err
	}
	if r.State == Going {
		return rq.goingCard(c), nil
	}
	return rq.seat(c, r)
}

// passSeat answers an offer with no.
func (rq *request) passSeat() (chat.Message, error) {
	c, _, err := rq.offer()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.leave(c)
}

// offer is the talk that the control names and the person's place on its list,
// refused unless a seat is offered to them or theirs.
func (rq *request) offer() (*Colloquium, *Rsvp, error) {
	c, err := rq.talk()
	if err != nil {
		return nil, nil, err
	}
	if err := rq.answerable(c); err != nil {
		return nil, nil, err
	}
	r, err := rq.rsvp(c)
	switch {
	case err != nil:
		return nil, nil, err
	case r == nil:
		return nil, nil, denied("This offer was for somebody else. Nothing has changed.")
	case !r.State.listed() && !r.Until.IsZero():
		return nil, nil, denied("This offer is over: you are no longer on the list, and the seat was passed on. To wait for another one, open the talk with colloquium list and press “I will come”.")
	case r.State != Offered && r.State != Going:
		return nil, nil, denied("No seat is offered to you at the moment. You hear from me when one falls free.")
	}
	return c, r, nil
}

// placeOf is the person's place on the waitlist, from 1.
func (rq *request) placeOf(c *Colloquium, r *Rsvp) (int, error) {
	waiting, err := list[*Rsvp](rq.tx, Want{List: rsvpsIn(c.ID, Waiting)})
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(waiting, func(other *Rsvp) bool { return other.ID == r.ID })
	if i < 0 {
		return c.Seats.Waiting, nil // far down: their place at most
	}
	return i + 1, nil
}

// goingCard tells somebody that they have a seat.
func (rq *request) goingCard(c *Colloquium) chat.Message {
	return chat.Message{
		Title: "You are coming",
		Body: []chat.Text{
			chat.T(chat.Strong(c.Title), ", by ", c.Speaker, ", on ", rq.app.talkWhen(c, rq.me), fmt.Sprintf(", for %d minutes.", minutes(c))),
			chat.T("Where: ", placeLinks(c, viewer{person: rq.me.ID, state: Going}, rq.now)),
		},
		Note: chat.T("I remind you " + remindings[rq.me.Remind].label + "; profile reminders changes that. The file puts the talk into your calendar."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "I cannot come", Ref: chat.Ref{Route: "colloquium.stay", ID: c.ID}},
			chat.Button{Label: "Maybe", Ref: chat.Ref{Route: "colloquium.maybe", ID: c.ID}},
		)},
		Attachments: rq.app.talkFile(c, viewer{person: rq.me.ID, state: Going}, rq.now),
	}
}

// waitingCard tells somebody their place on the waitlist.
func waitingCard(c *Colloquium, place int) chat.Message {
	return chat.Message{
		Title: fmt.Sprintf("You are on the waitlist, place %d", place),
		Body: []chat.Text{chat.T(chat.Strong(c.Title), fmt.Sprintf(" has %s, and all of them are taken. ", counted(c.Seats.Capacity, "seat", "seats")),
			"When one falls free, whoever waits longest is asked first. I write to you when it is your turn.")},
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Leave the waitlist", Ref: chat.Ref{Route: "colloquium.stay", ID: c.ID}})},
	}
}

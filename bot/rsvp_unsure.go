package bot

import "interlab/bot/chat"

// orNew is the person's answer, or a new one that says nothing yet.
func (rq *request) orNew(c *Colloquium, r *Rsvp) (*Rsvp, error) {
	if r != nil {
		return r, nil
	}
	id, err := rq.app.ids.id()
	return &Rsvp{ID: id, Colloquium: c.ID, Person: rq.me.ID}, err
}

// enter puts the person at the end of the list, in a state.
func (rq *request) enter(c *Colloquium, r *Rsvp, state RsvpState) {
	c.Turns++
	r.Turn = c.Turns
	c.shift(r, state, rq.now)
	rq.tx.put(c, r)
	if rq.fresh {
		rq.tx.put(rq.me)
	}
}

// maybe answers that the person may come.
func (rq *request) maybe() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.unsure(c)
}

// unsure puts the person on the list without a seat. Whoever had a seat gives
// it to the next: a seat that may stay empty helps nobody who waits.
func (rq *request) unsure(c *Colloquium) (chat.Message, error) {
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
	if r.State != Unsure {
		rq.enter(c, r, Unsure)
		if err := rq.app.fill(rq.tx, c, fillAtOnce); err != nil {
			return chat.Message{}, err
		}
	}
	return chat.Message{
		Title: "You may come",
		Body: []chat.Text{chat.T(chat.Strong(c.Title), ", by ", c.Speaker, ", on ", rq.app.talkWhen(c, rq.me),
			". You hear of changes, and once more the day before. No seat is kept for you.")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "I will come", Ref: chat.Ref{Route: "colloquium.come", ID: c.ID}, Tone: chat.Main},
			chat.Button{Label: "I cannot come", Ref: chat.Ref{Route: "colloquium.stay", ID: c.ID}},
		)},
	}, nil
}

// decline notes that somebody who is not on the list cannot come, for the counts.
func (rq *request) decline(c *Colloquium, r *Rsvp) (chat.Message, error) {
	r, err := rq.orNew(c, r)
	if err != nil {
		return chat.Message{}, err
	}
	if r.State != Absent {
		c.shift(r, Absent, rq.now)
		rq.tx.put(c, r)
		if rq.fresh {
			rq.tx.put(rq.me)
		}
	}
	return chat.Message{Body: []chat.Text{chat.T("You are not on the list of ", chat.Strong(c.Title), ", and only the count says that somebody cannot come. Should you find the time: “I will come” stays open until it begins.")}}, nil
}

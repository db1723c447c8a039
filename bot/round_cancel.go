package bot

import "interlab/bot/chat"

func (rq *request) cancelRoundTyped() (chat.Message, error) {
	if err := rq.mayRun(Edit); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.findRound(func(r *Round) bool { return isOpen(r) || isClosed(r) })
	if err != nil {
		return chat.Message{}, err
	}
	return rq.confirmCancel(r)
}

func (rq *request) cancelRoundAsk() (chat.Message, error) {
	if err := rq.mayRun(Edit); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.theRound()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.confirmCancel(r)
}

// cancellable refuses a round that cannot be called off any more.
func (rq *request) cancellable(r *Round) error {
	switch r.State {
	case RoundPublished:
		return denied("This round was published on %s: people have been told whom they meet, so it cannot be cancelled. Each of them can call their own meeting off.", rq.app.day(r.Published, rq.me))
	case RoundCancelled:
		return denied("This round is cancelled already, and everybody who had joined was told.")
	case RoundEmpty:
		return denied("Nobody joined this round, so it has ended by itself.")
	case RoundOpen, RoundClosed:
	}
	return nil
}

func (rq *request) confirmCancel(r *Round) (chat.Message, error) {
	if err := rq.cancellable(r); err != nil {
		return chat.Message{}, err
	}
	told := counted(r.Joined, "person who has joined is", "people who have joined are") + " told once, and the cards in the channels say so."
	if r.Joined == 0 {
		told = "Nobody has joined yet, so nobody is told; the cards in the channels say so."
	}
	return chat.Message{
		Title: "Cancel this round? " + r.title(),
		Body:  []chat.Text{chat.T(told)},
		Note:  chat.T("It cannot be taken back."),
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Yes, cancel it", Ref: chat.Ref{Route: "round.cancel.yes", ID: joinID(r.ID, r.Joined)}, Tone: chat.Danger})},
	}, nil
}

// cancelRound calls a round off and has everybody concerned told once.
func (rq *request) cancelRound() (chat.Message, error) {
	if err := rq.mayRun(Edit); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.theRound()
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.cancellable(r); err != nil {
		return chat.Message{}, err
	}
	if shown := rq.shownCount(); mustAsk(shown, r.Joined) {
		m, err := rq.confirmCancel(r)
		return recounted(m, shown, r.Joined), err
	}
	r.State, r.Trial = RoundCancelled, nil
	r.Edition++
	r.touch(rq.now)
	r.fan(Fan{Over: overPeople, Notice: noticeCalledOff, At: rq.now})
	rq.tx.put(r)
	return chat.Message{Title: "Cancelled: " + r.title(), Body: []chat.Text{chat.T(heardOff(r.Joined))}}, nil
}

// heardOff says who hears that a round is off.
func heardOff(joined int) string {
	if joined == 0 {
		return "Nobody had joined, so nobody is told."
	}
	return counted(joined, "person hears", "people hear") + " of it from me now."
}

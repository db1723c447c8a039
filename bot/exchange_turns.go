package bot

import (
	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// turn makes one step of an exchange for the person who presses, tells the other
// one by a notice, and shows how it stands.
func (rq *request) turn(do func(e *Exchange, by exchange.Party) error, notice, title, words string) (chat.Message, error) {
	e, _, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if err := do(e, e.partyOf(rq.me)); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOthers(e, notice); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, title, words)
}

// beganNow says that the exchange has begun: on its first day, or today where
// that is sooner. Said twice by the two of them, it stands as said first.
func (rq *request) beganNow() (chat.Message, error) {
	e, _, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if e.State == exchange.Active {
		return rq.app.exchangeCard(rq.tx, e, rq.me)
	}
	if err := rq.begin(e); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "It has begun", "I tell the other one. Each goal is asked about before its day, and you can open it here at any time.")
}

// beganNot says for the other one of the two that it has not begun.
func (rq *request) beganNot() (chat.Message, error) {
	return rq.turn(func(e *Exchange, by exchange.Party) error { return e.Dispute(by, rq.now) },
		noticeVisitDoubted, "Not begun yet", "I tell them kindly. It waits for one of you to say that it has begun; to put it off, change its days.")
}

// resume goes on after a pause.
func (rq *request) resume() (chat.Message, error) {
	e, _, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if e.State == exchange.Active && len(e.Pauses) > 0 {
		return rq.app.exchangeCard(rq.tx, e, rq.me) // the other one was quicker
	}
	if err := e.Resume(e.partyOf(rq.me), rq.today(), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOthers(e, noticeVisitResumed); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "It goes on", "I tell the other one.")
}

// finish says that everything is done before the last day.
func (rq *request) finish() (chat.Message, error) {
	e, _, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if err := e.Finish(e.partyOf(rq.me), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	title, words, notice := "Noted: everything is done", "I ask the other one. It is over when they say so too, or on its last day.", noticeVisitDone
	if e.State != exchange.Active {
		title, words, notice = "It is over", "You both say that everything is done. What is open can still be settled.", noticeVisitOver
	}
	if err := rq.tellOthers(e, notice); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, title, words)
}

// takeOver says for the host that their lab looks after what was handed over.
func (rq *request) takeOver() (chat.Message, error) {
	e, numbers, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if e.Handover != nil && version(numbers) != int(e.Handover.Given.At.Unix()) {
		return rq.present(e, "The handover has changed since", "Nothing was taken over. This is how it stands now:")
	}
	if err := e.TakeOver(e.partyOf(rq.me), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOthers(e, noticeVisitTaken); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "Taken over", "Thank you. I tell them that your lab looks after it.")
}

func planWords(p exchange.Plan) string {
	switch p {
	case exchange.PlanChanges:
		return "other goals would be better"
	case exchange.PlanEnds:
		return "it should end sooner"
	case exchange.PlanStands:
	}
	return "these are still the right goals"
}

// askReopen asks the organisers to open a completed exchange again.
func (rq *request) askReopen() (chat.Message, error) {
	e, _, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	organisers, err := rq.app.organiserPeople(rq.tx)
	switch {
	case err != nil:
		return chat.Message{}, err
	case len(organisers) == 0:
		return chat.Message{}, denied("This network has no organiser whom I could ask. Plan the next exchange instead; what is left goes along.")
	case e.State != exchange.FollowingUp || !rq.now.Before(e.Completed.Add(exchange.ReopenLife)):
		return chat.Message{}, denied("It can be opened again for 30 days after it was completed, so nothing was asked. Plan the next exchange instead; what is left goes along.")
	}
	rq.tx.put(e)
	for _, organiser := range organisers {
		rq.app.tell(rq.tx, organiser, Delivery{Notice: noticeReopenWanted, Subject: e.Ref(), As: Grant{Role: Organiser}})
	}
	return rq.present(e, "Asked", "The organisers are asked to open it again. Until one of them does, it stays completed.")
}

// renew begins the plan of an exchange that follows on this one.
func (rq *request) renew() (chat.Message, error) {
	e, _, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	other, err := rq.partner(e)
	if err != nil {
		return chat.Message{}, err
	}
	if card, err := rq.plannedAlready(other); err != nil || card != nil {
		return orCard(card, err)
	}
	if err := e.Renew(e.partyOf(rq.me), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	rq.args, rq.event.Input = map[string]string{"kind": string(e.Terms.Kind)}, nil // a draft of its own
	draft, err := rq.keepDraft(chat.Ref{})
	if err != nil {
		return chat.Message{}, err
	}
	draft.Values[draftMatch], draft.Values[draftContinues] = e.Match, e.ID
	draft.Values["visitor"] = visitorThem
	if e.Terms.Visitor.Person == rq.me.ID {
		draft.Values["visitor"] = visitorMe
	}
	for _, g := range e.Goals {
		if g.State == exchange.GoalCarried {
			name := wayGive
			if g.Giver != rq.me.Lab {
				name = wayGet
			}
			draft.Values[name] = g.Text
		}
	}
	return chat.Message{
		Title: "The next exchange with " + other.Name,
		Body:  []chat.Text{chat.T("Kind, visitor and what was carried over are filled in already. ", firstName(other.Name), " sees nothing before you have sent it.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Begin", Ref: chat.Ref{Route: "exchange.plan", ID: draft.ID}, Tone: chat.Main})},
	}, nil
}

// draftContinues names, in a plan's draft, the exchange that it follows on.
const draftContinues = ".continues"

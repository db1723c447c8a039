package bot

import (
	"errors"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

func followUpRoutes() []route {
	return []route{
		{name: "followup.say", show: chat.ShowInPlace, changes: true, do: (*request).sayAnswer, subject: KindFollowUp},
		{name: "followup.undo", show: chat.ShowInPlace, changes: true, do: (*request).undoAnswer, subject: KindFollowUp},
		{name: "followup.later", show: chat.ShowInPlace, changes: true, do: (*request).askLater, subject: KindFollowUp},
		{name: "followup.stop", show: chat.ShowInPlace, changes: true, do: (*request).stopAsking, subject: KindFollowUp},
		{name: "followup.why", show: chat.ShowInPlace, changes: true, do: (*request).whyHeld, subject: KindFollowUp},
		{name: "followup.note", show: chat.ShowForm, form: (*request).noteForm, subject: KindFollowUp},
		{name: "followup.note.sent", show: chat.ShowPrivate, changes: true, do: (*request).addNote, check: noteProblems},
	}
}

// snoozeFor is how long "not now" is.
const snoozeFor = 7 * oneDay

// pressedFollowUp is the question that the control names, with its exchange.
func (rq *request) pressedFollowUp() (*FollowUp, *Exchange, []int, error) {
	id, numbers := rq.control()
	f, err := load[*FollowUp](rq.tx, KindFollowUp, id)
	if errors.Is(err, errNotFound) {
		return nil, nil, nil, denied("This question is no longer kept here, so nothing was changed. exchange show lists your exchanges.")
	}
	if err != nil {
		return nil, nil, nil, err
	}
	e, err := rq.exchange(f.Exchange, Answer)
	if err != nil {
		return nil, nil, nil, err
	}
	object := Object{Kind: KindFollowUp, People: []string{f.Person, f.Via}}
	return f, e, numbers, rq.may(Answer, object, "This question is for somebody else. Nothing has changed.")
}

// sayAnswer keeps a tap at once, with what it does to the exchange.
func (rq *request) sayAnswer() (chat.Message, error) {
	f, e, numbers, err := rq.pressedFollowUp()
	if err != nil {
		return chat.Message{}, err
	}
	choices := f.Stage.Choices()
	if f.Person != rq.me.ID {
		choices = f.Stage.SecondHand()
	}
	if len(numbers) != 1 || numbers[0] < 0 || numbers[0] >= len(choices) {
		return chat.Message{}, denied("That answer is not one of this question's. Nothing has changed.")
	}
	key := choices[numbers[0]].Key
	if f.State == exchange.Answered && f.Answer.By == rq.me.ID && f.Answer.Choice == key {
		return rq.cardOf(f, nil) // pressed twice
	}
	if err := rq.takeBack(f, e); err != nil {
		return chat.Message{}, err
	}
	if f.State == exchange.Asked && !e.asks(f, rq.now) {
		return chat.Message{}, denied("This is settled or known meanwhile, so your answer was not needed. exchange show shows how it stands.")
	}
	was, isGoal := e.Goal(f.Goal)
	if err := f.Say(key, rq.me.ID, rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	f.Was = nil
	if isGoal && f.Person == rq.me.ID && tells(f.Stage, key) {
		f.Was = &was
	}
	f.rest()
	rq.tx.put(f, e)
	last := &after{of: f}
	if f.Person == rq.me.ID {
		if last, err = rq.heed(e, f); err != nil {
			return chat.Message{}, err
		}
	}
	return rq.cardOf(f, last)
}

// cardOf shows the card that a question was put on, as it stands now.
func (rq *request) cardOf(f *FollowUp, last *after) (chat.Message, error) {
	if f.Person != rq.me.ID {
		return rq.app.asksCard(rq.tx, []*FollowUp{f}, last, rq.me)
	}
	all, err := rq.app.onCard(rq.tx, f.Card, rq.me)
	if err != nil {
		return chat.Message{}, err
	}
	if len(all) == 0 {
		return chat.Message{Title: "Nothing is asked here any more", Body: []chat.Text{chat.T("Your exchanges: ", chat.Code("exchange show"))}}, nil
	}
	return rq.app.asksCard(rq.tx, all, last, rq.me)
}

// takeBack undoes what the answer before did to its goal.
func (rq *request) takeBack(f *FollowUp, e *Exchange) error {
	if f.State != exchange.Answered || f.Was == nil || f.Answer.By != rq.me.ID {
		return nil
	}
	return dealt(e.TakeBack(*f.Was, f.Answer.At))
}

// tells reports whether an answer says something of the goal itself.
func tells(s exchange.Stage, key string) bool {
	about := s == exchange.AskPulse || s == exchange.AskDue || s == exchange.AskVerify
	return about && key != "new_date" && key != "drop"
}

// undoAnswer takes a tap back: the question is open again.
func (rq *request) undoAnswer() (chat.Message, error) {
	f, e, _, err := rq.pressedFollowUp()
	if err != nil {
		return chat.Message{}, err
	}
	if f.State == exchange.Answered && !f.undoable() {
		return chat.Message{}, denied("The other one was told already. The card of the exchange has what comes next: exchange show.")
	}
	if err := rq.takeBack(f, e); err != nil {
		return chat.Message{}, err
	}
	delete(e.Midterm, e.seatOf(rq.me.ID).Side()) // of a midterm question; any other comes without one
	for err == nil && f.Answer != nil && f.Answer.By == rq.me.ID {
		err = f.Undo(rq.me.ID, rq.now)
	}
	if err != nil {
		return chat.Message{}, dealt(err)
	}
	f.Was = nil
	rq.app.reckon(f, rq.me)
	rq.tx.put(f, e)
	return rq.cardOf(f, nil)
}

// askLater puts a question off for a week.
func (rq *request) askLater() (chat.Message, error) {
	return rq.leaveOff(func(f *FollowUp) (string, error) {
		again, err := f.Snooze(rq.me.ID, snoozeFor, rq.now)
		rq.app.reckon(f, rq.me)
		if again {
			return "That is fine. I ask again in a week.", err
		}
		return "That is fine. I have asked often enough and leave it.", err
	})
}

// stopAsking ends the asking of one question.
func (rq *request) stopAsking() (chat.Message, error) {
	return rq.leaveOff(func(f *FollowUp) (string, error) {
		err := f.Skip(rq.me.ID, rq.now)
		f.rest()
		return "That is fine. I do not ask about this any more.", err
	})
}

// leaveOff takes one question off its card.
func (rq *request) leaveOff(do func(*FollowUp) (string, error)) (chat.Message, error) {
	f, _, _, err := rq.pressedFollowUp()
	if err != nil {
		return chat.Message{}, err
	}
	words, err := do(f)
	if err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(f)
	all, err := rq.app.onCard(rq.tx, f.Card, rq.me)
	if err != nil {
		return chat.Message{}, err
	}
	if len(all) == 0 {
		return chat.Message{Title: "Not now", Body: []chat.Text{chat.T(words)}, Note: chat.T("Nobody is told. You can open your exchanges at any time: exchange show.")}, nil
	}
	return rq.app.asksCard(rq.tx, all, &after{of: f, words: []chat.Text{chat.T(words)}}, rq.me)
}

// noteForm asks for a few words beside a tap.
func (rq *request) noteForm() (chat.Form, error) {
	_, _, _, err := rq.pressedFollowUp()
	return chat.Form{
		Ref: chat.Ref{Route: "followup.note", ID: controlRef(rq.event).ID}, Title: "A few words", Submit: "Save",
		Fields: []chat.FormField{{Name: "text", Label: "In your words", Hint: "A link, or what came of it", Long: true, Required: true, Max: exchange.MaxAnswer}},
	}, err
}

func noteProblems(values map[string]string) []chat.Problem {
	if err := tooLong(chat.Clean(values["text"]), exchange.MaxAnswer); err != nil {
		return []chat.Problem{{Field: "text", Text: err.Error()}}
	}
	return nil
}

// addNote keeps a few words beside an answer.
func (rq *request) addNote() (chat.Message, error) {
	f, _, _, err := rq.pressedFollowUp()
	if err != nil {
		return chat.Message{}, err
	}
	text := chat.Clean(rq.args["text"])
	if err := tooLong(text, exchange.MaxAnswer); err != nil {
		return chat.Message{}, err
	}
	if err := f.Add(text, rq.me.ID, rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(f)
	return chat.Message{Title: "Noted", Body: []chat.Text{chat.T("It is kept beside your answer: ", chat.Strong(f.said()), ".")}}, nil
}

// whyHeld keeps why something is held back, which is an outcome like any other.
func (rq *request) whyHeld() (chat.Message, error) {
	f, _, _, err := rq.pressedFollowUp()
	if err != nil {
		return chat.Message{}, err
	}
	press, _ := rq.event.Input.(chat.Press)
	i := slices.IndexFunc(heldBack(), func(o chat.Option) bool { return len(press.Values) == 1 && o.Value == press.Values[0] })
	if i < 0 {
		return chat.Message{}, denied("Choose a reason from the list. Nothing has changed.")
	}
	if err := f.Add(heldBack()[i].Label, rq.me.ID, rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(f)
	return rq.cardOf(f, &after{of: f, words: []chat.Text{chat.T("Noted: ", heldBack()[i].Label, ". To hold something back for a reason is as good an answer as any.")}})
}

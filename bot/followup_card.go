package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// renderFollowUp puts the questions of one card, or one of them to the other side.
func (a *App) renderFollowUp(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	f, err := load[*FollowUp](tx, KindFollowUp, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	if d.Notice == noticeTurn {
		if f.Via != to.ID || f.State == exchange.Answered || f.State == exchange.Moot {
			return chat.Message{}, errMoot
		}
		return a.asksCard(tx, []*FollowUp{f}, nil, to)
	}
	if d.Notice != noticeAsks {
		return chat.Message{}, unknownNotice(d)
	}
	all, err := a.onCard(tx, d.ID, to)
	if err != nil {
		return chat.Message{}, err
	}
	all = slices.DeleteFunc(all, func(f *FollowUp) bool { return f.State != exchange.Asked })
	if len(all) == 0 {
		return chat.Message{}, errMoot
	}
	return a.asksCard(tx, all, nil, to)
}

// onCard are the questions of a card that are still asked, or were answered.
func (a *App) onCard(tx *Tx, card string, to *Person) ([]*FollowUp, error) {
	all, err := listAll[*FollowUp](tx, followUpsOf+to.ID)
	if err != nil {
		return nil, err
	}
	var on []*FollowUp
	for _, listed := range all {
		if listed.Card != card || listed.Person != to.ID {
			continue
		}
		f, err := load[*FollowUp](tx, KindFollowUp, listed.ID)
		if err != nil {
			return nil, err
		}
		e, err := load[*Exchange](tx, KindExchange, f.Exchange)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if f.State == exchange.Answered || f.State == exchange.Asked && e.asks(f, tx.now) {
			on = append(on, f)
		}
	}
	slices.SortFunc(on, func(x, y *FollowUp) int {
		stages := exchange.Stages()
		return cmp.Or(x.Day.Compare(y.Day), cmp.Compare(slices.Index(stages, x.Stage), slices.Index(stages, y.Stage)), cmp.Compare(x.Goal, y.Goal), cmp.Compare(x.ID, y.ID))
	})
	return on, nil
}

// after is what an answer leads to: a word, and steps that nobody has to take.
type after struct {
	of      *FollowUp
	words   []chat.Text
	buttons []chat.Button
	menu    *chat.Menu
}

// asksCard shows questions and answers: each with a row of its own, and what the
// last answer leads to.
func (a *App) asksCard(tx *Tx, all []*FollowUp, last *after, to *Person) (chat.Message, error) {
	card := chat.Message{Note: chat.T("One tap is enough and can be taken back. Those of this exchange see what you say; reports count it without names.")}
	open, again := 0, 0
	for i, f := range all {
		e, err := load[*Exchange](tx, KindExchange, f.Exchange)
		if err != nil {
			return card, err
		}
		c, err := a.cast(tx, e)
		if err != nil {
			return card, err
		}
		w, mark := c.word(e, f, to, a.zones.Today(tx.now, to.zone())), ""
		if len(all) > 1 {
			mark = fmt.Sprintf("%d. ", i+1)
			w.about = append(chat.T(mark, chat.Strong(w.asks), " "), w.about...)
		}
		card.Body = append(card.Body, w.about)
		if f.State != exchange.Answered {
			open++
			again += min(f.Reminders, 1)
			card.Title = w.asks
			if f.Reminders > 0 && f.Person == to.ID {
				card.Title = "Still open: " + w.asks
			}
			card.Rows = append(card.Rows, openRow(e, f, mark, to))
			continue
		}
		card.Body = append(card.Body, chat.T("Saved: ", chat.Strong(f.said()), "."))
		card.Rows = append(card.Rows, answeredRow(f, last, mark))
	}
	if last != nil {
		card.Body = append(card.Body, last.words...)
		if last.menu != nil {
			card.Rows = append(card.Rows, chat.NewMenu(*last.menu))
		}
	}
	switch {
	case open == 0:
		card.Title = "Thank you, that is saved"
	case open > 1:
		card.Title = fmt.Sprintf("%d quick questions", open)
		if again == open {
			card.Title += ", still open"
		}
	}
	if open > 0 && all[0].Person == to.ID {
		card.Rows = append(card.Rows, stopRow(all))
	}
	card.Rows = slices.DeleteFunc(card.Rows, func(r chat.Row) bool { return len(r.Buttons) == 0 && r.Menu == nil })
	if len(all) == 1 && all[0].Person != to.ID {
		card.Body = append([]chat.Text{chat.T("The one who was asked may be busy or away; perhaps you know it.")}, card.Body...)
		card.Note = chat.T("It is kept as what the other side says. If you do not know, that is an answer too.")
	}
	return card, nil
}

// openRow are the answers to a question, and "not now".
func openRow(e *Exchange, f *FollowUp, mark string, to *Person) chat.Row {
	choices := f.Stage.Choices()
	if f.Person != to.ID {
		choices = f.Stage.SecondHand()
	}
	var row []chat.Button
	g, _ := e.Goal(f.Goal)
	negative := f.Stage == exchange.AskVerify && g.Found != ""
	for i, c := range choices {
		if negative && c.Key == exchange.Helped {
			continue // what does not work is known in full or not at all
		}
		if negative && c.Key == exchange.Unaided {
			c.Label = "Yes, that is what we learned"
		}
		row = append(row, chat.Button{Label: mark + c.Label, Ref: chat.Ref{Route: "followup.say", ID: joinID(f.ID, i)}})
	}
	if f.Person == to.ID {
		row = append(row, chat.Button{Label: mark + "Not now", Ref: chat.Ref{Route: "followup.later", ID: f.ID}})
	}
	return chat.NewRow(row...)
}

// answeredRow are the steps after an answer.
func answeredRow(f *FollowUp, last *after, mark string) chat.Row {
	var row []chat.Button
	if last != nil && last.of.ID == f.ID {
		row = last.buttons
	}
	if wordy(f.Stage) {
		row = append(row, chat.Button{Label: mark + noteLabel(f), Ref: chat.Ref{Route: "followup.note", ID: f.ID}})
	}
	if f.undoable() {
		row = append(row, chat.Button{Label: mark + "Undo", Ref: chat.Ref{Route: "followup.undo", ID: f.ID}})
	}
	return chat.NewRow(row...)
}

// wordy reports whether a few words beside the tap are of use.
func wordy(s exchange.Stage) bool {
	switch s {
	case exchange.Ask30, exchange.Ask90, exchange.Ask180, exchange.AskPublic, exchange.AskTogether, exchange.AskClose:
		return true
	default:
		return false
	}
}

func noteLabel(f *FollowUp) string {
	if f.Stage == exchange.AskPublic && f.Answer.Choice == "public" {
		return "Add the link"
	}
	return "Add a few words"
}

// undoable reports whether an answer can be taken back on its card. That a visit
// began, or goes on, the other one was told at once: its card has the way back.
func (f *FollowUp) undoable() bool {
	began := f.Stage == exchange.AskStart && f.Answer.Choice == "started"
	return !began && !(f.Stage == exchange.AskBack && f.Answer.Choice == "on")
}

// stopRow ends the asking of one question.
func stopRow(all []*FollowUp) chat.Row {
	var row []chat.Button
	for i, f := range all {
		label := "Stop asking about this"
		if len(all) > 1 {
			label = fmt.Sprintf("%d. Stop asking", i+1)
		}
		if f.State == exchange.Asked {
			row = append(row, chat.Button{Label: label, Ref: chat.Ref{Route: "followup.stop", ID: f.ID}})
		}
	}
	return chat.NewRow(row...)
}

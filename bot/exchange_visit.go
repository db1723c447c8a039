package bot

import (
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// visitTold is what a notice about the course of an exchange says above its card.
type visitTold struct {
	title, words string
	rows         []chat.Row // above those of the card
	holds        bool
}

// visitNews is what a notice about the course of an exchange says now; false
// where it is none.
func (c cast) visitNews(e *Exchange, to *Person, name string, n int) (visitTold, bool) {
	other := c.first(e.other(to.ID))
	kind := e.Terms.Kind.Label()
	switch name {
	case noticeVisitBegan:
		told := visitTold{title: other + " says that the " + kind + " has begun", holds: e.State == exchange.Active && e.Began != nil && e.Began.By != to.ID}
		told.rows = []chat.Row{chat.NewRow(step(e, "No, it has not", "exchange.notbegun", e.Version))}
		return told, true
	case noticeVisitDoubted:
		return visitTold{other + " says that it has not begun yet", "It waits for one of you to say so. It may help to write to each other, or to name another first day.", nil, e.State == exchange.Scheduled}, true
	case noticeVisitStands:
		return visitTold{"Did the " + kind + " begin?", "Three weeks have passed since its first day, and nobody has said so. Say that it began, name other days, or cancel it; without a word it is cancelled on its sixtieth day.", nil, e.State == exchange.NotStarted}, true
	case noticeChangeRefused:
		return visitTold{"It stays as agreed", "The change of the " + kind + " is off the table. What was agreed before holds.", nil, e.State.Binding() && e.Next == nil}, true
	case noticeChangeLapsed:
		return visitTold{"It stays as agreed", "Not everybody signed the change in two weeks, so it is forgotten. You can propose it again.", nil, e.State.Binding() && e.Next == nil}, true
	case noticeForLeads:
		return visitTold{c.first(e.Terms.Visitor) + " and " + c.first(e.Terms.Host) + " agreed on a " + kind, "You need not do anything. If it will not do for your lab, you can object for three working days.", nil, e.State == exchange.Scheduled}, true
	case noticeObjected:
		return visitTold{"A lead asks for other terms", "", nil, e.State.Open() && e.Objection != nil}, true
	case noticeSeatTaken:
		seat, ok := seatNumbered([]int{n})
		return visitTold{c.people[e.Party(seat).Person] + " is " + c.labs[e.Party(seat).Lab] + "'s " + seatName(seat) + " now", "They have signed the terms as they are. Everything else goes on.", nil, ok && e.State.Binding()}, true
	case noticeReopened:
		return visitTold{"The " + kind + " is open again", "An organiser has opened it again; its goals can be settled anew.", nil, e.State == exchange.WrappingUp}, true
	}
	return c.underWayNews(e, to, name)
}

// underWayNews is visitNews of what happens while the visit lasts.
func (c cast) underWayNews(e *Exchange, to *Person, name string) (visitTold, bool) {
	other := c.first(e.other(to.ID))
	pause, paused := e.Pausing()
	switch name {
	case noticeVisitPaused:
		return visitTold{other + " has paused the " + e.Terms.Kind.Label() + " until " + calendar.FormatDay(pause.Until), "", nil, paused}, true
	case noticeVisitResumed:
		return visitTold{"The " + e.Terms.Kind.Label() + " goes on", "", nil, e.State == exchange.Active}, true
	case noticeVisitHanded:
		return visitTold{other + " hands over. Will your lab look after it?", "", nil, e.Handover != nil && e.Handover.Taken == nil}, true
	case noticeVisitTaken:
		return visitTold{other + " looks after it from now on", "", nil, e.Handover != nil && e.Handover.Taken != nil}, true
	case noticeVisitDone:
		return visitTold{other + " says that everything is done", "If you say so too, the " + e.Terms.Kind.Label() + " is over. Else it goes on until its last day.", nil, e.State == exchange.Active && len(e.Finished) == 1}, true
	}
	return visitTold{}, false
}

// talkWanted tells an organiser that one of the two would like to talk.
func (a *App) talkWanted(tx *Tx, e *Exchange, n int) (chat.Message, error) {
	c, err := a.cast(tx, e)
	seat, ok := seatNumbered([]int{n})
	if err != nil || !ok {
		return chat.Message{}, err
	}
	party := e.Party(seat)
	return chat.Message{
		Title: c.people[party.Person] + " of " + c.labs[party.Lab] + " would like to talk to you",
		Body:  []chat.Text{chat.T("It is about the ", e.Terms.Kind.Label(), " between ", c.labs[e.Terms.Visitor.Lab], " and ", c.labs[e.Terms.Host.Lab], ", half-way through. Please write to them; they said nothing more to me.")},
	}, nil
}

// reopenCard asks an organiser to open a completed exchange again.
func (a *App) reopenCard(tx *Tx, e *Exchange) (chat.Message, error) {
	if e.State != exchange.FollowingUp {
		return chat.Message{}, errMoot
	}
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "Open an exchange again?",
		Body:  []chat.Text{chat.T("The ", e.Terms.Kind.Label(), " between ", c.labs[e.Terms.Visitor.Lab], " and ", c.labs[e.Terms.Host.Lab], " was completed, and one of the two asks to settle its goals anew.")},
		Note:  chat.T("You are asked for the reason; it stays with the exchange."),
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Open it again", Ref: chat.Ref{Route: "exchange.reopen", ID: e.ID}, Tone: chat.Main})},
	}, nil
}

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
	case noticeVisitBack:
		return visitTold{"The pause was to be over on " + calendar.FormatDay(pause.Until) + ". Do you go on?", "Without a word it ends by itself ninety days after the pause began.", nil, paused}, true
	case noticeVisitHand:
		return visitTold{"Two weeks left. Who keeps things going at " + c.labs[e.Terms.Host.Lab] + "?", "Say where things are and what is unfinished; " + c.first(e.Terms.Host) + " is asked to look after it.", nil, e.State == exchange.Active && e.Handover == nil}, true
	case noticeVisitHanded:
		return visitTold{other + " hands over. Will your lab look after it?", "", nil, e.Handover != nil && e.Handover.Taken == nil}, true
	case noticeVisitTaken:
		return visitTold{other + " looks after it from now on", "", nil, e.Handover != nil && e.Handover.Taken != nil}, true
	case noticeVisitDone:
		return visitTold{other + " says that everything is done", "If you say so too, the " + e.Terms.Kind.Label() + " is over. Else it goes on until its last day.", nil, e.State == exchange.Active && len(e.Finished) == 1}, true
	}
	return visitTold{}, false
}

// midCard asks half-way whether the goals are still the right ones.
func (a *App) midCard(tx *Tx, e *Exchange, c cast, to *Person) (chat.Message, error) {
	if e.State != exchange.Active {
		return chat.Message{}, errMoot
	}
	card, err := a.exchangeCard(tx, e, to)
	card.Title = "Half-way. Still the right goals?"
	card.Note = chat.T("One tap is enough. You both see what each of you says.")
	if other, ok := e.Midterm[e.seatOf(to.ID).Side().Across()]; ok {
		card.Body = append(card.Body, chat.T(c.first(e.other(to.ID)), " says: ", planWords(other.Plan), "."))
	}
	card.Rows = []chat.Row{chat.NewRow(
		toned(step(e, "Yes", "exchange.stands"), chat.Main), step(e, "Change some", "exchange.differs"), step(e, "It should end sooner", "exchange.sooner"),
	)}
	return card, err
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

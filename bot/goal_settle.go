package bot

import (
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// ending is a way in which the giver ends a goal other than by reaching it.
type ending struct {
	label, question, hint, title string
	take                         func(e *Exchange, n int, by exchange.Party, text string, rq *request) error
}

// endings are all of them; controls carry their places.
func endings() []ending {
	return []ending{
		{"It does not work: a result", "What did you learn?", "One sentence; a negative result is a result", "A negative result", func(e *Exchange, n int, by exchange.Party, text string, rq *request) error {
			return e.ClaimNegative(n, by, text, rq.now)
		}},
		{"It will not be reached", "What is there to know about it?", "One sentence", "It will not be reached", func(e *Exchange, n int, by exchange.Party, text string, rq *request) error {
			return e.Miss(n, by, text, rq.now)
		}},
		{"Somebody goes on with it", "Who goes on with it, and until when?", "For example: Bo and a student, until summer", "Carried over", func(e *Exchange, n int, by exchange.Party, text string, rq *request) error {
			return e.Carry(n, by, text, rq.now)
		}},
	}
}

// moreOfGoal offers the ways in which a goal ends other than by being reached.
func (rq *request) moreOfGoal() (chat.Message, error) {
	e, g, err := rq.pressedGoal(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{
		Title: "What became of it?",
		Body:  []chat.Text{chat.T(chat.Strong(g.Text), ".")},
		Note:  chat.T("All of these are answers like any other. Nobody counts who gave which."),
	}
	var row []chat.Button
	for i, end := range endings() {
		if i < 2 || e.State == exchange.WrappingUp || e.State == exchange.FollowingUp {
			row = append(row, step(e, end.label, "goal.settle", g.N, i))
		}
	}
	if e.State == exchange.Active {
		row = append(row, step(e, "Another day or other words", "goal.edit", e.Version, g.N))
	}
	card.Rows = []chat.Row{chat.NewRow(row...)}
	return card, nil
}

// settleForm asks for the sentence that ends a goal.
func (rq *request) settleForm() (chat.Form, error) {
	form := chat.Form{
		Ref: chat.Ref{Route: "goal.settle", ID: controlRef(rq.event).ID}, Title: "A goal", Submit: "Save",
		Fields: []chat.FormField{{Name: "text", Label: "In one sentence", Long: true, Required: true, Max: exchange.MaxText}},
	}
	_, _, end, err := rq.ended()
	form.Title, form.Fields[0].Label, form.Fields[0].Hint = clip(end.title, chat.MaxFormTitle), end.question, end.hint
	return form, err
}

// ended is the exchange and the goal of a control, and how the goal is to end.
func (rq *request) ended() (*Exchange, int, ending, error) {
	e, numbers, err := rq.pressed(Settle)
	if err != nil {
		return nil, 0, ending{}, err
	}
	if len(numbers) != 2 || numbers[1] < 0 || numbers[1] >= len(endings()) {
		return nil, 0, ending{}, denied("There is no such goal any more. Type goal list to see yours.")
	}
	return e, numbers[0], endings()[numbers[1]], nil
}

// settleProblems is what can be said of the sentence by itself.
func settleProblems(values map[string]string) []chat.Problem {
	return textProblems("text", values["text"])
}

// settleGoal ends a goal as its giver says.
func (rq *request) settleGoal() (chat.Message, error) {
	e, goal, end, err := rq.ended()
	if err != nil {
		return chat.Message{}, err
	}
	if err := end.take(e, goal, e.partyOf(rq.me), chat.CleanLine(rq.args["text"]), rq); err != nil {
		return chat.Message{}, dealt(err)
	}
	g, _ := e.Goal(goal)
	if g.State == exchange.GoalClaimed {
		return rq.claimed(e, g)
	}
	rq.tx.put(e)
	if err := rq.app.tellSeats(rq.tx, e, []exchange.Seat{e.Receiver(g.Pledge)}, numbered(noticeSettled, g.N)); err != nil {
		return chat.Message{}, err
	}
	card, err := rq.app.goalCard(rq.tx, e, g, rq.me)
	card.Title = "Noted: " + end.title
	card.Body = append(card.Body, completedWords(e)...)
	return card, err
}

// withHelp adds to a card who can most likely clear the way of a goal.
func (rq *request) withHelp(card chat.Message, e *Exchange, g exchange.Goal, o exchange.Obstacle) (chat.Message, error) {
	c, err := rq.app.cast(rq.tx, e)
	if err != nil {
		return card, err
	}
	switch o.Helper() {
	case exchange.HelpDay:
		card.Body = append(card.Body, chat.T("Another day may be all that it needs; the others agree to it."))
		card.Rows = []chat.Row{chat.NewRow(step(e, "Name another day", "goal.edit", e.Version, g.N))}
	case exchange.HelpNegative:
		card.Body = append(card.Body, chat.T("That it does not work is worth as much as that it does, once it is written down."))
		card.Rows = []chat.Row{chat.NewRow(step(e, "Record what you learned", "goal.settle", g.N, 0))}
	case exchange.HelpOrganiser:
		card.Body = append(card.Body, chat.T("An organiser of the network can most likely help."))
		card.Rows = []chat.Row{chat.NewRow(step(e, "Ask the organisers", "goal.help", g.N))}
	default:
		seat := helperSeat(e, g, o.Helper(), rq.me.ID)
		card.Body = append(card.Body, chat.T(c.first(e.Party(seat)), " of ", c.labs[e.Party(seat).Lab], " can most likely help."))
		card.Rows = []chat.Row{chat.NewRow(step(e, "Ask "+c.first(e.Party(seat)), "goal.help", g.N))}
	}
	return card, nil
}

// helperSeat is who is asked to clear the way: a lead where one sits, else the
// other one of the two.
func helperSeat(e *Exchange, g exchange.Goal, h exchange.Helper, me string) exchange.Seat {
	other := e.seatOf(me).Side().Across()
	lead := map[exchange.Helper]exchange.Seat{exchange.HelpHostLead: exchange.HostLead, exchange.HelpLead: exchange.HomeLead}[h]
	if h == exchange.HelpLead && e.Giver(g.Pledge) == exchange.Host {
		lead = exchange.HostLead
	}
	if p := e.Party(lead).Person; lead == "" || p == "" || p == me {
		return other
	}
	return lead
}

// askHelp asks whoever can most likely clear the way.
func (rq *request) askHelp() (chat.Message, error) {
	e, g, err := rq.pressedGoal(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if g.Status != exchange.Blocked || e.seatOf(rq.me.ID).Side() != e.Giver(g.Pledge) {
		return chat.Message{}, denied("This goal is not blocked any more, so nobody was asked.")
	}
	rq.tx.put(e)
	asked := Delivery{Notice: numbered(noticeHelp, g.N), Subject: e.Ref()}
	if g.Obstacle.Helper() != exchange.HelpOrganiser {
		err := rq.app.withParty(rq.tx, e, helperSeat(e, g, g.Obstacle.Helper(), rq.me.ID), func(p *Person) error {
			e.AskedHelp(g.N, e.seatOf(p.ID), rq.now)
			rq.app.tell(rq.tx, p, asked)
			return nil
		})
		return chat.Message{Title: "Asked", Body: []chat.Text{chat.T("I ask them, and tell you when the way is free.")}}, err
	}
	organisers, err := rq.app.organiserPeople(rq.tx)
	if err != nil {
		return chat.Message{}, err
	}
	asked.As = Grant{Role: Organiser}
	for _, p := range organisers {
		rq.app.tell(rq.tx, p, asked)
	}
	return chat.Message{Title: "Asked", Body: []chat.Text{chat.T("I ask the organisers. They write to you themselves.")}}, nil
}

// helpCard asks somebody to clear the way of a goal.
func (a *App) helpCard(tx *Tx, e *Exchange, to *Person, n int) (chat.Message, error) {
	g, ok := e.Goal(n)
	if !ok || g.Status != exchange.Blocked || g.Settled() {
		return chat.Message{}, errMoot
	}
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	giver := e.Party(e.Giver(g.Pledge))
	card := chat.Message{
		Title: c.people[giver.Person] + " of " + c.labs[giver.Lab] + " is waiting for: " + obstacleLabel(g.Obstacle),
		Body: []chat.Text{
			chat.T(chat.Strong(g.Text), ", by ", calendar.FormatDay(g.Due), "."),
			chat.T("You can most likely clear the way, or know who can. ", c.visit(e.Terms, to.ID)),
		},
	}
	if _, err := e.Seat(e.partyOf(to)); err == nil {
		card.Rows = []chat.Row{chat.NewRow(toned(step(e, "The way is free", "goal.cleared", g.N), chat.Main), step(e, "See the exchange", "exchange.open"))}
	}
	return card, nil
}

// cleared tells whoever gives that the way of their goal is free.
func (rq *request) cleared() (chat.Message, error) {
	e, g, err := rq.pressedGoal(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if g.Status != exchange.Blocked || g.Settled() {
		return chat.Message{}, denied("This goal is not blocked any more, so there is nothing to clear.")
	}
	e.Cleared(g.N)
	rq.tx.put(e)
	if err := rq.app.tellSeats(rq.tx, e, []exchange.Seat{e.Giver(g.Pledge)}, numbered(noticeCleared, g.N)); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{Title: "Thank you", Body: []chat.Text{chat.T("I tell them: ", chat.Strong(g.Text), ".")}}, nil
}

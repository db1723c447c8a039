package bot

import (
	"fmt"
	"strconv"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// listedGoal is one goal of the person's list.
type listedGoal struct {
	in   *Exchange
	goal exchange.Goal
	cast cast
}

// goals are the goals of the person's exchanges, in an order that stays: those
// that are agreed, and what became of them.
func (rq *request) goals() ([]listedGoal, error) {
	all, err := rq.exchanges()
	if err != nil {
		return nil, err
	}
	var goals []listedGoal
	for _, e := range all {
		if !e.State.Binding() {
			continue
		}
		c, err := rq.app.cast(rq.tx, e)
		if err != nil {
			return nil, err
		}
		for _, g := range e.Goals {
			goals = append(goals, listedGoal{e, g, c})
		}
	}
	return goals, nil
}

// listGoals lists the person's goals, the latest where there are many.
func (rq *request) listGoals() (chat.Message, error) {
	goals, err := rq.goals()
	if err != nil {
		return chat.Message{}, err
	}
	if len(goals) == 0 {
		return chat.Message{
			Title: "No goals yet",
			Body:  []chat.Text{chat.T("Goals belong to an exchange and count once both of you have agreed to its terms. ", chat.Code("exchange show"), " shows yours.")},
		}, nil
	}
	const most = 12 // as many as a card can hold in full
	first := max(0, len(goals)-most)
	card := chat.Message{Title: "Your goals"}
	menu := chat.Menu{Ref: chat.Ref{Route: "goal.open"}, Hint: "Open a goal"}
	for i, g := range goals[first:] {
		number := strconv.Itoa(first+i+1) + ". "
		standing := g.cast.goalStanding(g.in, g.goal, rq.today())
		card.Body = append(card.Body, chat.T(number, g.cast.goalLine(g.goal.Pledge), " (", standing, ")"))
		menu.Options = append(menu.Options, chat.Option{Label: clip(number+g.goal.Text, chat.MaxOptionText), Value: joinID(g.in.ID, g.goal.N)})
	}
	if first > 0 {
		card.Note = chat.T(fmt.Sprintf("The latest %d; %d earlier ones open with goal show and their number.", most, first))
	}
	card.Rows = []chat.Row{chat.NewMenu(menu)}
	return card, nil
}

// showGoal shows a goal by its number in the list.
func (rq *request) showGoal() (chat.Message, error) {
	goals, err := rq.goals()
	if err != nil {
		return chat.Message{}, err
	}
	n, err := strconv.Atoi(rq.arg("number"))
	if err != nil || n < 1 || n > len(goals) {
		return chat.Message{}, denied("You have no goal of that number. Type goal list to see them.")
	}
	return rq.app.goalCard(rq.tx, goals[n-1].in, goals[n-1].goal, rq.me)
}

// openGoal shows the goal that the control names.
func (rq *request) openGoal() (chat.Message, error) {
	e, g, err := rq.pressedGoal(Look)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.app.goalCard(rq.tx, e, g, rq.me)
}

// pressedGoal is the goal that the control names.
func (rq *request) pressedGoal(verb Verb) (*Exchange, exchange.Goal, error) {
	e, numbers, err := rq.pressed(verb)
	if err != nil {
		return nil, exchange.Goal{}, err
	}
	if len(numbers) == 1 {
		if g, ok := e.Goal(numbers[0]); ok {
			return e, g, nil
		}
	}
	return nil, exchange.Goal{}, denied("There is no such goal any more. Type goal list to see yours.")
}

// goalAlone is how a goal stands, for one of the two, with what they can say, but
// for what shows it.
func (a *App) goalAlone(tx *Tx, e *Exchange, g exchange.Goal, to *Person) (chat.Message, error) {
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	today := a.zones.Today(tx.now, to.zone())
	card := chat.Message{
		Title: "A goal from " + c.way(g.Way()),
		Body: []chat.Text{
			goalSentence(c, g),
			chat.T(capital(c.goalStanding(e, g, today)) + "."),
		},
		Note: chat.T("Part of ", c.whose(e.Terms, to.ID), ". ", c.visit(e.Terms, to.ID)),
	}
	if !e.State.Working() {
		return card, nil
	}
	if _, err := e.Seat(e.partyOf(to)); err != nil {
		return card, nil //nolint:nilerr // who stands for neither lab any more only reads
	}
	gives := e.seatOf(to.ID).Side() == e.Giver(g.Pledge)
	switch {
	case gives && (g.State == exchange.GoalOpen || g.State == exchange.GoalDisputed):
		card.Rows = giverRow(e, g)
	case !gives && g.State == exchange.GoalClaimed:
		card.Rows = receiverRow(e, g)
	}
	return card, nil
}

// giverRow are the answers of whoever gives.
func giverRow(e *Exchange, g exchange.Goal) []chat.Row {
	id := joinID(e.ID, g.N)
	return []chat.Row{chat.NewRow(
		chat.Button{Label: "On track", Ref: chat.Ref{Route: "goal.ontrack", ID: id}},
		chat.Button{Label: "At risk", Ref: chat.Ref{Route: "goal.atrisk", ID: id}},
		chat.Button{Label: "Blocked", Ref: chat.Ref{Route: "goal.blocked", ID: id}},
		chat.Button{Label: "Done", Ref: chat.Ref{Route: "goal.done", ID: id}, Tone: chat.Main},
		chat.Button{Label: "Something else", Ref: chat.Ref{Route: "goal.more", ID: id}},
	)}
}

// receiverRow are the answers of whoever receives.
func receiverRow(e *Exchange, g exchange.Goal) []chat.Row {
	id := joinID(e.ID, g.N)
	yes := chat.Button{Label: "Yes, we can do it", Ref: chat.Ref{Route: "goal.yes", ID: id}, Tone: chat.Main}
	notYet := chat.Button{Label: "Not yet", Ref: chat.Ref{Route: "goal.notyet", ID: id}}
	if g.Found != "" {
		yes.Label, notYet.Label = "Yes, that is what we learned", "Not so"
		return []chat.Row{chat.NewRow(yes, notYet)}
	}
	return []chat.Row{chat.NewRow(yes, chat.Button{Label: "With some help", Ref: chat.Ref{Route: "goal.helped", ID: id}}, notYet)}
}

// goalSentence is a goal as it is said: who can do what, by when, shown by what.
func goalSentence(c cast, g exchange.Goal) chat.Text {
	if g.Shown == "" {
		return chat.T(chat.Strong(g.Text), ", by ", calendar.FormatDay(g.Due), ".")
	}
	return chat.T("By ", calendar.FormatDay(g.Due), ", people at ", c.labs[g.Receiver], " can ", chat.Strong(g.Text), " without ", c.labs[g.Giver], ", shown by ", chat.Strong(g.Shown), ".")
}

package bot

import (
	"maps"

	"interlab/bot/chat"
)

// whereToAdd leads to the form for a goal: by a button where one exchange can
// be changed, by a menu where several can.
func (rq *request) whereToAdd() (chat.Message, error) {
	open, err := rq.changeable()
	if err != nil {
		return chat.Message{}, err
	}
	if len(open) == 0 {
		return chat.Message{}, noneToAddTo()
	}
	card := chat.Message{
		Title: "Add a goal",
		Body:  []chat.Text{chat.T("A goal is one sentence: what the receiving lab can do afterwards without the giving one. The other one is asked to agree to it.")},
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "goal.edit"}, Hint: "To which exchange?"}
	for _, e := range open[:min(len(open), chat.MaxOptions)] {
		name, err := rq.exchangeName(e)
		if err != nil {
			return chat.Message{}, err
		}
		to := joinID(e.ID, e.Version, 0)
		if len(open) == 1 {
			card.Body = append(card.Body, chat.T(chat.Strong(name), "."))
			card.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Ask me one by one", Ref: chat.Ref{Route: "goal.for", ID: e.ID}, Tone: chat.Main}, chat.Button{Label: "All in one form", Ref: chat.Ref{Route: "goal.edit", ID: to}})}
			return card, nil
		}
		menu.Options = append(menu.Options, chat.Option{Label: clip(name, chat.MaxOptionText), Value: to})
	}
	card.Rows = []chat.Row{chat.NewMenu(menu)}
	return card, nil
}

func noneToAddTo() error {
	return denied("You have no exchange whose goals can still be changed. To plan one: exchange propose. exchange show lists those you have.")
}

// addGoal takes a goal that was typed; where several exchanges can take it, it
// asks which.
func (rq *request) addGoal() (chat.Message, error) {
	open, err := rq.changeable()
	switch {
	case err != nil:
		return chat.Message{}, err
	case len(open) == 0:
		return chat.Message{}, noneToAddTo()
	}
	if problems := goalProblems(rq.args); len(problems) > 0 {
		return chat.Message{}, denied("Nothing was saved. %s: %s", problems[0].Field, problems[0].Text)
	}
	if len(open) == 1 {
		return rq.addGoalTo(open[0].ID, rq.args)
	}
	draft, err := rq.keepDraft(chat.Ref{})
	if err != nil {
		return chat.Message{}, err
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "goal.which", ID: draft.ID}, Hint: "To which exchange?"}
	for _, e := range open[:min(len(open), chat.MaxOptions)] {
		name, err := rq.exchangeName(e)
		if err != nil {
			return chat.Message{}, err
		}
		menu.Options = append(menu.Options, chat.Option{Label: clip(name, chat.MaxOptionText), Value: e.ID})
	}
	return chat.Message{
		Title: "To which exchange?",
		Body:  []chat.Text{chat.T("You have several that can still be changed. What you typed is kept until you choose.")},
		Rows:  []chat.Row{chat.NewMenu(menu)},
	}, nil
}

// addGoalThere adds the goal that was typed to the exchange that was chosen.
func (rq *request) addGoalThere() (chat.Message, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	press, _ := rq.event.Input.(chat.Press)
	if draft == nil || len(press.Values) != 1 {
		return chat.Message{}, denied("What you typed is no longer here: it is kept for a week. Type goal add to begin again.")
	}
	values := maps.Clone(draft.Values)
	rq.tx.remove(draft.Ref())
	return rq.addGoalTo(press.Values[0], values)
}

func (rq *request) addGoalTo(id string, values map[string]string) (chat.Message, error) {
	e, err := rq.exchange(id, Edit)
	if err != nil {
		return chat.Message{}, err
	}
	rq.args = values // what cannot be taken yet is kept from them
	return rq.putGoal(termsEdit{exchange: e, version: e.Version}, values)
}

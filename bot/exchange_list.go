package bot

import (
	"fmt"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// exchanges are the person's exchanges, oldest first, all of them.
func (rq *request) exchanges() ([]*Exchange, error) {
	if rq.fresh {
		return nil, nil
	}
	return listAll[*Exchange](rq.tx, exchangesOf+rq.me.ID)
}

// showExchanges lists the person's exchanges; a single one is shown at once.
func (rq *request) showExchanges() (chat.Message, error) {
	all, err := rq.exchanges()
	if err != nil {
		return chat.Message{}, err
	}
	switch len(all) {
	case 0:
		return chat.Message{
			Title: "No exchanges yet",
			Body:  []chat.Text{chat.T("An exchange is a visit with goals in both directions, planned with somebody whom I have introduced to you: ", chat.Code("exchange propose"))},
		}, nil
	case 1:
		return rq.app.exchangeCard(rq.tx, all[0], rq.me)
	}
	slices.Reverse(all)
	card := chat.Message{Title: "Your exchanges", Note: chat.T("Newest first.")}
	menu := chat.Menu{Ref: chat.Ref{Route: "exchange.open"}, Hint: "Open one"}
	for _, e := range all[:min(len(all), chat.MaxOptions)] {
		name, err := rq.exchangeName(e)
		if err != nil {
			return chat.Message{}, err
		}
		card.Body = append(card.Body, chat.T(chat.Strong(name), ": ", standingOf(e.State), "."))
		menu.Options = append(menu.Options, chat.Option{Label: clip(name, chat.MaxOptionText), Value: e.ID})
	}
	if len(all) > chat.MaxOptions {
		card.Note = chat.T(fmt.Sprintf("Newest first; %d older ones are not shown.", len(all)-chat.MaxOptions))
	}
	card.Rows = []chat.Row{chat.NewMenu(menu)}
	return card, nil
}

// exchangeName tells an exchange of the person from their other ones.
func (rq *request) exchangeName(e *Exchange) (string, error) {
	c, err := rq.app.cast(rq.tx, e)
	other := e.other(rq.me.ID)
	return capital(e.Terms.Kind.Label()) + " with " + c.first(other) + " (" + c.labs[other.Lab] + ") from " + calendar.FormatDay(e.Terms.From), err
}

// openExchange shows one exchange.
func (rq *request) openExchange() (chat.Message, error) {
	e, _, err := rq.pressed(Look)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.app.exchangeCard(rq.tx, e, rq.me)
}

// openExchanges are lines about exchanges that are planned or under way.
func (rq *request) openExchanges() ([]chat.Text, error) {
	all, err := list[*Exchange](rq.tx, ofAccount(rq.event.From, exchangesOf))
	if err != nil {
		return nil, err
	}
	var lines []chat.Text
	for _, e := range all {
		if !changes(e) && e.State != exchange.Paused && e.State != exchange.WrappingUp {
			continue
		}
		name, err := rq.exchangeName(e)
		if err != nil {
			return nil, err
		}
		lines = append(lines, chat.T(chat.Strong(name), ": ", standingOf(e.State), "."))
	}
	return lines, nil
}

// changeable are the person's exchanges whose terms can be changed.
func (rq *request) changeable() ([]*Exchange, error) {
	all, err := rq.exchanges()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(e *Exchange) bool { return !changes(e) }), nil
}

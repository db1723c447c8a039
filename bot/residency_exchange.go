package bot

import (
	"errors"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// beginExchange makes an accepted place the beginning of an exchange: the two are
// introduced to each other, and a plan is begun with its kind and its days.
func (rq *request) beginExchange(app *Application, o *Opening, host *Person) error {
	match, err := rq.app.ids.id()
	if err != nil {
		return err
	}
	plan, err := rq.app.ids.id()
	if err != nil {
		return err
	}
	m := &Match{ID: match, Asker: rq.me.ID, Asked: host.ID, Purpose: Residency, Topic: o.Title, AskedAt: rq.now}
	m.introduce(rq.now, map[string]string{rq.me.ID: rq.me.Contact, host.ID: host.Contact})
	m.end(Closed, rq.now) // they meet by the residency itself; nobody asks them whether they have
	rq.tx.put(m, &Draft{ID: plan, By: rq.me.ID, At: rq.now, Values: map[string]string{
		draftMatch: match, "kind": string(exchange.Residency), "visitor": visitorMe, "from": o.From.String(), "to": o.To.String(),
	}})
	app.Match, app.Draft = match, plan
	return nil
}

// planRef opens the plan that an accepted place began, or a new one where that
// was used or forgotten.
func (rq *request) planRef(app *Application) chat.Ref {
	if _, err := load[*Draft](rq.tx, KindDraft, app.Draft); err == nil {
		return chat.Ref{Route: "exchange.plan", ID: app.Draft}
	}
	return chat.Ref{Route: "exchange.plan", ID: app.Match}
}

// hostContact is who receives somebody with an accepted place, and how to reach
// them; nil where they have left.
func (rq *request) hostContact(app *Application) (*Person, string, error) {
	m, err := load[*Match](rq.tx, KindMatch, app.Match)
	if errors.Is(err, errNotFound) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	host, err := reader(rq.tx, m.other(rq.me.ID))
	if err != nil || host == nil {
		return nil, "", err
	}
	return host, m.Contacts[host.ID], nil
}

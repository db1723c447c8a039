package bot

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// creditNames say who did what, those of the exchange by the names that it has
// for them. Somebody who has left is no longer named.
func (a *App) creditNames(tx *Tx, c cast, v exchange.Evidence) (string, error) {
	var parts []string
	for _, id := range slices.Sorted(maps.Keys(v.Credit)) {
		name := c.people[id]
		if name == "" {
			p, err := load[*Person](tx, KindPerson, id)
			if errors.Is(err, errNotFound) {
				continue
			}
			if err != nil {
				return "", err
			}
			name = p.Name
		}
		parts = append(parts, name+" ("+rolesSaid(v.Credit[id])+")")
	}
	slices.Sort(parts)
	return strings.Join(parts, "; "), nil
}

// creditWhom asks what somebody did for a piece: the person chosen, or whoever asks.
func (rq *request) creditWhom() (chat.Message, error) {
	l, p, err := rq.credited()
	if err != nil {
		return chat.Message{}, err
	}
	press, _ := rq.event.Input.(chat.Press)
	return rq.creditCard(l, *p, firstOr(press.Values, rq.me.ID))
}

// credited is the piece that the control names, for somebody who may say who did it.
func (rq *request) credited() (*leaving, *Piece, error) {
	l, p, err := rq.leavingPiece(Settle)
	switch {
	case err != nil:
		return nil, nil, err
	case !mayChange(l.e, *p, rq.me.ID):
		return nil, nil, denied("Only who added this says who did what. Nothing has changed.")
	case !l.e.State.Working():
		return nil, nil, denied("This exchange is closed, so its evidence stays as it is.")
	}
	return l, p, nil
}

// creditable is somebody who can be named: of the exchange, or of one of its labs.
func (rq *request) creditable(e *Exchange, id string) (*Person, error) {
	p, err := load[*Person](rq.tx, KindPerson, id)
	if errors.Is(err, errNotFound) {
		return nil, denied("That person is no longer here. Choose somebody else.")
	}
	if err != nil {
		return nil, err
	}
	if !e.has(p.ID) && p.Lab != e.Terms.Visitor.Lab && p.Lab != e.Terms.Host.Lab {
		return nil, denied("%s is in neither of the two labs. Only their people can be named here.", p.Name)
	}
	return p, nil
}

// creditCard asks what one person did: each choice is kept at once.
func (rq *request) creditCard(l *leaving, p Piece, id string) (chat.Message, error) {
	who, err := rq.creditable(l.e, id)
	if err != nil {
		return chat.Message{}, err
	}
	c, err := rq.app.cast(rq.tx, l.e)
	if err != nil {
		return chat.Message{}, err
	}
	names, err := rq.app.creditNames(rq.tx, c, p.Evidence)
	if err != nil {
		return chat.Message{}, err
	}
	if names == "" {
		names = "nobody yet"
	}
	roles := chat.Menu{Ref: chat.Ref{Route: "evidence.role", ID: joinID(l.e.ID, p.N)}, Hint: "What did " + clip(who.Name, 60) + " do?"}
	for _, r := range exchange.Roles() {
		label := capital(r.Label())
		if slices.Contains(p.Credit[who.ID], r) {
			label = "Not: " + r.Label()
		}
		roles.Options = append(roles.Options, chat.Option{Label: label, Value: string(r) + "." + who.ID})
	}
	card := chat.Message{
		Title: "What did " + who.Name + " do?",
		Body:  []chat.Text{chat.T(chat.Strong(p.Title), ". So far: ", names, ".")},
		Note:  chat.T("The fourteen roles are those of CRediT. Choose as many as fit; each is kept at once."),
		Rows:  []chat.Row{chat.NewMenu(roles)},
	}
	others := chat.Menu{Ref: chat.Ref{Route: "evidence.whom", ID: joinID(l.e.ID, p.N)}, Hint: "What did somebody else do?"}
	for _, other := range creditPeople(l.e, p.Evidence) {
		if person, err := rq.creditable(l.e, other); err == nil && other != who.ID {
			others.Options = append(others.Options, chat.Option{Label: clip(person.Name, chat.MaxOptionText), Value: other})
		}
	}
	if len(others.Options) > 0 {
		card.Rows = append(card.Rows, chat.NewMenu(others))
	}
	card.Rows = append(card.Rows, chat.NewRow(
		step(l.e, "Name somebody else of the labs", "evidence.who", p.N), toned(step(l.e, "That is all", "evidence.open", p.N), chat.Main),
	))
	return card, nil
}

// creditPeople are those who sit in an exchange and those who are named already.
func creditPeople(e *Exchange, v exchange.Evidence) []string {
	var all []string
	for _, seat := range exchange.Seats() {
		if id := e.Party(seat).Person; id != "" && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(v.Credit)) {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all[:min(len(all), chat.MaxOptions)]
}

// toggleRole gives somebody a role, or takes it away.
func (rq *request) toggleRole() (chat.Message, error) {
	l, p, err := rq.credited()
	if err != nil {
		return chat.Message{}, err
	}
	press, _ := rq.event.Input.(chat.Press)
	role, id, _ := strings.Cut(firstOr(press.Values, ""), ".")
	who, err := rq.creditable(l.e, id)
	if err != nil {
		return chat.Message{}, err
	}
	named := len(p.Credit[who.ID]) > 0
	one, err := p.Toggle(who.ID, exchange.Role(role))
	if err != nil {
		return chat.Message{}, dealt(err)
	}
	p.Evidence = one
	rq.kept(l)
	if !named && !l.e.has(who.ID) {
		rq.app.tell(rq.tx, who, Delivery{Notice: numbered(noticeCredited, p.N), Subject: l.v.Ref()})
	}
	return rq.creditCard(l, *p, who.ID)
}

// whoForm asks for somebody of the two labs by name.
func (rq *request) whoForm() (chat.Form, error) {
	_, _, err := rq.credited()
	return chat.Form{
		Ref: chat.Ref{Route: "evidence.who", ID: controlRef(rq.event).ID}, Title: "Who else?", Submit: "Next",
		Fields: []chat.FormField{{Name: "person", Label: "Their name", Hint: "Somebody of one of the two labs", Required: true, Max: 100}},
	}, err
}

// creditNamed goes on with somebody who was named.
func (rq *request) creditNamed() (chat.Message, error) {
	l, p, err := rq.credited()
	if err != nil {
		return chat.Message{}, err
	}
	who, err := rq.personByName(chat.CleanLine(rq.args["person"]))
	if err != nil {
		return chat.Message{}, err
	}
	return rq.creditCard(l, *p, who.ID)
}

// creditedCard tells somebody outside the exchange that they were named.
func (a *App) creditedCard(tx *Tx, e *Exchange, p Piece, to *Person) (chat.Message, error) {
	roles := p.Credit[to.ID]
	if len(roles) == 0 {
		return chat.Message{}, errMoot
	}
	c, err := a.cast(tx, e)
	return chat.Message{
		Title: c.nameOf(p.Declared.By) + " names you for: " + p.Type.Label(),
		Body:  []chat.Text{chat.T(chat.Strong(p.Title)), whereText(p.Evidence), chat.T("Your part: ", rolesSaid(roles), ". It came of the ", e.Terms.Kind.Label(), " between ", c.labs[e.Terms.Visitor.Lab], " and ", c.labs[e.Terms.Host.Lab], ".")},
		Note:  chat.T("You need not do anything. Only the people of the exchange see it."),
		Rows:  []chat.Row{chat.NewRow(step(e, "Take me off", "evidence.off", p.N))},
	}, err
}

// takeMeOff takes whoever asks off a piece, whether or not they sit in the exchange.
func (rq *request) takeMeOff() (chat.Message, error) {
	id, numbers := rq.control()
	gone := chat.Message{Title: "You are not on it", Body: []chat.Text{chat.T("Nothing names you there any more.")}}
	v, err := load[*Evidence](rq.tx, KindEvidence, id)
	if errors.Is(err, errNotFound) {
		return gone, nil
	}
	if err != nil {
		return chat.Message{}, err
	}
	if len(numbers) == 0 || v.piece(numbers[0]) < 0 {
		return gone, nil
	}
	p := &v.Items[v.piece(numbers[0])]
	if !Can(rq.actor(), Edit, Object{Kind: KindEvidence, People: slices.Collect(maps.Keys(p.Credit))}) {
		return gone, nil
	}
	p.Credit = maps.Clone(p.Credit)
	delete(p.Credit, rq.me.ID)
	v.At = rq.now
	rq.tx.put(v)
	return chat.Message{Title: "You are taken off", Body: []chat.Text{chat.T(chat.Strong(p.Title), " no longer names you. They can name you again; you would hear of it.")}}, nil
}

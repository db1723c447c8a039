package bot

import (
	"cmp"
	"errors"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// seatNumber tells seats apart in controls and notices.
func seatNumber(s exchange.Seat) int { return slices.Index(exchange.Seats(), s) }

// seatNumbered is the seat of the first number behind a control; false if there
// is none.
func seatNumbered(numbers []int) (exchange.Seat, bool) {
	seats := exchange.Seats()
	if len(numbers) == 0 || numbers[0] < 0 || numbers[0] >= len(seats) {
		return "", false
	}
	return seats[numbers[0]], true
}

// leadOf is who leads a lab, for terms: whoever visits or hosts, if they lead
// it; else the first by id. Nobody who sits on the other side.
func (a *App) leadOf(tx *Tx, party, across exchange.Party) (exchange.Party, error) {
	leads, err := a.leadsOf(tx, party.Lab)
	if err != nil {
		return exchange.Party{}, err
	}
	leads = slices.DeleteFunc(leads, func(p *Person) bool { return p.ID == across.Person })
	if len(leads) == 0 {
		return exchange.Party{}, nil
	}
	i := max(0, slices.IndexFunc(leads, func(p *Person) bool { return p.ID == party.Person }))
	return exchange.Party{Person: leads[i].ID, Lab: party.Lab}, nil
}

// leadsOf are the leads of a lab, in an order that stays.
func (a *App) leadsOf(tx *Tx, lab string) ([]*Person, error) {
	people, err := list[*Person](tx, Want{List: peopleByRole(Lead)})
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(p *Person) bool { return !slices.Contains(p.Roles, Grant{Lead, lab}) })
	slices.SortFunc(people, func(x, y *Person) int { return cmp.Compare(x.ID, y.ID) })
	return people, nil
}

// seated puts the leads of both labs into terms that are to be proposed.
func (a *App) seated(tx *Tx, t exchange.Terms) (exchange.Terms, error) {
	var err error
	if t.HomeLead, err = a.leadOf(tx, t.Visitor, t.Host); err != nil {
		return t, err
	}
	t.HostLead, err = a.leadOf(tx, t.Host, t.Visitor)
	if t.HostLead.Person != "" && t.HostLead.Person == t.HomeLead.Person {
		t.HostLead = exchange.Party{} // who leads both labs signs for one of them
	}
	return t, err
}

// vacate empties the seats in which a person sits who no longer stands for the
// lab, and has their labs asked who takes them.
func (rq *request) vacate(p *Person) error {
	all, err := listAll[*Exchange](rq.tx, exchangesOf+p.ID)
	if err != nil {
		return err
	}
	for _, listed := range all {
		e, err := load[*Exchange](rq.tx, KindExchange, listed.ID)
		if err != nil {
			return err
		}
		for _, seat := range exchange.Seats() {
			party := e.Party(seat)
			still := party.Lab == p.Lab
			if seat.IsLead() {
				still = slices.Contains(p.Roles, Grant{Lead, party.Lab})
			}
			if party.Person != p.ID || still {
				continue
			}
			if err := rq.emptySeat(e, seat); err != nil {
				return err
			}
		}
	}
	return nil
}

// emptySeat empties a seat, where it can be empty, and has its lab asked.
func (rq *request) emptySeat(e *Exchange, seat exchange.Seat) error {
	if e.Vacate(seat, rq.now) != nil {
		return nil //nolint:nilerr // nothing is agreed there any more, or yet; or it is empty already
	}
	rq.tx.put(e)
	if err := rq.app.askForSeat(rq.tx, e, seat); err != nil {
		return err
	}
	return rq.app.tellSeats(rq.tx, e, []exchange.Seat{seat.Side().Across()}, numbered(noticeSeatEmpty, seatNumber(seat)))
}

// askForSeat asks the leads of a lab who takes a seat; where it has none, the
// organisers.
func (a *App) askForSeat(tx *Tx, e *Exchange, seat exchange.Seat) error {
	leads, err := a.leadsOf(tx, e.Party(seat).Lab)
	if err != nil {
		return err
	}
	leads = slices.DeleteFunc(leads, func(p *Person) bool { return p.ID == e.Party(seat).Person })
	if len(leads) == 0 {
		return a.askOrganisersForSeat(tx, e, []int{seatNumber(seat)})
	}
	for _, p := range leads {
		a.tell(tx, p, Delivery{Notice: numbered(noticeSeatEmpty, seatNumber(seat)), Subject: e.Ref(), As: Grant{Lead, e.Party(seat).Lab}})
	}
	return nil
}

// askOrganisersForSeat asks the organisers who takes a seat that is still empty.
func (a *App) askOrganisersForSeat(tx *Tx, e *Exchange, numbers []int) error {
	seat, ok := seatNumbered(numbers)
	if _, vacant := e.Vacant[seat]; !ok || !vacant {
		return nil
	}
	organisers, err := a.organiserPeople(tx)
	for _, p := range organisers {
		a.tell(tx, p, Delivery{Notice: numbered(noticeSeatEmpty, seatNumber(seat)), Subject: e.Ref(), As: Grant{Role: Organiser}})
	}
	return err
}

// seatCard asks somebody who may say so who takes an empty seat; whoever sits
// across only learns of it.
func (a *App) seatCard(tx *Tx, e *Exchange, to *Person, n int) (chat.Message, error) {
	seat, ok := seatNumbered([]int{n})
	if _, vacant := e.Vacant[seat]; !ok || !vacant {
		return chat.Message{}, errMoot
	}
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	party := e.Party(seat)
	body := []chat.Text{chat.T(c.first(party), " no longer stands for ", c.labs[party.Lab], " in this: ", c.visit(e.Terms, ""), " What was agreed and reached stays, and everything else goes on.")}
	if across, err := e.Seat(e.partyOf(to)); err == nil && across.Side() != seat.Side() {
		card, err := a.exchangeCard(tx, e, to)
		card.Title = "The seat of " + c.labs[party.Lab] + "'s " + seatName(seat) + " is empty"
		card.Body = append([]chat.Text{chat.T(c.first(party), " no longer stands for ", c.labs[party.Lab], ". Their lab is asked who takes over; you need not do anything.")}, card.Body...)
		return card, err
	}
	options, err := a.successors(tx, e, seat)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{Title: "Who takes over as " + seatName(seat) + " of " + c.labs[party.Lab] + "?", Body: body, Note: chat.T("Whom you choose is asked, and can say no.")}
	if len(options) == 0 {
		card.Note = chat.T("Nobody else of the lab has joined yet. Whoever is to take it writes to me once; then open this again.")
		return card, nil
	}
	card.Rows = []chat.Row{chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "exchange.name", ID: joinID(e.ID, n)}, Hint: "Whom shall I ask?", Options: options})}
	return card, nil
}

// successors are the people of a lab who can take a seat.
func (a *App) successors(tx *Tx, e *Exchange, seat exchange.Seat) ([]chat.Option, error) {
	people, err := a.people.all(tx.ctx)
	if err != nil {
		return nil, err
	}
	var options []chat.Option
	for _, p := range people {
		across := e.seatOf(p.ID).Side() != seat.Side() && slices.Contains(e.object().People, p.ID)
		if p.Lab == e.Party(seat).Lab && !p.Joined.IsZero() && p.ID != e.Party(seat).Person && !across && len(options) < chat.MaxOptions {
			options = append(options, chat.Option{Label: clip(p.Name, chat.MaxOptionText), Value: p.ID})
		}
	}
	slices.SortFunc(options, func(x, y chat.Option) int { return cmp.Compare(fold(x.Label), fold(y.Label)) })
	return options, nil
}

// handSeat lets the person hand on the seat that they sit in.
func (rq *request) handSeat() (chat.Message, error) {
	e, _, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	seat, err := e.Seat(e.partyOf(rq.me))
	if err != nil {
		return chat.Message{}, dealt(err)
	}
	options, err := rq.app.successors(rq.tx, e, seat)
	if err != nil {
		return chat.Message{}, err
	}
	if len(options) == 0 {
		return chat.Message{}, denied("Nobody else of your lab has joined here, so there is nobody to hand the seat to. Whoever is to take it writes to me once first.")
	}
	return chat.Message{
		Title: "Who takes your place?",
		Body:  []chat.Text{chat.T("Whom you choose is asked. Until they say yes, you keep your seat.")},
		Rows:  []chat.Row{chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "exchange.name", ID: joinID(e.ID, seatNumber(seat))}, Hint: "Whom shall I ask?", Options: options})},
	}, nil
}

// nameSuccessor asks somebody whether they take a seat.
func (rq *request) nameSuccessor() (chat.Message, error) {
	press, _ := rq.event.Input.(chat.Press)
	id, numbers := splitID(press.Ref.ID)
	seat, ok := seatNumbered(numbers)
	e, err := load[*Exchange](rq.tx, KindExchange, id)
	if errors.Is(err, errNotFound) || err == nil && (!ok || len(press.Values) != 1) {
		return chat.Message{}, denied(notHereExchange)
	}
	if err != nil {
		return chat.Message{}, err
	}
	party := e.Party(seat)
	object := Object{Kind: KindExchange, People: []string{party.Person}, Lab: party.Lab}
	if err := rq.may(Name, object, "Only the lab's lead, an organiser, or whoever sits there can say who takes the seat. Nothing has changed."); err != nil {
		return chat.Message{}, err
	}
	next, err := load[*Person](rq.tx, KindPerson, press.Values[0])
	if errors.Is(err, errNotFound) || err == nil && next.Lab != party.Lab {
		return chat.Message{}, denied("They are no longer in that lab, so nobody was asked. Open the list again to choose somebody else.")
	}
	if err != nil {
		return chat.Message{}, err
	}
	e.Offered = map[exchange.Seat]string{seat: next.ID}
	rq.tx.put(e)
	rq.app.tell(rq.tx, next, Delivery{Notice: numbered(noticeSeatOffered, seatNumber(seat)), Subject: e.Ref()})
	return chat.Message{Title: "Asked", Body: []chat.Text{chat.T("I ask ", next.Name, " whether they take the seat. You hear when they do.")}}, nil
}

// offerCard asks somebody whether they take a seat.
func (a *App) offerCard(tx *Tx, e *Exchange, to *Person, n int) (chat.Message, error) {
	seat, ok := seatNumbered([]int{n})
	if !ok || e.Offered[seat] != to.ID || !e.State.Binding() {
		return chat.Message{}, errMoot
	}
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{
		Title: "Will you take " + c.first(e.Party(seat)) + "'s place as " + seatName(seat) + "?",
		Body:  []chat.Text{chat.T(capital(e.Terms.Kind.Label()), ". ", c.visit(e.Terms, ""), " You would sign the terms as they are:")},
		Note:  chat.T("Nobody is told why if you say no."),
		Rows: []chat.Row{chat.NewRow(
			toned(step(e, "Yes, I take it", "exchange.take", n), chat.Main), step(e, "No, thank you", "exchange.leave", n),
		)},
	}
	for _, g := range e.Goals {
		if !g.Settled() {
			card.Body = append(card.Body, linkless(c.goalLine(g.Pledge)))
		}
	}
	return card, nil
}

// offeredSeat is the seat that the person was offered.
func (rq *request) offeredSeat() (*Exchange, exchange.Seat, error) {
	id, numbers := rq.control()
	e, err := load[*Exchange](rq.tx, KindExchange, id)
	if errors.Is(err, errNotFound) {
		return nil, "", denied(notHereExchange)
	}
	if err != nil {
		return nil, "", err
	}
	seat, ok := seatNumbered(numbers)
	const over = "This seat is no longer offered to you, so nothing has changed."
	if !ok {
		return nil, "", denied(over)
	}
	return e, seat, rq.may(Join, Object{Kind: KindExchange, People: []string{e.Offered[seat]}}, over)
}

// fillSeat puts the person into a seat that they were offered.
func (rq *request) fillSeat() (chat.Message, error) {
	e, seat, err := rq.offeredSeat()
	if err != nil {
		return chat.Message{}, err
	}
	by := rq.me.party()
	if err := e.Fill(seat, by, rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	delete(e.Offered, seat)
	rq.tx.put(e)
	if err := rq.app.settleDates(rq.tx, e); err != nil {
		return chat.Message{}, err
	}
	others := rq.notMe(e, []exchange.Seat{exchange.Visitor, exchange.Host})
	if err := rq.app.tellSeats(rq.tx, e, others, numbered(noticeSeatTaken, seatNumber(seat))); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "The seat is yours", "I tell the others. From now on you are asked what "+seatName(seat)+"s are asked.")
}

// leaveSeat declines a seat, and has the lab asked again where it is empty.
func (rq *request) leaveSeat() (chat.Message, error) {
	e, seat, err := rq.offeredSeat()
	if err != nil {
		return chat.Message{}, err
	}
	delete(e.Offered, seat)
	rq.tx.put(e)
	if _, vacant := e.Vacant[seat]; vacant {
		if err := rq.app.askForSeat(rq.tx, e, seat); err != nil {
			return chat.Message{}, err
		}
	}
	return chat.Message{Title: "That is fine", Body: []chat.Text{chat.T("You are not asked why, and somebody else will be asked.")}}, nil
}

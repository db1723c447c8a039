package bot

import (
	"errors"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// cast names the people and labs of an exchange.
type cast struct {
	people map[string]string // by person
	labs   map[string]string // by lab
}

// cast looks the names up. Somebody who has left is no longer named.
func (a *App) cast(tx *Tx, e *Exchange) (cast, error) {
	c := cast{map[string]string{}, map[string]string{}}
	for _, seat := range exchange.Seats() {
		party := e.Party(seat)
		if party == (exchange.Party{}) {
			continue
		}
		lab, err := a.lab(tx, party.Lab)
		if err != nil {
			return c, err
		}
		c.labs[party.Lab], c.people[party.Person] = lab, "Somebody of "+lab
		person, err := load[*Person](tx, KindPerson, party.Person)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return c, err
		}
		c.people[party.Person] = person.Name
	}
	return c, nil
}

// first is how a person is called in a sentence.
func (c cast) first(p exchange.Party) string {
	if name := c.people[p.Person]; name != "Somebody of "+c.labs[p.Lab] {
		return firstName(name)
	}
	return c.people[p.Person]
}

// visit says who visits whom and when, to one of them.
func (c cast) visit(t exchange.Terms, to string) string {
	who, verb, where := c.first(t.Visitor), " visits ", c.labs[t.Host.Lab]
	if t.Visitor.Person == to {
		who, verb = "You", " visit "
	}
	if t.Kind == exchange.Remote {
		where = "with " + where + " without travelling,"
		verb = map[string]string{" visits ": " works ", " visit ": " work "}[verb]
	}
	return who + verb + where + " from " + calendar.FormatDay(t.From) + " to " + calendar.FormatDay(t.To) + "."
}

// whose names the exchange to one of them: "your residency", "Ana's residency".
func (c cast) whose(t exchange.Terms, to string) string {
	if t.Visitor.Person == to {
		return "your " + t.Kind.Label()
	}
	return c.first(t.Visitor) + "'s " + t.Kind.Label()
}

// way names a goal's direction: "Curie to Noether".
func (c cast) way(w exchange.Way) string { return c.labs[w.From] + " to " + c.labs[w.To] }

// goalLine is one goal in a line: by a day, people at a lab can do something,
// shown by something.
func (c cast) goalLine(p exchange.Pledge) chat.Text {
	if p.Shown != "" {
		return chat.T(c.way(p.Way()), ", by ", calendar.FormatDay(p.Due), ": people at ", c.labs[p.Receiver], " can ", chat.Strong(p.Text), " without ", c.labs[p.Giver], ", shown by ", chat.Strong(p.Shown))
	}
	return chat.T(c.way(p.Way()), ", by ", calendar.FormatDay(p.Due), ": ", chat.Strong(p.Text))
}

// exchangeAlone is how an exchange stands, for one of the two, with what they
// can do about it, but for what it leaves behind.
func (a *App) exchangeAlone(tx *Tx, e *Exchange, to *Person) (chat.Message, error) {
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{
		Title: capital(c.whose(e.Terms, to.ID)) + ": " + standingOf(e.State),
		Body:  []chat.Text{chat.T(capital(e.Terms.Kind.Label()), ". ", c.visit(e.Terms, to.ID))},
	}
	if e.Continues != "" {
		card.Body = append(card.Body, chat.T("It follows on an earlier exchange between the same labs."))
	}
	if e.Terms.OneWay != "" {
		card.Body = append(card.Body, chat.T(chat.Strong("One-way: "), "goals go in one direction only, as both leads are to agree. The reason: ", e.Terms.OneWay))
	}
	if e.State.Open() {
		a.addTerms(&card, e, c, to)
		return card, nil
	}
	today := a.zones.Today(tx.now, to.zone())
	a.addProgress(&card, e, c, today)
	a.addSteps(&card, e, c, to, today)
	return card, nil
}

// standingOf says in a few words where an exchange stands.
func standingOf(s exchange.State) string {
	switch s {
	case exchange.NotStarted:
		return "not begun yet"
	case exchange.Active:
		return "under way"
	case exchange.Paused:
		return "paused"
	case exchange.WrappingUp:
		return "over"
	case exchange.FollowingUp:
		return "completed"
	case exchange.Scheduled:
		return "agreed and scheduled"
	case exchange.Proposed, exchange.Negotiating:
		return "to be agreed on"
	default:
		return string(s)
	}
}

// addTerms shows terms that are still to be agreed on.
func (a *App) addTerms(card *chat.Message, e *Exchange, c cast, to *Person) {
	for _, p := range e.Terms.Goals {
		card.Body = append(card.Body, c.goalLine(p))
	}
	if e.Was != nil {
		card.Body = append(card.Body, c.whatIsNew(*e.Was, e.Terms))
	}
	if e.Objection != nil {
		card.Body = append(card.Body, chat.T(c.nameOf(e.Objection.By), " objected: ", chat.Strong(e.Objection.Text)))
	}
	by, _ := e.AnswerBy()
	ends := a.day(by, to)
	other := c.first(e.other(to.ID))
	change := chat.Button{Label: "Change", Ref: chat.Ref{Route: "exchange.change", ID: joinID(e.ID, e.Version)}}
	seat, waits := waitsFor(e.Waiting(), e, to.ID)
	switch {
	case !waits && e.seatOf(to.ID).IsLead():
		card.Title = "The " + e.Terms.Kind.Label() + " waits for others to sign"
		card.Note = chat.T("You need not do anything. Without an answer it ends by itself on ", ends, ".")
	case !waits:
		card.Title = "Sent to " + c.sentTo(e)
		card.Note = chat.T(capital(c.sentTo(e)), " hears from me in their own working hours. Without an answer this ends by itself on ", ends, ".")
		card.Rows = []chat.Row{chat.NewRow(change, chat.Button{Label: "Take it back", Ref: chat.Ref{Route: "exchange.decline", ID: joinID(e.ID, e.Version)}, Tone: chat.Danger})}
	default:
		card.Title = c.people[e.other(to.ID).Person] + " of " + c.labs[e.other(to.ID).Lab] + " proposes a " + e.Terms.Kind.Label()
		if e.Version > 1 {
			card.Title = other + " has changed the terms of the " + e.Terms.Kind.Label()
		}
		row := chat.NewRow(
			chat.Button{Label: "Agree", Ref: chat.Ref{Route: "exchange.agree", ID: joinID(e.ID, e.Version)}, Tone: chat.Main},
			change,
			chat.Button{Label: "Decline", Ref: chat.Ref{Route: "exchange.decline", ID: joinID(e.ID, e.Version)}},
		)
		card.Note = chat.T("Agreeing fixes the dates and goals for both of you. If you change anything, ", other, " is asked again. Without an answer this ends by itself on ", ends, ".")
		if seat.IsLead() {
			card.Title = c.first(e.Terms.Visitor) + " and " + c.first(e.Terms.Host) + " agreed on a " + e.Terms.Kind.Label() + "; " + c.labs[e.Party(seat).Lab] + " signs too"
			card.Note = chat.T("You sign for ", c.labs[e.Party(seat).Lab], ", which you lead. Without an answer this ends by itself on ", ends, ".")
			row = chat.NewRow(row.Buttons[0], row.Buttons[2])
		}
		card.Rows = []chat.Row{row}
	}
}

// waitsFor is the seat whose signature is awaited from a person, if one is.
func waitsFor(waits []exchange.Seat, e *Exchange, person string) (exchange.Seat, bool) {
	i := slices.IndexFunc(waits, func(s exchange.Seat) bool { return e.Party(s).Person == person })
	if i < 0 {
		return "", false
	}
	return waits[i], true
}

// sentTo names those who are to answer terms.
func (c cast) sentTo(e *Exchange) string {
	var names []string
	for _, seat := range e.Waiting() {
		names = append(names, c.first(e.Party(seat)))
	}
	return sentenceList(names)
}

// nameOf is how a person of the exchange is called.
func (c cast) nameOf(person string) string {
	if name := c.people[person]; name != "" {
		return name
	}
	return "Somebody who has left"
}

// addProgress shows an exchange whose terms were agreed on, or that came to nothing.
func (a *App) addProgress(card *chat.Message, e *Exchange, c cast, today calendar.Date) {
	if !e.State.Binding() {
		card.Body = append(card.Body, chat.T("It did not take place, and I ask nothing more about it. To plan another one: ", chat.Code("exchange propose")))
		return
	}
	for _, g := range e.Goals {
		line := c.goalLine(g.Pledge)
		if e.State != exchange.Scheduled && e.State != exchange.NotStarted {
			line = append(line, chat.Say(" ("+c.goalStanding(e, g, today)+")"))
		}
		card.Body = append(card.Body, line)
	}
	for _, seat := range exchange.Seats() {
		if _, vacant := e.Vacant[seat]; vacant {
			card.Body = append(card.Body, chat.T("The seat of ", c.labs[e.Party(seat).Lab], "'s ", seatName(seat), " is empty. Their lab has been asked who takes it; everything else goes on."))
		}
	}
	if e.Next != nil {
		card.Body = append(card.Body, chat.T(chat.Strong("Not agreed yet. "), c.whatIsNew(e.Terms, e.Next.Terms).Plain(), " The last day would be ", calendar.FormatDay(e.Next.Terms.To), "."))
	}
	if h := e.Handover; h != nil {
		taken := c.first(e.Terms.Host) + " has not taken it over yet."
		if h.Taken != nil {
			taken = c.first(e.Terms.Host) + " looks after it."
		}
		card.Body = append(card.Body, chat.T(chat.Strong("Handed over: "), h.Where), chat.T(taken, " ", c.labs[e.Terms.Visitor.Lab], " hears about the visit on ", calendar.FormatDay(h.Share), "."))
	}
}

// seatName is a seat in a sentence.
func seatName(s exchange.Seat) string {
	return map[exchange.Seat]string{exchange.Visitor: "visitor", exchange.Host: "host", exchange.HomeLead: "lead", exchange.HostLead: "lead"}[s]
}

// goalOptions are the goals of an exchange as a menu offers them.
func goalOptions(e *Exchange, c cast) []chat.Option {
	var options []chat.Option
	for _, g := range e.Goals {
		options = append(options, chat.Option{Label: clip(c.way(g.Way())+": "+g.Text, chat.MaxOptionText), Value: joinID(e.ID, g.N)})
	}
	return options
}

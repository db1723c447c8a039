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

// goalLine is one goal in a line.
func (c cast) goalLine(p exchange.Pledge) chat.Text {
	return chat.T(c.way(p.Way()), ", by ", calendar.FormatDay(p.Due), ": ", chat.Strong(p.Text))
}

// exchangeCard is how an exchange stands, for one of the two, with what they
// can do about it.
func (a *App) exchangeCard(tx *Tx, e *Exchange, to *Person) (chat.Message, error) {
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{
		Title: capital(c.whose(e.Terms, to.ID)) + ": " + standingOf(e.State),
		Body:  []chat.Text{chat.T(capital(e.Terms.Kind.Label()), ". ", c.visit(e.Terms, to.ID))},
	}
	if e.State.Open() {
		a.addTerms(&card, e, c, to)
	} else {
		a.addProgress(&card, e, c, to, a.zones.Today(tx.now, to.zone()))
	}
	return card, nil
}

// standingOf says in a few words where an exchange stands.
func standingOf(s exchange.State) string {
	switch s {
	case exchange.Active:
		return "under way"
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
	by, _ := e.AnswerBy()
	ends := a.day(by, to)
	seat, waits := e.Waits()
	other := c.first(e.other(to.ID))
	change := chat.Button{Label: "Change", Ref: chat.Ref{Route: "exchange.change", ID: joinID(e.ID, e.Version)}}
	if !waits || e.Party(seat).Person != to.ID {
		card.Title = "Sent to " + other
		card.Note = chat.T(other, " hears from me in their own working hours. Without an answer this ends by itself on ", ends, ".")
		card.Rows = []chat.Row{chat.NewRow(change, chat.Button{Label: "Take it back", Ref: chat.Ref{Route: "exchange.decline", ID: joinID(e.ID, e.Version)}, Tone: chat.Danger})}
		return
	}
	card.Title = c.people[e.other(to.ID).Person] + " of " + c.labs[e.other(to.ID).Lab] + " proposes a " + e.Terms.Kind.Label()
	if e.Version > 1 {
		card.Title = other + " has changed the terms of the " + e.Terms.Kind.Label()
	}
	card.Note = chat.T("Agreeing fixes the dates and goals for both of you. If you change anything, ", other, " is asked again. Without an answer this ends by itself on ", ends, ".")
	card.Rows = []chat.Row{chat.NewRow(
		chat.Button{Label: "Agree", Ref: chat.Ref{Route: "exchange.agree", ID: joinID(e.ID, e.Version)}, Tone: chat.Main},
		change,
		chat.Button{Label: "Decline", Ref: chat.Ref{Route: "exchange.decline", ID: joinID(e.ID, e.Version)}},
	)}
}

// addProgress shows an exchange whose terms were agreed on, or that came to nothing.
func (a *App) addProgress(card *chat.Message, e *Exchange, c cast, to *Person, today calendar.Date) {
	if !e.State.Binding() {
		card.Body = append(card.Body, chat.T("It did not take place, and I ask nothing more about it. To plan another one: ", chat.Code("exchange propose")))
		return
	}
	for _, g := range e.Goals {
		line := c.goalLine(g.Pledge)
		if e.State != exchange.Scheduled {
			line = append(line, chat.Say(" ("+c.goalStanding(e, g, today)+")"))
		}
		card.Body = append(card.Body, line)
	}
	goals := chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "goal.open"}, Hint: "Open a goal", Options: goalOptions(e, c)})
	switch e.State {
	case exchange.Scheduled:
		card.Note = chat.T("It begins and ends by itself. Changed terms must be agreed on again by both of you.")
		card.Rows = []chat.Row{chat.NewRow(
			chat.Button{Label: "Change", Ref: chat.Ref{Route: "exchange.change", ID: joinID(e.ID, e.Version)}},
			chat.Button{Label: "Cancel it", Ref: chat.Ref{Route: "exchange.cancel", ID: joinID(e.ID, e.Version)}, Tone: chat.Danger},
		)}
	case exchange.Active:
		card.Note = chat.T("It ends by itself. Either of you may end it sooner, at once.")
		card.Rows = []chat.Row{goals, chat.NewRow(chat.Button{Label: "End it now", Ref: chat.Ref{Route: "exchange.end", ID: joinID(e.ID, e.Version)}, Tone: chat.Danger})}
	case exchange.WrappingUp, exchange.FollowingUp:
		card.Note = chat.T("Goals can still be claimed and confirmed until ", a.day(e.ShutAt(), to), ".")
		card.Rows = []chat.Row{goals}
	default:
	}
}

// goalOptions are the goals of an exchange as a menu offers them.
func goalOptions(e *Exchange, c cast) []chat.Option {
	var options []chat.Option
	for _, g := range e.Goals {
		options = append(options, chat.Option{Label: clip(c.way(g.Way())+": "+g.Text, chat.MaxOptionText), Value: joinID(e.ID, g.N)})
	}
	return options
}

// goalStanding says how a goal does, on a day.
func (c cast) goalStanding(e *Exchange, g exchange.Goal, today calendar.Date) string {
	switch g.State {
	case exchange.GoalClaimed:
		return "done, says " + c.labs[g.Giver] + "; " + c.labs[g.Receiver] + " has not confirmed it yet"
	case exchange.GoalVerified:
		return "done, confirmed by " + c.labs[g.Receiver]
	case exchange.GoalDropped:
		return "dropped"
	case exchange.GoalOpen:
	}
	how := "open"
	if e.State == exchange.Closed {
		return "left open"
	}
	switch g.Status {
	case exchange.OnTrack:
		how = "on track"
	case exchange.AtRisk:
		how = "at risk"
	case exchange.Blocked:
		how = "blocked"
		if label := obstacleLabel(g.Obstacle); label != "" {
			how = "blocked: " + label
		}
	}
	if g.Health(today) == exchange.Overdue {
		how += ", past its day"
	}
	return how
}

// goalObstacles are what may be in the way of a goal, as people choose it. The
// values are kept; the labels may be reworded.
var goalObstacles = []chat.Option{
	{Label: "Access or accounts", Value: "access"},
	{Label: "Compute", Value: "compute"},
	{Label: "Data", Value: "data"},
	{Label: "A contract, licence or other legal question", Value: "legal"},
	{Label: "A safety review", Value: "safety"},
	{Label: "Clearance to publish", Value: "publication"},
	{Label: "Somebody's time", Value: "time"},
	{Label: "Somebody has left", Value: "left"},
	{Label: "A technical dead end", Value: "technical"},
	{Label: "Something else", Value: "other"},
}

// obstacleLabel is how a kept obstacle is called; "" if none is known.
func obstacleLabel(value string) string {
	i := slices.IndexFunc(goalObstacles, func(o chat.Option) bool { return o.Value == value })
	if i < 0 {
		return ""
	}
	return goalObstacles[i].Label
}

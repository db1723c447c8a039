package bot

import (
	"errors"
	"fmt"
	"maps"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// Who visits whom, as people choose it.
const (
	visitorMe   = "me"
	visitorThem = "them"
)

// planButton leads from an introduction to an exchange.
func planButton(m *Match) chat.Button {
	return chat.Button{Label: "Plan an exchange", Ref: chat.Ref{Route: "exchange.plan", ID: m.ID}}
}

// propose offers to plan an exchange with one person.
func (rq *request) propose() (chat.Message, error) {
	person, err := rq.personByName(chat.CleanLine(rq.args["person"]))
	if err != nil {
		return chat.Message{}, err
	}
	matches, err := rq.newest()
	if err != nil {
		return chat.Message{}, err
	}
	for _, m := range matches {
		if m.other(rq.me.ID) != person.ID || !m.introducedOnce() {
			continue
		}
		if _, _, err := rq.plannable(m.ID); err != nil {
			return chat.Message{}, err
		}
		return chat.Message{
			Title: "An exchange with " + person.Name,
			Body:  []chat.Text{chat.T("First when and who visits, then one goal in each direction, one question at a time. ", firstName(person.Name), " sees nothing before you have sent it.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Begin", Ref: planButton(m).Ref, Tone: chat.Main})},
		}, nil
	}
	return chat.Message{}, denied("An exchange is planned by two people whom I have introduced, and you and %s have not been. Ask them first: match find and a topic.", rq.orThem(person))
}

// introducedOnce reports whether the two of a match said yes to each other.
func (m *Match) introducedOnce() bool { return m.State == Introduced || m.State == Closed }

// choosePartner lists whom an exchange can be planned with.
func (rq *request) choosePartner() (chat.Message, error) {
	matches, err := rq.newest()
	if err != nil {
		return chat.Message{}, err
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "exchange.plan"}, Hint: "With whom?"}
	listed := map[string]bool{}
	for _, m := range matches {
		if !m.introducedOnce() || listed[m.other(rq.me.ID)] || len(menu.Options) == chat.MaxOptions {
			continue
		}
		name, err := rq.nameIn(m)
		if err != nil {
			return chat.Message{}, err
		}
		listed[m.other(rq.me.ID)] = true
		menu.Options = append(menu.Options, chat.Option{Label: clip(name, chat.MaxOptionText), Value: m.ID})
	}
	if len(menu.Options) == 0 {
		return chat.Message{
			Title: "First meet somebody",
			Body:  []chat.Text{chat.T("An exchange is planned by two people whom I have introduced. You have not been introduced to anybody yet.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Look for somebody", Ref: chat.Ref{Route: "match.new"}, Tone: chat.Main})},
		}, nil
	}
	return chat.Message{
		Title: "Plan an exchange",
		Body:  []chat.Text{chat.T("A visit with goals in both directions, planned with somebody whom I have introduced to you.")},
		Rows:  []chat.Row{chat.NewMenu(menu)},
	}, nil
}

// plannable is a match of the person's and the other one, if the two can plan an
// exchange.
func (rq *request) plannable(id string) (*Match, *Person, error) {
	m, err := load[*Match](rq.tx, KindMatch, id)
	if errors.Is(err, errNotFound) {
		return nil, nil, denied("This is no longer kept here, so nothing was done. Type exchange propose to begin again.")
	}
	if err != nil {
		return nil, nil, err
	}
	if err := rq.may(Settle, m.object(m.Asker, m.Asked), "This is between two other people. Nothing has changed."); err != nil {
		return nil, nil, err
	}
	if !m.introducedOnce() {
		return nil, nil, denied("You two are not introduced, so there is nobody to plan an exchange with yet. Type match list to see what is open.")
	}
	other, err := load[*Person](rq.tx, KindPerson, m.other(rq.me.ID))
	switch {
	case errors.Is(err, errNotFound):
		return nil, nil, denied("They are no longer here. Type exchange propose to see with whom you can plan an exchange.")
	case err != nil:
		return nil, nil, err
	case rq.me.Lab != "" && rq.me.Lab == other.Lab:
		return nil, nil, denied("You and %s are in the same lab now, and an exchange is between two labs.", firstName(other.Name))
	case apart(rq.me, other) || other.Paused.After(rq.now): // a block looks like a pause
		return nil, nil, denied("You two cannot plan an exchange at the moment. Type exchange propose to see with whom you can.")
	}
	return m, other, nil
}

// kindField asks what sort of exchange it is.
func kindField() chat.FormField {
	return chat.FormField{
		Name: "kind", Label: "What kind of exchange?", Required: true,
		Options: []chat.Option{
			{Label: "Short exchange: up to two weeks", Value: string(exchange.Short)},
			{Label: "Residency: weeks or months", Value: string(exchange.Residency)},
			{Label: "Sabbatical: more than half a year", Value: string(exchange.Sabbatical)},
			{Label: "Fellowship: a residency for open artefacts", Value: string(exchange.Fellowship)},
			{Label: "Remote: together without travel", Value: string(exchange.Remote)},
		},
	}
}

// datesFields ask for all of the terms but the goals.
func datesFields(other string) []chat.FormField {
	return []chat.FormField{
		kindField(),
		{
			Name: "visitor", Label: "Who visits whom?", Required: true,
			Options: []chat.Option{
				{Label: clip("I visit "+other, chat.MaxOptionText), Value: visitorMe},
				{Label: clip(capital(other)+" visits me", chat.MaxOptionText), Value: visitorThem},
			},
		},
		{Name: "from", Label: "First day", Hint: "For example 11 Jan 2027", Required: true, Max: 40},
		{Name: "to", Label: "Last day", Hint: "For example 19 Feb 2027", Required: true, Max: 40},
	}
}

// planForm is the first of two steps.
func (rq *request) planForm() (chat.Form, error) {
	form := chat.Form{Title: "An exchange, 1 of 2", Submit: "Next"}
	id := controlRef(rq.event).ID
	values := map[string]string{"kind": string(exchange.Residency), "visitor": visitorMe}
	draft, err := rq.draft()
	if err != nil {
		return chat.Form{}, err
	}
	match := id
	if draft != nil {
		maps.Copy(values, draft.Values)
		match = draft.Values[draftMatch]
	}
	_, other, err := rq.plannable(match)
	if err != nil {
		return chat.Form{}, err
	}
	form.Ref, form.Fields = chat.Ref{Route: "exchange.plan", ID: id}, datesFields(firstName(other.Name))
	return form.Fill(values), nil
}

// draftMatch names the match that a plan's draft is about.
const draftMatch = ".match"

func isDenied(err error) bool {
	var refusal *Denied
	return errors.As(err, &refusal)
}

// planProblems is what can be said of dates without knowing what day it is.
func planProblems(values map[string]string) []chat.Problem {
	var problems []chat.Problem
	for _, name := range []string{"from", "to"} {
		if chat.CleanLine(values[name]) == "" {
			problems = append(problems, chat.Problem{Field: name, Text: "Name a day, for example 11 Jan 2027."})
		}
	}
	return problems
}

// planBegun takes the first step.
func (rq *request) planBegun() (chat.Message, error) {
	id, _ := rq.control()
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft != nil {
		id = draft.Values[draftMatch]
	}
	m, other, err := rq.plannable(id)
	if err != nil {
		return chat.Message{}, err
	}
	if card, err := rq.plannedAlready(other); err != nil || card != nil {
		return orCard(card, err)
	}
	if draft, err = rq.keepDraft(chat.Ref{}); err != nil {
		return chat.Message{}, err
	}
	draft.Values[draftMatch] = m.ID
	if _, problems := rq.readDates(draft.Values, rq.me.party(), other.party()); len(problems) > 0 {
		return fixCard(problems, chat.Ref{Route: "exchange.plan", ID: draft.ID}), nil
	}
	return halfWay(draft, other), nil
}

// halfWay leads from the days of a plan to its goals, asked one by one or, where
// there is one in each direction, by a form.
func halfWay(draft *Draft, other *Person) chat.Message {
	row := chat.NewRow(chat.Button{Label: "Ask me one by one", Ref: chat.Ref{Route: "goal.begin", ID: draft.ID}, Tone: chat.Main})
	words := "one goal in each direction, so that both labs learn something. You can add more afterwards."
	if n := exchange.Kind(draft.Values["kind"]).Least(); n == 1 {
		row.Buttons = append(row.Buttons, chat.Button{Label: "Both in one form", Ref: chat.Ref{Route: "exchange.goals", ID: draft.ID}})
	} else {
		words = fmt.Sprintf("at least %d goals in each direction, for it lasts long. You can add more afterwards.", n)
	}
	row.Buttons = append(row.Buttons, chat.Button{Label: "Back", Ref: chat.Ref{Route: "exchange.plan", ID: draft.ID}})
	return chat.Message{
		Title: "Half way",
		Body:  []chat.Text{chat.T("I have noted that. What is left: ", words)},
		Rows:  []chat.Row{row},
		Note:  chat.T(firstName(other.Name), " sees nothing before you send it."),
	}
}

func orCard(card *chat.Message, err error) (chat.Message, error) {
	if err != nil || card == nil {
		return chat.Message{}, err
	}
	return *card, nil
}

// plannedAlready is the card of the terms that the two are agreeing on, nil if
// they are on none: whoever of them was quicker, there is one plan.
func (rq *request) plannedAlready(other *Person) (*chat.Message, error) {
	e, err := owner[*Exchange](rq.tx, openExchange(rq.me.ID, other.ID))
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	card, err := rq.app.exchangeCard(rq.tx, e, rq.me)
	card.Title = "You two are planning one already"
	return &card, err
}

// readDates reads the terms of the first step, without goals, and names what is
// wrong with them.
func (rq *request) readDates(values map[string]string, me, other exchange.Party) (exchange.Terms, []chat.Problem) {
	terms := exchange.Terms{Kind: exchange.Kind(chat.CleanLine(values["kind"])), Visitor: me, Host: other}
	if values["visitor"] == visitorThem {
		terms.Visitor, terms.Host = other, me
	}
	var problems []chat.Problem
	day := func(field string) calendar.Date {
		date, err := calendar.ParseDay(chat.CleanLine(values[field]), rq.today())
		if err != nil {
			problems = append(problems, chat.Problem{Field: field, Text: refusal(err).Error()})
		}
		return date
	}
	terms.From, terms.To = day("from"), day("to")
	if !terms.Kind.Known() {
		problems = append(problems, chat.Problem{Field: "kind", Text: "Choose what kind of exchange it is."})
	}
	if len(problems) == 0 {
		if err := errors.Join(exchange.CheckDates(terms.From, terms.To, rq.today()), terms.Kind.CheckLength(terms.From, terms.To)); err != nil {
			problems = append(problems, chat.Problem{Field: "days", Text: err.Error()})
		}
	}
	return terms, problems
}

// orThem is what somebody is called who may not have been introduced.
func (rq *request) orThem(p *Person) string {
	if p.showsName(false) {
		return p.Name
	}
	return "this person"
}

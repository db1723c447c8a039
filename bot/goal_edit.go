package bot

import (
	"maps"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// goalForm asks for one goal. Its direction is asked for a new one only.
func (rq *request) goalForm() (chat.Form, error) {
	form := chat.Form{Ref: chat.Ref{Route: "goal.edit", ID: controlRef(rq.event).ID}, Title: "A goal", Submit: "Send", Fields: goalFields(false)}
	ed, err := rq.termsEdit()
	if err != nil {
		return chat.Form{}, err
	}
	values := map[string]string{}
	if i := goalPlace(ed); i >= 0 {
		p := ed.exchange.Terms.Goals[i]
		form.Fields = goalFields(true)
		values["text"], values["due"], values["shown"] = p.Text, p.Due.String(), p.Shown
	}
	if ed.draft != nil {
		maps.Copy(values, ed.draft.Values)
	}
	return form.Fill(values), nil
}

// goalPlace is where the goal of a form stands in the terms; -1 for a new one.
func goalPlace(ed termsEdit) int {
	return slices.IndexFunc(ed.exchange.Terms.Goals, func(p exchange.Pledge) bool { return p.N == ed.goal })
}

func goalFields(known bool) []chat.FormField {
	fields := []chat.FormField{
		{Name: "text", Label: "What can the receiving lab do afterwards?", Hint: "One sentence", Long: true, Required: true, Max: exchange.MaxText},
		{Name: "due", Label: "By which day?", Hint: "For example 5 Feb 2027", Required: true, Max: 40},
	}
	fields = append(fields, chat.FormField{Name: "shown", Label: "What will show it?", Hint: "For example: one run by them, without us", Max: exchange.MaxShown})
	if known {
		return fields
	}
	return append(fields, chat.FormField{
		Name: "way", Label: "Who passes it on?", Required: true, Value: wayGive,
		Options: []chat.Option{{Label: "My lab, to theirs", Value: wayGive}, {Label: "Their lab, to mine", Value: wayGet}},
	})
}

// goalProblems is what can be said of a goal without knowing what day it is.
func goalProblems(values map[string]string) []chat.Problem {
	problems := textProblems("text", values["text"])
	if chat.CleanLine(values["due"]) == "" {
		problems = append(problems, chat.Problem{Field: "due", Text: "Name a day, for example 5 Feb 2027."})
	}
	return problems
}

// changeGoal puts terms with another goal, or one more, on the table.
func (rq *request) changeGoal() (chat.Message, error) {
	ed, err := rq.termsEdit()
	if err != nil {
		return chat.Message{}, err
	}
	values := map[string]string{}
	if ed.draft != nil {
		maps.Copy(values, ed.draft.Values)
	}
	maps.Copy(values, rq.args)
	return rq.putGoal(ed, values)
}

// putGoal reads a goal into the terms and puts them on the table.
func (rq *request) putGoal(ed termsEdit, values map[string]string) (chat.Message, error) {
	next := ed.exchange.Terms
	next.Goals = slices.Clone(next.Goals)
	p := exchange.Pledge{Giver: rq.me.Lab, Receiver: ed.exchange.other(rq.me.ID).Lab}
	if values["way"] == wayGet {
		p.Giver, p.Receiver = p.Receiver, p.Giver
	}
	i := goalPlace(ed)
	switch {
	case i >= 0:
		p = next.Goals[i]
	case ed.goal != 0:
		return chat.Message{}, denied("That goal is no longer part of the terms, so nothing was changed. Type exchange show to see them.")
	}
	if _, err := ed.exchange.Seat(ed.exchange.partyOf(rq.me)); err != nil {
		return chat.Message{}, dealt(err)
	}
	if shown := chat.CleanLine(values["shown"]); shown != "" {
		p.Shown = shown
	}
	p, problem := rq.readGoal(next, p, values["text"], values["due"])
	if problem != nil {
		return rq.changeTo(ed, next, []chat.Problem{*problem}, "goal.edit")
	}
	if i >= 0 {
		next.Goals[i] = p
	} else {
		next.Goals = append(next.Goals, p)
		next.OneWay = stillOneWay(next)
	}
	return rq.changeTo(ed, next, nil, "goal.edit")
}

// stillOneWay is the reason for goals in one direction, while there are none in
// the other one.
func stillOneWay(t exchange.Terms) string {
	for _, way := range t.Ways() {
		if !slices.ContainsFunc(t.Goals, func(p exchange.Pledge) bool { return p.Way() == way }) {
			return t.OneWay
		}
	}
	return ""
}

// oneWayForm asks why goals go one way only.
func oneWayForm() turnForm {
	return turnForm{
		route: "exchange.oneway", title: "Goals one way only", submit: "Send",
		fields: []chat.FormField{
			{Name: "why", Label: "Why does only one lab learn something?", Hint: "It is shown in every report; both leads sign it", Long: true, Required: true, Max: exchange.MaxOneWay},
			{Name: "way", Label: "Which goals stay?", Required: true, Value: wayGive, Options: []chat.Option{{Label: "My lab's, to theirs", Value: wayGive}, {Label: "Their lab's, to mine", Value: wayGet}}},
		},
	}
}

// oneWay proposes goals in one direction, which the leads of both labs sign.
func (rq *request) oneWay() (chat.Message, error) {
	e, card, err := oneWayForm().sent(rq, func(e *Exchange, values map[string]string, _ calendar.Date) error {
		next, err := rq.app.seated(rq.tx, e.Terms)
		if err != nil {
			return err
		}
		e.Terms.HomeLead, e.Terms.HostLead = next.HomeLead, next.HostLead // named since it was proposed
		next.OneWay = chat.CleanLine(values["why"])
		next.Goals = slices.DeleteFunc(slices.Clone(next.Goals), func(p exchange.Pledge) bool {
			return (p.Giver == rq.me.Lab) != (values["way"] == wayGive)
		})
		return e.Change(e.partyOf(rq.me), e.Version, next, rq.today(), rq.now)
	})
	if err != nil || card != nil {
		return orCard(card, err)
	}
	other, err := rq.partner(e)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.putTerms(e, other)
}

// removeGoal puts terms without a goal on the table.
func (rq *request) removeGoal() (chat.Message, error) {
	press, _ := rq.event.Input.(chat.Press)
	if len(press.Values) != 1 {
		return chat.Message{}, denied("Choose the goal from the list. exchange show leads to it.")
	}
	ed, err := rq.termsEdit()
	if err != nil {
		return chat.Message{}, err
	}
	i := goalPlace(ed)
	if i < 0 || ed.version != ed.exchange.Version {
		return rq.present(ed.exchange, "The terms have changed since", "Nothing was taken out. These are the terms as they stand now:")
	}
	other, err := rq.partner(ed.exchange)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.noOtherTalk(ed.exchange); err != nil {
		return chat.Message{}, err
	}
	next := ed.exchange.Terms
	next.Goals = slices.Delete(slices.Clone(next.Goals), i, i+1)
	if err := ed.exchange.Change(ed.exchange.partyOf(rq.me), ed.version, next, rq.today(), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(ed.exchange)
	if ed.exchange.State.Binding() {
		return rq.amended(ed.exchange)
	}
	return rq.putTerms(ed.exchange, other)
}

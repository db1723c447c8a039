package bot

import (
	"maps"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// planGoals is the second step.
func (rq *request) planGoals() (chat.Form, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Form{}, err
	}
	form := chat.Form{
		Ref: chat.Ref{Route: "exchange.goals", ID: controlRef(rq.event).ID}, Title: "An exchange, 2 of 2", Submit: "Send",
		Fields: []chat.FormField{
			{Name: "give", Label: "What does your lab pass on to theirs?", Hint: "One sentence: what they can do afterwards without you", Long: true, Required: true, Max: exchange.MaxText},
			{Name: "giveby", Label: "By which day?", Hint: "For example 5 Feb 2027", Required: true, Max: 40},
			{Name: "get", Label: "What does their lab pass on to yours?", Hint: "One sentence: what you can do afterwards without them", Long: true, Required: true, Max: exchange.MaxText},
			{Name: "getby", Label: "By which day?", Hint: "For example 19 Feb 2027", Required: true, Max: 40},
		},
	}
	if draft == nil {
		return form, nil
	}
	return form.Fill(draft.Values), nil
}

// planGoalProblems is what can be said of goals without knowing what day it is.
func planGoalProblems(values map[string]string) []chat.Problem {
	problems := append(textProblems("give", values["give"]), textProblems("get", values["get"])...)
	for _, name := range []string{"giveby", "getby"} {
		if chat.CleanLine(values[name]) == "" {
			problems = append(problems, chat.Problem{Field: name, Text: "Name a day, for example 5 Feb 2027."})
		}
	}
	return problems
}

func textProblems(field, text string) []chat.Problem {
	if err := exchange.CheckText(chat.CleanLine(text)); err != nil {
		return []chat.Problem{{Field: field, Text: err.Error()}}
	}
	return nil
}

// planDone takes the second step and puts the terms to the other one.
func (rq *request) planDone() (chat.Message, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil {
		return chat.Message{}, denied("The first step is no longer here: it is kept for a week. Type exchange propose to begin again.")
	}
	match := draft.Values[draftMatch]
	m, other, err := rq.plannable(match)
	if err != nil {
		return chat.Message{}, err
	}
	if card, err := rq.plannedAlready(other); err != nil || card != nil {
		return orCard(card, err)
	}
	values := maps.Clone(draft.Values)
	maps.Copy(values, rq.args)
	terms, problems := rq.readDates(values, rq.me.party(), other.party())
	step := "exchange.plan"
	if len(problems) == 0 {
		step = "exchange.goals"
		terms.Goals, problems = rq.readGoals(values, terms, other)
	}
	if len(problems) > 0 {
		if _, err := rq.keepDraft(chat.Ref{}); err != nil {
			return chat.Message{}, err
		}
		draft.Values[draftMatch] = match
		return fixCard(problems, chat.Ref{Route: step, ID: draft.ID}), nil
	}
	rq.tx.remove(draft.Ref())
	return rq.sendTerms(m, terms, other, draft.Values[draftContinues])
}

// readGoals reads one goal in each direction and names what is wrong with them.
func (rq *request) readGoals(values map[string]string, terms exchange.Terms, other *Person) ([]exchange.Pledge, []chat.Problem) {
	var goals []exchange.Pledge
	var problems []chat.Problem
	for n := range terms.Kind.Least() {
		for _, way := range []string{wayGive, wayGet} {
			field := goalField(way, n)
			p := exchange.Pledge{Giver: rq.me.Lab, Receiver: other.Lab, Shown: chat.CleanLine(values[field+"shown"])}
			if way == wayGet {
				p.Giver, p.Receiver = p.Receiver, p.Giver
			}
			p, problem := rq.readGoal(terms, p, values[field], values[field+"by"])
			if problem != nil {
				if problem.Field == "due" {
					field += "by"
				}
				problems = append(problems, chat.Problem{Field: field, Text: problem.Text})
			}
			goals = append(goals, p)
		}
	}
	return goals, problems
}

// readGoal takes text and day into a goal of terms, or says what is wrong with
// them, by the fields "text" and "due".
func (rq *request) readGoal(terms exchange.Terms, p exchange.Pledge, text, due string) (exchange.Pledge, *chat.Problem) {
	p.Text = chat.CleanLine(text)
	day, err := calendar.ParseDay(chat.CleanLine(due), rq.today())
	if err != nil {
		return p, &chat.Problem{Field: "due", Text: refusal(err).Error()}
	}
	p.Due = day
	if err := terms.CheckGoal(p); err != nil {
		field := "text"
		if exchange.CheckText(p.Text) == nil {
			field = "due"
		}
		return p, &chat.Problem{Field: field, Text: err.Error()}
	}
	return p, nil
}

// sendTerms proposes an exchange and has the other one told. It is the one way in:
// whatever leads to an exchange ends here. continues is the exchange that it
// follows on, "" for none.
func (rq *request) sendTerms(m *Match, terms exchange.Terms, other *Person, continues string) (chat.Message, error) {
	terms, err := rq.app.seated(rq.tx, terms)
	if err != nil {
		return chat.Message{}, err
	}
	deal, err := exchange.Propose(terms, rq.me.party(), rq.today(), rq.now)
	if err != nil {
		return chat.Message{}, dealt(err)
	}
	id, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	e := &Exchange{ID: id, Match: m.ID, At: rq.now, Continues: continues, Exchange: *deal}
	m.Planned = rq.now
	rq.tx.put(e, m)
	return rq.putTerms(e, other)
}

// putTerms has the other one told of terms that the person put on the table.
func (rq *request) putTerms(e *Exchange, other *Person) (chat.Message, error) {
	rq.app.tell(rq.tx, other, Delivery{Notice: numbered(noticeTerms, e.Version), Subject: e.Ref()})
	return rq.app.exchangeCard(rq.tx, e, rq.me)
}

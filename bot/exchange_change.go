package bot

import (
	"errors"
	"maps"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// draftTerms names the terms that a draft changes: exchange, version and, for a
// goal, its number, as a control does; 0 is a new goal.
const draftTerms = ".terms"

// Directions of a goal, as the person sees them.
const (
	wayGive = "give"
	wayGet  = "get"
)

// whatToChange offers the parts of the terms that can be changed.
func (rq *request) whatToChange() (chat.Message, error) {
	e, _, err := rq.pressed(Edit)
	if err != nil {
		return chat.Message{}, err
	}
	if !changes(e) {
		return rq.present(e, "It can no longer be changed", "These terms are fixed. This is how it stands:")
	}
	c, err := rq.app.cast(rq.tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	edit := chat.Menu{Ref: chat.Ref{Route: "goal.edit"}, Hint: "Change a goal"}
	for _, p := range e.Terms.Goals {
		edit.Options = append(edit.Options, chat.Option{Label: clip(c.way(p.Way())+": "+p.Text, chat.MaxOptionText), Value: joinID(e.ID, e.Version, p.N)})
	}
	remove := chat.Menu{Ref: chat.Ref{Route: "goal.remove"}, Hint: "Take a goal out", Options: edit.Options}
	card := chat.Message{
		Title: "What should change?",
		Body:  []chat.Text{chat.T("Whatever you change, ", c.first(e.other(rq.me.ID)), " is asked to agree to the new terms. Until then nothing is agreed.")},
	}
	first := []chat.Button{step(e, "Days, kind, who visits", "exchange.dates", e.Version), step(e, "Add a goal", "goal.for")}
	if e.State == exchange.Active {
		card.Body = []chat.Text{chat.T("Whatever you change, everybody who signed is asked again. Until all of them have signed, what is agreed holds.")}
		first = []chat.Button{step(e, "The last day", "exchange.extend", e.Version), first[1]}
	}
	if e.State.Open() {
		first = append(first, step(e, "Goals one way only", "exchange.oneway", e.Version))
	}
	card.Rows = []chat.Row{chat.NewRow(first...)}
	if len(edit.Options) > 0 {
		card.Rows = append(card.Rows, chat.NewMenu(edit), chat.NewMenu(remove))
	}
	return card, nil
}

// changes reports whether the terms of an exchange can be changed now, or others
// proposed that replace them.
func changes(e *Exchange) bool {
	return e.State.Open() || e.State == exchange.Scheduled || e.State == exchange.NotStarted || e.State == exchange.Active
}

// termsEdit is what a form about terms is about.
type termsEdit struct {
	exchange *Exchange
	version  int // as the person saw it
	goal     int // 0 for a new one
	draft    *Draft
	about    string // as draftTerms keeps it
}

// termsEdit reads the control, which names terms or a draft about them. The
// exchange is the person's.
func (rq *request) termsEdit() (termsEdit, error) {
	ed := termsEdit{about: controlRef(rq.event).ID}
	draft, err := rq.draft()
	if err != nil {
		return ed, err
	}
	if draft != nil {
		ed.draft, ed.about = draft, draft.Values[draftTerms]
	}
	id, numbers := splitID(ed.about)
	ed.exchange, err = rq.exchange(id, Edit)
	ed.version = version(numbers)
	if len(numbers) > 1 {
		ed.goal = numbers[1]
	}
	return ed, err
}

// keepTerms keeps what was typed into a form about terms that cannot be taken as it is.
func (rq *request) keepTerms(ed termsEdit, problems []chat.Problem, form string) (chat.Message, error) {
	draft, err := rq.keepDraft(chat.Ref{})
	if err != nil {
		return chat.Message{}, err
	}
	numbers := []int{ed.exchange.Version, ed.goal}
	draft.Values[draftTerms] = joinID(ed.exchange.ID, numbers...)
	return fixCard(problems, chat.Ref{Route: form, ID: draft.ID}), nil
}

// datesForm asks for the terms but the goals.
func (rq *request) datesForm() (chat.Form, error) {
	form := chat.Form{Ref: chat.Ref{Route: "exchange.dates", ID: controlRef(rq.event).ID}, Title: "Change the exchange", Submit: "Send", Fields: datesFields("the other one")}
	ed, err := rq.termsEdit()
	if err != nil {
		return chat.Form{}, err
	}
	c, err := rq.app.cast(rq.tx, ed.exchange)
	if err != nil {
		return chat.Form{}, err
	}
	t := ed.exchange.Terms
	form.Fields = datesFields(c.first(ed.exchange.other(rq.me.ID)))
	values := map[string]string{"kind": string(t.Kind), "visitor": visitorThem, "from": t.From.String(), "to": t.To.String()}
	if t.Visitor.Person == rq.me.ID {
		values["visitor"] = visitorMe
	}
	if ed.draft != nil {
		maps.Copy(values, ed.draft.Values)
	}
	return form.Fill(values), nil
}

// changeDates puts terms with other days, kind or visitor on the table.
func (rq *request) changeDates() (chat.Message, error) {
	ed, err := rq.termsEdit()
	if err != nil {
		return chat.Message{}, err
	}
	was := ed.exchange.Terms
	next, problems := rq.readDates(rq.args, ed.exchange.partyOf(rq.me), ed.exchange.other(rq.me.ID))
	next.Goals, next.OneWay = movedAlong(was, next.From), was.OneWay
	next.HomeLead, next.HostLead = was.HomeLead, was.HostLead
	if next.Visitor != was.Visitor {
		next.HomeLead, next.HostLead = was.HostLead, was.HomeLead
	}
	return rq.changeTo(ed, next, problems, "exchange.dates")
}

// movedAlong are the goals of terms for another first day: what would be due
// before it moves by as much as the day does, so that a visit can be put off
// without touching every goal.
func movedAlong(was exchange.Terms, from calendar.Date) []exchange.Pledge {
	goals := slices.Clone(was.Goals)
	if from.IsZero() {
		return goals
	}
	for i := range goals {
		if goals[i].Due.Compare(from) < 0 {
			goals[i].Due = goals[i].Due.AddDays(was.From.DaysUntil(from))
		}
	}
	return goals
}

// changeTo puts changed terms on the table; what is wrong with them goes back
// to the form that they came from.
func (rq *request) changeTo(ed termsEdit, next exchange.Terms, problems []chat.Problem, form string) (chat.Message, error) {
	e := ed.exchange
	other, err := rq.partner(e)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.noOtherTalk(e); err != nil {
		return chat.Message{}, err
	}
	if len(problems) == 0 {
		err := e.Change(e.partyOf(rq.me), ed.version, next, rq.today(), rq.now)
		if refused(err, exchange.NotNow) || refused(err, exchange.Moved) || refused(err, exchange.NotYours) {
			return chat.Message{}, dealt(err)
		}
		if err != nil {
			problems = append(problems, chat.Problem{Field: "terms", Text: err.Error()})
		}
	}
	if len(problems) > 0 {
		return rq.keepTerms(ed, problems, form)
	}
	if ed.draft != nil {
		rq.tx.remove(ed.draft.Ref())
	}
	rq.tx.put(e)
	if e.State.Binding() {
		return rq.amended(e)
	}
	return rq.putTerms(e, other)
}

// noOtherTalk refuses to open terms again while the two agree on other ones.
func (rq *request) noOtherTalk(e *Exchange) error {
	if e.State.Open() || e.State != exchange.Scheduled {
		return nil
	}
	_, err := owner[*Exchange](rq.tx, openExchange(e.Terms.Visitor.Person, e.Terms.Host.Person))
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return denied("You two are agreeing on another exchange at the moment. Settle that one first; exchange show lists both.")
}

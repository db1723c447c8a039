package bot

import (
	"errors"
	"maps"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// turnForm is a form about one step of an exchange.
type turnForm struct {
	route, title, submit string
	fields               []chat.FormField
	day                  string // the field that is a day, if one is
}

// open shows the form.
func (f turnForm) open(rq *request) (chat.Form, error) {
	form := chat.Form{Ref: chat.Ref{Route: f.route, ID: controlRef(rq.event).ID}, Title: f.title, Submit: f.submit, Fields: f.fields}
	draft, _, _, err := rq.formTurn()
	if err != nil || draft == nil {
		return form, err
	}
	return form.Fill(draft.Values), nil
}

// formTurn is the exchange of a form, with what was typed about it before, if
// anything, and the terms that it was opened on.
func (rq *request) formTurn() (draft *Draft, e *Exchange, about string, err error) {
	about = controlRef(rq.event).ID
	if draft, err = rq.draft(); err != nil {
		return nil, nil, "", err
	}
	if draft != nil {
		about = draft.Values[draftTerms]
	}
	id, _ := splitID(about)
	e, err = rq.exchange(id, Settle)
	return draft, e, about, err
}

// sent reads what a form about a step was sent with, and which exchange it is
// about. What was typed is kept where it cannot be taken as it is.
func (f turnForm) sent(rq *request, do func(e *Exchange, values map[string]string, date calendar.Date) error) (*Exchange, *chat.Message, error) {
	draft, e, about, err := rq.formTurn()
	if err != nil {
		return nil, nil, err
	}
	_, numbers := splitID(about)
	values := map[string]string{}
	if draft != nil {
		maps.Copy(values, draft.Values)
	}
	maps.Copy(values, rq.args)
	var date calendar.Date
	var problem error
	if f.day != "" {
		date, problem = calendar.ParseDay(chat.CleanLine(values[f.day]), rq.today())
	}
	if problem == nil {
		if len(numbers) > 0 && numbers[0] != e.Version {
			card, err := rq.present(e, "The terms have changed since", "Nothing was saved. This is how it stands now:")
			return e, &card, err
		}
		problem = do(e, values, date)
	}
	switch {
	case problem == nil:
		if draft != nil {
			rq.tx.remove(draft.Ref())
		}
		rq.tx.put(e)
		return e, nil, nil
	case !refused(problem, exchange.BadDates) && !refused(problem, exchange.BadText) && f.day == "" || refused(problem, exchange.NotNow) || refused(problem, exchange.NotYours) || refused(problem, exchange.Moved):
		return nil, nil, dealt(problem)
	}
	if draft, err = rq.keepDraft(chat.Ref{}); err != nil {
		return nil, nil, err
	}
	draft.Values[draftTerms] = about
	card := fixCard([]chat.Problem{{Field: f.about(problem), Text: refusal(problem).Error()}}, chat.Ref{Route: f.route, ID: draft.ID})
	return e, &card, nil
}

// about is the label of the field that a problem is about: what was written, or
// the first.
func (f turnForm) about(problem error) string {
	for _, field := range f.fields {
		if field.Long && refused(problem, exchange.BadText) {
			return field.Label
		}
	}
	return f.fields[0].Label
}

func pauseForm() turnForm {
	return turnForm{
		route: "exchange.pause", title: "Pause it", submit: "Pause", day: "until",
		fields: []chat.FormField{
			{Name: "until", Label: "On which day does it go on?", Hint: "For example 1 Mar 2027; 90 days at most", Required: true, Max: 40},
			{Name: "moves", Label: "What about the days of open goals?", Required: true, Value: "move", Options: []chat.Option{
				{Label: "They move along", Value: "move"}, {Label: "They stay", Value: "stay"},
			}},
		},
	}
}

// pauseVisit stops an exchange for a while.
func (rq *request) pauseVisit() (chat.Message, error) {
	e, card, err := pauseForm().sent(rq, func(e *Exchange, values map[string]string, until calendar.Date) error {
		return e.Pause(e.partyOf(rq.me), until, values["moves"] == "move", rq.today(), rq.now)
	})
	if err != nil || card != nil {
		return orCard(card, err)
	}
	if err := rq.tellOthers(e, noticeVisitPaused); err != nil {
		return chat.Message{}, err
	}
	pause, _ := e.Pausing()
	return rq.present(e, "Paused", "I tell the other one, and ask nothing until "+calendar.FormatDay(pause.Until)+". Then one tap of either of you goes on.")
}

func extendForm() turnForm {
	return turnForm{
		route: "exchange.extend", title: "Extend it", submit: "Ask the others", day: "to",
		fields: []chat.FormField{
			{Name: "to", Label: "The new last day", Hint: "For example 19 Mar 2027", Required: true, Max: 40},
			{Name: "moves", Label: "What about the days of open goals?", Required: true, Value: "stay", Options: []chat.Option{
				{Label: "They stay", Value: "stay"}, {Label: "They move along", Value: "move"},
			}},
		},
	}
}

// extend proposes a later last day, which everybody signs.
func (rq *request) extend() (chat.Message, error) {
	e, card, err := extendForm().sent(rq, func(e *Exchange, values map[string]string, to calendar.Date) error {
		next := e.Terms
		next.Goals = slices.Clone(next.Goals)
		if to.Compare(next.To) <= 0 {
			return &exchange.Refusal{Reason: exchange.BadDates, Sentence: "It lasts until " + calendar.FormatDay(next.To) + " already. Name a later day, or end it sooner with “End it now”."}
		}
		for i, p := range next.Goals {
			if g, ok := e.Goal(p.N); ok && values["moves"] == "move" && !g.Settled() && g.State != exchange.GoalClaimed {
				next.Goals[i].Due = p.Due.AddDays(next.To.DaysUntil(to))
			}
		}
		next.To = to
		return e.Change(e.partyOf(rq.me), e.Version, next, rq.today(), rq.now)
	})
	if err != nil || card != nil {
		return orCard(card, err)
	}
	return rq.amended(e)
}

// amended has those asked who are to sign other terms than those in force.
func (rq *request) amended(e *Exchange) (chat.Message, error) {
	if err := rq.app.tellSeats(rq.tx, e, e.WaitingNext(), numbered(noticeTerms, e.Next.Version)); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "Asked", "What is agreed holds until everybody has signed the change. Without an answer it is forgotten on "+rq.app.day(e.Next.Until(), rq.me)+".")
}

func handoverForm() turnForm {
	return turnForm{
		route: "exchange.handover", title: "Hand over", submit: "Hand over", day: "share",
		fields: []chat.FormField{
			{Name: "share", Label: "When does your own lab hear about it?", Hint: "For example 1 Mar 2027, in a talk or a note", Required: true, Max: 40},
			{Name: "where", Label: "Where are things, and what is unfinished?", Hint: "Or: nothing to hand over", Long: true, Required: true, Max: exchange.MaxWhere},
			{Name: "access", Label: "Your access, keys and copies of data there?", Required: true, Options: []chat.Option{
				{Label: "Removed", Value: string(exchange.AccessGone)}, {Label: "Some remains, on purpose", Value: string(exchange.AccessKept)}, {Label: "There was none", Value: string(exchange.AccessNone)},
			}},
		},
	}
}

// handOver takes what the visitor leaves.
func (rq *request) handOver() (chat.Message, error) {
	e, card, err := handoverForm().sent(rq, func(e *Exchange, values map[string]string, share calendar.Date) error {
		return e.HandOver(e.partyOf(rq.me), chat.CleanLine(values["where"]), exchange.Access(values["access"]), share, rq.now)
	})
	if err != nil || card != nil {
		return orCard(card, err)
	}
	if err := rq.tellOthers(e, noticeVisitHanded); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "Handed over", "I ask the host to look after it. It can be said anew until the exchange is completed.")
}

func objectForm() turnForm {
	return turnForm{
		route: "exchange.object", title: "Object", submit: "Object",
		fields: []chat.FormField{{Name: "why", Label: "What should be different?", Hint: "One line; both of them see it", Long: true, Required: true, Max: exchange.MaxText}},
	}
}

// object takes a lead's objection: the terms are talked about again.
func (rq *request) object() (chat.Message, error) {
	e, card, err := objectForm().sent(rq, func(e *Exchange, values map[string]string, _ calendar.Date) error {
		return e.Object(e.partyOf(rq.me), chat.CleanLine(values["why"]), rq.now)
	})
	if err != nil || card != nil {
		return orCard(card, err)
	}
	if err := rq.tellOthers(e, noticeObjected); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "Noted", "Both of them see what you said, and agree on the terms anew.")
}

func (rq *request) reopenForm() (chat.Form, error) {
	_, err := rq.reopenable()
	return chat.Form{
		Ref: controlRef(rq.event), Title: "Open it again", Submit: "Open it",
		Fields: []chat.FormField{{Name: "why", Label: "Why is it opened again?", Hint: "It stays with the exchange", Long: true, Required: true, Max: exchange.MaxText}},
	}, err
}

// reopenable is the exchange of a control, for an organiser.
func (rq *request) reopenable() (*Exchange, error) {
	if err := rq.may(Report, Object{Kind: KindExchange}, onlyOrganisers); err != nil {
		return nil, err
	}
	e, err := load[*Exchange](rq.tx, KindExchange, controlID(rq.event))
	if errors.Is(err, errNotFound) {
		return nil, denied(notHereExchange)
	}
	return e, err
}

// reopen opens a completed exchange again.
func (rq *request) reopen() (chat.Message, error) {
	e, err := rq.reopenable()
	if err != nil {
		return chat.Message{}, err
	}
	if err := e.Reopen(rq.me.ID, chat.CleanLine(rq.args["why"]), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.app.tellParties(rq.tx, e, noticeReopened); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{Title: "Opened again", Body: []chat.Text{chat.T("Both of them are told. It is completed again when its goals are settled, or by itself in three weeks.")}}, nil
}

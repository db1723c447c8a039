package bot

import (
	"errors"
	"maps"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

func evidenceRoutes() []route {
	return []route{
		{name: "evidence.list", show: chat.ShowPrivate, do: (*request).listEvidence, subject: KindExchange},
		{name: "evidence.open", show: chat.ShowPrivate, do: (*request).openPiece, subject: KindExchange},
		{name: "evidence.add", show: chat.ShowForm, form: (*request).pieceForm, subject: KindExchange},
		{name: "evidence.add.sent", show: chat.ShowPrivate, changes: true, do: (*request).addPiece},
		{name: "evidence.edit", show: chat.ShowForm, form: (*request).pieceForm, subject: KindExchange},
		{name: "evidence.edit.sent", show: chat.ShowPrivate, changes: true, do: (*request).editPiece},
		{name: "evidence.gate", show: chat.ShowForm, form: (*request).gateForm, subject: KindExchange},
		{name: "evidence.gate.sent", show: chat.ShowPrivate, changes: true, do: (*request).gatePiece},
		{name: "evidence.keep", show: chat.ShowInPlace, changes: true, do: (*request).keepPiece, subject: KindDraft},
		{name: "evidence.drop", show: chat.ShowInPlace, changes: true, do: (*request).dropPiece, subject: KindExchange},
		{name: "evidence.also", show: chat.ShowInPlace, changes: true, do: (*request).alsoShows, subject: KindExchange},
		{name: "evidence.confirm", show: chat.ShowInPlace, changes: true, do: confirmPiece(false), subject: KindExchange},
		{name: "evidence.ran", show: chat.ShowInPlace, changes: true, do: confirmPiece(true), subject: KindExchange},
		{name: "evidence.credit", show: chat.ShowPrivate, do: (*request).creditWhom, subject: KindExchange},
		{name: "evidence.whom", show: chat.ShowInPlace, do: (*request).creditWhom, subject: KindExchange},
		{name: "evidence.role", show: chat.ShowInPlace, changes: true, do: (*request).toggleRole, subject: KindExchange},
		{name: "evidence.who", show: chat.ShowForm, form: (*request).whoForm, subject: KindExchange},
		{name: "evidence.who.sent", show: chat.ShowPrivate, changes: true, do: (*request).creditNamed},
		{name: "evidence.paste", show: chat.ShowForm, form: (*request).pasteForm, subject: KindExchange},
		{name: "evidence.paste.sent", show: chat.ShowPrivate, do: (*request).lookOver},
		{name: "evidence.off", show: chat.ShowInPlace, changes: true, do: (*request).takeMeOff},
	}
}

// leaving is what a control about evidence is about: an exchange, what it left
// behind, and the numbers behind the exchange's id. values are what a form was
// sent with, over what is kept of it.
type leaving struct {
	e       *Exchange
	v       *Evidence
	about   string
	numbers []int
	draft   *Draft
	values  map[string]string
}

// leaving is what the control names, for somebody who may do something to the
// exchange. A draft stands for the control that it was begun from.
func (rq *request) leaving(verb Verb) (*leaving, error) {
	l := &leaving{about: controlRef(rq.event).ID, values: map[string]string{}}
	draft, err := rq.draft()
	if err != nil {
		return nil, err
	}
	if draft != nil {
		l.draft, l.about = draft, draft.Values[draftTerms]
		maps.Copy(l.values, draft.Values)
	}
	maps.Copy(l.values, rq.args)
	id, numbers := splitID(l.about)
	l.numbers = numbers
	if l.e, err = rq.exchange(id, verb); err != nil {
		return nil, err
	}
	l.v, err = rq.app.evidence(rq.tx, l.e)
	return l, err
}

// number is the i-th number of the control; -1 if it has none.
func (l *leaving) number(i int) int {
	if i >= len(l.numbers) {
		return -1
	}
	return l.numbers[i]
}

// piece is the piece of evidence that the control names.
func (l *leaving) piece() (*Piece, error) {
	i := l.v.piece(l.number(0))
	if i < 0 {
		return nil, denied("That piece of evidence was taken away. exchange show leads to what there is.")
	}
	return &l.v.Items[i], nil
}

// leavingPiece is leaving, with the piece that the control names.
func (rq *request) leavingPiece(verb Verb) (*leaving, *Piece, error) {
	l, err := rq.leaving(verb)
	if err != nil {
		return nil, nil, err
	}
	p, err := l.piece()
	return l, p, err
}

// kept writes what an exchange left behind.
func (rq *request) kept(l *leaving) {
	l.v.At = rq.now
	if l.draft != nil {
		rq.tx.remove(l.draft.Ref())
	}
	rq.tx.put(l.v)
}

// unsent keeps what was typed into a form that cannot be taken as it is, and
// leads back to it. What cannot be corrected is refused. A secret is not kept.
func (rq *request) unsent(l *leaving, route string, labels map[exchange.Reason]string, problem error) (chat.Message, error) {
	if isDenied(problem) {
		return chat.Message{}, problem
	}
	for _, reason := range []exchange.Reason{exchange.NotNow, exchange.NotYours, exchange.Moved, exchange.NoGoal, exchange.Twice} {
		if refused(problem, reason) {
			return chat.Message{}, dealt(problem)
		}
	}
	said, ok := asProblem("", dealt(problem))
	if !ok {
		said, ok = asProblem(labels[exchange.BadDates], refusal(problem))
	}
	if !ok {
		return chat.Message{}, problem
	}
	for reason, label := range labels {
		if refused(problem, reason) {
			said.Field = label
		}
	}
	if said.Field == "" {
		said.Field = labels[""]
	}
	draft, err := rq.begunForm(l, refused(problem, exchange.SecretLink))
	if err != nil {
		return chat.Message{}, err
	}
	card := fixCard([]chat.Problem{said}, chat.Ref{Route: route, ID: draft.ID})
	if refused(problem, exchange.SecretLink) {
		card.Note = chat.T("I have not kept what has the secret in it. Everything else that you typed is kept for a week.")
	}
	return card, nil
}

// begunForm keeps what was typed into a form about evidence, but for secrets.
func (rq *request) begunForm(l *leaving, secret bool) (*Draft, error) {
	if secret {
		rq.args = maps.Clone(rq.args)
		maps.DeleteFunc(rq.args, func(name, text string) bool { return name == "where" || exchange.HasSecret(text) })
	}
	draft, err := rq.keepDraft(chat.Ref{})
	if err != nil {
		return nil, err
	}
	draft.Values[draftTerms] = l.about
	if secret {
		delete(draft.Values, "where")
	}
	return draft, nil
}

// dayOr reads a day that may be left empty, or be over.
func (rq *request) dayOr(text string) (calendar.Date, error) {
	text = chat.CleanLine(text)
	if text == "" {
		return calendar.Date{}, nil
	}
	day, err := calendar.ParseDay(text, rq.today())
	if past := (*calendar.Refusal)(nil); errors.As(err, &past) && past.Reason == calendar.Past {
		return day, nil
	}
	return day, err
}

// options are choices of a form by their values and labels.
func options[T ~string](all []T, label func(T) string) []chat.Option {
	var found []chat.Option
	for _, value := range all {
		found = append(found, chat.Option{Label: capital(label(value)), Value: string(value)})
	}
	return found
}

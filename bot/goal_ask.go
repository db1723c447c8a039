package bot

import (
	"maps"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// A goal is asked for in one question after the other: what people at the
// receiving lab can do afterwards, what will show it, and by when. Each answer is
// kept in a draft at once; the last one puts the terms on the table.

// question is one of them. A control names the draft and the question's place.
type question struct {
	field string // of the draft
	kind  string // what it asks: way, can, shown, by
	gives bool   // whether the asker's lab gives
}

// The kinds of questions.
const (
	asksWay   = "way"
	asksCan   = "can"
	asksShown = "shown"
	asksBy    = "by"
)

// questions are those of a draft, in the order in which they are asked: for a
// plan, as many goals in each direction as its kind has at least; for terms that
// are there, one goal.
func questions(d *Draft) []question {
	if d.Values[draftTerms] != "" {
		gives := d.Values["way"] != wayGet
		return []question{{"way", asksWay, gives}, {"text", asksCan, gives}, {"shown", asksShown, gives}, {"due", asksBy, gives}}
	}
	var all []question
	for n := range exchange.Kind(d.Values["kind"]).Least() {
		for _, name := range []string{wayGive, wayGet} {
			field := goalField(name, n)
			all = append(all, question{field, asksCan, name == wayGive}, question{field + "shown", asksShown, name == wayGive}, question{field + "by", asksBy, name == wayGive})
		}
	}
	return all
}

// goalField names the n-th goal of one direction in a plan's draft.
func goalField(way string, n int) string {
	if n == 0 {
		return way
	}
	return joinID(way, n)
}

// measures are what may show a goal, as people choose it; what they choose, or
// write instead, is kept in these words.
func measures() []chat.Option {
	var options []chat.Option
	for _, words := range []string{
		"a run that they did alone", "something that is public", "a change in their own code", "a demo or a talk of theirs",
		"people who were trained", "a score that was reached", "a decision that they took",
	} {
		options = append(options, chat.Option{Label: words, Value: words})
	}
	return options
}

// askedDraft is the draft that the control names, and the question in it.
func (rq *request) askedDraft() (*Draft, int, error) {
	draft, err := rq.draft()
	if err != nil {
		return nil, 0, err
	}
	if draft == nil {
		return nil, 0, denied("What you had answered is no longer here: it is kept for a week. Type exchange propose to begin again.")
	}
	_, numbers := rq.control()
	if len(numbers) == 0 {
		return draft, 0, nil
	}
	if numbers[0] < 0 || numbers[0] >= len(questions(draft)) {
		return nil, 0, denied("There is no such question. Type exchange propose to begin again.")
	}
	return draft, numbers[0], nil
}

// beginAsking asks the first question of a plan whose days are known.
func (rq *request) beginAsking() (chat.Message, error) {
	draft, _, err := rq.askedDraft()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.askNext(draft)
}

// askGoalFor begins a goal for terms that are there.
func (rq *request) askGoalFor() (chat.Message, error) {
	e, _, err := rq.pressed(Edit)
	if err != nil {
		return chat.Message{}, err
	}
	if !changes(e) {
		return rq.present(e, "It can no longer be changed", "These terms are fixed. This is how it stands:")
	}
	id, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	draft := &Draft{ID: id, By: rq.me.ID, Values: map[string]string{draftTerms: joinID(e.ID, e.Version, 0)}, At: rq.now}
	rq.tx.put(draft, rq.me)
	return rq.askNext(draft)
}

// askNext puts the first question of a draft that has no answer; where all have one,
// it shows what was said.
func (rq *request) askNext(d *Draft) (chat.Message, error) {
	all := questions(d)
	i := slices.IndexFunc(all, func(q question) bool { return d.Values[q.field] == "" })
	if i < 0 {
		return rq.answered(d)
	}
	c, err := rq.askedLabs(d)
	if err != nil {
		return chat.Message{}, err
	}
	q := all[i]
	giver, receiver := c.mine, c.theirs
	if !q.gives {
		giver, receiver = receiver, giver
	}
	write := chat.Button{Label: "Answer", Ref: chat.Ref{Route: "goal.ask", ID: joinID(d.ID, i)}, Tone: chat.Main}
	card := chat.Message{Note: chat.T("One question at a time; each answer is kept for a week. Nobody else sees it before you send it.")}
	menu := chat.Menu{Ref: chat.Ref{Route: "goal.answer", ID: joinID(d.ID, i)}}
	switch q.kind {
	case asksWay:
		card.Title = "Who passes something on?"
		menu.Hint, menu.Options = "Choose the direction", []chat.Option{{Label: clip(c.mine+" to "+c.theirs, chat.MaxOptionText), Value: wayGive}, {Label: clip(c.theirs+" to "+c.mine, chat.MaxOptionText), Value: wayGet}}
		card.Rows = []chat.Row{chat.NewMenu(menu)}
		return card, nil
	case asksCan:
		card.Title = "What can people at " + receiver + " do afterwards, without " + giver + "?"
		card.Body = []chat.Text{chat.T("Begin with a verb, for example: ", chat.Code("run our evaluations on their own models"))}
		card.Rows = []chat.Row{chat.NewRow(write)}
		return card, nil
	case asksShown:
		card.Title = "What will show it?"
		menu.Hint, menu.Options = "What will show it?", measures()
	default:
		card.Title = "By which day?"
		menu.Hint, menu.Options = "Choose a day", c.days()
	}
	write.Label, write.Tone = "Write it myself", chat.Plain
	card.Body = []chat.Text{chat.T("People at ", receiver, " can ", chat.Strong(said(d, all, i)), " without ", giver, ".")}
	card.Rows = []chat.Row{chat.NewMenu(menu), chat.NewRow(write)}
	return card, nil
}

// said is what people can do, as it was said for the goal of a question.
func said(d *Draft, all []question, i int) string {
	for ; i >= 0; i-- {
		if all[i].kind == asksCan {
			return d.Values[all[i].field]
		}
	}
	return ""
}

// askedLabs are the labs and days that questions speak of.
type askedLabs struct {
	mine, theirs string
	from, to     calendar.Date
}

// days are the days that are offered for a goal: half-way, the last one, and a
// month after it.
func (l askedLabs) days() []chat.Option {
	var options []chat.Option
	for _, o := range []struct {
		what string
		day  calendar.Date
	}{
		{"The last day: ", l.to}, {"Half-way: ", l.from.AddDays(l.from.DaysUntil(l.to) / 2)}, {"A month after the end: ", l.to.AddDays(30)},
	} {
		options = append(options, chat.Option{Label: o.what + calendar.FormatDay(o.day), Value: o.day.String()})
	}
	return options
}

func (rq *request) askedLabs(d *Draft) (askedLabs, error) {
	var l askedLabs
	var other exchange.Party
	if about := d.Values[draftTerms]; about != "" {
		id, _ := splitID(about)
		e, err := rq.exchange(id, Edit)
		if err != nil {
			return l, err
		}
		other, l.from, l.to = e.other(rq.me.ID), e.Terms.From, e.Terms.To
	} else {
		_, person, err := rq.plannable(d.Values[draftMatch])
		if err != nil {
			return l, err
		}
		terms, _ := rq.readDates(d.Values, rq.me.party(), person.party())
		other, l.from, l.to = person.party(), terms.From, terms.To
	}
	var err error
	if l.mine, err = rq.app.lab(rq.tx, rq.me.Lab); err != nil {
		return l, err
	}
	l.theirs, err = rq.app.lab(rq.tx, other.Lab)
	return l, err
}

// askForm is the form behind one question: a single field.
func (rq *request) askForm() (chat.Form, error) {
	form := chat.Form{
		Ref: chat.Ref{Route: "goal.ask", ID: controlRef(rq.event).ID}, Title: "A goal", Submit: "Next",
		Fields: []chat.FormField{{Name: "answer", Label: "Your answer", Required: true, Max: exchange.MaxText, Long: true}},
	}
	draft, i, err := rq.askedDraft()
	if err != nil {
		return chat.Form{}, err
	}
	q := questions(draft)[i]
	field := &form.Fields[0]
	switch q.kind {
	case asksCan:
		field.Label, field.Hint = "What can they do afterwards?", "Begin with a verb: run our evaluations on their models"
	case asksShown:
		field.Label, field.Hint, field.Max = "What will show it?", "For example: one run by them, without us", exchange.MaxShown
	case asksBy:
		field.Label, field.Hint, field.Max, field.Long = "By which day?", "For example 5 Feb 2027", 40, false
	}
	return form.Fill(map[string]string{"answer": draft.Values[q.field]}), nil
}

// takeAnswer keeps the answer to one question, and asks the next.
func (rq *request) takeAnswer() (chat.Message, error) {
	draft, i, err := rq.askedDraft()
	if err != nil {
		return chat.Message{}, err
	}
	answer := chat.CleanLine(rq.args["answer"])
	if press, ok := rq.event.Input.(chat.Press); ok && len(press.Values) == 1 {
		answer = chat.CleanLine(press.Values[0])
	}
	q := questions(draft)[i]
	if problem := rq.answerProblem(draft, q, answer); problem != "" {
		draft.Values[q.field+"?"] = answer // kept for the correction; no answer yet
		rq.tx.put(draft)
		return fixCard([]chat.Problem{{Field: map[string]string{asksCan: "what they can do", asksShown: "what will show it", asksBy: "the day", asksWay: "the direction"}[q.kind], Text: problem}}, chat.Ref{Route: "goal.ask", ID: joinID(draft.ID, i)}), nil
	}
	delete(draft.Values, q.field+"?")
	draft.Values[q.field], draft.At = answer, rq.now
	rq.tx.put(draft)
	return rq.askNext(draft)
}

// answerProblem is what is wrong with an answer; "" if nothing is.
func (rq *request) answerProblem(d *Draft, q question, answer string) string {
	var err error
	switch q.kind {
	case asksCan:
		err = exchange.CheckText(answer)
	case asksShown:
		if err = exchange.CheckShown(answer); answer == "" {
			return "Name what will show it, for example: one run by them."
		}
	case asksWay:
		if answer != wayGive && answer != wayGet {
			return "Choose the direction from the list."
		}
	default:
		return rq.dayProblem(d, answer)
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// dayProblem is what is wrong with the day of a goal; "" if nothing is.
func (rq *request) dayProblem(d *Draft, answer string) string {
	date, err := calendar.ParseDay(answer, rq.today())
	if err != nil {
		return refusal(err).Error()
	}
	l, err := rq.askedLabs(d)
	if err != nil {
		return ""
	}
	kind := exchange.Kind(d.Values["kind"])
	if kind == "" {
		kind = exchange.Residency
	}
	terms := exchange.Terms{Kind: kind, Visitor: exchange.Party{Lab: "a"}, Host: exchange.Party{Lab: "b"}, From: l.from, To: l.to}
	if err := terms.CheckGoal(exchange.Pledge{Giver: "a", Receiver: "b", Text: "x", Due: date}); err != nil {
		return err.Error()
	}
	return ""
}

// answered shows what was said, to be sent or corrected.
func (rq *request) answered(d *Draft) (chat.Message, error) {
	l, err := rq.askedLabs(d)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{Title: "Shall I send this?", Note: chat.T("More goals can be added afterwards, by both of you.")}
	edit := chat.Menu{Ref: chat.Ref{Route: "goal.again", ID: d.ID}, Hint: "Correct an answer"}
	all := questions(d)
	for i, q := range all {
		giver, receiver := l.mine, l.theirs
		if !q.gives {
			giver, receiver = receiver, giver
		}
		if q.kind == asksCan {
			by, err := calendar.ParseDay(d.Values[all[i+2].field], rq.today())
			if err != nil {
				return chat.Message{}, refusal(err)
			}
			card.Body = append(card.Body, chat.T("By ", calendar.FormatDay(by), ", people at ", receiver, " can ", chat.Strong(d.Values[q.field]), " without ", giver, ", shown by ", chat.Strong(d.Values[all[i+1].field]), "."))
		}
		edit.Options = append(edit.Options, chat.Option{Label: clip(d.Values[q.field], chat.MaxOptionText), Value: joinID("q", i)})
	}
	card.Rows = []chat.Row{
		chat.NewRow(chat.Button{Label: "Send", Ref: chat.Ref{Route: "goal.send", ID: d.ID}, Tone: chat.Main}),
		chat.NewMenu(edit),
	}
	return card, nil
}

// askAgain takes one answer back, and asks its question anew.
func (rq *request) askAgain() (chat.Message, error) {
	press, _ := rq.event.Input.(chat.Press)
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	_, numbers := splitID(firstOr(press.Values, ""))
	if draft == nil || len(numbers) != 1 || numbers[0] < 0 || numbers[0] >= len(questions(draft)) {
		return chat.Message{}, denied("What you had answered is no longer here: it is kept for a week. Type exchange propose to begin again.")
	}
	delete(draft.Values, questions(draft)[numbers[0]].field)
	draft.At = rq.now
	rq.tx.put(draft)
	return rq.askNext(draft)
}

func firstOr(values []string, none string) string {
	if len(values) == 0 {
		return none
	}
	return values[0]
}

// sendGoals puts the terms on the table that were asked for.
func (rq *request) sendGoals() (chat.Message, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil {
		return chat.Message{}, denied("This was sent already, or it is no longer kept. exchange show lists your exchanges.")
	}
	if draft.Values[draftTerms] == "" {
		return rq.planDone()
	}
	ed, err := rq.termsEdit()
	if err != nil {
		return chat.Message{}, err
	}
	ed.version = ed.exchange.Version // a goal more fits beside whatever was changed meanwhile
	return rq.putGoal(ed, maps.Clone(draft.Values))
}

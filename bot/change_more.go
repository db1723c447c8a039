package bot

import (
	"strings"

	"interlab/bot/chat"
)

// topicsField is the field that asks for a talk's topics.
const topicsField = "topics"

func topicsInput() chat.FormField {
	return chat.FormField{Name: topicsField, Label: "Topics", Hint: "Separated by commas; people follow them", Max: maxWhere}
}

// moreForm asks for what does not fit into the form of changes.
func (rq *request) moreForm() (chat.Form, error) {
	form := chat.Form{Ref: controlRef(rq.event), Title: "Topics, link, language", Submit: "Save", Fields: []chat.FormField{topicsInput(), linkInput(), rq.app.languageInput()}}
	e, err := rq.editing("colloquium.more")
	if _, refused := asProblem("", err); refused {
		return form, nil // the submission says why; a form cannot
	}
	if err != nil {
		return form, err
	}
	form = form.Fill(map[string]string{topicsField: strings.Join(e.talk.Topics, ", "), linkField: linkValue(e.talk.Link), languageField: e.talk.Language.value()})
	if e.draft != nil {
		form = form.Fill(e.draft.Values)
	}
	return form, nil
}

func (rq *request) moreSent() (chat.Message, error) {
	e, err := rq.editing("colloquium.more")
	if err != nil {
		return chat.Message{}, err
	}
	if problems := termsProblems(rq.args, topicsField); len(problems) > 0 {
		draft, err := rq.keep(e, "colloquium.more")
		if err != nil {
			return chat.Message{}, err
		}
		return fixCard(problems, chat.Ref{Route: "colloquium.more", ID: draft.ID}), nil
	}
	c := e.talk
	c.Topics, c.Link = splitTopics(rq.arg(topicsField)), linkRuleOf(rq.args[linkField])
	c.Language = languageOf(rq.args[languageField])
	c.edited(rq.now)
	rq.tx.put(c)
	if e.draft != nil {
		rq.tx.remove(e.draft.Ref())
	}
	return chat.Message{Title: "Saved", Body: []chat.Text{chat.T("The link is for ", linkRules[c.Link].label, ". The cards in the channels show the rest within a few seconds.")}}, nil
}

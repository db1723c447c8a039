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
	e, err := rq.editing(moreRoute)
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
	e, err := rq.editing(moreRoute)
	if err != nil {
		return chat.Message{}, err
	}
	if problems := termsProblems(rq.args, topicsField); len(problems) > 0 {
		draft, err := rq.keep(e, moreRoute)
		if err != nil {
			return chat.Message{}, err
		}
		return fixCard(problems, chat.Ref{Route: moreRoute, ID: draft.ID}), nil
	}
	return rq.forWhich(e, moreRoute, rq.saveMore)
}

// saveMore keeps topics, link and language, which the cards show.
func (rq *request) saveMore(e editing, values map[string]string, _ bool) (chat.Message, error) {
	rq.takeMore(e.talk, values)
	rq.tx.put(e.talk)
	if e.draft != nil {
		rq.tx.remove(e.draft.Ref())
	}
	return chat.Message{Title: "Saved", Body: []chat.Text{chat.T("The link is for ", linkRules[e.talk.Link].label, ". The cards in the channels show the rest within a few seconds.")}}, nil
}

func (rq *request) takeMore(c *Colloquium, values map[string]string) {
	c.Topics, c.Link, c.Language = splitTopics(chat.Clean(values[topicsField])), linkRuleOf(values[linkField]), languageOf(values[languageField])
	c.edited(rq.now)
}

package bot

import (
	"fmt"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// madePage is how many artefacts a card lists.
const madePage = 8

// anyLab stands in a control for all labs.
const anyLab = "all"

func artefactsCommand() chat.Command {
	return chat.Command{
		Name: "artefacts", Summary: "What came of exchanges, open to all", Route: "artefacts.list", Example: "report artefacts lab:Curie",
		Args: []chat.Arg{{Name: "lab", Summary: "one lab only", Complete: true}},
	}
}

func artefactsPageRoutes() []route {
	return []route{
		{name: "artefacts.list", show: chat.ShowPrivate, do: (*request).listMade},
		{name: "artefacts.lab", show: chat.ShowInPlace, do: (*request).madeOfLab},
		{name: "artefacts.kind", show: chat.ShowInPlace, do: (*request).madeOfKind},
		{name: "artefacts.page", show: chat.ShowInPlace, do: (*request).morePage},
	}
}

// madeView is what a page of artefacts shows: of a lab by its id, of one kind,
// from a place in the list on.
type madeView struct {
	lab  string
	kind int // the place in exchange.Artefacts, from 1 on; 0 for all
	from int
}

// id is how a control carries it.
func (m madeView) id() string {
	lab := m.lab
	if lab == "" {
		lab = anyLab
	}
	return joinID(lab, m.kind, m.from)
}

// madeView is what the control carries.
func (rq *request) madeView() madeView {
	lab, numbers := rq.control()
	m := madeView{lab: lab}
	if lab == anyLab {
		m.lab = ""
	}
	if len(numbers) == 2 && numbers[0] >= 0 && numbers[0] <= len(exchange.Artefacts()) && numbers[1] >= 0 {
		m.kind, m.from = numbers[0], numbers[1]
	}
	return m
}

// listMade shows the first page, of all labs or the one that was named.
func (rq *request) listMade() (chat.Message, error) {
	var m madeView
	if name := chat.CleanLine(rq.args["lab"]); name != "" {
		lab, err := rq.findLab(name)
		if err != nil {
			return chat.Message{}, err
		}
		m.lab = lab.ID
	}
	return rq.madeCard(m)
}

func (rq *request) morePage() (chat.Message, error) { return rq.madeCard(rq.madeView()) }

func (rq *request) madeOfLab() (chat.Message, error) {
	press, _ := rq.event.Input.(chat.Press)
	m := madeView{kind: rq.madeView().kind, lab: firstOr(press.Values, anyLab)}
	if m.lab == anyLab {
		m.lab = ""
	}
	return rq.madeCard(m)
}

func (rq *request) madeOfKind() (chat.Message, error) {
	press, _ := rq.event.Input.(chat.Press)
	i := slices.Index(exchange.Artefacts(), exchange.Artefact(firstOr(press.Values, "")))
	return rq.madeCard(madeView{lab: rq.madeView().lab, kind: i + 1})
}

// madeCard is a page of artefacts with the ways to see others.
func (rq *request) madeCard(m madeView) (chat.Message, error) {
	all, err := rq.app.artefacts(rq.tx, m.lab)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{Title: "Open artefacts of the network", Note: chat.T("Declared by the labs, with an open licence and a place to follow. Nobody here has opened the links.")}
	if m.lab != "" {
		name, err := rq.app.lab(rq.tx, m.lab)
		if err != nil {
			return card, err
		}
		card.Title = "Open artefacts of " + name
	}
	kinds := kindOptions(all)
	if m.kind > 0 {
		what := exchange.Artefacts()[m.kind-1]
		card.Title += ": " + what.Label()
		all = slices.DeleteFunc(all, func(one Made) bool { return one.Type != what })
	}
	m.from = min(m.from, max(0, len(all)-1)/madePage*madePage)
	shown := all[m.from:min(len(all), m.from+madePage)]
	if len(shown) == 0 {
		card.Body = []chat.Text{chat.T("Nothing yet. Evidence that is added to an exchange with an open licence and a public link stands here: ", chat.Code("goal list"))}
	}
	for _, one := range shown {
		card.Body = append(card.Body, one.line())
	}
	if len(all) > madePage {
		card.Body = append(card.Body, chat.T(fmt.Sprintf("%d to %d of %d, the newest first.", m.from+1, m.from+len(shown), len(all))))
	}
	card.Rows, err = rq.madeRows(m, len(all), kinds)
	return card, err
}

// line is an artefact in the list.
func (m Made) line() chat.Text {
	line := chat.T(capital(m.Type.Label()), ": ", chat.Strong(m.Title), ", from ", m.Labs[0], " to ", m.Labs[1], ", ", calendar.FormatDay(m.Since), ". ")
	line = append(line, whereText(exchange.Evidence{Where: m.Where, Version: m.Version, Licence: m.Licence})...)
	switch m.Rung {
	case exchange.RungConfirmed:
		return append(line, chat.Say(", confirmed by the receiving lab"))
	case exchange.RungReproduced:
		return append(line, chat.Say(", run by the receiving lab itself"))
	case exchange.RungDeclared, exchange.RungWellFormed:
	}
	return line
}

// kindOptions are the kinds that a list has.
func kindOptions(all []Made) []chat.Option {
	kinds := []chat.Option{{Label: "All kinds", Value: anyLab}}
	for _, a := range exchange.Artefacts() {
		if slices.ContainsFunc(all, func(m Made) bool { return m.Type == a }) {
			kinds = append(kinds, chat.Option{Label: capital(a.Label()), Value: string(a)})
		}
	}
	return kinds
}

// madeRows lead to other pages, labs and kinds.
func (rq *request) madeRows(m madeView, total int, kinds []chat.Option) ([]chat.Row, error) {
	var rows []chat.Row
	var turn []chat.Button
	page := func(label string, from int) chat.Button {
		return chat.Button{Label: label, Ref: chat.Ref{Route: "artefacts.page", ID: madeView{m.lab, m.kind, from}.id()}}
	}
	if m.from > 0 {
		turn = append(turn, page("Newer", max(0, m.from-madePage)))
	}
	if m.from+madePage < total {
		turn = append(turn, page("Older", m.from+madePage))
	}
	if len(turn) > 0 {
		rows = append(rows, chat.NewRow(turn...))
	}
	labs, err := allLabs(rq.tx)
	if err != nil {
		return nil, err
	}
	choice := []chat.Option{{Label: "All labs", Value: anyLab}}
	for _, lab := range labs[:min(len(labs), chat.MaxOptions-1)] {
		choice = append(choice, chat.Option{Label: clip(lab.Name, chat.MaxOptionText), Value: lab.ID})
	}
	rows = append(rows, chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "artefacts.lab", ID: m.id()}, Hint: "Of which lab?", Options: choice}))
	if len(kinds) > 2 {
		rows = append(rows, chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "artefacts.kind", ID: m.id()}, Hint: "Of which kind?", Options: kinds}))
	}
	return rows, nil
}

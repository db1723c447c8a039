package bot

import (
	"errors"
	"slices"
	"strings"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/bot/exchange/chart"
)

// What a control about a report carries instead of a lab's id.
const (
	networkReport = "network"
	myReport      = "me"
)

// The charts of a report, as deliveries name them.
const (
	chartStates   = "states"
	chartFlow     = "flow"
	chartMeetings = "meetings"
)

// chartRows are the buttons below a report.
func chartRows(of string, during span) []chat.Row {
	id := during.id(of)
	return []chat.Row{chat.NewRow(
		chat.Button{Label: "By state", Ref: chat.Ref{Route: "report.states", ID: id}},
		chat.Button{Label: "Flow", Ref: chat.Ref{Route: "report.flow", ID: id}},
		chat.Button{Label: "First meetings", Ref: chat.Ref{Route: "report.meetings", ID: id}},
		chat.Button{Label: "Export", Ref: chat.Ref{Route: "report.export", ID: id}},
	)}
}

// reported is whose report the control is about and of what time, if the person
// may see it. lab is nil but of a lab's.
func (rq *request) reported() (of exchange.Scope, lab *Lab, during span, err error) {
	id, numbers := rq.control()
	during = spanOf(numbers)
	switch id {
	case networkReport:
	case myReport:
		of.Person = rq.me.ID
	default:
		of.Lab = id
		lab, err = load[*Lab](rq.tx, KindLab, id)
		if errors.Is(err, errNotFound) {
			err = denied("This lab is no longer here. report lab shows the figures of yours.")
		}
	}
	if err == nil {
		err = rq.may(Report, reported(of), "These figures are for those whose they are, and for organisers. Nothing is shown.")
	}
	return of, lab, during, err
}

// charted answers with one chart of a report.
func charted(what string) func(*request) (chat.Message, error) {
	return func(rq *request) (chat.Message, error) {
		of, lab, during, err := rq.reported()
		if err != nil {
			return chat.Message{}, err
		}
		h, err := rq.holdings(of, during)
		if err != nil {
			return chat.Message{}, err
		}
		card, err := rq.app.chartCard(h, lab, what, during)
		if err != nil {
			return chat.Message{}, err
		}
		if what == chartFlow && len(h.exchanges) > 0 && of.Person == "" {
			lines, err := rq.flowWords(lab, h.exchanges)
			if err != nil {
				return chat.Message{}, err
			}
			card.Body = slices.Concat(during.since(), lines, card.Body[len(during.since()):])
		}
		if !rq.event.In.Direct() && of.Person == "" {
			id, _ := rq.control()
			card.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Post here", Ref: chat.Ref{Route: "report.post", ID: postID(what, id, during)}})}
			card.Note = chat.T("Only you see this. Post here shows the picture and its table to everybody in this channel.")
		}
		return card, nil
	}
}

// flowWords are the directions of a report in words.
func (rq *request) flowWords(lab *Lab, all []*Exchange) ([]chat.Text, error) {
	if lab == nil {
		return rq.networkFlows(flows(all, rq.today()))
	}
	return rq.labFlows(lab, all)
}

// chartCard is a chart with its table, or a sentence where there is nothing to show.
func (a *App) chartCard(h holdings, lab *Lab, what string, during span) (chat.Message, error) {
	picture := a.picture(h, what)
	card := chat.Message{Title: picture.Title, Body: during.since()}
	if lab != nil {
		card.Title = lab.Name + ": " + strings.ToLower(card.Title[:1]) + card.Title[1:]
	}
	if picture.Empty {
		card.Body = append(card.Body, chat.T(picture.Alt))
		return card, nil
	}
	data, err := picture.PNG()
	if err != nil {
		return chat.Message{}, err
	}
	card.Body = append(card.Body, tableText(picture.Table))
	card.Attachments = []chat.Attachment{{Name: picture.Name + ".png", Type: "image/png", Alt: picture.Alt, Data: data}}
	return card, nil
}

// tableText are the lines of a table, each as it stands: its spaces neither break
// nor melt together.
func tableText(lines []string) chat.Text {
	var table chat.Text
	for i, line := range lines {
		if i > 0 {
			table = append(table, chat.Say("\n"))
		}
		table = append(table, chat.Code(strings.ReplaceAll(line, " ", "\u00a0")))
	}
	return table
}

// picture draws a chart of what was begun in a span, as it stands now.
func (a *App) picture(h holdings, what string) chart.Picture {
	l, names := a.ledger(h), map[string]string{}
	for _, lab := range h.labs {
		names[lab.ID] = lab.Name
	}
	now := span{}.period(a.clock.Now())
	switch what {
	case chartStates:
		return chart.States(l, now, exchange.Scope{})
	case chartMeetings:
		return chart.Meetings(l, now)
	}
	return chart.Flow(l, now, names)
}

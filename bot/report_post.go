package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// noticeChart posts a chart of a report; what follows the dot is the chart, whose
// it is and its days, as a control has them.
const noticeChart = "chart"

// charts are all that can be posted.
var charts = []string{chartStates, chartFlow, chartMeetings} //nolint:gochecknoglobals // a table

// postID is what the control carries that posts a chart: whose report it is, its
// days, and which chart.
func postID(what, of string, during span) string {
	return joinID(of, dayNumber(during.first), dayNumber(during.last), slices.Index(charts, what))
}

// postReport posts a chart in the channel where its button was pressed.
func (rq *request) postReport() (chat.Message, error) {
	of, _, _, err := rq.reported()
	if err != nil {
		return chat.Message{}, err
	}
	_, numbers := rq.control()
	if len(numbers) != 3 || numbers[2] < 0 || numbers[2] >= len(charts) || of.Person != "" {
		return chat.Message{}, denied("This is no longer kept here, so nothing was posted. report lab shows the figures of your lab.")
	}
	if rq.event.In.Direct() {
		return chat.Message{}, denied("This is a conversation between you and me, so there is nobody to post it for. Type report lab in a channel and post it from there.")
	}
	subject := Ref{KindRules, rulesID}
	if of.Lab != "" {
		subject = Ref{KindLab, of.Lab}
	}
	rq.app.say(rq.tx, Delivery{Place: rq.event.In, Subject: subject, Notice: fmt.Sprintf("%s.%d.%d.%d", noticeChart, numbers[2], numbers[0], numbers[1])})
	return chat.Message{Body: []chat.Text{chat.T("Posted here, as it stands now.")}}, nil
}

// renderLab says what there is to say about a lab.
func (a *App) renderLab(tx *Tx, d *Delivery, _ *Person) (chat.Message, error) {
	lab, err := load[*Lab](tx, KindLab, d.Subject.ID)
	if errors.Is(err, errNotFound) {
		return chat.Message{}, errMoot
	}
	if err != nil {
		return chat.Message{}, err
	}
	return a.postedChart(tx, d, lab)
}

// renderRules says what there is to say about the network.
func (a *App) renderRules(tx *Tx, d *Delivery, _ *Person) (chat.Message, error) {
	return a.postedChart(tx, d, nil)
}

// postedChart is a chart of a lab, or of the network, for everybody in a channel.
func (a *App) postedChart(tx *Tx, d *Delivery, lab *Lab) (chat.Message, error) {
	name, numbers := splitID(d.Notice)
	if name != noticeChart || len(numbers) != 3 || numbers[0] < 0 || numbers[0] >= len(charts) {
		return chat.Message{}, unknownNotice(d)
	}
	of := exchange.Scope{}
	if lab != nil {
		of.Lab = lab.ID
	}
	h, err := a.holdings(tx, of)
	if err != nil {
		return chat.Message{}, err
	}
	during := spanOf(numbers[1:])
	m, err := a.chartCard(h.during(during), lab, charts[numbers[0]], during)
	if lab == nil && m.Title != "" {
		m.Title = "The network: " + strings.ToLower(m.Title[:1]) + m.Title[1:]
	}
	return m, err
}

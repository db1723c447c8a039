package bot

import (
	"cmp"
	"fmt"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// maxReported is how many other labs a report shows in full.
const maxReported = 15

// ratio is a part of a whole; a dash where there is nothing to be a part of.
func ratio(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%d of %d", part, whole)
}

// figuresText shows figures with their denominator.
func figuresText(f exchange.Figures) string {
	if f.Planned == 0 {
		return "–"
	}
	text := fmt.Sprintf("%d planned; ", f.Planned) + "claimed " + ratio(f.Claimed, f.Planned) + ", verified " + ratio(f.Verified, f.Planned)
	for _, part := range []struct {
		n    int
		what string
	}{{f.Helped, "%d of these with help"}, {f.Negative, "%d of these a negative result"}} {
		if part.n > 0 {
			text += ", " + fmt.Sprintf(part.what, part.n)
		}
	}
	for _, part := range []struct {
		n    int
		what string
	}{{f.Dropped, "dropped "}, {f.Missed, "not reached "}, {f.Carried, "carried over "}} {
		if part.n > 0 {
			text += ", " + part.what + ratio(part.n, f.Planned)
		}
	}
	return text
}

// flows are the figures of every direction that a lab's exchanges go.
func flows(all []*Exchange, today calendar.Date) map[exchange.Way]exchange.Figures {
	sums := map[exchange.Way]exchange.Figures{}
	for _, e := range all {
		for way, f := range e.Figures(today) {
			sums[way] = sums[way].Add(f)
		}
	}
	return sums
}

// reportLab is what was planned, claimed and verified between a lab and others,
// for those whose lab it is.
func (rq *request) reportLab() (chat.Message, error) {
	lab, err := rq.labToReport()
	if err != nil {
		return chat.Message{}, err
	}
	during, err := rq.span()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.labCard(lab, during)
}

// labCard is the report of a lab.
func (rq *request) labCard(lab *Lab, during span) (chat.Message, error) {
	h, err := rq.holdings(exchange.Scope{Lab: lab.ID}, during)
	if err != nil {
		return chat.Message{}, err
	}
	var gives, learns exchange.Figures
	for way, f := range flows(h.exchanges, rq.today()) {
		if way.From == lab.ID {
			gives = gives.Add(f)
		} else {
			learns = learns.Add(f)
		}
	}
	card := chat.Message{
		Title: lab.Name + ": goals between labs",
		Body:  during.heading(gives.Planned + learns.Planned),
		Fields: []chat.Field{
			{Name: lab.Name + " gives", Value: chat.T(figuresText(gives))},
			{Name: lab.Name + " learns", Value: chat.T(figuresText(learns))},
		},
		Note: chat.T(reportNote),
		Rows: rq.app.labRows(lab.ID, during),
	}
	if Can(rq.actor(), Edit, Object{Kind: KindLab, Lab: lab.ID}) {
		card.Rows = append(card.Rows, chat.NewRow(chat.Button{Label: "About the lab", Ref: chat.Ref{Route: labAbout, ID: lab.ID}}))
	}
	card.Fields = append(card.Fields, outcomesOf(h.exchanges, rq.today()).fields()...)
	card.Fields = append(card.Fields, chat.Field{Name: "From an introduction to the first meeting", Value: chat.T(waits(h.matches, h.exchanges, rq.now).text())})
	err = rq.addFigures(&card, exchange.Scope{Lab: lab.ID}, h, during)
	return card, err
}

// reportNote says what the words of a report mean.
const reportNote = "Out of the goals that both sides agreed to. Claimed: the giving lab says it is done. Verified: the receiving lab says so too."

// labFlows are the directions between a lab and others, in words.
func (rq *request) labFlows(lab *Lab, all []*Exchange) ([]chat.Text, error) {
	sums := flows(all, rq.today())
	others := map[string]string{}
	for way := range sums {
		other := way.To
		if way.To == lab.ID {
			other = way.From
		}
		var err error
		if others[other], err = rq.app.lab(rq.tx, other); err != nil {
			return nil, err
		}
	}
	return flowLines(lab, others, sums), nil
}

// flowLines are both directions between a lab and every other one, by name.
func flowLines(lab *Lab, others map[string]string, sums map[exchange.Way]exchange.Figures) []chat.Text {
	ids := make([]string, 0, len(others))
	for id := range others {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(fold(others[a]), fold(others[b])), cmp.Compare(a, b)) })
	if len(ids) == 0 {
		return []chat.Text{chat.T("No goals have been agreed yet. They come with an exchange: ", chat.Code("exchange propose"))}
	}
	var lines []chat.Text
	for _, id := range ids[:min(len(ids), maxReported)] {
		lines = append(lines,
			chat.T(lab.Name, " to ", others[id], ": ", figuresText(sums[exchange.Way{From: lab.ID, To: id}])),
			chat.T(others[id], " to ", lab.Name, ": ", figuresText(sums[exchange.Way{From: id, To: lab.ID}])))
	}
	if len(ids) > maxReported {
		lines = append(lines, chat.T(fmt.Sprintf("%d more labs are in the sums only.", len(ids)-maxReported)))
	}
	return lines
}

// labToReport is the lab that was named, or the person's own.
func (rq *request) labToReport() (*Lab, error) {
	id := rq.me.Lab
	if name := chat.CleanLine(rq.args["lab"]); name != "" {
		lab, err := rq.findLab(name)
		if err != nil {
			return nil, err
		}
		id = lab.ID
	}
	if id == "" {
		return nil, denied("You are in no lab yet, so there is nothing to report. Type profile set to join one.")
	}
	lab, err := load[*Lab](rq.tx, KindLab, id)
	if err != nil {
		return nil, err
	}
	return lab, rq.may(Report, Object{Kind: KindLab, Lab: id}, "The figures of "+lab.Name+" are for its own people and for organisers. report lab shows those of your lab.")
}

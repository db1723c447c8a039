package bot

import (
	"fmt"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// tally counts what is a person's own.
type tally struct {
	sent, sentYes         int // asks
	received, receivedYes int
	introduced            int
	agreed                int // meetings
	proposed              int // exchanges
	settled, completed    int
	gives, learns         exchange.Figures
	waits                 wait
	ledger                exchange.Ledger
}

// match takes a match into the tally.
func (t *tally) match(m *Match, me string) {
	yes := 0
	if m.introducedOnce() {
		yes = 1
	}
	if m.Asker == me {
		t.sent++
		t.sentYes += yes
	} else {
		t.received++
		t.receivedYes += yes
	}
	t.introduced += yes
	if m.Meeting != nil {
		t.agreed++
	}
}

// exchange takes an exchange into the tally.
func (t *tally) exchange(e *Exchange, me string, today calendar.Date) {
	t.proposed++
	if e.State.Binding() {
		t.settled++
	}
	if e.Completion != "" && e.State != exchange.WrappingUp {
		t.completed++
	}
	for way, f := range e.Figures(today) {
		if e.other(me).Lab == way.To {
			t.gives = t.gives.Add(f)
		} else {
			t.learns = t.learns.Add(f)
		}
	}
}

// reportMe is what became of the person's asks, exchanges and goals, for
// nobody's eyes but theirs.
func (rq *request) reportMe() (chat.Message, error) {
	during, err := rq.span()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.myCard(during)
}

// myCard is the report of the person.
func (rq *request) myCard(during span) (chat.Message, error) {
	t, err := rq.tally(during)
	if err != nil {
		return chat.Message{}, err
	}
	mine := t.ledger
	mine.FollowUps = slices.DeleteFunc(slices.Clone(mine.FollowUps), func(f *exchange.FollowUp) bool { return f.Person != rq.me.ID })
	return chat.Message{
		Title: "Your figures",
		Body:  append([]chat.Text{chat.T("Only you see this.")}, during.since()...),
		Rows:  chartRows(myReport, during),
		Fields: []chat.Field{
			{Name: "Asks that you sent", Value: chat.T(counts(t.sent, "sent", t.sentYes, "answered with yes"))},
			{Name: "Asks that you received", Value: chat.T(counts(t.received, "received", t.receivedYes, "answered with yes"))},
			{Name: "Introductions", Value: chat.T(counts(t.introduced, "in all", t.agreed, "with a time agreed"))},
			{Name: "Meetings", Value: chat.T(t.meetingsText())},
			{Name: "Exchanges", Value: chat.T(exchangeCounts(t))},
			{Name: "Goals that you give", Value: chat.T(figuresText(t.gives))},
			{Name: "Goals that you receive", Value: chat.T(figuresText(t.learns))},
			{Name: "On time", Value: chat.T(onTime(t.gives))},
			{Name: "Still in use", Value: chat.T(keptText(t.ledger, untilNow(rq.now), true))},
			{Name: "Questions answered", Value: chat.T(rateText(mine.Rate(untilNow(rq.now)), true))},
		},
	}, nil
}

// tally counts everything that is the person's.
func (rq *request) tally(during span) (tally, error) {
	var t tally
	if rq.fresh {
		return t, nil
	}
	h, err := rq.holdings(exchange.Scope{Person: rq.me.ID}, during)
	for _, m := range h.matches {
		t.match(m, rq.me.ID)
	}
	for _, e := range h.exchanges {
		t.exchange(e, rq.me.ID, rq.today())
	}
	if err != nil {
		return t, err
	}
	t.waits = waits(h.matches, h.exchanges, rq.now)
	t.ledger = rq.app.ledger(h)
	return t, nil
}

// counts shows a whole and a part of it; a dash for nothing.
func counts(whole int, what string, part int, which string) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%d %s; %s %s", whole, what, ratio(part, whole), which)
}

func exchangeCounts(t tally) string {
	if t.proposed == 0 {
		return "–"
	}
	return fmt.Sprintf("%s agreed on, %s completed", ratio(t.settled, t.proposed), ratio(t.completed, t.settled))
}

// meetingsText says how many introductions led to a meeting, as far as one of the
// two said so or a visit began, and how long people waited for one; a dash where
// nobody was introduced.
func (t *tally) meetingsText() string {
	if t.introduced == 0 {
		return exchange.Dash
	}
	return ratio(len(t.waits.days), t.introduced) + " introductions led to a meeting. " + capital(t.waits.text())
}

package bot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// outcomes are what became of exchanges, beside the goals of each direction.
// What is asked after the end is counted beside them: fields is where it joins.
type outcomes struct {
	proposed, agreed, began, completed, early int
	oneWay                                    int
	goals                                     exchange.Figures // of both directions together
	blocked                                   map[exchange.Obstacle]int
	vacant                                    int
}

// outcomesOf counts exchanges as they stand on a day.
func outcomesOf(all []*Exchange, today calendar.Date) outcomes {
	o := outcomes{blocked: map[exchange.Obstacle]int{}}
	one := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	for _, e := range all {
		agreed := e.State.Binding() || e.State == exchange.Cancelled
		o.proposed++
		o.agreed += one(agreed)
		o.began += one(e.State.Working() || e.State == exchange.Closed)
		o.completed += one(e.State == exchange.FollowingUp || e.State == exchange.Closed)
		o.early += one(e.Completion == exchange.Early)
		o.oneWay += one(agreed && e.Terms.OneWay != "")
		o.vacant += len(e.Vacant)
		for _, f := range e.Figures(today) {
			o.goals = o.goals.Add(f)
		}
		for _, g := range e.Goals {
			if e.State.Working() && g.State == exchange.GoalOpen && g.Status == exchange.Blocked {
				o.blocked[g.Obstacle]++
			}
		}
	}
	return o
}

// fields show the outcomes, each with its denominator.
func (o outcomes) fields() []chat.Field {
	fields := []chat.Field{
		{Name: "Exchanges", Value: chat.T(o.funnel())},
		{Name: "On time", Value: chat.T(onTime(o.goals))},
	}
	if o.oneWay > 0 {
		fields = append(fields, chat.Field{Name: "One-way exchanges", Value: chat.T(ratio(o.oneWay, o.agreed))})
	}
	if text := o.blockedText(); text != "" {
		fields = append(fields, chat.Field{Name: "Blocked now", Value: chat.T(text)})
	}
	if o.vacant > 0 {
		fields = append(fields, chat.Field{Name: "Empty seats", Value: chat.T(fmt.Sprint(o.vacant))})
	}
	return fields
}

// funnel shows how far exchanges came.
func (o outcomes) funnel() string {
	if o.proposed == 0 {
		return "–"
	}
	text := fmt.Sprintf("%d proposed; agreed %s, begun %s, completed %s", o.proposed, ratio(o.agreed, o.proposed), ratio(o.began, o.agreed), ratio(o.completed, o.began))
	if o.early > 0 {
		text += ", ended early " + ratio(o.early, o.began)
	}
	return text
}

// onTime shows claims against the day agreed first and the day agreed now, over
// goals whose first day has passed.
func onTime(f exchange.Figures) string {
	if f.Passed == 0 {
		return "–"
	}
	return ratio(f.OnFirst, f.Passed) + " by the day agreed first, " + ratio(f.OnDue, f.Passed) + " by the day agreed now"
}

// blockedText names what is in the way of goals now, the commonest first.
func (o outcomes) blockedText() string {
	var names []string
	for _, obstacle := range slices.SortedFunc(maps.Keys(o.blocked), func(a, b exchange.Obstacle) int {
		return cmp.Or(cmp.Compare(o.blocked[b], o.blocked[a]), cmp.Compare(a, b))
	}) {
		label := obstacleLabel(obstacle)
		if label == "" {
			label = "no reason given"
		}
		names = append(names, fmt.Sprintf("%d by: %s", o.blocked[obstacle], strings.ToLower(label[:1])+label[1:]))
	}
	return sentenceList(names)
}

// wait is how long introduced people took to meet.
type wait struct {
	days    []int // of those who met, sorted
	soon    int   // of those introduced a fortnight ago or more, who met within a fortnight
	settled int   // introduced a fortnight ago or more
	waiting int   // introduced, not met, and not given up
}

// fortnight is how soon a meeting is soon.
const fortnight = 14 * oneDay

// waits measures from introductions to first meetings. An exchange that began is
// a meeting, though nobody was asked.
func waits(matches []*Match, all []*Exchange, now time.Time) wait {
	began := map[string]time.Time{}
	for _, e := range all {
		if e.Began != nil {
			began[e.Match] = e.Began.At
		}
	}
	var w wait
	for _, m := range matches {
		if !m.introducedOnce() || m.Began.IsZero() {
			continue
		}
		met := m.firstMet()
		if at, ok := began[m.ID]; ok && (met.IsZero() || at.Before(met)) {
			met = at
		}
		old := !now.Before(m.Began.Add(fortnight))
		if old {
			w.settled++
		}
		switch {
		case !met.IsZero():
			w.days = append(w.days, int(met.Sub(m.Began)/oneDay))
			if old && met.Sub(m.Began) <= fortnight {
				w.soon++
			}
		case !m.answered(MetNo):
			w.waiting++
		}
	}
	slices.Sort(w.days)
	return w
}

// firstMet is when the two met, as far as they said: at their meeting, or when
// the first of them said so. Zero where nobody did.
func (m *Match) firstMet() time.Time {
	var met time.Time
	for _, said := range m.Met {
		if said.Answer == MetYes && (met.IsZero() || said.At.Before(met)) {
			met = said.At
		}
	}
	if !met.IsZero() && m.Meeting != nil && m.Meeting.Start.Before(met) {
		return m.Meeting.Start
	}
	return met
}

// text shows the waits; those who still wait never vanish from it.
func (w wait) text() string {
	if len(w.days)+w.waiting == 0 {
		return "–"
	}
	text := "nobody has met yet"
	if n := len(w.days); n > 0 {
		text = fmt.Sprintf("%s in the middle of the %d who met", counted(w.days[n/2], "day", "days"), n)
		if n == 1 {
			text = counted(w.days[0], "day", "days") + " for the one pair that met"
		}
	}
	if w.settled > 0 {
		text += "; within 14 days " + ratio(w.soon, w.settled)
	}
	return text + fmt.Sprintf("; %d still waiting", w.waiting)
}

// reportNetwork is what became of everything, for organisers.
func (rq *request) reportNetwork() (chat.Message, error) {
	if err := rq.may(Report, Object{Kind: KindExchange}, "The figures of the whole network are for organisers. report lab shows those of your lab."); err != nil {
		return chat.Message{}, err
	}
	during, err := rq.span()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.networkCard(during)
}

// networkCard is the report of the network.
func (rq *request) networkCard(during span) (chat.Message, error) {
	h, err := rq.holdings(exchange.Scope{}, during)
	if err != nil {
		return chat.Message{}, err
	}
	o := outcomesOf(h.exchanges, rq.today())
	card := chat.Message{
		Title: "The network: what moved between labs",
		Body:  during.heading(o.goals.Planned),
		Note:  chat.T(reportNote),
		Rows:  chartRows(networkReport, during),
	}
	card.Fields = append([]chat.Field{
		{Name: "Goals", Value: chat.T(figuresText(o.goals))},
		{Name: "Labs that take part", Value: chat.T(takePart(h))},
	}, o.fields()...)
	card.Fields = append(card.Fields, chat.Field{Name: "From an introduction to the first meeting", Value: chat.T(waits(h.matches, h.exchanges, rq.now).text())})
	err = rq.addFigures(&card, exchange.Scope{}, h, during)
	return card, err
}

// takePart is how many labs have an exchange that was agreed on.
func takePart(h holdings) string {
	labs := map[string]bool{}
	for _, e := range h.exchanges {
		if e.State.Binding() {
			labs[e.Terms.Visitor.Lab], labs[e.Terms.Host.Lab] = true, true
		}
	}
	here := 0
	for _, lab := range h.labs {
		if labs[lab.ID] {
			here++
		}
	}
	return ratio(here, len(h.labs))
}

// networkFlows are the directions in which goals go, by name; the fullest where
// there are many.
func (rq *request) networkFlows(sums map[exchange.Way]exchange.Figures) ([]chat.Text, error) {
	ways := slices.SortedFunc(maps.Keys(sums), func(a, b exchange.Way) int {
		return cmp.Or(cmp.Compare(sums[b].Planned, sums[a].Planned), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	rest := max(0, len(ways)-maxReported)
	type line struct {
		way  string
		text chat.Text
	}
	var lines []line
	for _, way := range ways[:len(ways)-rest] {
		from, err := rq.app.lab(rq.tx, way.From)
		if err != nil {
			return nil, err
		}
		to, err := rq.app.lab(rq.tx, way.To)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line{fold(from + " to " + to), chat.T(from, " to ", to, ": ", figuresText(sums[way]))})
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(a.way, b.way) })
	var body []chat.Text
	for _, l := range lines {
		body = append(body, l.text)
	}
	if len(body) == 0 {
		body = []chat.Text{chat.T("No goals have been agreed yet.")}
	}
	if rest > 0 {
		body = append(body, chat.T(fmt.Sprintf("%d more directions are in the sums only.", rest)))
	}
	return body, nil
}

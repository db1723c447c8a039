package export

import (
	"slices"
	"strconv"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

func digits(n int) string { return strconv.Itoa(n) }

// rows are all of a book, by their kinds.
type rows struct {
	Labs      []LabRow      `json:"labs"`
	Exchanges []ExchangeRow `json:"exchanges"`
	Goals     []GoalRow     `json:"goals"`
	Blocked   []BlockedRow  `json:"blocked"`
	Meetings  []MeetingRow  `json:"meetings"`
	Evidence  []EvidenceRow `json:"evidence"`
	Slots     []SlotRow     `json:"slots"`
	Talks     []TalkRow     `json:"talks"`
	Tallies   []TallyRow    `json:"tallies"`
	Metrics   []MetricRow   `json:"metrics"`
}

// rows takes the book apart, as far as it is in its scope.
func (b Book) rows() rows {
	told := b.Ledger.Told(b.Period, b.Scope)
	b.Ledger = b.Ledger.Within(b.Scope)
	b = b.sorted()
	r := rows{
		Labs: []LabRow{}, Exchanges: []ExchangeRow{}, Goals: []GoalRow{}, Blocked: []BlockedRow{}, Meetings: []MeetingRow{},
		Evidence: []EvidenceRow{}, Slots: []SlotRow{}, Talks: []TalkRow{}, Tallies: []TallyRow{}, Metrics: []MetricRow{},
	}
	who := people{}
	for _, lab := range b.Ledger.Labs {
		r.Labs = append(r.Labs, LabRow{lab.Lab, b.Labs[lab.Lab], string(lab.Sector)})
	}
	for _, record := range b.Ledger.Records {
		r.Exchanges = append(r.Exchanges, exchangeRow(record, who))
		for _, g := range record.Exchange.Goals {
			r.Goals = append(r.Goals, b.goalRow(record, g))
		}
		for _, s := range record.Blocked {
			r.Blocked = append(r.Blocked, BlockedRow{record.ID, s.Goal, string(s.Obstacle), moment(s.From), moment(s.To)})
		}
		b.leavings(record, &r)
	}
	for _, m := range b.Ledger.Meetings {
		r.Meetings = append(r.Meetings, MeetingRow{
			who.number(m.Parties[0].Person), m.Parties[0].Lab, who.number(m.Parties[1].Person), m.Parties[1].Lab,
			moment(m.Accepted), moment(m.Met), moment(m.Over),
		})
	}
	for _, t := range b.Ledger.Talks {
		r.Talks = append(r.Talks, TalkRow{moment(t.At), t.Lab, t.Replies, t.Attended, t.Estimated, moment(t.Linked)})
	}
	for _, t := range told.Tallies {
		r.Tallies = append(r.Tallies, tallyRow(t))
	}
	for _, m := range told.Measures {
		r.Metrics = append(r.Metrics, metricRow(m))
	}
	return r
}

func exchangeRow(r exchange.Record, who people) ExchangeRow {
	e := r.Exchange
	planned := e.Terms
	if e.Baseline != nil {
		planned = *e.Baseline
	}
	return ExchangeRow{
		ID: r.ID, Kind: string(e.Terms.Kind), State: string(e.State),
		Visitor: who.number(e.Terms.Visitor.Person), VisitorLab: e.Terms.Visitor.Lab, Host: who.number(e.Terms.Host.Person), HostLab: e.Terms.Host.Lab,
		PlannedFrom: day(planned.From), PlannedTo: day(planned.To), AgreedAt: moment(e.Agreed), Start: day(e.Start),
		EndedAt: moment(e.Ended), CompletedAt: moment(e.Completed), Completion: string(e.Completion),
		CancelledAt: moment(e.CalledOff()), ClosedAt: moment(e.ClosedAt()), OneWay: e.Terms.OneWay != "", Continues: r.Continues,
	}
}

func (b Book) goalRow(r exchange.Record, g exchange.Goal) GoalRow {
	at := func(m *exchange.Mark) string {
		if m == nil {
			return ""
		}
		return moment(m.At)
	}
	first := g.First
	if first.IsZero() {
		first = g.Due
	}
	row := GoalRow{
		Exchange: r.ID, N: g.N, From: g.Giver, To: g.Receiver, State: string(g.State),
		Helped: g.Outcome == exchange.WithHelp, Negative: g.Found != "", FirstDue: day(first), Due: day(g.Due),
		ClaimedAt: at(g.Claimed), VerifiedAt: at(g.Verified), SettledAt: moment(r.Exchange.SettledAt(g)),
	}
	if g.Status == exchange.Blocked {
		row.BlockedBy, row.BlockedSince = string(g.Obstacle), moment(g.Since)
	}
	if b.Texts[r.ID] {
		row.Text, row.Shown = g.Text, g.Shown
	}
	return row
}

// leavings adds what an exchange left behind.
func (b Book) leavings(r exchange.Record, to *rows) {
	for _, v := range r.Evidence {
		to.Evidence = append(to.Evidence, b.evidenceRow(r.ID, 0, v))
	}
	for i, pack := range r.Packs {
		required := pack.Profile.Required()
		for _, a := range append(slices.Clone(required), pack.Profile.Wanted()...) {
			s := pack.Slots[a]
			to.Slots = append(to.Slots, SlotRow{
				r.ID, i + 1, string(pack.Profile), string(a), slices.Contains(required, a), string(s.State), day(s.By), string(s.Holding),
			})
			if s.Evidence != nil {
				to.Evidence = append(to.Evidence, b.evidenceRow(r.ID, i+1, *s.Evidence))
			}
		}
	}
}

// evidenceRow is a piece of evidence. What is not for everybody has neither a
// title nor a place, unless the reader may know the exchange's texts.
func (b Book) evidenceRow(id string, pack int, v exchange.Evidence) EvidenceRow {
	row := EvidenceRow{
		Exchange: id, Pack: pack, Type: string(v.Type), Version: v.Version, Licence: v.Licence, Openness: string(v.Openness),
		Holding: string(v.Holding), Until: day(v.Until), Published: day(v.Published), Appeared: day(v.Appeared()), Rung: string(v.Rung()), Open: v.Open(b.lastDay()),
	}
	if b.Texts[id] || v.Openness == exchange.ToAll || v.Openness == exchange.Gated {
		row.Title, row.Where = v.Title, v.Where
	}
	return row
}

// lastDay is the last day of the period.
func (b Book) lastDay() calendar.Date {
	last := b.Period.To.Add(-time.Nanosecond).UTC()
	d, err := calendar.NewDate(last.Year(), last.Month(), last.Day())
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// tallyRow is one tally.
func tallyRow(t exchange.Tally) TallyRow {
	row := TallyRow{Metric: t.Metric, Part: t.Part, What: t.What, TooFew: t.Few}
	if n := float64(t.Count); !t.Few {
		row.Count = &n
	}
	return row
}

// metricRow is one figure, without a person's id.
func metricRow(m exchange.Measure) MetricRow {
	row := MetricRow{
		Metric: m.Metric, Part: m.Part, Scope: m.Scope.String(), From: moment(m.Period.From), To: moment(m.Period.To),
		Unit: string(m.Unit), TooFew: m.Few,
	}
	if m.Scope.Person != "" {
		row.Scope = "person"
	}
	if !m.Few {
		row.Denominator = &m.Den
	}
	if m.Known {
		row.Numerator, row.Value = &m.Num, &m.Value
	}
	return row
}

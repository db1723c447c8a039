package export

import (
	"slices"
	"strings"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// Schema is the version of the JSON. It grows when something that was in it
// means something else or is no longer there. Since 2 talks do not tell who came,
// and figures that rest on people are of the network, of whole years and of all
// time, with the tallies that they are computed from.
const Schema = 2

// Book is what is exported.
type Book struct {
	Network string // its id
	Scope   exchange.Scope
	Period  exchange.Period
	Ledger  exchange.Ledger
	Labs    map[string]string // names by id
	// People are the names of those who may be named, for crates and BibTeX.
	People map[string]string
	// Texts are the exchanges whose texts the reader may know.
	Texts map[string]bool
}

// LabRow is a lab.
type LabRow struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Sector string `json:"sector"`
}

// ExchangeRow is an exchange. Moments are in RFC 3339 and UTC, days in ISO 8601,
// and what has not come is empty.
type ExchangeRow struct {
	ID          string `json:"id"`
	Kind        string `json:"kind"`
	State       string `json:"state"`
	Visitor     string `json:"visitor"`
	VisitorLab  string `json:"visitor_lab"`
	Host        string `json:"host"`
	HostLab     string `json:"host_lab"`
	PlannedFrom string `json:"planned_from"` // as first agreed
	PlannedTo   string `json:"planned_to"`
	AgreedAt    string `json:"agreed_at"`
	Start       string `json:"start"`
	EndedAt     string `json:"ended_at"`
	CompletedAt string `json:"completed_at"`
	Completion  string `json:"completion"`
	CancelledAt string `json:"cancelled_at"`
	ClosedAt    string `json:"closed_at"`
	OneWay      bool   `json:"one_way"`
	Continues   string `json:"continues"`
}

// GoalRow is a goal of an exchange. Text and Shown are empty where the reader may
// not know them.
type GoalRow struct {
	Exchange     string `json:"exchange"`
	N            int    `json:"n"`
	From         string `json:"from"`
	To           string `json:"to"`
	Text         string `json:"text"`
	Shown        string `json:"shown"`
	State        string `json:"state"`
	Helped       bool   `json:"helped"`
	Negative     bool   `json:"negative"`
	FirstDue     string `json:"first_due"`
	Due          string `json:"due"`
	ClaimedAt    string `json:"claimed_at"`
	VerifiedAt   string `json:"verified_at"`
	SettledAt    string `json:"settled_at"`
	BlockedBy    string `json:"blocked_by"`
	BlockedSince string `json:"blocked_since"`
}

// BlockedRow is a time for which a goal was blocked, and that is over.
type BlockedRow struct {
	Exchange string `json:"exchange"`
	Goal     int    `json:"goal"`
	Obstacle string `json:"obstacle"`
	From     string `json:"from"`
	To       string `json:"to"`
}

// MeetingRow is an introduction, and whether the two met.
type MeetingRow struct {
	A        string `json:"a"`
	LabA     string `json:"lab_a"`
	B        string `json:"b"`
	LabB     string `json:"lab_b"`
	Accepted string `json:"accepted_at"`
	Met      string `json:"met_at"`
	Over     string `json:"over_at"`
}

// EvidenceRow is a piece of evidence. Pack counts the packs of an exchange from
// 1; it is 0 of evidence that is in none.
type EvidenceRow struct {
	Exchange  string `json:"exchange"`
	Pack      int    `json:"pack"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Where     string `json:"where"`
	Version   string `json:"version"`
	Licence   string `json:"licence"`
	Openness  string `json:"openness"`
	Holding   string `json:"holding"`
	Until     string `json:"until"`
	Published string `json:"published"`
	Appeared  string `json:"appeared"` // when others could first get it: published, out of its embargo, or else declared
	Rung      string `json:"rung"`
	Open      bool   `json:"open"` // on the last day of the period
}

// SlotRow is a slot of a release pack.
type SlotRow struct {
	Exchange string `json:"exchange"`
	Pack     int    `json:"pack"`
	Profile  string `json:"profile"`
	Slot     string `json:"slot"`
	Required bool   `json:"required"`
	State    string `json:"state"`
	By       string `json:"by"`
	Holding  string `json:"holding"`
}

// TalkRow is a talk that took place. How many came from elsewhere, or for the
// first time, is in the tallies alone: of one talk it could be somebody.
type TalkRow struct {
	At        string `json:"at"`
	Lab       string `json:"lab"`
	Replies   int    `json:"replies"`
	Attended  int    `json:"attended"`
	Estimated bool   `json:"estimated"`
	Linked    string `json:"linked_at"`
}

// TallyRow is a count from which a figure that rests on people is computed, of the
// period and the scope, and of no person. It has no count where the figure is not
// shown.
type TallyRow struct {
	Metric string   `json:"metric"`
	Part   string   `json:"part"`
	What   string   `json:"what"`
	Count  *float64 `json:"count"`
	TooFew bool     `json:"too_few"`
}

// MetricRow is a figure with what it was computed from. One of nothing has no
// value and a Denominator of 0; one that rests on too few people has neither, nor
// one of them from which with other files such a figure would follow.
type MetricRow struct {
	Metric      string   `json:"metric"`
	Part        string   `json:"part"`
	Scope       string   `json:"scope"`
	From        string   `json:"from"`
	To          string   `json:"to"` // the first moment after the period
	Numerator   *float64 `json:"numerator"`
	Denominator *float64 `json:"denominator"`
	Value       *float64 `json:"value"`
	Unit        string   `json:"unit"`
	TooFew      bool     `json:"too_few"`
}

// people numbers people in the order in which they are met.
type people map[string]string

func (p people) number(person string) string {
	if person == "" {
		return ""
	}
	if p[person] == "" {
		p[person] = "p" + digits(len(p)+1)
	}
	return p[person]
}

// sorted is the book with its exchanges by id and its introductions and talks by
// their time, whatever order they came in.
func (b Book) sorted() Book {
	l := b.Ledger
	l.Records, l.Meetings, l.Talks, l.Labs = slices.Clone(l.Records), slices.Clone(l.Meetings), slices.Clone(l.Talks), slices.Clone(l.Labs)
	slices.SortStableFunc(l.Records, func(a, b exchange.Record) int { return strings.Compare(a.ID, b.ID) })
	slices.SortStableFunc(l.Meetings, func(a, b exchange.Meeting) int { return a.Accepted.Compare(b.Accepted) })
	slices.SortStableFunc(l.Talks, func(a, b exchange.Talk) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(l.Labs, func(a, b exchange.Member) int { return strings.Compare(a.Lab, b.Lab) })
	b.Ledger = l
	return b
}

func moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

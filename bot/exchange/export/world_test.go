package export_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"interlab/bot/exchange"
	"interlab/bot/exchange/export"
	"interlab/calendar"
)

// begin is the first day of random worlds.
var begin = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// on is a moment of a day, counted from the first.
func on(n int) time.Time { return begin.AddDate(0, 0, n).Add(time.Duration(n%24) * time.Hour) }

func dayNo(n int) calendar.Date {
	at := begin.AddDate(0, 0, n)
	d, err := calendar.NewDate(at.Year(), at.Month(), at.Day())
	if err != nil {
		panic(err)
	}
	return d
}

// chance is where a world comes from.
type chance interface {
	IntN(n int) int
	Perm(n int) []int
}

// world draws what a network consists of.
type world struct{ chance }

// randomBook is a network of some size with everything that figures know of.
func randomBook(seed uint64, exchanges int) export.Book {
	w := &world{chance: rand.New(rand.NewPCG(seed, 7))}
	b := w.book(exchanges)
	b.Period = exchange.Period{From: on(w.IntN(60)), To: on(100 + w.IntN(200))}
	return b
}

// book draws the network.
func (w *world) book(exchanges int) export.Book {
	b := export.Book{Network: "test", Labs: map[string]string{}, People: map[string]string{}, Texts: map[string]bool{}}
	for i, sector := range []exchange.Sector{exchange.Academic, exchange.Industry, exchange.Academic, "", exchange.Industry} {
		id := fmt.Sprintf("lab%d", i)
		b.Labs[id] = []string{"Curie", "=Noether", "Hopper, \"Inc\"", "Meitner", "Lovelace"}[i]
		b.Ledger.Labs = append(b.Ledger.Labs, exchange.Member{Lab: id, Sector: sector})
	}
	for i := range exchanges {
		id := fmt.Sprintf("e%03d", i)
		r := w.record(id)
		w.afterwards(&b.Ledger, &r)
		b.People[r.Exchange.Terms.Visitor.Person] = "Ana Roy"
		b.Texts[id] = w.IntN(2) == 0
		b.Ledger.Records = append(b.Ledger.Records, r)
		if w.IntN(2) == 0 {
			b.Ledger.Meetings = append(b.Ledger.Meetings, w.meeting(r.Exchange.Terms))
		}
		if w.IntN(4) == 0 {
			b.Ledger.Talks = append(b.Ledger.Talks, w.talk())
		}
	}
	return b
}

// maybe is a moment, or none.
func (w *world) maybe(after, within int) time.Time {
	if w.IntN(3) == 0 {
		return time.Time{}
	}
	return on(after + w.IntN(within))
}

// record is an exchange of any sort.
func (w *world) record(id string) exchange.Record {
	labs := w.Perm(5)
	e := &exchange.Exchange{}
	e.Terms.Kind = exchange.Residency
	e.Terms.Visitor = exchange.Party{Person: fmt.Sprintf("v%d", w.IntN(9)), Lab: fmt.Sprintf("lab%d", labs[0])}
	e.Terms.Host = exchange.Party{Person: fmt.Sprintf("h%d", w.IntN(9)), Lab: fmt.Sprintf("lab%d", labs[1])}
	start := w.IntN(250)
	e.Terms.From, e.Terms.To = dayNo(start), dayNo(start+20)
	if w.IntN(5) == 0 {
		e.Terms.OneWay = "The other lab has nothing to learn"
	}
	r := exchange.Record{ID: id, Exchange: e}
	if w.IntN(8) == 0 {
		e.State = exchange.Proposed
		return r
	}
	e.Agreed = on(start)
	baseline := e.Terms
	e.Baseline = &baseline
	e.State = exchange.Active
	switch w.IntN(5) {
	case 0:
		e.State, e.Steps = exchange.Cancelled, []exchange.Step{{Move: "T19", At: on(start + 2)}}
	case 1, 2:
		e.State, e.Start, e.Ended, e.Completed = exchange.FollowingUp, dayNo(start), on(start+15), on(start+16)
		e.Completion = []exchange.Completion{exchange.Full, exchange.Early, exchange.Silent}[w.IntN(3)]
	default:
		e.Start = dayNo(start)
	}
	for n := range 1 + w.IntN(5) {
		e.Goals = append(e.Goals, w.goal(e, n, start))
	}
	w.leavings(&r, start)
	return r
}

// afterwards closes an exchange that is over, may let it go on from the one before,
// and asks its people.
func (w *world) afterwards(l *exchange.Ledger, r *exchange.Record) {
	e := r.Exchange
	if e.State != exchange.FollowingUp {
		return
	}
	if n := len(l.Records); n > 0 && w.IntN(4) == 0 {
		r.Continues = l.Records[n-1].ID
	}
	if w.IntN(2) == 0 {
		e.State, e.Steps = exchange.Closed, []exchange.Step{{Move: "T36", At: e.Completed.AddDate(0, 0, 10+w.IntN(200))}}
	}
	for _, s := range []exchange.Stage{exchange.AskClose, exchange.Ask30, exchange.Ask30, exchange.Ask30, exchange.Ask90, exchange.AskTogether} {
		l.FollowUps = append(l.FollowUps, w.question(r, s, len(l.FollowUps)))
	}
}

// question is one of a stage to one of the two, however it ended.
func (w *world) question(r *exchange.Record, s exchange.Stage, n int) *exchange.FollowUp {
	two := []string{r.Exchange.Terms.Visitor.Person, r.Exchange.Terms.Host.Person}
	f := &exchange.FollowUp{Exchange: r.ID, Stage: s, Goal: 1 + w.IntN(2), Occurrence: n, Person: two[n%2], State: exchange.Planned}
	put := r.Exchange.Completed.AddDate(0, 0, w.IntN(120))
	f.Day, _ = calendar.NewDate(put.Year(), put.Month(), put.Day())
	outcome := w.IntN(8)
	if outcome == 0 {
		return f // it was never put
	}
	f.First, f.State = put, []exchange.Asking{exchange.Moot, exchange.Silence, exchange.Answered}[min(outcome-1, 2)]
	if f.State == exchange.Answered {
		choices := append(s.Choices(), s.SecondHand()...)
		f.Answer = &exchange.Answer{Choice: choices[w.IntN(len(choices))].Key, By: f.Person, At: put.AddDate(0, 0, w.IntN(40))}
		if len(s.SecondHand()) > 0 && w.IntN(3) == 0 || f.Answer.Choice == exchange.DontKnow {
			f.Answer.By, f.Answer.SecondHand = two[1-n%2], true
		}
	}
	return f
}

func (w *world) goal(e *exchange.Exchange, n, start int) exchange.Goal {
	g := exchange.Goal{State: exchange.GoalOpen, Pledge: exchange.Pledge{
		N: n + 1, Giver: e.Terms.Visitor.Lab, Receiver: e.Terms.Host.Lab, Text: "+goal, \"in\"\r\ntwo lines", Due: dayNo(start + 5 + w.IntN(30)),
	}}
	if n%2 == 1 {
		g.Giver, g.Receiver = g.Receiver, g.Giver
	}
	if w.IntN(2) == 0 {
		g.First = g.Due.AddDays(-w.IntN(10))
	}
	mark := func(after int) *exchange.Mark { return &exchange.Mark{By: "x", At: on(start + after + w.IntN(30))} }
	switch {
	case e.State == exchange.Cancelled:
		g.State = exchange.GoalDropped
		return g
	case e.State == exchange.Proposed:
		return g
	}
	switch w.IntN(6) {
	case 0:
		g.State, g.Claimed = exchange.GoalClaimed, mark(1)
	case 1, 2:
		g.State, g.Claimed, g.Verified = exchange.GoalVerified, mark(1), mark(31)
		g.Outcome = []exchange.Outcome{exchange.Alone, exchange.WithHelp}[w.IntN(2)]
	case 3:
		g.State = []exchange.GoalState{exchange.GoalMissed, exchange.GoalCarried}[w.IntN(2)]
		g.Settling = &exchange.Said{At: mark(5).At}
	case 4:
		g.Status, g.Obstacle, g.Since = exchange.Blocked, exchange.NeedsData, mark(1).At
	}
	return g
}

// leavings are evidence, a pack and times of being blocked.
func (w *world) leavings(r *exchange.Record, start int) {
	for i := range w.IntN(3) {
		r.Evidence = append(r.Evidence, w.evidence(exchange.Preprint, fmt.Sprintf("doi:10.5281/zenodo.%s%d", r.ID[1:], i), start))
	}
	if w.IntN(2) == 0 {
		pack := exchange.Pack{Profile: exchange.Profiles()[w.IntN(len(exchange.Profiles()))], Slots: map[exchange.Artefact]exchange.Slot{}}
		for _, a := range append(pack.Profile.Required(), pack.Profile.Wanted()...) {
			switch w.IntN(5) {
			case 0:
				v := w.evidence(a, "https://github.com/lab/"+r.ID+"/blob/v1/"+string(a), start)
				pack.Slots[a] = exchange.Slot{State: exchange.HaveLink, Evidence: &v}
			case 1:
				pack.Slots[a] = exchange.Slot{State: exchange.HeldBack, Holding: exchange.ForSafety}
			case 2:
				pack.Slots[a] = exchange.Slot{State: exchange.NoneApplies, Why: "no"}
			case 3:
				pack.Slots[a] = exchange.Slot{State: exchange.WillCome, By: dayNo(400)}
			}
		}
		r.Packs = append(r.Packs, pack)
	}
	for i := range w.IntN(2) {
		r.Blocked = append(r.Blocked, exchange.Spell{Goal: i + 1, Obstacle: exchange.NeedsCompute, From: on(start + 3), To: on(start + 9)})
	}
}

func (w *world) evidence(a exchange.Artefact, where string, start int) exchange.Evidence {
	v := exchange.Evidence{
		Type: a, Title: "@title of " + string(a), Where: where, Licence: "CC-BY-4.0", Openness: exchange.ToAll, Goals: []int{1},
		Declared: exchange.Mark{By: fmt.Sprintf("v%d", w.IntN(9)), At: on(start)}, Published: dayNo(start + w.IntN(60)),
		Credit: map[string][]exchange.Role{fmt.Sprintf("v%d", w.IntN(9)): {exchange.Software}, "h1": {exchange.Validation}},
	}
	if start%4 == 0 { // nobody named a day: that of the declaration counts
		v.Published = calendar.Date{}
	}
	switch w.IntN(5) {
	case 0:
		v.Openness, v.Holding = exchange.Withheld, exchange.ForPrivacy
	case 1:
		v.Openness, v.Holding, v.Until = exchange.Embargoed, exchange.ForReview, dayNo(start+40)
	case 2:
		v.Licence = ""
	}
	return v
}

func (w *world) meeting(t exchange.Terms) exchange.Meeting {
	accepted := w.IntN(200)
	m := exchange.Meeting{Parties: [2]exchange.Party{t.Visitor, t.Host}, Accepted: on(accepted), Met: w.maybe(accepted, 50)}
	if m.Met.IsZero() {
		m.Over = w.maybe(accepted, 50)
	}
	return m
}

func (w *world) talk() exchange.Talk {
	at := w.IntN(250)
	t := exchange.Talk{At: on(at), Lab: "lab1", Replies: 10 + w.IntN(20), Attended: 5 + w.IntN(5), Estimated: w.IntN(2) == 0, Linked: w.maybe(at, 14)}
	t.OtherLabs, t.First = w.IntN(5), w.IntN(5)
	return t
}

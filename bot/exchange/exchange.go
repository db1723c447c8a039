package exchange

import (
	"maps"
	"slices"
	"time"

	"interlab/calendar"
)

// How long silence lasts before it ends what waits for an answer.
const (
	answerLife = 14 * 24 * time.Hour // of a proposal
	talkLife   = 30 * 24 * time.Hour // of terms that were changed since
	// SettleLife is how long open goals can be settled after the end before the
	// exchange counts as completed without them.
	SettleLife = 21 * 24 * time.Hour
)

// Exchange is a visit with goals in both directions. The zero value is a draft;
// Propose makes one.
type Exchange struct {
	State      State              `json:"state"`
	Proposer   Seat               `json:"proposer"`
	Version    int                `json:"version"`  // of Terms; grows with every change
	Terms      Terms              `json:"terms"`    // on the table or, once agreed, in force
	Numbered   int                `json:"numbered"` // the highest number a goal ever had
	Put        time.Time          `json:"put"`      // when this version was put on the table
	Signed     map[Seat]Signature `json:"signed,omitempty"`
	Was        *Terms             `json:"was,omitempty"`      // what the other side knew before these terms; while they are open
	Baseline   *Terms             `json:"baseline,omitempty"` // as first agreed; never changes
	Goals      []Goal             `json:"goals,omitempty"`    // of the terms that were agreed last
	Ended      time.Time          `json:"ended,omitzero"`     // when the visit was over, in fact
	Completion Completion         `json:"completion,omitempty"`
	Steps      []Step             `json:"steps"` // every move, oldest first
}

// Signature is one seat's agreement to one version of the terms.
type Signature struct {
	Person  string    `json:"person"`
	Version int       `json:"version"`
	Hash    string    `json:"hash"`
	At      time.Time `json:"at"`
}

// Step is a move that was made.
type Step struct {
	Move string    `json:"move"`
	By   string    `json:"by,omitempty"` // a person; "" for the clock
	At   time.Time `json:"at"`
}

// Completion says how an exchange came to its end.
type Completion string

// The completions.
const (
	Full   Completion = "full"   // no goal was left open
	Early  Completion = "early"  // somebody ended it before the last day
	Silent Completion = "silent" // goals were left open
)

// Propose puts terms to the other side, signed by whoever proposes them.
func Propose(terms Terms, by Party, today calendar.Date, now time.Time) (*Exchange, error) {
	e := &Exchange{State: Draft, Proposer: Visitor}
	if terms.Host.Person == by.Person {
		e.Proposer = Host
	}
	e.Terms.Visitor, e.Terms.Host = terms.Visitor, terms.Host
	if _, err := e.Seat(by); err != nil {
		return nil, err
	}
	next, err := e.revised(terms, today)
	if err != nil {
		return nil, err
	}
	if err := e.take(Submit, by, now); err != nil {
		return nil, err
	}
	e.put(next, by, now)
	return e, nil
}

// Seat is where a person sits. Somebody who is no party, or who has left the lab
// that they stood for, is refused.
func (e *Exchange) Seat(by Party) (Seat, error) {
	for _, seat := range Seats() {
		party := e.Terms.at(seat)
		switch {
		case party.Person != by.Person:
		case party.Lab != by.Lab:
			return "", refuse(Moved, "You have changed lab since this exchange was proposed, so you can no longer speak for the lab it is with. Nothing has changed; an exchange of your new lab needs a new plan.")
		default:
			return seat, nil
		}
	}
	return "", refuse(NotYours, "This exchange is between two other people. Nothing has changed.")
}

// Party is who sits in a seat.
func (e *Exchange) Party(s Seat) Party { return e.Terms.at(s) }

// take makes a move, or refuses it.
func (e *Exchange) take(event Event, by Party, now time.Time) error {
	m, ok := moveFrom(e.State, event)
	if !ok {
		return refuse(NotNow, e.notNow())
	}
	if !e.may(m, by) {
		return refuse(NotYours, "That is for the other side to say. Nothing has changed.")
	}
	e.State = m.To
	e.Steps = append(e.Steps, Step{m.ID, by.Person, now})
	return nil
}

// may reports whether somebody is one of a move's actors. The clock and the
// system are nobody.
func (e *Exchange) may(m Move, by Party) bool {
	if by == (Party{}) {
		return slices.Contains(m.By, ByTimer) || slices.Contains(m.By, BySystem)
	}
	seat, err := e.Seat(by)
	if err != nil {
		return false
	}
	role := ByCounterpart
	if seat == e.Proposer {
		role = ByProposer
	}
	return slices.ContainsFunc(m.By, func(a Actor) bool { return a == ByParty || a == role || a == Actor(seat) })
}

// notNow says why nothing of that sort can be done any more, or yet.
func (e *Exchange) notNow() string {
	switch e.State {
	case Draft, Proposed, Negotiating, Agreed:
		return "The terms are not agreed by both of you yet, so nothing was changed."
	case Scheduled:
		return "The exchange begins on " + calendar.FormatDay(e.Terms.From) + ". Until then its terms can be changed and it can be cancelled."
	case Active:
		return "The exchange is under way and its terms are agreed, so nothing was changed."
	case WrappingUp, FollowingUp:
		return "The exchange is over, so its terms can no longer be changed."
	case Closed, Declined, Withdrawn, Expired, Cancelled:
	}
	return "This exchange has ended, so nothing was changed."
}

// revised is what terms become when they are put on the table: new goals are
// numbered, and everything is checked.
func (e *Exchange) revised(next Terms, today calendar.Date) (Terms, error) {
	next.Goals = slices.Clone(next.Goals)
	last := e.Numbered
	for i := range next.Goals {
		if next.Goals[i].N == 0 {
			last++
			next.Goals[i].N = last
		}
	}
	return next, next.Check(today)
}

// put lays checked terms on the table, signed by their author alone.
func (e *Exchange) put(next Terms, by Party, now time.Time) {
	e.Version++
	e.Terms, e.Put = next, now
	for _, p := range next.Goals {
		e.Numbered = max(e.Numbered, p.N)
	}
	seat, _ := e.Seat(by) // whoever puts terms was seated before
	e.Signed = map[Seat]Signature{seat: {Person: by.Person, Version: e.Version, Hash: next.Hash(), At: now}}
}

// Waits is the seat whose answer is awaited; false when nobody's is.
func (e *Exchange) Waits() (Seat, bool) {
	if !e.State.Open() {
		return "", false
	}
	for _, seat := range Seats() {
		if !e.signed(seat) {
			return seat, true
		}
	}
	return "", false
}

// signed reports whether a seat has signed exactly what is on the table.
func (e *Exchange) signed(s Seat) bool {
	sig, ok := e.Signed[s]
	return ok && sig.Version == e.Version && sig.Hash == e.Terms.Hash()
}

// AnswerBy is when terms that nobody answers end by themselves; false when no
// answer is awaited.
func (e *Exchange) AnswerBy() (time.Time, bool) {
	switch e.State {
	case Proposed:
		return e.Put.Add(answerLife), true
	case Negotiating:
		return e.Put.Add(talkLife), true
	default:
		return time.Time{}, false
	}
}

// clone is a copy that can be changed on its own.
func (e *Exchange) clone() *Exchange {
	c := *e
	c.Terms.Goals = slices.Clone(e.Terms.Goals)
	c.Signed = maps.Clone(e.Signed)
	c.Goals = slices.Clone(e.Goals)
	c.Steps = slices.Clone(e.Steps)
	return &c
}

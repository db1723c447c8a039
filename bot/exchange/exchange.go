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
	// StartLife is how long after its first day an exchange waits for somebody to
	// say that it began.
	StartLife = 21 * 24 * time.Hour
	// MissLife is how long after its first day an exchange that never began is
	// given up.
	MissLife = 60 * 24 * time.Hour
	// PauseLife is how long a pause lasts at most.
	PauseLife = 90 * 24 * time.Hour
	// ReopenLife is how long a completed exchange can be opened again.
	ReopenLife = 30 * 24 * time.Hour
	doubtLife  = 7 * 24 * time.Hour // in which the other side may say that it has not begun
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
	Last       int                `json:"last,omitempty"`     // the highest version that terms ever had
	Next       *Amendment         `json:"next,omitempty"`     // other terms that are signed while these stay in force
	Amended    []Terms            `json:"amended,omitempty"`  // the terms that amendments replaced, oldest first
	Vacant     map[Seat]time.Time `json:"vacant,omitempty"`   // seats that nobody speaks for
	Left       []Left             `json:"left,omitempty"`     // who sat in a seat before
	Agreed     time.Time          `json:"agreed,omitzero"`    // when the last signature came
	Objection  *Said              `json:"objection,omitempty"`
	Began      *Mark              `json:"began,omitempty"`  // who said that it began
	Start      calendar.Date      `json:"start,omitzero"`   // the day on which it did
	Doubted    time.Time          `json:"doubted,omitzero"` // when the other side said that it had not
	Pauses     []Break            `json:"pauses,omitempty"`
	Finished   map[Seat]time.Time `json:"finished,omitempty"` // who of the two says that everything is done
	Midterm    map[Seat]Midterm   `json:"midterm,omitempty"`
	Handover   *Handover          `json:"handover,omitempty"`
	Ended      time.Time          `json:"ended,omitzero"`     // when the visit was over, in fact
	Completed  time.Time          `json:"completed,omitzero"` // when it was completed; what is asked later counts from here
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
	Note string    `json:"note,omitempty"` // why, where that must be said
}

// Said is a reason that somebody gave.
type Said struct {
	By   string    `json:"by"`
	Text string    `json:"text"`
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

// take makes a move, or refuses it.
func (e *Exchange) take(event Event, by Party, now time.Time) error {
	m, ok := moveFrom(e.State, event)
	if !ok {
		return refuse(NotNow, e.notNow())
	}
	if !e.may(m, by) {
		return refuse(NotYours, "That is for the other side to say. Nothing has changed.")
	}
	e.record(m, by.Person, now, "")
	return nil
}

// record makes a move that was allowed.
func (e *Exchange) record(m Move, by string, now time.Time, note string) {
	e.State = m.To
	e.Steps = append(e.Steps, Step{m.ID, by, now, note})
	if m.To == FollowingUp && m.From != FollowingUp {
		e.Completed = now
	}
}

// may reports whether somebody is one of a move's actors. The clock and the
// system are nobody.
func (e *Exchange) may(m Move, by Party) bool {
	if by == (Party{}) {
		return slices.Contains(m.By, ByTimer) || slices.Contains(m.By, BySystem)
	}
	return slices.ContainsFunc(e.seatsOf(by), func(seat Seat) bool {
		roles := []Actor{Actor(seat), ByParty, BySigners}
		switch {
		case seat.IsLead():
			roles = append(roles, ByLead)
		case seat == e.Proposer:
			roles = append(roles, ByProposer, ByBoth, ByOther)
		default:
			roles = append(roles, ByCounterpart, ByBoth, ByOther)
		}
		return slices.ContainsFunc(m.By, func(a Actor) bool { return slices.Contains(roles, a) })
	})
}

// notNow says why nothing of that sort can be done any more, or yet.
func (e *Exchange) notNow() string {
	switch e.State {
	case Draft, Proposed, Negotiating, Agreed:
		return "The terms are not agreed by both of you yet, so nothing was changed."
	case Scheduled:
		return "The exchange begins on " + calendar.FormatDay(e.Terms.From) + ". Until then its terms can be changed and it can be cancelled."
	case NotStarted:
		return "Nobody has said that the exchange began. Say so first, name other days, or cancel it. Nothing was changed."
	case Active:
		return "The exchange is under way and its terms are agreed, so nothing was changed."
	case Paused:
		return "The exchange is paused, so nothing was changed. Go on with it first."
	case WrappingUp, FollowingUp:
		return "The exchange is over, so its terms can no longer be changed."
	case Closed, Declined, Withdrawn, Expired, Cancelled:
	}
	return "This exchange has ended, so nothing was changed."
}

// revised is what terms become when they are put on the table: new goals are
// numbered, and everything is checked.
func (e *Exchange) revised(next Terms, today calendar.Date) (Terms, error) {
	next, err := e.numbered(next)
	if err != nil {
		return next, err
	}
	return next, next.Check(today)
}

// numbered are terms whose new goals have numbers that no goal ever had. A goal
// that came into force keeps its direction.
func (e *Exchange) numbered(next Terms) (Terms, error) {
	next.Goals = slices.Clone(next.Goals)
	last := e.Numbered
	for i, p := range next.Goals {
		if p.N == 0 {
			last++
			next.Goals[i].N = last
		}
		if g, ok := e.Goal(p.N); ok && e.State.Working() && (g.Way() != p.Way() || g.Settled()) && !slices.Contains(e.Terms.Goals, p) {
			return next, refuse(NotNow, "That goal is settled, or it would change its direction. Add another goal instead.")
		}
	}
	return next, nil
}

// put lays checked terms on the table, signed by their author alone.
func (e *Exchange) put(next Terms, by Party, now time.Time) {
	e.Version = e.version()
	e.Terms, e.Put = next, now
	e.number(next)
	e.Signed = map[Seat]Signature{}
	e.sign(by, now)
}

// version is the next one; every version that terms ever had is another number,
// so that a card of terms that came to nothing signs nothing else.
func (e *Exchange) version() int {
	e.Last = max(e.Last, e.Version) + 1
	return e.Last
}

// number keeps in mind which numbers goals have had.
func (e *Exchange) number(terms Terms) {
	for _, p := range terms.Goals {
		e.Numbered = max(e.Numbered, p.N)
	}
}

// sign is a person's signature for every seat of theirs that needs one.
func (e *Exchange) sign(by Party, now time.Time) {
	for _, seat := range e.seatsOf(by) {
		if slices.Contains(e.Terms.signers(), seat) {
			e.Signed[seat] = Signature{Person: by.Person, Version: e.Version, Hash: e.Terms.Hash(), At: now}
		}
	}
}

// Waiting are the seats whose signature is awaited now: the visitor's and the
// host's first, and those of the leads once the two agree.
func (e *Exchange) Waiting() []Seat {
	if !e.State.Open() {
		return nil
	}
	return inTurn(e.Terms, e.signed)
}

// inTurn are the seats that sign next.
func inTurn(t Terms, signed func(Seat) bool) []Seat {
	var parties, leads []Seat
	for _, seat := range t.signers() {
		switch {
		case signed(seat):
		case seat.IsLead():
			leads = append(leads, seat)
		default:
			parties = append(parties, seat)
		}
	}
	if len(parties) > 0 {
		return parties
	}
	return leads
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
	c.Vacant, c.Finished, c.Midterm = maps.Clone(e.Vacant), maps.Clone(e.Finished), maps.Clone(e.Midterm)
	c.Left, c.Pauses, c.Amended = slices.Clone(e.Left), slices.Clone(e.Pauses), slices.Clone(e.Amended)
	if e.Next != nil {
		next := *e.Next
		next.Terms, next.Signed = *e.Next.Terms.copied(), maps.Clone(e.Next.Signed)
		c.Next = &next
	}
	return &c
}

package exchange

import (
	"slices"
	"time"

	"interlab/calendar"
)

const (
	// MaxExtensions is how often an exchange that is under way may get a later last
	// day. After that a new one follows on it.
	MaxExtensions = 2
	amendLife     = 14 * 24 * time.Hour // of an amendment that not everybody signs
	shortMove     = 7                   // days by which agreed dates move without new talks about the rest
)

// Amendment is terms that are to take the place of those in force. Until
// everybody has signed it nothing differs; refused or forgotten, nothing ever does.
type Amendment struct {
	Version int                `json:"version"`
	Terms   Terms              `json:"terms"`
	By      string             `json:"by"`
	Put     time.Time          `json:"put"`
	Signed  map[Seat]Signature `json:"signed"`
}

// Until is when the amendment is forgotten.
func (a *Amendment) Until() time.Time { return a.Put.Add(amendLife) }

func (a *Amendment) signed(s Seat) bool {
	sig, ok := a.Signed[s]
	return ok && sig.Hash == a.Terms.Hash() && sig.Person == a.Terms.at(s).Person
}

func (a *Amendment) sign(by Party, now time.Time) {
	for _, seat := range a.Terms.signers() {
		if a.Terms.at(seat) == by {
			a.Signed[seat] = Signature{Person: by.Person, Version: a.Version, Hash: a.Terms.Hash(), At: now}
		}
	}
}

// WaitingNext are the seats whose signature an amendment waits for; none where
// there is no amendment.
func (e *Exchange) WaitingNext() []Seat {
	if e.Next == nil {
		return nil
	}
	return inTurn(e.Next.Terms, e.Next.signed)
}

// near reports whether terms differ by a move of the days alone, of a week at most.
func (t Terms) near(next Terms) bool {
	within := func(a, b calendar.Date) bool { return a.DaysUntil(b) <= shortMove && b.DaysUntil(a) <= shortMove }
	moved := t.From != next.From || t.To != next.To
	same := t
	same.From, same.To = next.From, next.To
	same.Goals, next.Goals = nil, slices.Clone(next.Goals)
	goals := slices.EqualFunc(t.Goals, next.Goals, func(a, b Pledge) bool {
		near := within(a.Due, b.Due)
		a.Due = b.Due
		return a == b && near
	})
	next.Goals = nil
	return moved && goals && within(t.From, next.From) && within(t.To, next.To) && same.Hash() == next.Hash()
}

// Extensions counts how often the last day was put off since the exchange began.
func (e *Exchange) Extensions() int {
	n := 0
	for _, s := range e.Steps {
		if s.Move == "T41" || s.Move == "T28" && s.Note == extended {
			n++
		}
	}
	return n
}

// extended is the note on an amendment that brought a later last day.
const extended = "extended"

// amendment is the event by which amended terms come into force from where the
// exchange stands now.
func (e *Exchange) amendment(next Terms) (Event, error) {
	later := next.To.Compare(e.Terms.To) > 0
	switch e.State {
	case Scheduled, NotStarted:
		return MoveDates, nil
	case Active:
		if later && e.Extensions() >= MaxExtensions {
			return "", refuse(NotNow, "This exchange was extended twice, which is as often as it can be. When it is over, plan the next one from its card; what is left goes along.")
		}
		return Extend, nil
	case WrappingUp:
		if !later {
			return "", refuse(NotNow, e.notNow())
		}
		if e.Extensions() >= MaxExtensions {
			return "", refuse(NotNow, "This exchange was extended twice, which is as often as it can be. Plan the next one when it is completed.")
		}
		return Late, nil
	case FollowingUp:
		return "", refuse(NotNow, "The exchange is completed, so it can no longer be extended. Plan the next one from its card; what is left goes along.")
	default:
		return "", refuse(NotNow, e.notNow())
	}
}

// checkAmended is what is wrong with terms that are to replace those in force,
// nil if nothing is. What has begun keeps its first day, its kind and who visits
// whom.
func (e *Exchange) checkAmended(next Terms, today calendar.Date) error {
	begun := e.State != Scheduled && e.State != NotStarted
	switch {
	case !begun:
		return next.Check(today)
	case next.From != e.Terms.From || next.Kind != e.Terms.Kind || next.Visitor != e.Terms.Visitor:
		return refuse(BadDates, "The exchange has begun, so its first day, its kind and who visits whom stay as they are. Nothing has changed.")
	case next.To.IsZero() || next.To.Compare(today) < 0:
		return refuse(BadDates, "The last day must still be to come. Name a later day.")
	case next.From.DaysUntil(next.To) > MaxDays:
		return refuse(BadDates, "An exchange lasts two years at most. Name a nearer day.")
	}
	return next.checkRest()
}

// amend proposes terms that are to replace those in force.
func (e *Exchange) amend(by Party, next Terms, today calendar.Date, now time.Time) error {
	seat, err := e.Seat(by)
	if err != nil {
		return err
	}
	if seat.IsLead() {
		return refuse(NotYours, "The visitor or the host proposes other terms; you are asked to sign them. Nothing has changed.")
	}
	if _, err := e.amendment(next); err != nil {
		return err
	}
	c := e.clone()
	if next, err = c.numbered(next); err != nil {
		return err
	}
	if err := c.checkAmended(next, today); err != nil {
		return err
	}
	c.number(next)
	c.Next = &Amendment{Version: c.version(), Terms: next, By: by.Person, Put: now, Signed: map[Seat]Signature{}}
	c.Next.sign(by, now)
	*e = *c
	return nil
}

// agreeNext signs an amendment. The last signature puts it into force.
func (e *Exchange) agreeNext(by Party, version int, today calendar.Date, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	if version != e.Next.Version {
		return refuse(Superseded, "The terms have been changed since this card. Nothing was signed; here is how they stand now.")
	}
	if err := mustSign(e.Next.Terms, by, e.Next.signed); err != nil {
		return err
	}
	event, err := e.amendment(e.Next.Terms)
	if err != nil {
		return err
	}
	if err := e.checkAmended(e.Next.Terms, today); err != nil {
		return err
	}
	c := e.clone()
	c.Next.sign(by, now)
	if len(c.WaitingNext()) == 0 {
		if err := c.enact(event, by, now); err != nil {
			return err
		}
	}
	*e = *c
	return nil
}

// enact puts signed amended terms into force.
func (e *Exchange) enact(event Event, by Party, now time.Time) error {
	m, ok := moveFrom(e.State, event)
	if !ok {
		return refuse(NotNow, e.notNow())
	}
	note := ""
	if e.Next.Terms.To.Compare(e.Terms.To) > 0 {
		note = extended
	}
	e.record(m, by.Person, now, note)
	if e.State == Active {
		e.Ended, e.Completion, e.Finished = time.Time{}, "", nil
	}
	e.Amended = append(e.Amended, e.Terms)
	if e.Next.Terms.Visitor != e.Terms.Visitor {
		e.Proposer = e.Proposer.other()
	}
	e.Terms, e.Version, e.Signed, e.Put, e.Next = e.Next.Terms, e.Next.Version, e.Next.Signed, now, nil
	e.follow()
	return nil
}

// follow takes the terms in force into the goals: what is new begins, what was
// taken out is dropped, and what stays keeps what became of it.
func (e *Exchange) follow() {
	for _, p := range e.Terms.Goals {
		i := e.place(p.N)
		if i < 0 {
			e.Goals = append(e.Goals, e.fresh(p))
			continue
		}
		if e.Goals[i].State == GoalDropped {
			e.Goals[i].State = GoalOpen
		}
		e.Goals[i].Pledge = p
	}
	for i, g := range e.Goals {
		kept := slices.ContainsFunc(e.Terms.Goals, func(p Pledge) bool { return p.N == g.N })
		if !kept && (g.State == GoalOpen || g.State == GoalDisputed) {
			e.Goals[i].State = GoalDropped
		}
	}
}

// Refuse declines an amendment, or takes it back: what is in force stays so.
func (e *Exchange) Refuse(by Party, version int) error {
	_, err := e.Seat(by)
	switch {
	case err != nil:
		return err
	case e.Next == nil || e.Next.Version != version:
		return refuse(Superseded, "That change is no longer on the table. Nothing has changed; here is how the terms stand now.")
	}
	e.Next = nil
	return nil
}

// ForgetNext drops an amendment that not everybody signed in time.
func (e *Exchange) ForgetNext() error {
	if e.Next == nil {
		return refuse(NotNow, "There is no change to forget.")
	}
	e.Next = nil
	return nil
}

package bot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/exchange"
)

// KindFollowUp is one question about an exchange, to whoever sits in one of its
// seats.
const KindFollowUp Kind = "followup"

// FollowUp is a question as package exchange has it, with what comes next and
// where it was put last. It is planned on its day, asked within the hours of its
// person, and kept for the figures once it is settled.
type FollowUp struct {
	ID string `json:"id"` // of the exchange, stage, goal, occurrence and seat: there is one for each

	exchange.FollowUp `json:"ask"`

	Act  exchange.Act   `json:"act,omitempty"` // what comes next by itself; "" for nothing
	At   time.Time      `json:"at,omitzero"`   // and when
	Acts int            `json:"acts,omitempty"`
	Card string         `json:"card,omitempty"`  // the delivery that it was put with last, with others perhaps
	Was  *exchange.Goal `json:"was,omitempty"`   // its goal before the answer, to take that back
	Via  string         `json:"other,omitempty"` // who was asked instead
}

// Ref names the follow-up.
func (f *FollowUp) Ref() Ref { return Ref{KindFollowUp, f.ID} }

// Entries are the person's questions, and those of the exchange.
func (f *FollowUp) Entries() []Entry {
	at := f.First.Unix()
	if f.First.IsZero() {
		at = 0
	}
	entries := []Entry{{Index: followUpsIn + f.Exchange, Score: at}}
	people := []string{f.Person, f.Via}
	for _, answer := range []*exchange.Answer{f.Answer, f.Before} {
		if answer != nil {
			people = append(people, answer.By)
		}
	}
	slices.Sort(people)
	for _, person := range slices.Compact(people) {
		if person != "" {
			entries = append(entries, Entry{Index: followUpsOf + person, Score: at})
		}
	}
	return entries
}

// followUpsOf and a person's id list the questions to that person, or that they
// answered; followUpsIn and an exchange's id those of an exchange.
const (
	followUpsOf = "followup.of/"
	followUpsIn = "followup.in/"
)

// Due is what comes next by itself.
func (f *FollowUp) Due() []Work {
	if f.Act == "" {
		return nil
	}
	return []Work{{Name: joinID(string(f.Act), f.Acts), At: f.At}}
}

// followUpID is the same whoever plans a question again.
func followUpID(e *Exchange, d exchange.Due) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d\n%d\n%s", e.ID, d.Stage, d.Goal, d.Occurrence, d.Seat))
	return idText.EncodeToString(sum[:idBytes])
}

// rhythm is when a person may be asked what can wait.
func (p *Person) rhythm() exchange.Rhythm {
	return exchange.Rhythm{Zone: p.Zone, Hours: p.hours(), Away: p.Away}
}

// reckon notes what comes next, and when that is.
func (a *App) reckon(f *FollowUp, p *Person) {
	act, at, ok := f.Next(a.zones, p.rhythm())
	if !ok {
		act, at = "", time.Time{}
	}
	f.Act, f.At = act, at
	f.Acts++
}

// rest ends what would come by itself.
func (f *FollowUp) rest() { f.Act, f.At = "", time.Time{} }

// asks reports whether the exchange still asks a question, and whether what it
// asks was not told lately by another way.
func (e *Exchange) asks(f *FollowUp, now time.Time) bool {
	if !e.Exchange.Asks(&f.FollowUp, e.Counted()) {
		return false
	}
	g, ok := e.Goal(f.Goal)
	return !ok || !g.Known(f.Stage, now)
}

// askedOf is who sits in the seat of a question; nil where nobody does who is here
// and stands for its lab.
func (a *App) askedOf(tx *Tx, e *Exchange, s exchange.Seat) (*Person, error) {
	if _, vacant := e.Vacant[s]; vacant {
		return nil, nil //nolint:nilnil // nobody is no error
	}
	p, err := load[*Person](tx, KindPerson, e.Party(s).Person)
	if errors.Is(err, errNotFound) {
		return nil, nil //nolint:nilnil // nobody is no error
	}
	if err != nil {
		return nil, err
	}
	if _, err := e.Seat(e.partyOf(p)); err != nil {
		return nil, nil //nolint:nilerr,nilnil // they left the lab that they sat there for
	}
	return p, nil
}

// askWork names the planning of a question.
func askWork(d exchange.Due) string {
	return joinID(workAsk, slices.Index(exchange.Stages(), d.Stage), d.Goal, d.Occurrence, slices.Index(exchange.Seats(), d.Seat))
}

// planQuestion plans the question that a piece of work names.
func (a *App) planQuestion(tx *Tx, e *Exchange, work string) error {
	i := slices.IndexFunc(e.Questions(e.Counted()), func(d exchange.Due) bool { return askWork(d) == work })
	if i < 0 {
		return nil
	}
	d := e.Questions(e.Counted())[i]
	f := &FollowUp{ID: followUpID(e, d), FollowUp: *e.Plan(e.ID, d)}
	if _, err := load[*FollowUp](tx, KindFollowUp, f.ID); !errors.Is(err, errNotFound) {
		return err // planned before
	}
	p, err := a.askedOf(tx, e, d.Seat)
	if err != nil {
		return err
	}
	if p == nil {
		f.Act, f.At = exchange.ActAsk, tx.now.Add(seatWait)
	} else {
		a.reckon(f, p)
	}
	tx.put(f)
	return a.keepWeekly(tx)
}

// seatWait is after how long a question looks again for somebody in an empty seat.
const seatWait = 2 * oneDay

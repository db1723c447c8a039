package bot

import (
	"errors"
	"slices"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// What deliveries about questions say.
const (
	noticeAsks  = "asks"  // puts one to three of them
	noticeTurn  = "turn"  // asks the other side
	noticeQuiet = "quiet" // that nothing more is asked
)

const (
	maxJoined = 3              // questions on one card: each is a row of its own
	joinAhead = 6              // days by which a question comes sooner to be on a card with another
	pauseWait = 7 * oneDay     // after which a question looks whether a pause is over
	sameDay   = 12 * time.Hour // within which reminders share a card
)

// followUpWork puts a question, repeats it, turns to the other side with it, or
// gives it up, whatever comes next. What has changed since it was planned is seen
// here, for whatever is no longer true is not asked.
func (a *App) followUpWork(tx *Tx, f *FollowUp, _ Claim) error {
	tx.put(f)
	e, err := load[*Exchange](tx, KindExchange, f.Exchange)
	if errors.Is(err, errNotFound) {
		tx.remove(f.Ref())
		return nil
	}
	if err != nil {
		return err
	}
	p, err := a.addressee(tx, e, f)
	if err != nil || p == nil {
		return err
	}
	act, at, ok := f.Next(a.zones, p.rhythm())
	switch {
	case !ok:
		f.rest()
		return nil
	case at.After(tx.now): // hours, zone or absences are other ones now
		f.Act, f.At = act, at
		f.Acts++
		return nil
	case act == exchange.ActGiveUp:
		return a.fallSilent(tx, f, p)
	case p.hushed(tx.now):
		return a.passOn(tx, e, f)
	case act == exchange.ActTurn:
		return a.turn(tx, e, f, p)
	}
	return a.put(tx, f, p)
}

// addressee is who is asked now; nil where nobody is, and the question waits for
// somebody or has ended.
func (a *App) addressee(tx *Tx, e *Exchange, f *FollowUp) (*Person, error) {
	held := e.State == exchange.Paused && f.Stage != exchange.AskBack && f.State == exchange.Planned
	if held {
		f.At = tx.now.Add(pauseWait)
		f.Acts++
		return nil, nil //nolint:nilnil // nobody is asked in a pause
	}
	if !e.asks(f, tx.now) {
		f.Cancel(tx.now)
		f.rest()
		return nil, nil //nolint:nilnil // nobody needs to be asked
	}
	p, err := a.askedOf(tx, e, f.Seat)
	switch {
	case err != nil:
		return nil, err
	case p == nil:
		f.At = tx.now.Add(seatWait)
		f.Acts++
	case p.ID != f.Person && f.State == exchange.Planned:
		f.Person = p.ID // the seat has changed hands
	case p.ID != f.Person:
		f.Cancel(tx.now)
		f.rest()
		return nil, nil //nolint:nilnil // whoever was asked has left
	}
	return p, nil
}

// put asks, or asks again, together with what else is due for the person, on a
// day on which they are asked nothing else.
func (a *App) put(tx *Tx, f *FollowUp, p *Person) error {
	if f.Stage == exchange.AskVerify && f.State == exchange.Planned {
		return a.putClaim(tx, f, p)
	}
	d := &Delivery{Notice: noticeAsks, Subject: f.Ref(), To: p.ID, Class: Nudge, Progress: Planned}
	d.ID = deliveryID(tx, p, *d)
	ok, err := a.findDay(tx, p, d)
	if err != nil {
		return err
	}
	if !ok || d.NotBefore.After(tx.now) { // it is looked at again on that day
		if f.At = d.NotBefore; !ok {
			f.At = tx.now.Add(pauseWait)
		}
		f.Acts++
		return nil
	}
	joined, err := a.joined(tx, f, p)
	if err != nil {
		return err
	}
	for _, q := range joined {
		if q.State == exchange.Planned {
			q.Ask(tx.now)
		} else {
			q.Remind()
		}
		q.Card = d.ID
		a.reckon(q, p)
		tx.put(q)
	}
	tx.put(d)
	return nil
}

// putClaim asks whether what the other one just said is so. Somebody waits for the
// answer, so it goes as asks do, whatever else was asked on that day; only
// reminders of it can wait.
func (a *App) putClaim(tx *Tx, f *FollowUp, p *Person) error {
	d := Delivery{Notice: noticeAsks, Subject: f.Ref()}
	f.Ask(tx.now)
	f.Card = deliveryID(tx, p, d)
	a.tell(tx, p, d)
	a.reckon(f, p)
	return nil
}

// joined are the questions that go on one card with one that is due: reminders of
// the day, and what of the next days may as well come now.
func (a *App) joined(tx *Tx, f *FollowUp, p *Person) ([]*FollowUp, error) {
	all, err := listAll[*FollowUp](tx, followUpsOf+p.ID)
	if err != nil {
		return nil, err
	}
	joined := []*FollowUp{f}
	slices.SortStableFunc(all, func(x, y *FollowUp) int { return x.At.Compare(y.At) })
	for _, listed := range all {
		if len(joined) == maxJoined {
			break
		}
		if listed.ID == f.ID || listed.Person != p.ID || !listed.comesWith(tx.now, a.zones.Today(tx.now, p.zone())) {
			continue
		}
		q, err := load[*FollowUp](tx, KindFollowUp, listed.ID)
		if err != nil {
			return nil, err
		}
		e, err := load[*Exchange](tx, KindExchange, q.Exchange)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if e.State != exchange.Paused && e.asks(q, tx.now) && e.Party(q.Seat).Person == p.ID {
			joined = append(joined, q)
		}
	}
	return joined, nil
}

// comesWith reports whether a question may be put beside one that is put now.
func (f *FollowUp) comesWith(now time.Time, today calendar.Date) bool {
	switch {
	case f.State == exchange.Asked:
		return f.Act == exchange.ActRemind && f.At.Before(now.Add(sameDay))
	case f.State != exchange.Planned:
		return false
	case !f.At.After(now):
		return true
	}
	return f.Until.IsZero() && f.Stage.AboutGoal() && today.DaysUntil(f.Day) <= joinAhead
}

// fallSilent ends a question that nobody answered. After the third in a row the
// person is asked nothing more until they say so.
func (a *App) fallSilent(tx *Tx, f *FollowUp, p *Person) error {
	f.GiveUp(tx.now)
	f.rest()
	if p.hushed(tx.now) {
		return nil
	}
	silent, err := a.silent(tx, f, p)
	if err != nil || !silent {
		return err
	}
	p.Hush = Hush{Since: tx.now}
	tx.put(p)
	return a.nudge(tx, p, Delivery{Notice: noticeQuiet, Subject: p.Ref()})
}

// silent reports whether the last questions to a person, with one that was just
// given up, went unanswered.
func (a *App) silent(tx *Tx, last *FollowUp, p *Person) (bool, error) {
	all, err := listAll[*FollowUp](tx, followUpsOf+p.ID)
	if err != nil {
		return false, err
	}
	all = slices.DeleteFunc(all, func(f *FollowUp) bool {
		return f.ID == last.ID || f.Person != p.ID || f.First.IsZero() || !f.Settled.After(p.Hush.Heard)
	})
	slices.SortStableFunc(all, func(x, y *FollowUp) int { return x.Settled.Compare(y.Settled) })
	states := make([]exchange.Asking, 0, len(all)+1)
	for _, f := range append(all, last) {
		states = append(states, f.State)
	}
	return exchange.Quiet(states), nil
}

// passOn ends a question that its person is not asked, and asks the other side
// where that can know.
func (a *App) passOn(tx *Tx, e *Exchange, f *FollowUp) error {
	f.Pass(tx.now)
	f.rest()
	if !f.Counterpart {
		return nil
	}
	return a.turnTo(tx, e, f)
}

// turn asks the other side and lets the question stand meanwhile.
func (a *App) turn(tx *Tx, e *Exchange, f *FollowUp, p *Person) error {
	f.Turn(tx.now)
	a.reckon(f, p)
	return a.turnTo(tx, e, f)
}

func (a *App) turnTo(tx *Tx, e *Exchange, f *FollowUp) error {
	other, err := a.askedOf(tx, e, f.Seat.Side().Across())
	if err != nil || other == nil || other.ID == f.Person || other.hushed(tx.now) {
		return err
	}
	f.Via = other.ID
	return a.nudge(tx, other, Delivery{Notice: noticeTurn, Subject: f.Ref()})
}

// unreached turns to the other side with what could not be delivered.
func (a *App) unreached(tx *Tx, d *Delivery) error {
	if d.Notice != noticeAsks {
		return nil
	}
	all, err := listAll[*FollowUp](tx, followUpsOf+d.To)
	if err != nil {
		return err
	}
	for _, listed := range all {
		if listed.Card != d.ID || listed.State != exchange.Asked {
			continue
		}
		f, err := load[*FollowUp](tx, KindFollowUp, listed.ID)
		if err != nil {
			return err
		}
		e, err := load[*Exchange](tx, KindExchange, f.Exchange)
		if err != nil {
			return err
		}
		tx.put(f)
		if err := a.passOn(tx, e, f); err != nil {
			return err
		}
	}
	return nil
}

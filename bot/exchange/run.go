package exchange

import (
	"slices"
	"time"

	"interlab/calendar"
)

// startAhead is how many days before its first day an exchange may begin.
const startAhead = 3

// ConfirmStart says for the visitor or the host on which day it began. Nothing
// begins by itself: a visit that never took place would count as one.
func (e *Exchange) ConfirmStart(by Party, on, today calendar.Date, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	switch {
	case e.State != Scheduled && e.State != NotStarted:
		return refuse(NotNow, e.notNow())
	case on.DaysUntil(e.Terms.From) > startAhead:
		return refuse(NotNow, "The exchange begins on "+calendar.FormatDay(e.Terms.From)+". If you begin sooner, change its days first. Nothing has changed.")
	case on.Compare(today) > 0:
		return refuse(BadDates, calendar.FormatDay(on)+" is still to come. Say so when it has begun.")
	}
	if err := e.take(Start, by, now); err != nil {
		return err
	}
	e.Began, e.Start = &Mark{by.Person, now}, on
	return nil
}

// Dispute says for the other one of the two that it has not begun.
func (e *Exchange) Dispute(by Party, now time.Time) error {
	_, err := e.Seat(by)
	switch {
	case err != nil:
		return err
	case e.State != Active || e.Began == nil:
		return refuse(NotNow, e.notNow())
	case e.Began.By == by.Person:
		return refuse(NotYours, "You said yourself that it began. To put it off, change its days; to leave, end it.")
	case !now.Before(e.Began.At.Add(doubtLife)):
		return refuse(NotNow, "That it began was said more than a week ago, so it stays so. Anybody may end the exchange at once.")
	}
	if err := e.take(Disputed, by, now); err != nil {
		return err
	}
	e.Began, e.Start, e.Doubted = nil, calendar.Date{}, now
	return nil
}

// Stand lets an exchange stand as not started that nobody said began.
func (e *Exchange) Stand(now time.Time) error { return e.take(Unstarted, Party{}, now) }

// GiveUp cancels an exchange that never began.
func (e *Exchange) GiveUp(now time.Time) error {
	if err := e.take(GivenUp, Party{}, now); err != nil {
		return err
	}
	e.drop()
	return nil
}

// Cancel calls off an exchange that has not begun. Anybody in it may, at once;
// the goals are dropped.
func (e *Exchange) Cancel(by Party, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	if err := e.take(Cancel, by, now); err != nil {
		return err
	}
	e.drop()
	return nil
}

// drop ends all goals of an exchange that does not take place.
func (e *Exchange) drop() {
	e.Next = nil
	for i := range e.Goals {
		e.Goals[i].State = GoalDropped
	}
}

// End is the day after the last one.
func (e *Exchange) End(now time.Time) error {
	if err := e.take(EndTime, Party{}, now); err != nil {
		return err
	}
	e.Ended = now
	return e.complete("", now)
}

// EndNow ends an exchange that is under way or paused. Nobody needs permission
// to leave, and nobody is asked why.
func (e *Exchange) EndNow(by Party, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	if err := e.take(EndEarly, by, now); err != nil {
		return err
	}
	e.Ended, e.Completion, e.Next = now, Early, nil
	return e.complete(by.Person, now)
}

// Finish says for the visitor or the host that everything is done before the
// last day. When both have said so it is over, and no less complete for that.
func (e *Exchange) Finish(by Party, now time.Time) error {
	seat, err := e.Seat(by)
	switch {
	case err != nil:
		return err
	case e.State != Active:
		return refuse(NotNow, e.notNow())
	case seat.IsLead():
		return refuse(NotYours, "The visitor and the host say together that everything is done. Nothing has changed.")
	}
	c := e.clone()
	if c.Finished == nil {
		c.Finished = map[Seat]time.Time{}
	}
	if _, said := c.Finished[seat]; said {
		return refuse(Twice, "You have said so already. It is over when the other one says so too, or on its last day.")
	}
	c.Finished[seat] = now
	if len(c.Finished) == 2 {
		if err := c.take(Finish, by, now); err != nil {
			return err
		}
		c.Ended, c.Next = now, nil
		if err := c.complete(by.Person, now); err != nil {
			return err
		}
	}
	*e = *c
	return nil
}

// complete ends the wrapping up once no goal is open and the work is handed over.
func (e *Exchange) complete(by string, now time.Time) error {
	m, ok := moveFrom(e.State, Close)
	if !ok || e.unsettled() || !e.HandedOver() {
		return nil
	}
	e.record(m, by, now, "") // it follows at once from what somebody just did
	e.Next = nil
	if e.Completion == "" {
		e.Completion = Full
	}
	return nil
}

// unsettled reports whether something is still expected of a goal.
func (e *Exchange) unsettled() bool {
	return slices.ContainsFunc(e.Goals, func(g Goal) bool { return !g.Settled() })
}

// Settle ends the wrapping up by itself, whatever was left open.
func (e *Exchange) Settle(now time.Time) error {
	if err := e.take(Settled, Party{}, now); err != nil {
		return err
	}
	e.Next = nil
	if e.Completion == "" {
		e.Completion = Silent
	}
	return nil
}

// SettleBy is when the wrapping up ends by itself.
func (e *Exchange) SettleBy() time.Time { return e.Ended.Add(SettleLife) }

// Reopen takes a completed exchange back into the wrapping up, for an organiser
// who says why. Its completion is decided again.
func (e *Exchange) Reopen(organiser, why string, now time.Time) error {
	m, ok := moveFrom(e.State, Reopen)
	if !ok {
		return refuse(NotNow, e.notNow())
	}
	if !now.Before(e.Completed.Add(ReopenLife)) {
		return refuse(NotNow, "It was completed more than 30 days ago, so it stays as it is. Plan the next one from its card; what is left goes along.")
	}
	if err := CheckText(why); err != nil {
		return err
	}
	e.record(m, organiser, now, why)
	e.Ended, e.Completion, e.Completed = now, "", time.Time{}
	return nil
}

// Renew notes that another exchange follows on this one.
func (e *Exchange) Renew(by Party, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	return e.take(Renew, by, now)
}

// Shut closes an exchange for good.
func (e *Exchange) Shut(now time.Time) error { return e.take(Followed, Party{}, now) }

// answerDays are left for answers to the last question: two reminders, the other
// side, and somebody's absence.
const answerDays = 45

// ShutAt is when a completed exchange is closed; of one that is wrapping up, the
// latest that this may be.
func (e *Exchange) ShutAt() time.Time {
	from := e.Completed
	if from.IsZero() {
		from = e.Ended // as exchanges were kept once
		if e.State == WrappingUp {
			from = e.SettleBy()
		}
	}
	return from.AddDate(0, 0, e.Terms.Kind.FollowDays()+answerDays)
}

package exchange

import (
	"slices"
	"time"
)

// Cancel calls off an exchange that has not begun. Either side may, at once; the
// goals are dropped.
func (e *Exchange) Cancel(by Party, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	if err := e.take(Cancel, by, now); err != nil {
		return err
	}
	for i := range e.Goals {
		e.Goals[i].State = GoalDropped
	}
	return nil
}

// Begin is the first day: nobody has to confirm it.
func (e *Exchange) Begin(now time.Time) error { return e.take(StartTime, Party{}, now) }

// End is the day after the last one.
func (e *Exchange) End(now time.Time) error {
	if err := e.take(EndTime, Party{}, now); err != nil {
		return err
	}
	e.Ended = now
	return nil
}

// EndNow ends an exchange that is under way. Nobody needs permission to leave.
func (e *Exchange) EndNow(by Party, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	if err := e.take(EndEarly, by, now); err != nil {
		return err
	}
	e.Ended, e.Completion = now, Early
	return e.complete(by, now)
}

// complete ends the wrapping up once no goal is open.
func (e *Exchange) complete(by Party, now time.Time) error {
	if e.State != WrappingUp || e.unsettled() {
		return nil
	}
	if err := e.take(Close, by, now); err != nil {
		return err
	}
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
	switch {
	case e.Completion != "":
	case e.unsettled():
		e.Completion = Silent
	default:
		e.Completion = Full
	}
	return nil
}

// SettleBy is when the wrapping up ends by itself.
func (e *Exchange) SettleBy() time.Time { return e.Ended.Add(SettleLife) }

// Shut closes an exchange for good.
func (e *Exchange) Shut(now time.Time) error { return e.take(Followed, Party{}, now) }

// ShutAt is when a completed exchange is closed.
func (e *Exchange) ShutAt() time.Time {
	return e.Ended.AddDate(0, 0, e.Terms.Kind.FollowDays())
}

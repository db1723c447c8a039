package bot

import (
	"slices"
	"time"

	"interlab/bot/exchange"
)

// The work of an exchange, beside nudges and expiry as a match has them.
const (
	workStart  = "start" // somebody is asked whether it began
	workStand  = "stand" // and nobody said so
	workGiveUp = "giveup"
	workMid    = "mid"
	workHand   = "hand"
	workLast   = "last"
	workBack   = "back" // a pause was to be over
	workPause  = "pause"
	workAgain  = "again" // an amendment is still open
	workDrop   = "drop"  // and ends
	workSeat   = "seat"  // nobody took a vacant seat
	workSettle = "settle"
	workShut   = "shut"
	workGoal   = "goal"
)

const (
	oneDay   = 24 * time.Hour
	seatLife = 14 * oneDay // in which a lab fills a seat by itself
)

// askedOn are the days after something was to happen on which people are asked
// whether it did: at once, and two reminders.
func askedOn() []time.Duration { return []time.Duration{0, 3 * oneDay, 7 * oneDay} }

// Due is what comes next by itself: reminders of terms and their end, the
// questions whether it began, how it goes half-way and who keeps what, the last
// day, the close, and the questions about goals.
func (e *Exchange) Due() []Work {
	var due []Work
	add := func(name string, at time.Time) {
		if !slices.Contains(e.Done, name) {
			due = append(due, Work{name, at})
		}
	}
	if by, ok := e.AnswerBy(); ok {
		add(e.versioned(workNudge1), e.Put.Add(firstNudge))
		add(e.versioned(workNudge2), e.Put.Add(secondNudge))
		add(e.versioned(workExpire), by)
	}
	if e.Next != nil {
		add(joinID(workAgain, e.Next.Version), e.Next.Put.Add(firstNudge))
		add(joinID(workDrop, e.Next.Version), e.Next.Until())
	}
	for seat, since := range e.Vacant {
		if e.State.Final() {
			break
		}
		add(joinID(workSeat, slices.Index(exchange.Seats(), seat), int(since.Unix())), since.Add(seatLife))
	}
	e.dueTurns(add)
	slices.SortFunc(due, func(a, b Work) int { return a.At.Compare(b.At) })
	return append(due, e.dueAsks()...)
}

// dueTurns are the turns that an exchange takes by itself from where it stands.
func (e *Exchange) dueTurns(add func(string, time.Time)) {
	switch e.State {
	case exchange.Scheduled:
		from := e.Begins
		if e.Doubted.After(from) {
			from = e.Doubted.Add(3 * oneDay) // it was just said that it has not begun
		}
		for i, after := range askedOn() {
			add(joinID(workStart, int(from.Unix()), i), from.Add(after))
		}
		add(joinID(workStand, int(from.Unix())), from.Add(exchange.StartLife))
	case exchange.NotStarted:
		add(e.versioned(workGiveUp), e.Begins.Add(exchange.MissLife))
	case exchange.Active:
		e.dueUnderWay(add)
	case exchange.Paused:
		pause, _ := e.Pausing()
		back := pause.At.Add(time.Duration(pause.From.DaysUntil(pause.Until)) * oneDay)
		for i, after := range askedOn() {
			if at := back.Add(after); at.Before(pause.At.Add(exchange.PauseLife)) {
				add(joinID(workBack, len(e.Pauses), i), at)
			}
		}
		add(joinID(workPause, len(e.Pauses)), pause.At.Add(exchange.PauseLife))
	case exchange.WrappingUp:
		add(joinID(workSettle, int(e.Ended.Unix())), e.SettleBy())
	case exchange.FollowingUp:
		add(joinID(workShut, int(e.Completed.Unix())), e.ShutAt())
	default:
	}
}

// dueUnderWay is what comes while the visit lasts.
func (e *Exchange) dueUnderWay(add func(string, time.Time)) {
	for i, checkpoint := range e.Checkpoints() {
		at := e.Begins.AddDate(0, 0, e.Terms.From.DaysUntil(checkpoint))
		if at.Before(e.Ends) {
			add(joinID(workMid, i), at)
		}
	}
	if !e.HandedOver() && e.Handover == nil {
		add(e.versioned(workHand), e.Ends.AddDate(0, 0, -exchange.HandoverDays))
	}
	add(e.versioned(workLast), e.Ends)
}

// dueAsks are the questions about goals that are neither settled nor given up.
// Nothing is asked in a pause.
func (e *Exchange) dueAsks() []Work {
	var due []Work
	if !e.State.Working() || e.State == exchange.Paused {
		return nil
	}
	for _, g := range e.Goals {
		if ask := e.Asks[g.N]; !g.Settled() && !ask.At.IsZero() {
			due = append(due, Work{Name: joinID(workGoal, g.N, ask.Round, ask.Sent), At: ask.At})
		}
	}
	return due
}

// versioned names work about terms, apart from earlier ones.
func (e *Exchange) versioned(work string) string { return joinID(work, e.Version) }

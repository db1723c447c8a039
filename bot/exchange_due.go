package bot

import (
	"slices"
	"time"

	"interlab/bot/exchange"
)

// The work of an exchange, beside nudges and expiry as a match has them.
const (
	workStand  = "stand" // and nobody said so
	workGiveUp = "giveup"
	workLast   = "last"
	workPause  = "pause"
	workAgain  = "again" // an amendment is still open
	workDrop   = "drop"  // and ends
	workSeat   = "seat"  // nobody took a vacant seat
	workSettle = "settle"
	workShut   = "shut"
	workAsk    = "ask" // a question is planned
)

const (
	oneDay   = 24 * time.Hour
	seatLife = 14 * oneDay // in which a lab fills a seat by itself
)

// before is how long before a day begins by UTC its questions are planned: wherever
// people are, their morning is still to come, and those of one day are all known.
const before = 14 * time.Hour

// Due is what comes next by itself: reminders of terms and their end, the first
// and the last day, the close, and the planning of all questions.
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
	for _, d := range e.Questions(e.Counted()) {
		add(askWork(d), time.Date(d.Day.Year(), d.Day.Month(), d.Day.Day(), 0, 0, 0, 0, time.UTC).Add(-before))
	}
	slices.SortFunc(due, func(a, b Work) int { return a.At.Compare(b.At) })
	return due
}

// dueTurns are the turns that an exchange takes by itself from where it stands.
func (e *Exchange) dueTurns(add func(string, time.Time)) {
	switch e.State {
	case exchange.Scheduled:
		from := e.Begins
		if e.Doubted.After(from) {
			from = e.Doubted.Add(3 * oneDay) // it was just said that it has not begun
		}
		add(joinID(workStand, int(from.Unix())), from.Add(exchange.StartLife))
	case exchange.NotStarted:
		add(e.versioned(workGiveUp), e.Begins.Add(exchange.MissLife))
	case exchange.Active:
		add(e.versioned(workLast), e.Ends)
	case exchange.Paused:
		pause, _ := e.Pausing()
		add(joinID(workPause, len(e.Pauses)), pause.At.Add(exchange.PauseLife))
	case exchange.WrappingUp:
		add(joinID(workSettle, int(e.Ended.Unix())), e.SettleBy())
	case exchange.FollowingUp:
		add(joinID(workShut, int(e.Completed.Unix())), e.ShutAt())
	default:
	}
}

// versioned names work about terms, apart from earlier ones.
func (e *Exchange) versioned(work string) string { return joinID(work, e.Version) }

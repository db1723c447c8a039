package exchange

import (
	"time"

	"interlab/calendar"
)

// Break is a pause. While it lasts nothing is asked and nothing ends but by
// people, or by its ninetieth day.
type Break struct {
	By    string        `json:"by"`
	From  calendar.Date `json:"from"`
	Until calendar.Date `json:"until"`           // the day on which it goes on, as planned
	Moves bool          `json:"moves,omitempty"` // the days of open goals move along by as long as it lasted
	At    time.Time     `json:"at"`
	Back  calendar.Date `json:"back,omitzero"` // the day on which it did go on
}

// Pause stops an exchange until a day. The visitor or the host may, at once.
func (e *Exchange) Pause(by Party, until calendar.Date, moves bool, today calendar.Date, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	switch {
	case e.State != Active:
		return refuse(NotNow, e.notNow())
	case until.IsZero() || until.Compare(today) <= 0:
		return refuse(BadDates, "Name the day on which it goes on, which is still to come. Nothing was paused.")
	case time.Duration(today.DaysUntil(until))*24*time.Hour > PauseLife:
		return refuse(BadDates, "A pause lasts 90 days at most. Name a nearer day, or end the exchange and plan another one later.")
	}
	if err := e.take(Pause, by, now); err != nil {
		return err
	}
	e.Pauses = append(e.Pauses, Break{By: by.Person, From: today, Until: until, Moves: moves, At: now})
	e.Finished = nil
	return nil
}

// Resume goes on with a paused exchange.
func (e *Exchange) Resume(by Party, today calendar.Date, now time.Time) error {
	if _, err := e.Seat(by); err != nil {
		return err
	}
	if err := e.take(Resume, by, now); err != nil {
		return err
	}
	e.goesOn(today)
	return nil
}

// goesOn ends the pause, and moves the days of open goals where that was wanted.
func (e *Exchange) goesOn(today calendar.Date) {
	b := &e.Pauses[len(e.Pauses)-1]
	b.Back = today
	if !b.Moves {
		return
	}
	for i := range e.Goals {
		if g := &e.Goals[i]; !g.Settled() && g.Due.Compare(b.From) >= 0 {
			g.Due = g.Due.AddDays(max(0, b.From.DaysUntil(today)))
		}
	}
}

// LapsePause ends an exchange that nobody went on with.
func (e *Exchange) LapsePause(now time.Time) error {
	if err := e.take(PauseEnds, Party{}, now); err != nil {
		return err
	}
	e.Ended, e.Next = now, nil
	return e.complete("", now)
}

// Pausing is the pause that lasts now; false if none does.
func (e *Exchange) Pausing() (Break, bool) {
	if e.State != Paused {
		return Break{}, false
	}
	return e.Pauses[len(e.Pauses)-1], true
}

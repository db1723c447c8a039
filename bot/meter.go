package bot

import (
	"strings"
	"time"

	"interlab/bot/chat"
)

// Outcome is how something that the bot did has ended.
type Outcome string

// The outcomes.
const (
	OutcomeDone    Outcome = "done"
	OutcomeRefused Outcome = "refused" // of an event: the person was told why not
	OutcomeFailed  Outcome = "failed"  // of an event: our fault; of work: given up
	OutcomeLater   Outcome = "later"   // tried again, by this replica or another one
)

// Meter hears of what the bot does, as each thing ends, so that an operator can
// watch it. It gets names of routes, work and kinds, and never text or people.
// Its methods are called from many goroutines at once and must not wait.
type Meter interface {
	// Accepted: an event was saved in the inbox, or could not be, in that time.
	Accepted(saved bool, took time.Duration)
	// Handled: an event was answered, in that time.
	Handled(platform chat.Platform, route string, o Outcome, took time.Duration)
	// Worked: due work was done, that long after it was due.
	Worked(kind Kind, work string, o Outcome, late time.Duration)
	// Delivered: something that somebody was to be told has come so far.
	Delivered(class Class, p Progress)
	// Changed: a change was committed, by a route or by due work.
	Changed(verb string)
}

// unwatched is the meter of a bot that nobody watches.
type unwatched struct{}

// Accepted implements Meter.
func (unwatched) Accepted(bool, time.Duration) {}

// Handled implements Meter.
func (unwatched) Handled(chat.Platform, string, Outcome, time.Duration) {}

// Worked implements Meter.
func (unwatched) Worked(Kind, string, Outcome, time.Duration) {}

// Delivered implements Meter.
func (unwatched) Delivered(Class, Progress) {}

// Changed implements Meter.
func (unwatched) Changed(string) {}

// noteHandled tells the log and the meter of an event that was answered.
func (a *App) noteHandled(e chat.Event, r response, began time.Time) {
	took := a.clock.Now().Sub(began)
	a.meter.Handled(e.From.Platform, r.route, r.outcome, took)
	a.log.Info().Str("event", e.ID).Str("platform", string(e.From.Platform)).Str("route", r.route).
		Str("outcome", string(r.outcome)).Dur("ms", took).Msg("event handled")
}

// noteWorked tells the log and the meter of due work that was tried. What
// failed has a line of its own, with the cause.
func (a *App) noteWorked(c Claim, o Outcome, now time.Time) {
	late := max(0, now.Sub(c.At))
	a.meter.Worked(c.Ref.Kind, generalWork(c.Work), o, late)
	if o == OutcomeDone {
		a.log.Info().Stringer("doc", c.Ref).Str("work", c.Work).Dur("late_ms", late).Msg("work done")
	}
}

// generalWork is the name of work without what tells its pieces apart: "fan"
// of "fan.3". There are only so many of them.
func generalWork(work string) string {
	name, _, _ := strings.Cut(work, ".")
	return name
}

package exchange

import (
	"slices"
	"time"

	"interlab/calendar"
)

// GoalState is what became of a goal.
type GoalState string

// The states of a goal.
const (
	GoalOpen     GoalState = "open"
	GoalClaimed  GoalState = "claimed"      // the giving side says that it is done
	GoalDisputed GoalState = "disputed"     // and the receiving side says: not yet
	GoalVerified GoalState = "verified"     // the receiving side says so too
	GoalDropped  GoalState = "dropped"      // taken out of the terms by everybody, or with the exchange
	GoalMissed   GoalState = "not_achieved" // the giving side says that it will not be
	GoalCarried  GoalState = "carried_over" // somebody goes on with it after the exchange
)

// Status is how the giving side says that an open goal is going.
type Status string

// The statuses. The zero value means that nobody has said.
const (
	OnTrack Status = "on_track"
	AtRisk  Status = "at_risk"
	Blocked Status = "blocked"
)

// Outcome is how far a verified goal was reached, as the receiving side says.
type Outcome string

// The outcomes. The zero value is Alone, as goals were verified once.
const (
	Alone    Outcome = ""       // they can do it alone
	WithHelp Outcome = "helped" // with some help still
)

// Goal is a pledge in force, and what became of it.
type Goal struct {
	Pledge
	State    GoalState     `json:"state"`
	First    calendar.Date `json:"first,omitzero"` // the day for which it was agreed at the very first
	Status   Status        `json:"status,omitempty"`
	Obstacle Obstacle      `json:"obstacle,omitempty"` // what is in the way of a blocked one
	Since    time.Time     `json:"since,omitzero"`     // since when it is blocked
	Spells   []Spell       `json:"spells,omitempty"`   // when it was blocked before, oldest first
	Said     time.Time     `json:"said,omitzero"`      // when Status was given
	Claimed  *Mark         `json:"claimed,omitempty"`
	Found    string        `json:"found,omitempty"` // of a negative result: what was learned
	Verified *Mark         `json:"verified,omitempty"`
	Outcome  Outcome       `json:"outcome,omitempty"`
	Doubted  *Mark         `json:"doubted,omitempty"`  // who said last that it is not reached yet
	NotYet   int           `json:"not_yet,omitempty"`  // how often the receiving side said so
	Help     *Help         `json:"help,omitempty"`     // who was asked to clear the way of a blocked one
	Settling *Said         `json:"settling,omitempty"` // who goes on with a carried one, or what a missed one taught
}

// Mark is who said something, and when.
type Mark struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Help is a seat that was asked to clear the way of a goal, and when.
type Help struct {
	Seat Seat      `json:"seat"`
	At   time.Time `json:"at"`
}

// Settled reports whether nothing more is expected of the goal.
func (g Goal) Settled() bool {
	return g.State == GoalVerified || g.State == GoalDropped || g.State == GoalMissed || g.State == GoalCarried
}

// Health is how a goal does, derived from what is known of it.
type Health string

// The healths. A goal that was claimed is in the receiver's hands and does well.
const (
	Well    Health = "ok"
	Behind  Health = "behind"
	Risky   Health = "at_risk"
	Overdue Health = "overdue"
)

const (
	stuckDays = 14   // after which a goal that is blocked is at risk
	quietPart = 0.75 // of its time after which a goal of which nobody said anything is behind
)

// Health of the goal on a day: overdue once its day has passed and nobody has
// claimed it; at risk where its giver says so, where it is blocked for more than
// two weeks, or where the receiver said "not yet"; behind where it is blocked, or
// three quarters of its time have gone without a word. from is the first day of
// the exchange.
func (g Goal) Health(from, today calendar.Date) Health {
	switch {
	case g.State != GoalOpen && g.State != GoalDisputed:
		return Well
	case g.Due.Compare(today) < 0:
		return Overdue
	case g.State == GoalDisputed, g.Status == AtRisk, g.stuck(today):
		return Risky
	case g.Status == Blocked, g.Status == "" && float64(from.DaysUntil(today)) > quietPart*float64(from.DaysUntil(g.Due)):
		return Behind
	}
	return Well
}

// stuck reports whether a goal is blocked for more than two weeks. Of goals that
// were kept before Since was, the last word counts.
func (g Goal) stuck(today calendar.Date) bool {
	since := g.Since
	if since.IsZero() {
		since = g.Said
	}
	return g.Status == Blocked && !since.IsZero() && dayOf(since).DaysUntil(today) > stuckDays
}

// dayOf is the day of a moment in UTC.
func dayOf(at time.Time) calendar.Date {
	d, err := calendar.NewDate(at.UTC().Year(), at.UTC().Month(), at.UTC().Day())
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// Goal is the goal in force of a number; false if there is none.
func (e *Exchange) Goal(n int) (Goal, bool) {
	i := e.place(n)
	if i < 0 {
		return Goal{}, false
	}
	return e.Goals[i], true
}

func (e *Exchange) place(n int) int {
	return slices.IndexFunc(e.Goals, func(g Goal) bool { return g.N == n })
}

// Giver and Receiver are the seats of those who speak for a goal's two labs.
func (e *Exchange) Giver(p Pledge) Seat {
	if e.Terms.Visitor.Lab == p.Giver {
		return Visitor
	}
	return Host
}

// Receiver is the seat across from the Giver.
func (e *Exchange) Receiver(p Pledge) Seat { return e.Giver(p).other() }

// worked is the place of a goal that somebody of one side says something about.
// The lead of a lab speaks for it as its visitor or host does.
func (e *Exchange) worked(n int, by Party, side func(Pledge) Seat, refusal string) (int, error) {
	seat, err := e.side(by)
	if err != nil {
		return 0, err
	}
	i := e.place(n)
	switch {
	case !e.State.Working():
		return 0, refuse(NotNow, e.notYetWorking())
	case i < 0:
		return 0, refuse(NoGoal, "There is no such goal in this exchange.")
	case seat != side(e.Goals[i].Pledge):
		return 0, refuse(NotYours, refusal)
	}
	return i, nil
}

func (e *Exchange) notYetWorking() string {
	switch e.State {
	case Scheduled, NotStarted:
		return "The exchange begins on " + calendar.FormatDay(e.Terms.From) + " and when one of you says so; its goals are worked on from then on. Nothing has changed."
	case Draft, Proposed, Negotiating, Agreed:
		return "The terms are not agreed by both of you yet, so there is no goal to speak of. Nothing has changed."
	default:
		return "This exchange is closed, so its goals stay as they are."
	}
}

const (
	giversSay    = "Only the lab that gives can say that. Nothing has changed."
	receiversSay = "Only the lab that receives can say whether this is so. Nothing has changed."
)

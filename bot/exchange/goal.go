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
	GoalClaimed  GoalState = "claimed"  // the giving side says that it is done
	GoalVerified GoalState = "verified" // the receiving side says so too
	GoalDropped  GoalState = "dropped"  // with the exchange, before it began
)

// Status is how the giving side says that an open goal is going.
type Status string

// The statuses. The zero value means that nobody has said.
const (
	OnTrack Status = "on_track"
	AtRisk  Status = "at_risk"
	Blocked Status = "blocked"
)

// Goal is a pledge in force, and what became of it.
type Goal struct {
	Pledge
	State    GoalState `json:"state"`
	Status   Status    `json:"status,omitempty"`
	Obstacle string    `json:"obstacle,omitempty"` // what is in the way of a blocked one
	Said     time.Time `json:"said,omitzero"`      // when Status was given
	Claimed  *Mark     `json:"claimed,omitempty"`
	Verified *Mark     `json:"verified,omitempty"`
	NotYet   int       `json:"not_yet,omitempty"` // how often the receiving side said so
}

// Mark is who said something, and when.
type Mark struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// Settled reports whether nothing more is expected of the goal.
func (g Goal) Settled() bool { return g.State == GoalVerified || g.State == GoalDropped }

// Health is how a goal does, derived from what is known of it.
type Health string

// The healths. A goal that was claimed is in the receiver's hands and does well.
const (
	Well    Health = "ok"
	Risky   Health = "at_risk"
	Overdue Health = "overdue"
)

// Health of the goal on a day: overdue once its day has passed and nobody has
// claimed it, at risk where its giver says so.
func (g Goal) Health(today calendar.Date) Health {
	switch {
	case g.State != GoalOpen:
		return Well
	case g.Due.Compare(today) < 0:
		return Overdue
	case g.Status == AtRisk || g.Status == Blocked:
		return Risky
	}
	return Well
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

// Giver and Receiver are the seats of a goal's two labs.
func (e *Exchange) Giver(p Pledge) Seat {
	if e.Terms.Visitor.Lab == p.Giver {
		return Visitor
	}
	return Host
}

// Receiver is the seat across from the Giver.
func (e *Exchange) Receiver(p Pledge) Seat { return e.Giver(p).other() }

// worked is the place of a goal that somebody of one side says something about.
func (e *Exchange) worked(n int, by Party, side func(Pledge) Seat, refusal string) (int, error) {
	seat, err := e.Seat(by)
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
	case Scheduled:
		return "The exchange begins on " + calendar.FormatDay(e.Terms.From) + ", and its goals are worked on from then on. Nothing has changed."
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

// Tell notes how an open goal is going. Obstacle is what is in the way of a
// blocked one, and may be told later.
func (e *Exchange) Tell(n int, by Party, status Status, obstacle string, now time.Time) error {
	i, err := e.worked(n, by, e.Giver, giversSay)
	if err != nil {
		return err
	}
	if e.Goals[i].State != GoalOpen {
		return refuse(NotNow, "This goal is no longer open, so there is nothing to say about how it is going.")
	}
	if status != Blocked {
		obstacle = ""
	}
	g := &e.Goals[i]
	g.Status, g.Obstacle, g.Said = status, obstacle, now
	return nil
}

// Claim says for the giving side that a goal is reached.
func (e *Exchange) Claim(n int, by Party, now time.Time) error {
	i, err := e.worked(n, by, e.Giver, giversSay)
	if err != nil {
		return err
	}
	if e.Goals[i].State != GoalOpen {
		return refuse(NotNow, "This goal was claimed before. It is the receiving lab's turn.")
	}
	e.Goals[i].State = GoalClaimed
	e.Goals[i].Claimed = &Mark{by.Person, now}
	return nil
}

// Verify says for the receiving side that a claimed goal is reached. Whoever
// claimed it cannot. The last goal of an exchange that is over completes it.
func (e *Exchange) Verify(n int, by Party, now time.Time) error {
	i, err := e.answerable(n, by)
	if err != nil {
		return err
	}
	e.Goals[i].State = GoalVerified
	e.Goals[i].Verified = &Mark{by.Person, now}
	return e.complete(by, now)
}

// Doubt says for the receiving side that a claimed goal is not reached yet: it
// is open again.
func (e *Exchange) Doubt(n int, by Party) error {
	i, err := e.answerable(n, by)
	if err != nil {
		return err
	}
	g := &e.Goals[i]
	g.State, g.Claimed = GoalOpen, nil
	g.NotYet++
	return nil
}

// answerable is the place of a claimed goal that somebody may confirm or doubt.
func (e *Exchange) answerable(n int, by Party) (int, error) {
	i, err := e.worked(n, by, e.Receiver, receiversSay)
	if err != nil {
		return 0, err
	}
	g := e.Goals[i]
	switch {
	case g.State != GoalClaimed:
		return 0, refuse(NotNow, "Nobody says at the moment that this goal is reached, so there is nothing to confirm.")
	case g.Claimed.By == by.Person:
		return 0, refuse(NotYours, receiversSay)
	}
	return i, nil
}

package exchange

import (
	"slices"
	"time"
)

// Obstacle is what is in the way of a blocked goal.
type Obstacle string

// The obstacles. What is kept may be one that is no longer known.
const (
	NeedsAccess    Obstacle = "access"
	NeedsCompute   Obstacle = "compute"
	NeedsData      Obstacle = "data"
	NeedsContract  Obstacle = "legal"
	NeedsReview    Obstacle = "safety"
	NeedsClearance Obstacle = "publication"
	NeedsTime      Obstacle = "time"
	PersonLeft     Obstacle = "left"
	DeadEnd        Obstacle = "technical"
	NeedsOthers    Obstacle = "third_party"
	NeedsFunds     Obstacle = "funding"
	NeedsTravel    Obstacle = "travel"
	ScopeUnclear   Obstacle = "scope"
	SomethingElse  Obstacle = "other"
)

// Obstacles lists all of them, in the order in which they are offered.
func Obstacles() []Obstacle {
	return []Obstacle{
		NeedsAccess, NeedsCompute, NeedsData, NeedsContract, NeedsReview, NeedsClearance, NeedsTime,
		PersonLeft, DeadEnd, NeedsOthers, NeedsFunds, NeedsTravel, ScopeUnclear, SomethingElse,
	}
}

// Known reports whether o is one of Obstacles.
func (o Obstacle) Known() bool { return slices.Contains(Obstacles(), o) }

// Helper is who, or what, is most likely to clear an obstacle.
type Helper string

// The helpers.
const (
	HelpOther     Helper = "other"     // the other one of the two
	HelpHostLead  Helper = "host_lead" // who can open doors where the visit takes place
	HelpLead      Helper = "lead"      // of the giving lab
	HelpOrganiser Helper = "organiser"
	HelpDay       Helper = "day"      // another day for the goal
	HelpNegative  Helper = "negative" // that it does not work is a result too
	HelpSuccessor Helper = "seat"     // somebody to take the seat that is empty
)

// Helper is whom to turn to first.
func (o Obstacle) Helper() Helper {
	switch o {
	case NeedsAccess, NeedsTravel:
		return HelpHostLead
	case NeedsContract, NeedsReview, NeedsClearance, NeedsFunds:
		return HelpLead
	case NeedsCompute:
		return HelpOrganiser
	case NeedsTime:
		return HelpDay
	case DeadEnd:
		return HelpNegative
	case PersonLeft:
		return HelpSuccessor
	case NeedsData, NeedsOthers, ScopeUnclear, SomethingElse:
	}
	return HelpOther
}

// AskedHelp notes that a seat was asked to clear the way of a blocked goal, so
// that it can be asked after a while whether it could.
func (e *Exchange) AskedHelp(n int, s Seat, now time.Time) {
	if i := e.place(n); i >= 0 && e.Goals[i].Status == Blocked {
		e.Goals[i].Help = &Help{s, now}
	}
}

// Cleared notes that whoever was asked says that the way of a goal is free. It
// stays blocked until its giver says how it goes.
func (e *Exchange) Cleared(n int) {
	if i := e.place(n); i >= 0 {
		e.Goals[i].Help = nil
	}
}

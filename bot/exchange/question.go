package exchange

import "slices"

// Stage is what a question is about, and when in an exchange it comes.
type Stage string

// The stages, in the order in which an exchange meets them. Sources: the
// programmes and tools named in the comments of Cadence.
const (
	AskStart    Stage = "start"    // has it begun?
	AskPulse    Stage = "pulse"    // how is a goal going?
	AskBlocked  Stage = "blocked"  // of whoever could help: is it out of the way?
	AskDue      Stage = "due"      // a goal is due in a week
	AskVerify   Stage = "verify"   // the giver says it is done: is it so?
	AskMidterm  Stage = "midterm"  // are these still the right goals?
	AskHandover Stage = "handover" // who keeps it going?
	AskBack     Stage = "back"     // of a pause whose last day has come
	AskClose    Stage = "close"    // what is different in your lab?
	Ask30       Stage = "d30"      // 30 days after the end: is it in use?
	Ask90       Stage = "d90"
	AskPublic   Stage = "public" // of the giver, with Ask90: is anything public?
	Ask180      Stage = "d180"
	AskTogether Stage = "together" // of both, with Ask180: are the labs still in touch?
)

// Stages lists all of them in that order.
func Stages() []Stage {
	return []Stage{
		AskStart, AskPulse, AskBlocked, AskDue, AskVerify, AskMidterm, AskHandover, AskBack, AskClose,
		Ask30, Ask90, AskPublic, Ask180, AskTogether,
	}
}

// Choice is one of two to four answers to a question. Its key is kept, its
// label is shown.
type Choice struct {
	Key   string
	Label string
}

// The keys of choices that mean more than their words.
const (
	Unaided    = "unaided"  // in use, without the other side's help
	Helped     = "helped"   // in use, with help
	Stopped    = "stopped"  // tried, and stopped
	NotSoon    = "not_yet"  // not yet
	DontKnow   = "unknown"  // of the counterpart: they cannot say
	NothingNew = "nothing"  // nothing to report, which is a full answer
	OnCourse   = "on_track" // a goal is going as planned
	InDoubt    = "at_risk"
	Stuck      = "blocked"
	DoneNow    = "done"
)

var inUse = []Choice{
	{Unaided, "Yes, unaided"},
	{Helped, "With help"},
	{Stopped, "Tried, stopped"},
	{NotSoon, "Not yet"},
}

// choices are the answers to every stage's question. A card has room for four
// beside "Not now".
var choices = map[Stage][]Choice{
	AskStart:    {{"started", "Started"}, {"later", "Starts later"}, {"off", "Not happening"}},
	AskPulse:    {{OnCourse, "On track"}, {InDoubt, "At risk"}, {Stuck, "Blocked"}, {DoneNow, "Done"}},
	AskBlocked:  {{DoneNow, "Done"}, {"soon", "By Friday"}, {"not_mine", "Not mine"}, {"cannot", "Can't"}},
	AskDue:      {{"yes", "Yes"}, {DoneNow, "Done already"}, {"new_date", "New date"}, {"drop", "Drop it"}},
	AskVerify:   {{Unaided, "Yes, unaided"}, {Helped, "With some help"}, {NotSoon, "Not yet"}},
	AskMidterm:  {{"yes", "Yes"}, {"change", "Change one"}, {"organiser", "Talk to organiser"}, {"early", "End early"}},
	AskHandover: {{"host", "My host"}, {"me", "I do, from home"}, {"nobody", "Nobody yet"}},
	AskBack:     {{"on", "We go on"}, {"longer", "Not yet"}, {"early", "End it"}},
	AskClose:    {{"met", "Met"}, {"partly", "Partly"}, {"not", "Not"}, {NothingNew, "Nothing to report"}},
	Ask30:       inUse,
	Ask90:       inUse,
	Ask180:      inUse,
	AskPublic:   {{"public", "Yes, add a link"}, {"review", "In review"}, {"held", "Held back"}, {"none", "Nothing planned"}},
	AskTogether: {{"project", "New project"}, {"touch", "Still in touch"}, {"no", "No"}},
}

// Choices are the answers that a stage offers.
func (s Stage) Choices() []Choice { return slices.Clone(choices[s]) }

// SecondHand are the answers that the other side is offered when the one who
// was asked stays silent; none where only that one can know.
func (s Stage) SecondHand() []Choice {
	switch s {
	case Ask30, Ask90, Ask180:
		return append(slices.Clone(inUse), Choice{DontKnow, "Don't know"})
	case AskStart, AskPulse, AskBlocked, AskDue, AskVerify, AskMidterm, AskHandover, AskBack, AskClose, AskPublic, AskTogether:
	}
	return nil
}

// Offers reports whether a key is an answer to the stage's question.
func (s Stage) Offers(key string) bool {
	return slices.ContainsFunc(append(s.SecondHand(), choices[s]...), func(c Choice) bool { return c.Key == key })
}

// AboutGoal reports whether the question is about one goal, not the whole visit.
func (s Stage) AboutGoal() bool {
	switch s {
	case AskPulse, AskBlocked, AskDue, AskVerify, AskClose, Ask30, Ask90, AskPublic, Ask180:
		return true
	case AskStart, AskMidterm, AskHandover, AskBack, AskTogether:
	}
	return false
}

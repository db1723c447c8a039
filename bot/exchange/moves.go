package exchange

import "slices"

// State is where an exchange stands.
type State string

// The states.
const (
	Draft       State = "draft"        // being written; nobody else knows of it
	Proposed    State = "proposed"     // the other side has not answered
	Negotiating State = "negotiating"  // both want it; the terms are not signed by all
	Agreed      State = "agreed"       // all signed the same terms
	Scheduled   State = "scheduled"    // with dates that are to come
	NotStarted  State = "not_started"  // three weeks past its first day, and nobody said that it began
	Active      State = "active"       // under way
	Paused      State = "paused"       // for a while; at most three months
	WrappingUp  State = "wrapping_up"  // over; open goals can still be settled
	FollowingUp State = "following_up" // completed; what became of it is still read
	Closed      State = "closed"
	Declined    State = "declined"
	Withdrawn   State = "withdrawn"
	Expired     State = "expired"
	Cancelled   State = "cancelled" // before it began
)

// Final reports whether nothing follows on the state.
func (s State) Final() bool {
	return !slices.ContainsFunc(moves, func(m Move) bool { return m.From == s })
}

// Open reports whether the terms are still being agreed on.
func (s State) Open() bool { return s == Proposed || s == Negotiating }

// Binding reports whether there are agreed goals that people work for, or that
// became what they are: from the agreement until the close and after it.
func (s State) Binding() bool {
	return s == Scheduled || s == NotStarted || s == Closed || s.Working()
}

// Working reports whether goals can be claimed and verified.
func (s State) Working() bool {
	return s == Active || s == Paused || s == WrappingUp || s == FollowingUp
}

// Event is something that happens to an exchange.
type Event string

// The events.
const (
	Submit    Event = "submit"
	Correct   Event = "correct" // before anybody answered
	Interest  Event = "interested"
	Decline   Event = "decline"
	Withdraw  Event = "withdraw"
	NoAnswer  Event = "no_answer_14d"
	EditTerms Event = "edit_terms"
	Agree     Event = "agree_version"
	AllAgreed Event = "all_agreed"
	Idle      Event = "idle_30d"
	SetDates  Event = "set_dates"  // they are part of the terms, so agreeing sets them
	MoveDates Event = "move_dates" // by a week at most; whatever is more is edit_terms
	Object    Event = "lead objects"
	Cancel    Event = "cancel"
	Start     Event = "confirm_start"
	Unstarted Event = "start+21d unconfirmed"
	GivenUp   Event = "start+60d"
	Disputed  Event = "start disputed"
	Pause     Event = "pause"
	Resume    Event = "resume"
	PauseEnds Event = "pause_90d"
	Extend    Event = "extend" // or other goals: whatever everybody signs anew
	Finish    Event = "finish_now"
	EndTime   Event = "planned_end"
	EndEarly  Event = "end_early"
	Close     Event = "close" // every goal is settled, and the work handed over
	Settled   Event = "end+21d"
	Late      Event = "late extension"
	Reopen    Event = "reopen"
	Renew     Event = "renew"
	Followed  Event = "last_followup_settled"
)

// Actor is who may let an event happen.
type Actor string

// The actors. The visitor and the host are the parties; one of them proposed.
const (
	ByProposer    Actor = "proposer"
	ByCounterpart Actor = "counterpart"
	ByVisitor     Actor = "visitor"
	ByHost        Actor = "host"
	ByHomeLead    Actor = "home_lead"
	ByHostLead    Actor = "host_lead"
	ByLead        Actor = "lead"         // of either lab
	ByParty       Actor = "any_party"    // whoever sits in a seat
	BySigners     Actor = "all_signers"  // everybody whose signature is needed, the last of them
	ByBoth        Actor = "visitor+host" // both, the second of them
	ByOther       Actor = "other side"   // the visitor or the host, whoever of them did not say so
	ByOrganiser   Actor = "organiser"
	BySystem      Actor = "system" // follows at once from what was just done
	ByTimer       Actor = "timer"
)

// Move is one transition: in a state, an event that one of some actors may let
// happen leads to a state.
type Move struct {
	ID    string
	From  State
	Event Event
	By    []Actor
	To    State
}

// Moves are all transitions.
func Moves() []Move { return slices.Clone(moves) }

// moves is the whole lifecycle. From every state that is not final a timer leads
// on, so that silence never hangs anything.
var moves = []Move{
	{"T01", Draft, Submit, []Actor{ByProposer}, Proposed},
	{"P01", Proposed, Correct, []Actor{ByProposer}, Proposed},
	{"T04", Proposed, Interest, []Actor{ByCounterpart}, Negotiating},
	{"T05", Proposed, Decline, []Actor{ByCounterpart}, Declined},
	{"T06", Proposed, Withdraw, []Actor{ByProposer}, Withdrawn},
	{"T07", Proposed, NoAnswer, []Actor{ByTimer}, Expired},
	{"T08", Negotiating, EditTerms, []Actor{ByVisitor, ByHost}, Negotiating},
	{"T09", Negotiating, Agree, []Actor{ByVisitor, ByHost, ByHomeLead, ByHostLead}, Negotiating},
	{"T10", Negotiating, AllAgreed, []Actor{BySystem}, Agreed},
	{"T11", Negotiating, Decline, []Actor{ByParty}, Declined},
	{"T12", Negotiating, Idle, []Actor{ByTimer}, Expired},
	{"T13", Agreed, SetDates, []Actor{ByVisitor, ByHost}, Scheduled},
	{"T17", Scheduled, MoveDates, []Actor{ByVisitor, ByHost}, Scheduled},
	{"T18", Scheduled, EditTerms, []Actor{ByVisitor, ByHost}, Negotiating},
	{"T19", Scheduled, Cancel, []Actor{ByParty}, Cancelled},
	{"T44", Scheduled, Object, []Actor{ByLead}, Negotiating},
	{"T20", Scheduled, Start, []Actor{ByVisitor, ByHost}, Active},
	{"T21", Scheduled, Unstarted, []Actor{ByTimer}, NotStarted},
	{"T22", NotStarted, Start, []Actor{ByVisitor, ByHost}, Active},
	{"T23", NotStarted, MoveDates, []Actor{ByVisitor, ByHost}, Scheduled},
	{"T24", NotStarted, GivenUp, []Actor{ByTimer}, Cancelled},
	{"T40", NotStarted, Cancel, []Actor{ByParty}, Cancelled},
	{"T39", Active, Disputed, []Actor{ByOther}, Scheduled},
	{"T25", Active, Pause, []Actor{ByVisitor, ByHost}, Paused},
	{"T26", Paused, Resume, []Actor{ByVisitor, ByHost}, Active},
	{"T27", Paused, PauseEnds, []Actor{ByTimer}, WrappingUp},
	{"T28", Active, Extend, []Actor{BySigners}, Active},
	{"T29", Active, EndEarly, []Actor{ByParty}, WrappingUp},
	{"T30", Active, EndTime, []Actor{ByTimer}, WrappingUp},
	{"T31", Active, Finish, []Actor{ByBoth}, WrappingUp},
	{"T32", Paused, EndEarly, []Actor{ByParty}, WrappingUp},
	{"T33", WrappingUp, Close, []Actor{ByVisitor, ByHost}, FollowingUp},
	{"T34", WrappingUp, Settled, []Actor{ByTimer}, FollowingUp},
	{"T41", WrappingUp, Late, []Actor{BySigners}, Active},
	{"T35", FollowingUp, Reopen, []Actor{ByOrganiser}, WrappingUp},
	{"T37", FollowingUp, Renew, []Actor{ByVisitor, ByHost}, FollowingUp},
	{"T36", FollowingUp, Followed, []Actor{ByTimer}, Closed},
}

// moveFrom finds the transition of an event in a state.
func moveFrom(s State, event Event) (Move, bool) {
	i := slices.IndexFunc(moves, func(m Move) bool { return m.From == s && m.Event == event })
	if i < 0 {
		return Move{}, false
	}
	return moves[i], true
}

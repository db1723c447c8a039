package bot

import "slices"

// Role is what somebody may do in the network beyond their own affairs.
type Role string

// The roles. Everybody who speaks to the bot is a member; the operator works on
// the command line and never in a chat.
const (
	Member    Role = "member"
	Lead      Role = "lead" // of one lab
	Organiser Role = "organiser"
	Operator  Role = "operator"
)

// Grant is a role that a person was given; Lab is set for a lead only.
type Grant struct {
	Role Role   `json:"role"`
	Lab  string `json:"lab,omitempty"`
}

// Actor is whoever wants to do something, with the roles that our own store
// gives them. A platform's own administrators are nobody here.
type Actor struct {
	Person string
	Lab    string
	Grants []Grant
}

// Verb is what somebody wants to do to a document.
type Verb string

// The verbs.
const (
	Look     Verb = "look"     // for people
	Ask      Verb = "ask"      // ask somebody on the list of a search
	Answer   Verb = "answer"   // say yes, not now or no to an ask
	Withdraw Verb = "withdraw" // take an ask back
	Settle   Verb = "settle"   // agree on times, call off, tell what became of it
	Edit     Verb = "edit"     // change a document
	Create   Verb = "create"
	Give     Verb = "give"   // give or take a role
	Report   Verb = "report" // see figures
	Watch    Verb = "watch"  // see how the network is doing
	Bind     Verb = "bind"   // say which lab lives in a home
	Join     Verb = "join"   // take part, for oneself
	Name     Verb = "name"   // say who is asked to take a seat
)

// Object is what a verb is done to: a kind, the people whose affair it is, and
// the lab that it belongs to.
type Object struct {
	Kind   Kind
	People []string
	Lab    string
}

// standing is what an actor is to an object.
type standing string

const (
	anybody   standing = "anybody"
	concerned standing = "concerned" // one of the object's people
	leading   standing = "leading"   // lead of the object's lab
	organises standing = "organises"
	operates  standing = "operates"
	belongs   standing = "belongs" // in the object's lab
)

// right is a verb on a kind, and what one must be to the object for it.
type right struct {
	verb Verb
	kind Kind
	to   []standing
}

// allowed says who may do what. What does not stand here nobody may do.
var allowed = []right{
	{Look, KindPerson, []standing{anybody}},
	{Ask, KindSearch, []standing{concerned}},
	{Answer, KindMatch, []standing{concerned}},
	{Settle, KindMatch, []standing{concerned}},
	{Withdraw, KindMatch, []standing{concerned}},
	{Edit, KindPerson, []standing{concerned}},
	{Edit, KindDraft, []standing{concerned}},
	{Create, KindLab, []standing{organises, operates}},
	{Edit, KindLab, []standing{organises, operates, leading}},
	{Edit, KindHome, []standing{organises, operates, leading}},
	{Give, KindPerson, []standing{organises, operates}},
	{Look, KindExchange, []standing{concerned}},
	{Answer, KindExchange, []standing{concerned}},
	{Edit, KindExchange, []standing{concerned}},
	{Settle, KindExchange, []standing{concerned}},
	{Name, KindExchange, []standing{concerned, leading, organises}},
	{Report, KindExchange, []standing{organises, operates}},
	{Report, KindLab, []standing{belongs, leading, organises}},
	{Watch, KindHome, []standing{organises, operates}},
	{Bind, KindHome, []standing{concerned, organises, operates}},
	{Create, KindColloquium, []standing{organises, operates, leading, belongs}},
	{Edit, KindColloquium, []standing{organises, operates, leading, concerned}},
	{Settle, KindColloquium, []standing{organises, operates}}, // approve it
	{Edit, KindRules, []standing{organises, operates}},
	{Settle, KindPoll, []standing{organises, operates, leading, concerned}},
	{Create, KindOpening, []standing{leading}},
	{Edit, KindOpening, []standing{leading}},
	{Edit, KindApplication, []standing{concerned}},
	{Answer, KindApplication, []standing{concerned}},
	{Settle, KindPlacement, []standing{organises, operates}},
	{Create, KindRound, []standing{organises, operates}},
	{Edit, KindRound, []standing{organises, operates}},
	{Join, KindRound, []standing{anybody}},
	{Edit, KindEvidence, []standing{concerned}}, // take oneself off it
	{Report, KindPerson, []standing{concerned}},
	{Edit, KindFollowing, []standing{concerned}},

	{Join, KindColloquium, []standing{anybody}},
	{Answer, KindColloquium, []standing{concerned}}, // as a speaker
	{Ask, KindColloquium, []standing{anybody}},
	{Answer, KindQuestion, []standing{concerned, organises, operates, leading}},
	{Join, KindAttendance, []standing{anybody}}, // with the code that is shown there
	{Join, KindPoll, []standing{anybody}},
	{Create, KindApplication, []standing{anybody}},
	{Answer, KindFollowUp, []standing{concerned}},
	{Join, KindExchange, []standing{concerned}}, // take the seat that one was offered
	{Settle, KindStory, []standing{concerned}},
	{Answer, KindLink, []standing{concerned}},
}

// Can reports whether an actor may do something to an object. It is asked at
// every press, for a button outlives the right to press it.
func Can(actor Actor, verb Verb, object Object) bool {
	return slices.ContainsFunc(allowed, func(r right) bool {
		return r.verb == verb && r.kind == object.Kind && slices.ContainsFunc(r.to, func(s standing) bool { return actor.stands(s, object) })
	})
}

func (a Actor) stands(s standing, o Object) bool {
	switch s {
	case anybody:
		return true
	case concerned:
		return a.Person != "" && slices.Contains(o.People, a.Person)
	case leading:
		return o.Lab != "" && slices.Contains(a.Grants, Grant{Lead, o.Lab})
	case organises:
		return slices.Contains(a.Grants, Grant{Role: Organiser})
	case operates:
		return slices.Contains(a.Grants, Grant{Role: Operator})
	case belongs:
		return o.Lab != "" && a.Lab == o.Lab
	}
	return false
}

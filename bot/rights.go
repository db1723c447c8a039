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

// rule is a verb on a kind.
type rule struct {
	verb Verb
	kind Kind
}

// allowed says who may do what. What does not stand here nobody may do.
var allowed = map[rule][]standing{
	{Look, KindPerson}:    {anybody},
	{Ask, KindSearch}:     {concerned},
	{Answer, KindMatch}:   {concerned},
	{Settle, KindMatch}:   {concerned},
	{Withdraw, KindMatch}: {concerned},
	{Edit, KindPerson}:    {concerned},
	{Edit, KindDraft}:     {concerned},
	{Create, KindLab}:     {organises, operates},
	{Edit, KindLab}:       {organises, operates, leading},
	{Edit, KindHome}:      {organises, operates, leading},
	{Give, KindPerson}:    {organises, operates},

	{Look, KindExchange}:   {concerned},
	{Answer, KindExchange}: {concerned},
	{Edit, KindExchange}:   {concerned},
	{Settle, KindExchange}: {concerned},
	{Name, KindExchange}:   {concerned, leading, organises},
	{Report, KindExchange}: {organises, operates},
	{Report, KindLab}:      {belongs, leading, organises},
	{Watch, KindHome}:      {organises, operates},
	{Bind, KindHome}:       {concerned, organises, operates},

	{Create, KindColloquium}: {organises, operates, leading, belongs},
	{Edit, KindColloquium}:   {organises, operates, leading, concerned},
	{Settle, KindColloquium}: {organises, operates}, // approve it
	{Edit, KindRules}:        {organises, operates},
	{Settle, KindPoll}:       {organises, operates, leading, concerned},

	{Create, KindOpening}:     {leading},
	{Edit, KindOpening}:       {leading},
	{Edit, KindApplication}:   {concerned},
	{Answer, KindApplication}: {concerned},
	{Settle, KindPlacement}:   {organises, operates},

	{Create, KindRound}: {organises, operates},
	{Edit, KindRound}:   {organises, operates},
	{Join, KindRound}:   {anybody},

	{Edit, KindEvidence}: {concerned}, // take oneself off it
}

// Can reports whether an actor may do something to an object. It is asked at
// every press, for a button outlives the right to press it.
func Can(actor Actor, verb Verb, object Object) bool {
	return slices.ContainsFunc(allowed[rule{verb, object.Kind}], func(s standing) bool {
		return actor.stands(s, object)
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

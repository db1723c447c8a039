package chat

// Tree is everything that can be typed. It gives the platforms' own command
// lists, text parsing, help and completion.
type Tree struct {
	Name     string // the root command's name, without a slash
	Summary  string
	Start    string // the route of a bare root command, and of text that is no command
	Commands []Command
}

// Command is a group of commands, or a leaf that can be called. A group has
// Subs and nothing else beside Name and Summary; a leaf has Route.
type Command struct {
	Name    string // [a-z0-9-]
	Summary string // at most MaxSummary runes
	Subs    []Command

	Route   string // where a call goes
	Blank   string // where a call without any argument goes, if not to Route: mostly a form
	Args    []Arg  // required before optional, in the order of positional use
	Example string // what to type, without the root's name
}

// Arg is one argument of a leaf.
type Arg struct {
	Name     string // [a-z0-9-]
	Summary  string // at most MaxArgSummary runes
	Kind     ArgKind
	Required bool
	Choices  []string // the only values allowed, for ArgChoice
	Complete bool     // App.Complete offers values while it is typed
}

// ArgKind says how an argument is read.
type ArgKind string

// The kinds of arguments. The zero value is text.
const (
	ArgText   ArgKind = ""
	ArgChoice ArgKind = "choice"
	ArgNumber ArgKind = "number" // an integer
	ArgPerson ArgKind = "person" // somebody's account or name
)

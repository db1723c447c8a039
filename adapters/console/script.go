package console

import (
	"strings"
	"time"

	"interlab/bot/chat"
)

// Script is a conversation that has been parsed. Its String parses to the same
// steps again.
type Script struct {
	Name  string // the file's name, for errors
	Steps []Step
}

// Step is one statement of a script, with the place where it stands.
type Step struct {
	Where string   // "file:line"; empty for a line that was typed
	Only  []string // players that play it, e.g. "console"; empty means all
	Do    Statement
}

// PlayedBy reports whether a player of that name plays the step.
func (s Step) PlayedBy(player string) bool {
	for _, only := range s.Only {
		if only == player {
			return true
		}
	}
	return len(s.Only) == 0
}

// Statement is an Act, Again, Together, Clock, Store, Zones, Expect or Silence. Its
// String is the statement as one would write it, with people's full names.
type Statement interface {
	String() string
	statement()
}

// Act is what one person does.
type Act struct {
	Who     Person
	Channel string // of the person's home; empty for the direct conversation
	Deed    Deed
}

// Again delivers an event once more, under the same id: the last one of a
// person, or the last of all where Who is zero.
type Again struct{ Who Person }

// Together does what several lines say at the same moment. Its steps are Act
// or Again.
type Together struct{ Steps []Step }

// Clock moves the one clock forward: to an instant, or by a duration where To is zero.
type Clock struct {
	To time.Time
	By time.Duration
}

// Store stops the store or starts it again.
type Store struct{ Running bool }

// Zones starts the bot anew with other zone data: those it has, but as if a law
// had put Law on the clocks of Like.
type Zones struct{ Law, Like string }

// Expect wants that a person saw a text since the last statement that expects
// nothing, or, with Not, that the person did not.
type Expect struct {
	Who  Person
	Not  bool
	Text string
}

// Silence wants that nobody saw anything since then, but for some people.
type Silence struct{ But []Person }

// Deed is what a person does in an Act: Arrive, Say, Press, Choose, Fill or Happen.
type Deed interface {
	String() string
	deed()
}

// Arrive does nothing: the person is there from now on.
type Arrive struct{}

// Say types a text to the bot, or in a channel.
type Say struct{ Text string }

// Press presses a button.
type Press struct{ Pick }

// Choose chooses an option of a menu.
type Choose struct{ Pick }

// Pick names a control of a message by its number or, where that is 0, by its label.
type Pick struct {
	Number int
	Label  string
	On     int    // the message's number; 0 means the newest message that has such controls
	Of     Person // who sees the message; zero means the one who acts
	There  bool   // the press comes from the message's home, though the person is of another one
	ID     string // a forged id in place of the control's; empty for none
	Like   int    // the message whose first control lends its id as a forgery; 0 for none
}

// Fill fills in the open form and submits it. Fields that it does not name
// keep the value that stands in them.
type Fill struct{ Values []Value }

// Value is the value of one field of a form.
type Value struct{ Field, Text string }

// Happen is something that a person makes happen to a home or a channel.
type Happen struct{ What chat.What }

func (Act) statement()      {}
func (Again) statement()    {}
func (Together) statement() {}
func (Clock) statement()    {}
func (Store) statement()    {}
func (Zones) statement()    {}
func (Expect) statement()   {}
func (Silence) statement()  {}

func (Arrive) deed() {}
func (Say) deed()    {}
func (Press) deed()  {}
func (Choose) deed() {}
func (Fill) deed()   {}
func (Happen) deed() {}

// String is the script as one would write it.
func (s *Script) String() string {
	var out strings.Builder
	for _, step := range s.Steps {
		out.WriteString(step.String() + "\n")
	}
	return out.String()
}

// String is the step with the mark that says who plays it.
func (s Step) String() string {
	if len(s.Only) == 0 {
		return s.Do.String()
	}
	mark := " [only: " + strings.Join(s.Only, ", ") + "]"
	head, rest, block := strings.Cut(s.Do.String(), "\n")
	if !block {
		return head + mark
	}
	return head + mark + "\n" + rest
}

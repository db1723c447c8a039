// Package console is the terminal as a chat platform: several people, in homes
// of any platform's name, on one clock. It also plays conversation scripts,
// which say what the bot must do.
//
// The rule: the console behaves as a real platform would and hides nothing. It
// refuses a malformed message, clips what is too long, shows a repeated send
// twice, and answers Find only from what was shown. A script is parsed whole
// before its first line plays; the language (script.go, parse.go), the playing
// (play.go) and what people see (screen.go) do not know each other's insides.
// Behind a stage door (stagedoor.go) the same scripts drive a real platform's
// adapter.
//
// A script has one statement a line:
//
//	# a comment
//	clock 2026-12-01T09:00Z          moves the clock, also +7d, +36h, +15m
//	ana@slack:curie> match find ai   says a text; from here on ana> is enough
//	ana #general> hello              says it in a channel
//	ana> press "Ask Bo"              the newest message that has buttons
//	bo@discord:noether> press 1 on 4 a button by its number, on message 4
//	ana> press "Yes" on 4 of bo      a control that somebody else sees
//	ana> press 1 on 4 of bo there    the same, from the home where it stands
//	ana> press 1 on 4 with id "x"    a control whose id is forged; with id of 7
//	                                 takes that of the first control of message 7
//	ana> choose "Tue 15:00"          an option of a menu, like press
//	ana> fill title="A talk"         fills in the open form and sends it
//	ana> say "press on"              a text that would read as something else
//	ana> add bot                     also remove bot, channel gone #general; where
//	                                 a home begins so, nobody has said whose it is
//	ana> again                       the same event once more; also again
//	together                         the lines up to end at the same moment
//	store stops                      lets the store fail until store returns
//	zones Europe/Berlin like Africa/Lagos
//	                                 starts the bot anew, with zone data as if a
//	                                 law had changed the clocks of the first zone
//	expect bo: text                  bo has seen it since the last statement
//	expect not bo: text              that is no expectation, or has not
//	expect nobody but bo             nobody else has seen anything
//	expect bo: the code is {code}    bo has seen a word there; from here on {code}
//	                                 is that word, in what is expected, said and filled in
//
// Behind any statement, [only: console] or [only: slack, discord] names who plays it.
package console

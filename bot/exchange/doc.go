// Package exchange is the lifecycle of an exchange between two labs and of the
// goals that it was agreed for.
//
// The rule: it is pure. Every change is a method that takes who acts, which day
// or moment it is, and either changes the exchange as a whole or refuses with a
// sentence and changes nothing. It keeps nothing, sends nothing and reads no
// clock. What may follow on what stands in one table (moves.go); nothing changes
// a state but a move of that table.
//
// What never bends: terms bind once everybody has signed the same ones; changed
// terms have no signatures but their author's; a goal is verified by the lab
// that receives, never by whoever claimed it, and never by silence.
package exchange

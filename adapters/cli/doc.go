// Package cli is the command line: its grammar, and the commands that need no
// chat.
//
// The rule: a command reads, checks and reports; whatever opens a socket or a
// store is handed in by main, so that no adapter knows another.
package cli

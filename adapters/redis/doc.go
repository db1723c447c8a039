// Package redis is the one store, on Redis or Valkey from 6.2 on.
//
// The rule: every method of the port is one script, so a change is taken as a
// whole or not at all, and every script may arrive twice. The client sends a
// command again when its reply was lost, so each script that changes something
// carries the id of its attempt and answers a repetition from memory instead of
// acting again.
//
// All keys of a network share one hash tag and so live on one node of a
// cluster. Scripts never edit a document: Go derives what is kept beside it, and
// Lua only compares, stores and removes.
//
// The server is a remote one (Remote), a child of this program (Embed) or part
// of this process (InProcess). All three are spoken to by the same client.
package redis

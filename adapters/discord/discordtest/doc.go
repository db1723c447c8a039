// Package discordtest is a Discord for tests: a gateway and a REST interface on
// the loopback, behind the real client library. It refuses what Discord refuses,
// with Discord's own codes, and fails in the ways that Discord fails.
//
// The rule: what cannot be seen on Discord cannot be seen here. People act
// through what was sent to them, and tests read what arrived.
package discordtest

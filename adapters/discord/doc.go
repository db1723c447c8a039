// Package discord is Discord as a platform: a gateway in, REST out.
//
// The rule: render, send and route are apart. Rendering is pure. Sending makes
// one attempt and says how it went. Routing asks the core how an event is to be
// answered, lets it be saved, acknowledges, and only then lets it be handled.
// Nothing here retries, decides, or keeps what a restart would lose.
//
// The library's session is used as something disposable: it decodes no
// interaction, opens no connection again on its own, and is abandoned when it
// hangs. Everything that the gateway says is read from the raw event.
package discord

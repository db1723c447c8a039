package discord

import "time"

// Hurry shortens the times of the gateway's life.
func (a *Adapter) Hurry() {
	a.pace = pace{goodbye: 20 * time.Millisecond, hang: 1500 * time.Millisecond, silent: 10 * time.Second, identify: time.Millisecond, shortest: 5 * time.Millisecond, longest: 20 * time.Millisecond}
}

// Nonce is what marks a delivery for some minutes.
func Nonce(id string) string { return nonce(id) }

// Listen sets how long a connection may be silent.
func (a *Adapter) Listen(silent time.Duration) { a.pace.silent = silent }

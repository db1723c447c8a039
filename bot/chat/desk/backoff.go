package desk

import (
	"context"
	"errors"
	"time"

	"interlab/bot/chat"
)

// Backoff is the pause between tries: at first Shortest, then twice as long each
// time, up to Longest; a part of it by chance, lest all come again at once.
type Backoff struct {
	Shortest, Longest time.Duration
	Chance            func(below time.Duration) time.Duration

	wait time.Duration
}

// Wait waits before the try after one that failed, at least as long as its error
// asks for, and reports whether that was not cut short.
func (b *Backoff) Wait(ctx context.Context, failed error) bool {
	b.wait = min(max(2*b.wait, b.Shortest), b.Longest)
	wait := b.wait/2 + b.Chance(b.wait/2+1)
	var asked *chat.RetryAfter
	if errors.As(failed, &asked) {
		wait = max(wait, asked.Wait)
	}
	return Wait(ctx, wait)
}

// Reset makes the next pause the shortest again: a try has succeeded.
func (b *Backoff) Reset() { b.wait = 0 }

package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// Pace is how fast messages go into one channel. The zero value is what Slack
// allows: about one a second, with short bursts.
// https://docs.slack.dev/apis/web-api/rate-limits#posting_messages
type Pace struct {
	Every time.Duration // between two messages in the long run; default 1 s
	Burst int           // how many may go at once; default 4
}

// pacer counts what went into each channel. It is lost at a restart, and Slack
// itself would then say when it is too much.
type pacer struct {
	pace Pace
	mu   sync.Mutex
	free map[string]time.Time // when the channel's account is even again
}

// pacerMost is how many channels are counted before the even ones are dropped.
const pacerMost = 4096

func newPacer(p Pace) *pacer {
	return &pacer{pace: Pace{Every: cmp.Or(p.Every, time.Second), Burst: cmp.Or(p.Burst, 4)}, free: map[string]time.Time{}}
}

// take takes one message's turn in a channel, or says how long to wait for it.
// The error is a *chat.RetryAfter.
func (p *pacer) take(channel string, now time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.free) >= pacerMost {
		for other, even := range p.free {
			if !even.After(now) {
				delete(p.free, other)
			}
		}
	}
	even := p.free[channel]
	if even.Before(now) {
		even = now
	}
	if ahead := even.Sub(now) - time.Duration(p.pace.Burst-1)*p.pace.Every; ahead > 0 {
		return &chat.RetryAfter{Wait: ahead}
	}
	p.free[channel] = even.Add(p.pace.Every)
	return nil
}

// turn lets a message wait or be put off until its channel is free.
type turn func(ctx context.Context, channel string) error

// putOff is the turn of deliveries: the core comes again when it is time.
func (w *workspace) putOff(_ context.Context, channel string) error {
	return w.adapter.pace.take(channel, w.adapter.now())
}

// inLine is the turn of answers, for which somebody is waiting: they wait the
// moment themselves. Should that be too short, Slack says so.
func (w *workspace) inLine(ctx context.Context, channel string) error {
	var pause *chat.RetryAfter
	if errors.As(w.putOff(ctx, channel), &pause) && !desk.Wait(ctx, pause.Wait) {
		return fmt.Errorf("wait for the channel: %w", ctx.Err())
	}
	return nil
}

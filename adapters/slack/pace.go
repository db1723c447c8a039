package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// paced is the pace with what Slack allows in the place of zeros: about one
// message a second into one channel, with short bursts.
// https://docs.slack.dev/apis/web-api/rate-limits#posting_messages
func paced(p desk.Pace) desk.Pace {
	return desk.Pace{Every: cmp.Or(p.Every, time.Second), Burst: cmp.Or(p.Burst, 4)}
}

// turn lets a message wait or be put off until its channel is free.
type turn func(ctx context.Context, channel string) error

// putOff is the turn of deliveries: the core comes again when it is time.
func (w *workspace) putOff(_ context.Context, channel string) error {
	return w.adapter.turns.Take(channel, w.adapter.desk.Now())
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

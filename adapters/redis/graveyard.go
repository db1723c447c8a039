package redis

import (
	"context"
	"fmt"
	"time"

	"interlab/bot"
)

// Bury implements bot.Jobs.
func (s *Store) Bury(ctx context.Context, c bot.Claim, now time.Time, reason string) error {
	answer, err := s.act(ctx, buryScript, workOf(c.Ref, c.Work), c.Token, millis(now), reason)
	return hold(buryScript, claim(c), answer, err)
}

// Exhume implements bot.Jobs. Its tries are counted from 0 again. Work that
// does not lie there any more, or was buried again since, stays as it is.
func (s *Store) Exhume(ctx context.Context, b bot.Buried, at time.Time) error {
	_, err := s.run(ctx, exhumeScript, workOf(b.Ref, b.Work), millis(b.At), millis(at))
	return err
}

// Graveyard implements bot.Jobs. Limit 0 means bot.MaxListed.
func (s *Store) Graveyard(ctx context.Context, n int) ([]bot.Buried, error) {
	answer, err := s.run(ctx, graveyardScript, limit(n))
	if err != nil {
		return nil, err
	}
	var buried []bot.Buried
	for i := 0; i < len(answer); i += 3 {
		ref, work, err := parseWork(answer.text(i))
		if err != nil {
			return nil, fmt.Errorf("redis: graveyard: %w", err)
		}
		buried = append(buried, bot.Buried{Ref: ref, Work: work, At: answer.time(i + 1), Reason: answer.text(i + 2)})
	}
	return buried, nil
}

package redis

import (
	"context"
	"time"

	"interlab/bot"
)

// Tally implements bot.Store.
func (s *Store) Tally(ctx context.Context, now time.Time, indexes ...string) (bot.Tally, error) {
	args := []any{millis(now)}
	for _, index := range indexes {
		args = append(args, index)
	}
	answer, err := s.run(ctx, tallyScript, args...)
	if err != nil {
		return bot.Tally{}, err
	}
	t := bot.Tally{Due: answer.number(0), Later: answer.number(1), Held: answer.number(2), Buried: answer.number(3)}
	for i := range indexes {
		t.Listed = append(t.Listed, answer.number(4+i))
	}
	return t, nil
}

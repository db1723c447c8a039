package redis

import "context"

// Reseal implements bot.Resealer.
func (s *Store) Reseal(ctx context.Context, again func(answer bool, id string, data []byte) []byte) error {
	err := s.ForgetAnswers(ctx, func(op string, answer []byte) []byte { return again(true, op, answer) })
	if err != nil {
		return err
	}
	node, err := s.node(ctx)
	if err != nil {
		return err
	}
	return pages(func(cursor uint64) (uint64, error) {
		pairs, next, err := node.HScan(ctx, s.keys.inbox(), cursor, "*", scanned).Result()
		if err != nil {
			return 0, classify("list the events that wait", err)
		}
		return next, s.replace(ctx, "event", pairs, func(id string, data []byte) []byte { return again(false, id, data) })
	})
}

// pages goes from page to page until there is none.
func pages(page func(cursor uint64) (next uint64, err error)) error {
	for cursor := uint64(0); ; {
		next, err := page(cursor)
		if err != nil || next == 0 {
			return err
		}
		cursor = next
	}
}

// replace shows a page of ids and what is under them, and writes what comes back.
func (s *Store) replace(ctx context.Context, what string, pairs []string, again func(id string, data []byte) []byte) error {
	args := []any{what}
	for i := 0; i < len(pairs); i += 2 {
		id, old := pairs[i], pairs[i+1]
		if fresh := again(id, []byte(old)); fresh != nil {
			args = append(args, id, old, fresh)
		}
	}
	if len(args) == 1 {
		return nil
	}
	_, err := s.run(ctx, resealScript, args...)
	return err
}

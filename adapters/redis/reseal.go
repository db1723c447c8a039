package redis

import (
	"context"
	"strings"
)

// Reseal implements bot.Resealer.
func (s *Store) Reseal(ctx context.Context, again func(answer bool, id string, data []byte) []byte) error {
	node, err := s.node(ctx)
	if err != nil {
		return err
	}
	err = pages(func(cursor uint64) (uint64, error) {
		keys, next, err := node.Scan(ctx, cursor, s.keys.op("*"), scanned).Result()
		if err != nil || len(keys) == 0 {
			return next, classify("list the kept answers", err)
		}
		values, err := node.MGet(ctx, keys...).Result()
		if err != nil {
			return 0, classify("read the kept answers", err)
		}
		var pairs []string
		for i, key := range keys {
			if text, ok := values[i].(string); ok { // else it is gone since it was listed
				pairs = append(pairs, strings.TrimPrefix(key, s.keys.op("")), text)
			}
		}
		return next, s.reseal(ctx, true, pairs, again)
	})
	if err != nil {
		return err
	}
	return pages(func(cursor uint64) (uint64, error) {
		pairs, next, err := node.HScan(ctx, s.keys.inbox(), cursor, "*", scanned).Result()
		if err != nil {
			return 0, classify("list the events that wait", err)
		}
		return next, s.reseal(ctx, false, pairs, again)
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

// reseal shows a page of ids and what is under them, and writes what comes back.
func (s *Store) reseal(ctx context.Context, answers bool, pairs []string, again func(answer bool, id string, data []byte) []byte) error {
	args := []any{"event"}
	if answers {
		args[0] = "answer"
	}
	for i := 0; i < len(pairs); i += 2 {
		id, old := pairs[i], pairs[i+1]
		if fresh := again(answers, id, []byte(old)); fresh != nil {
			args = append(args, id, old, fresh)
		}
	}
	if len(args) == 1 {
		return nil
	}
	_, err := s.run(ctx, resealScript, args...)
	return err
}

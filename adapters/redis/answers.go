package redis

import (
	"context"
	"strings"
)

// ForgetAnswers implements bot.Documents.
func (s *Store) ForgetAnswers(ctx context.Context, instead func(op string, answer []byte) []byte) error {
	node, err := s.node(ctx)
	if err != nil {
		return err
	}
	return pages(func(cursor uint64) (uint64, error) {
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
		return next, s.replace(ctx, "answer", pairs, instead)
	})
}

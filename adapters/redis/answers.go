package redis

import (
	"context"
	"strings"
)

// ForgetAnswers implements bot.Documents.
func (s *Store) ForgetAnswers(ctx context.Context, instead []byte) error {
	node, err := s.node(ctx)
	if err != nil {
		return err
	}
	return pages(func(cursor uint64) (uint64, error) {
		keys, next, err := node.Scan(ctx, cursor, s.keys.op("*"), scanned).Result()
		if err != nil {
			return 0, classify("list the kept answers", err)
		}
		args := []any{instead}
		for _, key := range keys {
			args = append(args, strings.TrimPrefix(key, s.keys.op("")))
		}
		_, err = s.run(ctx, blankScript, args...)
		return next, err
	})
}

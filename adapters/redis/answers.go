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
	for cursor := uint64(0); ; {
		keys, next, err := node.Scan(ctx, cursor, s.keys.op("*"), scanned).Result()
		if err != nil {
			return classify("list the kept answers", err)
		}
		args := []any{instead}
		for _, key := range keys {
			args = append(args, strings.TrimPrefix(key, s.keys.op("")))
		}
		if _, err := s.run(ctx, blankScript, args...); err != nil {
			return err
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

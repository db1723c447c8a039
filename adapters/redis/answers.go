package redis

import (
	"context"
	"errors"

	goredis "github.com/redis/go-redis/v9"
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
		_, err = s.client.Pipelined(ctx, func(pipe goredis.Pipeliner) error {
			for _, key := range keys {
				// XX: what was forgotten since the scan must not come back, without an end.
				pipe.SetArgs(ctx, key, instead, goredis.SetArgs{Mode: "XX", KeepTTL: true})
			}
			return nil
		})
		if err != nil && !errors.Is(err, goredis.Nil) {
			return classify("forget kept answers", err)
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

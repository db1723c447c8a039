package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"time"
)

// canaryLife is how long a canary is kept: long enough to be read back.
const canaryLife = time.Minute

// Writable writes a canary and reads it back. It fails with
// bot.ErrUnavailable where the server cannot be reached or takes no writes, as
// one that is out of memory or disk, or a replica.
func (s *Store) Writable(ctx context.Context) error {
	text := rand.Text()
	key := s.keys.canary(text)
	if err := s.client.Set(ctx, key, text, canaryLife).Err(); err != nil {
		return classify("write a canary", err)
	}
	read, err := s.client.Get(ctx, key).Result()
	if err != nil {
		return classify("read a canary", err)
	}
	if read != text {
		return errors.New("redis: what was written is not what was read")
	}
	return nil
}

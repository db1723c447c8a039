package redis

import (
	"context"
	"errors"
	"fmt"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

var _ bot.Vault = (*Store)(nil)

// ErrRestoring means that a restore into the network was begun and not ended.
var ErrRestoring = errors.New("a restore into this network was not finished; run the same interlab restore again")

// restoring is the field of the network's mark that holds the sum of what is
// being restored.
const restoring = "restoring"

// BeginRestore implements bot.Vault.
func (s *Store) BeginRestore(ctx context.Context, sum string) error {
	key := s.keys.meta()
	under, err := s.client.HGet(ctx, key, restoring).Result()
	switch {
	case err == nil && under == sum:
		return nil
	case err == nil:
		return fmt.Errorf("redis: %w, from another file", ErrRestoring)
	case !errors.Is(err, goredis.Nil):
		return classify("read "+key, err)
	}
	last, err := s.Changes(ctx, "", "", 1)
	if err != nil {
		return err
	}
	if last.Last != "0-0" {
		return fmt.Errorf("redis: network %s: %w", s.keys.network, bot.ErrNotEmpty)
	}
	return classify("mark "+key, s.client.HSetNX(ctx, key, restoring, sum).Err())
}

// EndRestore implements bot.Vault.
func (s *Store) EndRestore(ctx context.Context) error {
	return classify("unmark "+s.keys.meta(), s.client.HDel(ctx, s.keys.meta(), restoring).Err())
}

// CheckRestored fails with ErrRestoring while a restore has not ended: nobody
// may work on half of a network.
func (s *Store) CheckRestored(ctx context.Context) error {
	_, err := s.client.HGet(ctx, s.keys.meta(), restoring).Result()
	switch {
	case errors.Is(err, goredis.Nil):
		return nil
	case err != nil:
		return classify("read "+s.keys.meta(), err)
	}
	return fmt.Errorf("redis: network %s: %w", s.keys.network, ErrRestoring)
}

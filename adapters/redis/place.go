package redis

import (
	"context"
	"time"
)

// Place takes something that only one process may have at a time, or keeps it for
// longer: it is the holder's until the lease is over, on the store's clock. It
// reports false while another holder has it. A lease of 0 gives one's own back.
//
// After the death of a master, two may believe that they have a place for as long
// as a lease, so it may save work and must not guard what would be wrong twice.
func (s *Store) Place(ctx context.Context, name, holder string, lease time.Duration) (bool, error) {
	until := "0"
	if lease > 0 {
		until = span(lease)
	}
	answer, err := s.run(ctx, placeScript, name, holder, until)
	return err == nil && answer.text(0) == "ok", err
}

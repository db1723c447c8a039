package redis

import (
	"context"
	"time"
)

// outdatedPage is how many notes one call takes out, so that each is short.
const outdatedPage = 500

// ForgetNotes implements bot.Documents.
func (s *Store) ForgetNotes(ctx context.Context, before time.Time) (int, error) {
	for all := 0; ; {
		answer, err := s.run(ctx, outdatedScript, millis(before), outdatedPage)
		if err != nil {
			return all, err
		}
		n := int(answer.number(0))
		if all += n; n < outdatedPage {
			return all, nil
		}
	}
}

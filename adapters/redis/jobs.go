package redis

import (
	"context"
	"fmt"
	"strings"
	"time"

	"interlab/bot"
)

// MaxClaimed is how many pieces of work one call claims at most, so that no
// call keeps Redis busy for long.
const MaxClaimed = 500

// Claim implements bot.Jobs. It takes MaxClaimed pieces of work at most.
func (s *Store) Claim(ctx context.Context, now time.Time, n int, lease time.Duration) ([]bot.Claim, error) {
	if n <= 0 {
		return nil, nil
	}
	answer, err := s.act(ctx, claimScript, millis(now), min(n, MaxClaimed), span(lease))
	if err != nil {
		return nil, err
	}
	var claims []bot.Claim
	for i := 1; i < len(answer); i += 4 {
		ref, work, err := parseWork(answer.text(i))
		if err != nil {
			return nil, fmt.Errorf("redis: claim: %w", err)
		}
		claims = append(claims, bot.Claim{
			Ref: ref, Work: work, At: answer.time(i + 1),
			Token: answer.number(i + 2), Tries: int(answer.number(i + 3)),
		})
	}
	return claims, nil
}

// Renew implements bot.Jobs.
func (s *Store) Renew(ctx context.Context, c bot.Claim, lease time.Duration) error {
	answer, err := s.run(ctx, renewScript, workOf(c.Ref, c.Work), c.Token, span(lease))
	return hold(renewScript, claim(c), answer, err)
}

// Later implements bot.Jobs.
func (s *Store) Later(ctx context.Context, c bot.Claim, at time.Time, counts bool) error {
	failed := 0
	if counts {
		failed = 1
	}
	answer, err := s.act(ctx, laterScript, workOf(c.Ref, c.Work), c.Token, millis(at), failed)
	return hold(laterScript, claim(c), answer, err)
}

// NextDue implements bot.Jobs.
func (s *Store) NextDue(ctx context.Context) (time.Time, bool, error) {
	answer, err := s.run(ctx, nextScript)
	if err != nil || len(answer) == 0 {
		return time.Time{}, false, err
	}
	return answer.time(0), true, nil
}

// workOf names a piece of work among those of all documents.
func workOf(ref bot.Ref, name string) string { return ref.String() + "#" + name }

// parseWork reads what workOf wrote.
func parseWork(text string) (bot.Ref, string, error) {
	owner, name, _ := strings.Cut(text, "#")
	ref, err := bot.ParseRef(owner)
	return ref, name, err
}

// claim is a claim as errors name it.
type claim bot.Claim

// String names the work.
func (c claim) String() string { return workOf(c.Ref, c.Work) }

package bot

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Whatever the moments of trying, no span has more than twice the limit in it,
// as a full bucket allows, and who waits as told gets a token.
func TestABucketGivesNoMoreThanItHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := limit{rapid.IntRange(1, 60).Draw(t, "most"), rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 24 * time.Hour}).Draw(t, "per")}
		now, full := mergeDay, time.Time{}
		var taken []time.Time
		for range rapid.IntRange(1, 200).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(l.per)/4).Draw(t, "pause")))
			after, next := l.take(full, now)
			if next.IsZero() {
				full, taken = after, append(taken, now)
				continue
			}
			if after != full || !next.After(now) {
				t.Fatalf("take() = %v, %v at %v; want no change and a later moment", after, next, now)
			}
			if _, again := l.take(full, next); !again.IsZero() {
				t.Fatalf("take() at the moment that was named says to wait until %v", again)
			}
		}
		for i, from := range taken {
			n := 0
			for _, at := range taken[i:] {
				if at.Sub(from) < l.per {
					n++
				}
			}
			if n > 2*l.most {
				t.Fatalf("%d taken within %v, want at most %d", n, l.per, 2*l.most)
			}
		}
	})
}

func TestABucketHoldsItsMostAtOnce(t *testing.T) {
	t.Parallel()
	for name, l := range limited {
		for _, l := range []limit{l.person, l.lab} {
			full, n := time.Time{}, 0
			for ; l.most > 0; n++ {
				after, next := l.take(full, mergeDay)
				if !next.IsZero() {
					break
				}
				full = after
			}
			if n != l.most {
				t.Errorf("%s: %d at once, want %d", name, n, l.most)
			}
		}
	}
}

func TestEveryLimitedRouteIsOneThatChanges(t *testing.T) {
	t.Parallel()
	all := routes()
	for name := range limited {
		if r, ok := all[name]; !ok || !r.changes {
			t.Errorf("limit on %s: no such route, or it changes nothing and could not be counted", name)
		}
	}
}

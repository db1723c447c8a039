package desk_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

func TestTurnsAllowBurstsAndThenKeepThePace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		burst := rapid.IntRange(1, 5).Draw(t, "burst")
		turns := desk.NewTurns(desk.Pace{Every: time.Second, Burst: burst})
		now, taken := time.Unix(0, 0), []time.Time{}
		for range 50 {
			now = now.Add(time.Duration(rapid.IntRange(0, 1500).Draw(t, "ms")) * time.Millisecond)
			if turns.Take("C1", now) == nil {
				taken = append(taken, now)
			}
		}
		for i := range taken {
			if j := i + burst; j < len(taken) && taken[j].Sub(taken[i]) < time.Second {
				t.Fatalf("%d turns within %s", burst+1, taken[j].Sub(taken[i]))
			}
		}
		var wait *chat.RetryAfter
		if err := turns.Take("C1", now); errors.As(err, &wait) && turns.Take("C1", now.Add(wait.Wait)) != nil {
			t.Fatalf("after the wait of %s it is still too early", wait.Wait)
		}
	})
}

// Keys that are even are dropped when there are many; one that is not is kept.
func TestTurnsOfOneKeyDoNotWaitForAnother(t *testing.T) {
	t.Parallel()
	turns := desk.NewTurns(desk.Pace{Every: time.Second, Burst: 1})
	now := time.Unix(0, 0)
	for n := range 10_000 {
		if err := turns.Take(fmt.Sprint(n), now.Add(time.Duration(n)*time.Millisecond)); err != nil {
			t.Fatalf("Take(%d) = %v, want a turn of its own", n, err)
		}
	}
	if err := turns.Take("9999", now.Add(10*time.Second)); err == nil {
		t.Error("a second turn within the second was given")
	}
}

package desk_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

func TestPausesGrowUntilATrySucceeds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := desk.Backoff{Shortest: time.Second, Longest: 5 * time.Second, Chance: rand.N[time.Duration]}
		for _, most := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 5 * time.Second, 5 * time.Second, 0, time.Second} {
			if most == 0 {
				b.Reset()
				continue
			}
			begun := time.Now()
			if !b.Wait(t.Context(), errors.New("down")) {
				t.Fatal("Wait was cut short")
			}
			if took := time.Since(begun); took < most/2 || took > most {
				t.Errorf("waited %v, want between half of %v and all", took, most)
			}
		}
	})
}

func TestAPauseIsAsLongAsWasAskedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := desk.Backoff{Shortest: time.Second, Longest: time.Second, Chance: rand.N[time.Duration]}
		begun := time.Now()
		if b.Wait(t.Context(), &chat.RetryAfter{Wait: time.Hour}); time.Since(begun) != time.Hour {
			t.Errorf("waited %v, want the hour that was asked for", time.Since(begun))
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if b.Wait(ended, nil) {
			t.Error("Wait after the end reports that it waited")
		}
	})
}

package redis

import (
	"testing"
	"time"
)

func TestAPlaceIsOneHoldersUntilItLapsesOrIsGivenBack(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		place := func(holder string, lease time.Duration, want bool) {
			t.Helper()
			if got, err := w.Place(t.Context(), "shard 0", holder, lease); err != nil || got != want {
				t.Errorf("Place(%s, %s) = %t, %v, want %t", holder, lease, got, err, want)
			}
		}
		place("a", long, true)
		place("a", long, true) // kept
		place("b", long, false)
		place("b", 0, false) // only one's own is given back
		place("b", long, false)
		place("a", 0, true)
		place("b", w.lease, true)
		w.pass(w.lease)
		place("a", long, true)
		w.twice(func() error { place("a", long, true); return nil })
		if got, err := w.Place(t.Context(), "shard 1", "b", long); !got || err != nil {
			t.Errorf("another place = %t, %v, want it free", got, err)
		}
	})
}

package redis

import (
	"testing"
	"time"
)

func TestAServerInThisProcessForgets(t *testing.T) {
	t.Parallel()
	for range 2 {
		r, err := InProcess(t.Context(), "n")
		must(t, err)
		if !r.Forgets() {
			t.Error("a server in this process is not said to forget")
		}
		if got := versionOf(t, r.Store, "p"); got != 0 {
			t.Errorf("version = %d, want 0", got)
		}
		must(t, r.Commit(t.Context(), change(put("p", 0))))
		must(t, r.Close())
	}
}

func TestTheClockOfAServerInThisProcessIsAdvanced(t *testing.T) {
	t.Parallel()
	r, err := InProcess(t.Context(), "n")
	must(t, err)
	defer r.Close()
	must(t, r.Advance(0))
	w := &world{Store: r.Store, t: t}
	first := w.clock()
	if passed := w.clock().Sub(first); passed != 0 {
		t.Errorf("the clock moved by %v between two looks, want it to stand", passed)
	}
	must(t, r.Advance(90*time.Minute))
	if passed := w.clock().Sub(first); passed != 90*time.Minute {
		t.Errorf("the clock moved by %v, want 90 minutes", passed)
	}
}

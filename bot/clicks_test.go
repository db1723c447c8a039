package bot_test

import (
	"strings"
	"sync"
	"testing"

	"interlab/bot/chat"
)

// An impatient finger: the same press fifty times at once, as fifty events. It
// counts once, and everybody else hears of it once.
func TestFiftyClicksAtOnceCountOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	ref := w.button(ana, "Ask Bo")
	events := make([]chat.Event, 50)
	for i := range events {
		events[i] = w.event(ana, chat.Press{Ref: ref})
	}
	var clicks sync.WaitGroup
	for _, e := range events {
		clicks.Go(func() {
			ticket, err := w.app.Accept(t.Context(), e)
			if err == nil {
				err = w.app.Handle(t.Context(), ticket)
			}
			if err != nil {
				t.Errorf("click %s = %v", e.ID, err)
			}
		})
	}
	clicks.Wait()
	w.settle()
	asked := 0
	for _, s := range w.messenger.all() {
		if s.to == bo && strings.Contains(s.said.Title, "would like to talk to you") {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("Bo was asked %d times, want once", asked)
	}
	for _, e := range events {
		if _, ok := w.answer(e.ID); !ok {
			t.Errorf("click %s was not answered", e.ID)
		}
	}
}

package redis

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot"
)

// inbound is an event of a queue.
func inbound(queue, id string) bot.Inbound {
	return bot.Inbound{Queue: queue, ID: id, Data: []byte("data of " + id)}
}

// accept accepts an event and says what came of it: "turn", "waits" or "known".
func (w *world) accept(e bot.Inbound, lease time.Duration) (*bot.Turn, string) {
	w.t.Helper()
	turn, known, err := w.Accept(w.t.Context(), e, lease)
	must(w.t, err)
	switch {
	case turn != nil && !known:
		return turn, "turn"
	case turn == nil && known:
		return nil, "known"
	case turn == nil:
		return nil, "waits"
	}
	w.t.Fatalf("Accept(%s) = %+v, known", e.ID, turn)
	return nil, ""
}

// settle settles a turn and returns the id of the next event, "" for none.
func (w *world) settle(turn *bot.Turn) (*bot.Turn, string) {
	w.t.Helper()
	next, err := w.Settle(w.t.Context(), turn, long)
	must(w.t, err)
	if next == nil {
		return nil, ""
	}
	return next, next.Event.ID
}

func TestTheFirstEventOfAQueueGetsItsTurnAndItsReads(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, unique("u"))))
		before := w.RoundTrips()
		turn, known, err := w.Accept(t.Context(), inbound("q", "e1"), long, bot.Want{Unique: "u"}, bot.Want{List: "none"})
		must(t, err)
		if trips := w.RoundTrips() - before; trips != 1 {
			t.Errorf("Accept made %d round trips, want 1", trips)
		}
		want := &bot.Turn{
			Event: inbound("q", "e1"), Token: turn.Token,
			Reads: [][]bot.Record{{{Ref: person("p"), Version: 1, Data: put("p", 0).Data}}, {}},
		}
		if diff := cmp.Diff(want, turn); diff != "" || known || turn.Token <= 0 {
			t.Errorf("Accept = known %v (-want +got):\n%s", known, diff)
		}
	})
}

func TestAQueueIsHandledInOrder(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		turn, _ := w.accept(inbound("q", "e1"), long)
		for _, id := range []string{"e2", "e3"} {
			if _, got := w.accept(inbound("q", id), long); got != "waits" {
				t.Errorf("Accept(%s) = %s, want waits", id, got)
			}
		}
		if _, got := w.accept(inbound("other", "f1"), long); got != "turn" {
			t.Errorf("Accept in another queue = %s, want turn", got)
		}
		for _, want := range []string{"e2", "e3"} {
			next, got := w.settle(turn)
			if got != want || string(next.Event.Data) != "data of "+want || next.Event.Queue != "q" || next.Reads != nil {
				t.Fatalf("next turn = %+v, want %s", next, want)
			}
			if next.Token <= turn.Token {
				t.Errorf("token %d after %d, want a higher one", next.Token, turn.Token)
			}
			turn = next
		}
		if _, got := w.settle(turn); got != "" {
			t.Errorf("next turn of an empty queue = %s, want none", got)
		}
		if _, got := w.accept(inbound("q", "e4"), long); got != "turn" {
			t.Errorf("Accept in an emptied queue = %s, want turn", got)
		}
	})
}

func TestAnEventIsAcceptedOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		turn, _ := w.accept(inbound("q", "e1"), long)
		w.accept(inbound("q", "e2"), long)
		for _, e := range []bot.Inbound{inbound("q", "e1"), inbound("q", "e2"), inbound("other", "e2")} {
			if _, got := w.accept(e, long); got != "known" {
				t.Errorf("Accept(%s) again = %s, want known", e.ID, got)
			}
		}
		w.settle(turn)
		if _, got := w.accept(inbound("q", "e1"), long); got != "known" {
			t.Errorf("Accept of a settled event = %s, want known", got)
		}
	})
}

func TestSettledEventsAreForgottenAfterEightDays(t *testing.T) {
	w := inProcess(t)
	turn, _ := w.accept(inbound("q", "e1"), long)
	w.settle(turn)
	w.pass(Memory - time.Minute)
	if _, got := w.accept(inbound("q", "e1"), long); got != "known" {
		t.Errorf("Accept within eight days = %s, want known", got)
	}
	w.pass(2 * time.Minute)
	if _, got := w.accept(inbound("q", "e1"), long); got != "turn" {
		t.Errorf("Accept after eight days = %s, want turn", got)
	}
}

func TestALapsedTurnIsAnOrphan(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		if turn, err := w.Orphan(t.Context(), long); turn != nil || err != nil {
			t.Fatalf("Orphan of nothing = %+v, %v, want nil", turn, err)
		}
		lost, _ := w.accept(inbound("q", "e1"), w.lease)
		w.accept(inbound("q", "e2"), long)
		held, _ := w.accept(inbound("other", "f1"), long)
		w.pass(w.lease)
		orphan, err := w.Orphan(t.Context(), long)
		must(t, err)
		want := &bot.Turn{Event: inbound("q", "e1"), Token: orphan.Token}
		if diff := cmp.Diff(want, orphan); diff != "" || orphan.Token <= lost.Token {
			t.Errorf("Orphan (-want +got), token %d after %d:\n%s", orphan.Token, lost.Token, diff)
		}
		if turn, err := w.Orphan(t.Context(), long); turn != nil || err != nil {
			t.Errorf("Orphan = %+v, %v, want nil while all are held", turn, err)
		}
		w.turnLost(lost)
		if _, got := w.settle(orphan); got != "e2" {
			t.Errorf("next turn = %s, want e2", got)
		}
		w.settle(held)
	})
}

// turnLost checks that nothing can be done in a turn that had lapsed.
func (w *world) turnLost(turn *bot.Turn) {
	w.t.Helper()
	if next, err := w.Settle(w.t.Context(), turn, long); !errors.Is(err, bot.ErrLost) || next != nil {
		w.t.Errorf("Settle of a lapsed turn = %+v, %v, want ErrLost", next, err)
	}
	if err := w.Extend(w.t.Context(), turn, long); !errors.Is(err, bot.ErrLost) {
		w.t.Errorf("Extend of a lapsed turn = %v, want ErrLost", err)
	}
}

func TestATurnIsLostOnceItLapsedThoughNobodyTookIt(t *testing.T) {
	onEach(t, func(_ *testing.T, w *world) {
		turn, _ := w.accept(inbound("q", "e1"), w.lease)
		w.pass(w.lease)
		w.turnLost(turn)
	})
}

func TestAnExtendedTurnHoldsForLonger(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		turn, _ := w.accept(inbound("q", "e1"), long)
		must(t, w.Extend(t.Context(), turn, 2*long))
		must(t, w.Extend(t.Context(), turn, w.lease))
		w.pass(w.lease)
		w.turnLost(turn)
	})
}

func TestASettledTurnIsLost(t *testing.T) {
	onEach(t, func(_ *testing.T, w *world) {
		first, _ := w.accept(inbound("q", "e1"), long)
		w.accept(inbound("q", "e2"), long)
		second, _ := w.settle(first)
		w.turnLost(first)
		w.settle(second)
		w.turnLost(second)
	})
}

func TestASettledQueueLeavesNothingBehind(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for i := range 3 {
			turn, _ := w.accept(inbound("q", fmt.Sprint(i)), long)
			w.settle(turn)
		}
		for _, key := range []string{w.keys.inbox(), w.keys.queue("q"), w.keys.turns(), w.keys.holders()} {
			if n, err := w.client.Exists(t.Context(), key).Result(); n != 0 || err != nil {
				t.Errorf("%s is left over (%v)", key, err)
			}
		}
	})
}

func TestAcceptRefusesWantsThatNameNothing(t *testing.T) {
	w := inProcess(t)
	if _, _, err := w.Accept(t.Context(), inbound("q", "e1"), long, bot.Want{}); err == nil {
		t.Error("Accept took an empty want, want an error")
	}
	if _, got := w.accept(inbound("q", "e1"), long); got != "turn" {
		t.Errorf("Accept after a refusal = %s, want turn", got)
	}
}

package bot_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot"
	"interlab/bot/exchange"
)

// turnsOf are what people and the clock may do to an exchange; what does not fit
// its state is refused.
func turnsOf(e *exchange.Exchange, now time.Time) []func() error {
	visitor, host, from := e.Terms.Visitor, e.Terms.Host, e.Terms.From
	first := e.Terms.Goals[0]
	reworded := e.Terms
	reworded.Goals = append([]exchange.Pledge(nil), e.Terms.Goals...)
	reworded.Goals[0].Text += ", on two models"
	return []func() error{
		func() error { return e.Agree(host, e.Version, from, now) },
		func() error { return e.Agree(visitor, e.Version, from, now) },
		func() error { return e.Change(host, e.Version, reworded, from, now) },
		func() error { return e.ConfirmStart(visitor, from, from, now) },
		func() error { return e.Stand(now) },
		func() error { return e.Tell(1, e.Party(e.Giver(first)), exchange.Blocked, exchange.NeedsData, now) },
		func() error { return e.Claim(1, e.Party(e.Giver(first)), now) },
		func() error { return e.Verify(1, e.Party(e.Receiver(first)), exchange.Alone, now) },
		func() error { return e.Doubt(1, e.Party(e.Receiver(first)), now) },
		func() error { return e.Pause(host, from.AddDays(10), true, from, now) },
		func() error { return e.Resume(host, from, now) },
		func() error { return e.EndNow(visitor, now) },
		func() error { return e.End(now) },
		func() error { return e.Settle(now) },
		func() error { return e.Cancel(host, now) },
	}
}

// wander takes an exchange as far as chance has it.
func wander(t *testing.T, e *exchange.Exchange, way []int, now time.Time) {
	t.Helper()
	for _, turn := range way {
		turns := turnsOf(e, now)
		var refusal *exchange.Refusal
		if err := turns[turn%len(turns)](); err != nil && !errors.As(err, &refusal) {
			t.Fatalf("turn %d in %s: %v", turn, e.State, err)
		}
	}
}

// Everybody falls silent, in whatever states chance has left their exchanges:
// all of them end by themselves, the nudges are within what the two exchanges of
// each person may cost, and no channel hears of it or of anybody. A world lives
// for a year and more, so only a few are drawn.
func TestSilenceFromRandomStatesEndsInPeace(t *testing.T) {
	t.Parallel()
	ways := rapid.SliceOfN(rapid.IntRange(0, 14), 0, 24)
	seen := map[exchange.State]bool{}
	for seed := range 4 {
		w := newHalfYear(t, 6, uint64(seed), "silent")
		began := w.now
		w.exchanges(func(i int, e *exchange.Exchange) {
			wander(t, e, ways.Example(100*seed+i), began)
			seen[e.State] = true
		})
		w.live(began.AddDate(0, 0, 500))
		w.check()
		for _, e := range docs[bot.Exchange](w, bot.KindExchange) {
			if !e.State.Final() {
				t.Errorf("world %d: exchange %s is still %s after 500 days", seed, e.ID, e.State)
			}
		}
		const most = 2*2 + 3*3 + 6 + 1 // as where all fall silent in known states
		for person, asked := range w.nudges {
			if len(asked) > most {
				t.Errorf("world %d: %s, who never answers, got %d nudges, want at most %d", seed, person, len(asked), most)
			}
		}
	}
	if len(seen) < 4 {
		t.Errorf("chance came to the states %v only", seen)
	}
	t.Logf("states: %v", seen)
}

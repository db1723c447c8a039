package redis

import (
	"testing"
	"time"

	"interlab/bot"
)

func TestWorkThatIsDerivedAtTheSameTimeStaysPutOff(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		must(t, w.Later(t.Context(), w.one(0, long), now.Add(5*time.Minute), true))
		must(t, w.commit(put("p", 1, due("a", 0), due("b", 9))))
		if got := w.next(); got != "5" {
			t.Errorf("next due = %s, want 5", got)
		}
		if c := w.one(5, long); c.Tries != 1 {
			t.Errorf("tries = %d, want 1", c.Tries)
		}
	})
}

func TestWorkThatIsDerivedAtTheSameTimeStaysClaimed(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		c := w.one(0, long)
		under := change(put("p", 1, due("a", 0)))
		under.Job = &c
		must(t, w.Commit(t.Context(), under))
		if got := names(w.claim(0, 9, long)); got != "" {
			t.Errorf("claimed %q while it was claimed", got)
		}
		must(t, w.Renew(t.Context(), c, long))
	})
}

func TestWorkWhoseTimeChangedIsRescheduled(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("putoff", 0))))
		must(t, w.Later(t.Context(), w.one(0, long), now.Add(time.Hour), true))
		must(t, w.commit(put("p", 1, due("putoff", 1))))
		c := w.one(1, long)
		if c.Tries != 0 || c.Work != "putoff" {
			t.Errorf("claim = %+v, want no tries", c)
		}
		must(t, w.commit(put("p", 2, due("putoff", 2))))
		w.refused(c)
		if got := w.next(); got != "2" {
			t.Errorf("next due = %s, want 2", got)
		}
	})
}

func TestWorkThatIsNoLongerDerivedIsGone(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("due", 1), due("claimed", 0))))
		c := w.one(0, long)
		must(t, w.commit(put("p", 1)))
		if got := w.next(); got != "none" {
			t.Errorf("next due = %s, want none", got)
		}
		w.refused(c)
		w.emptied()
	})
}

// emptied checks that nothing of any work is left.
func (w *world) emptied() {
	w.t.Helper()
	for _, key := range []string{
		w.keys.due(), w.keys.leases(), w.keys.tokens(), w.keys.since(),
		w.keys.tries(), w.keys.graves(), w.keys.reasons(),
	} {
		if n, err := w.client.Exists(w.t.Context(), key).Result(); n != 0 || err != nil {
			w.t.Errorf("%s is left over (%v)", key, err)
		}
	}
}

// A claim must not come back to life when its work does.
func TestWorkThatIsDerivedAnewHasANewToken(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		first := w.one(0, long)
		must(t, w.commit(put("p", 1)))
		must(t, w.commit(put("p", 2, due("a", 0))))
		second := w.one(0, long)
		if first.Token >= second.Token {
			t.Errorf("tokens %d and %d, want the second higher", first.Token, second.Token)
		}
		w.refused(first)
	})
}

func TestACommitUnderAClaimMayEndItsWork(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		c := w.one(0, long)
		under := change(put("p", 1))
		under.Job = &c
		must(t, w.Commit(t.Context(), under))
		w.emptied()
	})
}

func TestBuriedWorkWaitsInTheGraveyard(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0), due("b", 1))))
		claims := w.claim(1, 2, long)
		must(t, w.Bury(t.Context(), claims[1], now.Add(time.Minute), "gone for good"))
		must(t, w.Bury(t.Context(), claims[0], now.Add(2*time.Minute), ""))
		w.refused(claims[0])
		buried := w.buried(0)
		want := bot.Buried{Ref: person("p"), Work: "b", At: now.Add(time.Minute), Reason: "gone for good"}
		if len(buried) != 2 || buried[0] != want || buried[1].Work != "a" {
			t.Errorf("Graveyard = %+v, want %+v and a", buried, want)
		}
		if got := w.buried(1); len(got) != 1 {
			t.Errorf("Graveyard(1) = %+v, want one", got)
		}
		must(t, w.commit(put("p", 1, due("a", 0), due("b", 1))))
		if got := w.next(); got != "none" {
			t.Errorf("work derived again at the same time is due in %s, want none", got)
		}
		must(t, w.commit(put("p", 2, due("b", 7))))
		if got := len(w.buried(0)); got != 0 || w.next() != "7" {
			t.Errorf("after a change %d are buried and %s is next, want 0 and 7", got, w.next())
		}
	})
}

// buried lists the graveyard.
func (w *world) buried(limit int) []bot.Buried {
	w.t.Helper()
	buried, err := w.Graveyard(w.t.Context(), limit)
	must(w.t, err)
	return buried
}

func TestExhumedWorkIsDueAgain(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		c := w.one(0, long)
		must(t, w.Later(t.Context(), c, now, true))
		must(t, w.Bury(t.Context(), w.one(0, long), now, "x"))
		grave := w.buried(0)[0]
		must(t, w.Exhume(t.Context(), grave, now.Add(3*time.Minute)))
		must(t, w.Exhume(t.Context(), grave, now.Add(9*time.Minute)))
		if got := len(w.buried(0)); got != 0 || w.next() != "3" {
			t.Errorf("%d are buried and %s is next, want 0 and 3", got, w.next())
		}
		again := w.one(3, long)
		if again.Tries != 0 {
			t.Errorf("tries after the grave = %d, want 0", again.Tries)
		}
		must(t, w.Bury(t.Context(), again, now.Add(time.Second), "y"))
		must(t, w.Exhume(t.Context(), grave, now))
		if got := len(w.buried(0)); got != 1 {
			t.Errorf("exhuming an earlier burial left %d, want 1", got)
		}
	})
}

package redis

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot"
)

// due is work that is due so many minutes from now.
func due(name string, minutes int) bot.Work {
	return bot.Work{Name: name, At: now.Add(time.Duration(minutes) * time.Minute)}
}

// claim claims up to n works due within so many minutes and fails if there are none.
func (w *world) claim(minutes, n int, lease time.Duration) []bot.Claim {
	w.t.Helper()
	claims, err := w.Claim(w.t.Context(), now.Add(time.Duration(minutes)*time.Minute), n, lease)
	must(w.t, err)
	return claims
}

// one claims the only work that is due within so many minutes.
func (w *world) one(minutes int, lease time.Duration) bot.Claim {
	w.t.Helper()
	claims := w.claim(minutes, 10, lease)
	if len(claims) != 1 {
		w.t.Fatalf("claimed %v, want one", claims)
	}
	return claims[0]
}

// names is which work was claimed, in a line.
func names(claims []bot.Claim) string {
	var line []string
	for _, c := range claims {
		line = append(line, c.Ref.ID+"."+c.Work)
	}
	return strings.Join(line, " ")
}

// next is in how many minutes the next work is due, or "none".
func (w *world) next() string {
	w.t.Helper()
	at, waits, err := w.NextDue(w.t.Context())
	must(w.t, err)
	if !waits {
		return "none"
	}
	return fmt.Sprint(int(at.Sub(now).Minutes()))
}

func TestWorkIsClaimedOldestFirst(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("c", 3), due("a", 1)), put("q", 0, due("b", 2), due("d", 9))))
		for _, test := range []struct {
			minutes, n int
			want       string
		}{
			{0, 10, ""},
			{9, 0, ""},
			{9, -1, ""},
			{3, 2, "p.a q.b"},
			{3, 2, "p.c"},
			{3, 2, ""},
			{9, 2, "q.d"},
		} {
			if got := names(w.claim(test.minutes, test.n, long)); got != test.want {
				t.Errorf("Claim(%d minutes on, %d) = %q, want %q", test.minutes, test.n, got, test.want)
			}
		}
	})
}

func TestAClaimTellsAllOfItsWork(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", -1))))
		got := w.one(0, long)
		if got.Token <= 0 {
			t.Errorf("token = %d, want a positive one", got.Token)
		}
		want := bot.Claim{Ref: person("p"), Work: "a", At: now.Add(-time.Minute), Token: got.Token}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Claim (-want +got):\n%s", diff)
		}
	})
}

func TestNoCallClaimsMoreThanItsBound(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		var works []any
		for i := range MaxClaimed + 1 {
			works = append(works, due(fmt.Sprint(i), 0))
		}
		must(t, w.commit(put("p", 0, works...)))
		if got := len(w.claim(0, MaxClaimed+1, long)); got != MaxClaimed {
			t.Errorf("claimed %d, want %d", got, MaxClaimed)
		}
		if got := len(w.claim(0, MaxClaimed+1, long)); got != 1 {
			t.Errorf("claimed %d afterwards, want 1", got)
		}
	})
}

func TestALapsedClaimIsDueAgainForAnybody(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 1), due("b", 2))))
		first := w.claim(2, 10, w.lease)
		w.pass(w.lease)
		if got := w.next(); got != "1" {
			t.Errorf("next due after the lapse = %s, want 1", got)
		}
		second := w.claim(2, 10, long)
		if got := names(second); got != "p.a p.b" {
			t.Fatalf("claimed after the lapse = %q, want p.a p.b", got)
		}
		if first[0].Token >= second[0].Token || !first[0].At.Equal(second[0].At) || second[0].Tries != 0 {
			t.Errorf("claims %+v and %+v, want the same work under a higher token", first[0], second[0])
		}
		w.refused(first[0])
		must(t, w.Renew(t.Context(), second[0], long))
	})
}

// refused checks that nothing can be done under a claim that is lost.
func (w *world) refused(c bot.Claim) {
	w.t.Helper()
	commit := change(put("under-claim", 0))
	commit.Job = &c
	for name, err := range map[string]error{
		"Renew":  w.Renew(w.t.Context(), c, long),
		"Later":  w.Later(w.t.Context(), c, now, true),
		"Bury":   w.Bury(w.t.Context(), c, now, "reason"),
		"Commit": w.Commit(w.t.Context(), commit),
	} {
		if !errors.Is(err, bot.ErrLost) {
			w.t.Errorf("%s under a lost claim = %v, want ErrLost", name, err)
		}
	}
}

func TestAClaimIsLostOnceItLapsedThoughNobodyTookIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		c := w.one(0, w.lease)
		w.pass(w.lease)
		w.refused(c)
	})
}

func TestARenewedClaimHoldsForLonger(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		c := w.one(0, long)
		must(t, w.Renew(t.Context(), c, 2*long))
		must(t, w.Renew(t.Context(), c, w.lease))
		w.pass(w.lease)
		w.refused(c)
	})
}

func TestLaterPutsWorkOffAndCountsFailures(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		for i, test := range []struct {
			counts bool
			tries  int
		}{{true, 0}, {false, 1}, {true, 1}, {true, 2}} {
			c := w.one(i, long)
			if c.Tries != test.tries || !c.At.Equal(now.Add(time.Duration(i)*time.Minute)) {
				t.Errorf("claim %d = %+v, want %d tries, due after %d minutes", i, c, test.tries, i)
			}
			must(t, w.Later(t.Context(), c, now.Add(time.Duration(i+1)*time.Minute), test.counts))
			w.refused(c)
			if got := names(w.claim(i, 1, long)); got != "" {
				t.Errorf("claimed %q before it was due again", got)
			}
		}
	})
}

func TestNextDueLooksPastWhatIsClaimed(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		if got := w.next(); got != "none" {
			t.Errorf("next due of nothing = %s, want none", got)
		}
		must(t, w.commit(put("p", 0, due("a", 1), due("b", 2))))
		if got := w.next(); got != "1" {
			t.Errorf("next due = %s, want 1", got)
		}
		c := w.one(1, long)
		if got := w.next(); got != "2" {
			t.Errorf("next due while the first is claimed = %s, want 2", got)
		}
		must(t, w.Later(t.Context(), c, now, false))
		if got := w.next(); got != "0" {
			t.Errorf("next due after it was put off = %s, want 0", got)
		}
	})
}

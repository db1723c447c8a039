package redis

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"interlab/bot"
)

// twice makes the next request arrive twice, the client having lost the first
// reply, and checks that it did.
func (w *world) twice(call func() error) {
	w.t.Helper()
	w.wire.lose.Store(1)
	if err := call(); err != nil {
		w.t.Errorf("the call whose first reply was lost = %v, want nil", err)
	}
	if w.wire.lose.Load() >= 0 {
		w.t.Error("no second reply was read, want the call tried again")
	}
}

func TestACommitThatArrivesTwiceIsTakenOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.twice(func() error { return w.commit(full("p", 0)) })
		op := change(put("q", 0))
		op.Op = "op1"
		w.twice(func() error { return w.Commit(t.Context(), op) })
		under := change(put("p", 1))
		c := w.one(1, long)
		under.Job = &c
		w.twice(func() error { return w.Commit(t.Context(), under) })
		if p, q := w.version("p"), w.version("q"); p != 2 || q != 1 {
			t.Errorf("versions = %d and %d, want 2 and 1", p, q)
		}
		if n := len(w.changes("0-0", 0).Notes); n != 3 {
			t.Errorf("the audit has %d notes, want 3", n)
		}
	})
}

// Even where others changed the document between the two arrivals.
func TestACommitThatArrivesAgainAfterOthersCommittedIsTakenOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		args, err := committed(change(put("p", 0)))
		must(t, err)
		args = append([]any{"attempt1"}, args...)
		if answer, err := w.run(t.Context(), commitScript, args...); err != nil || answer.text(0) != "ok" {
			t.Fatalf("first arrival = %v, %v, want ok", answer, err)
		}
		must(t, w.commit(put("p", 1)))
		if answer, err := w.run(t.Context(), commitScript, args...); err != nil || answer.text(0) != "ok" {
			t.Errorf("second arrival = %v, %v, want ok", answer, err)
		}
		if got := w.version("p"); got != 2 {
			t.Errorf("version = %d, want 2", got)
		}
	})
}

func TestAClaimThatArrivesTwiceClaimsTheSame(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0), due("b", 1), due("c", 2))))
		w.twice(func() error {
			claims, err := w.Claim(t.Context(), now.Add(time.Hour), 2, long)
			if got := names(claims); got != "p.a p.b" {
				t.Errorf("claimed %q, want p.a p.b", got)
			}
			for _, c := range claims {
				must(t, w.Renew(t.Context(), c, long))
			}
			return err
		})
		if got := names(w.claim(60, 10, long)); got != "p.c" {
			t.Errorf("left to claim = %q, want p.c", got)
		}
	})
}

func TestLaterThatArrivesTwiceCountsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		c := w.one(0, long)
		w.twice(func() error { return w.Renew(t.Context(), c, long) })
		w.twice(func() error { return w.Later(t.Context(), c, now, true) })
		if again := w.one(0, long); again.Tries != 1 {
			t.Errorf("tries = %d, want 1", again.Tries)
		}
	})
}

func TestABurialThatArrivesTwiceIsOne(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		c := w.one(0, long)
		w.twice(func() error { return w.Bury(t.Context(), c, now, "x") })
		graves := w.buried(0)
		if len(graves) != 1 {
			t.Fatalf("buried = %+v, want one", graves)
		}
		w.twice(func() error { return w.Exhume(t.Context(), graves[0], now) })
		if got := w.next(); got != "0" || len(w.buried(0)) != 0 {
			t.Errorf("next = %s with %d buried, want 0 and none", got, len(w.buried(0)))
		}
	})
}

func TestAnEventThatArrivesTwiceGetsItsTurn(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0)))
		var turn *bot.Turn
		w.twice(func() (err error) {
			var known bool
			turn, known, err = w.Accept(t.Context(), inbound("q", "e1"), long, bot.Want{Ref: person("p")})
			if turn == nil || known || len(turn.Reads) != 1 || turn.Reads[0][0].Version != 1 {
				t.Fatalf("Accept = %+v, known %v, want a turn with its reads", turn, known)
			}
			return err
		})
		w.twice(func() error {
			waiting, known, err := w.Accept(t.Context(), inbound("q", "e2"), long)
			if waiting != nil || known {
				t.Errorf("Accept = %+v, known %v, want it to wait", waiting, known)
			}
			return err
		})
		w.twice(func() error { return w.Extend(t.Context(), turn, long) })
		w.twice(func() (err error) {
			turn, err = w.Settle(t.Context(), turn, long)
			if turn == nil || turn.Event.ID != "e2" || string(turn.Event.Data) != "data of e2" {
				t.Fatalf("Settle = %+v, want the turn of e2", turn)
			}
			return err
		})
		w.twice(func() error {
			next, err := w.Settle(t.Context(), turn, long)
			if next != nil {
				t.Errorf("Settle = %+v, want no turn", next)
			}
			return err
		})
	})
}

func TestAnOrphanThatIsAskedForTwiceIsTaken(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.accept(inbound("q", "e1"), w.lease)
		w.pass(w.lease)
		w.twice(func() error {
			turn, err := w.Orphan(t.Context(), long)
			if turn == nil || turn.Event.ID != "e1" {
				t.Fatalf("Orphan = %+v, want e1", turn)
			}
			must(t, w.Extend(t.Context(), turn, long))
			return err
		})
	})
}

func TestReadingThatArrivesTwiceReadsOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		op := change(full("p", 0))
		op.Op = "op1"
		must(t, w.Commit(t.Context(), op))
		for name, call := range map[string]func() error{
			"Read":          func() error { _, err := w.Read(t.Context(), bot.Want{Ref: person("p")}); return err },
			"Page":          func() error { _, _, err := w.Page(t.Context(), bot.Page{Index: "i"}); return err },
			"Answer":        func() error { _, _, err := w.Answer(t.Context(), "op1"); return err },
			"Changes":       func() error { _, err := w.Changes(t.Context(), "0-0", "person", 9); return err },
			"NextDue":       func() error { _, _, err := w.NextDue(t.Context()); return err },
			"Graveyard":     func() error { _, err := w.Graveyard(t.Context(), 9); return err },
			"Tally":         func() error { _, err := w.Tally(t.Context(), now, "i"); return err },
			"Writable":      func() error { return w.Writable(t.Context()) },
			"Differ":        func() error { _, err := w.Differ(t.Context(), []bot.Write{full("p", 1)}); return err },
			"ForgetAnswers": func() error { return w.ForgetAnswers(t.Context(), anas) },
			"ForgetNotes":   func() error { _, err := w.ForgetNotes(t.Context(), now); return err },
			"Reseal": func() error {
				return w.Reseal(t.Context(), func(bool, string, []byte) []byte { return []byte("again") })
			},
			"Strays": func() error { _, err := w.Strays(t.Context(), true); return err },
		} {
			w.twice(call)
			if t.Failed() {
				t.Fatalf("%s failed", name)
			}
		}
		must(t, w.client.ZRem(t.Context(), w.keys.index("i"), "person:p").Err())
		w.twice(func() error {
			n, err := w.Repair(t.Context(), []bot.Write{full("p", 1)})
			if n != 1 {
				t.Errorf("Repair mended %d, want 1", n)
			}
			return err
		})
	})
}

// Once too often: the client gives up, and says that the outcome is unknown.
func TestACallWhoseRepliesAreAllLostIsUnavailable(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.wire.lose.Store(1000)
		err := w.commit(put("p", 0))
		w.wire.lose.Store(0)
		if !errors.Is(err, bot.ErrUnavailable) {
			t.Errorf("Commit = %v, want ErrUnavailable", err)
		}
		if got := w.version("p"); got != 1 {
			t.Errorf("version = %d, want 1", got)
		}
	})
}

func TestARestoreWhoseRepliesAreLostBeginsAndEnds(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.twice(func() error { return w.BeginRestore(t.Context(), "sum") })
		w.twice(func() error {
			if err := w.CheckRestored(t.Context()); err == nil {
				t.Error("CheckRestored in the middle of a restore = nil, want an error")
			}
			return nil
		})
		w.twice(func() error { return w.EndRestore(t.Context()) })
		w.twice(func() error { return w.CheckRestored(t.Context()) })
	})
}

// Each method of the store stands here: a new one is tried with a lost reply above,
// or says why it need not be.
func TestEveryMethodWasTriedWithALostReply(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{
		"Accept": true, "Answer": true, "BeginRestore": true, "Bury": true, "Changes": true, "CheckRestored": true, "Claim": true,
		"Commit": true, "Differ": true, "EndRestore": true, "Exhume": true, "Extend": true, "ForgetAnswers": true, "ForgetNotes": true, "Graveyard": true, "Later": true,
		"NextDue": true, "Orphan": true, "Page": true, "Place": true, "Read": true, "Renew": true, "Repair": true, "Reseal": true, "Settle": true, "Strays": true,
		"Tally": true, "Writable": true,
		"Close": false, "Replicas": false, "RoundTrips": false, "Watch": false, // they send nothing
		"Inspect": false, // tells an operator, who looks again
	}
	store := reflect.TypeFor[*Store]()
	for i := range store.NumMethod() {
		if name := store.Method(i).Name; !known(tried, name) {
			t.Errorf("Store.%s was not tried with a lost reply", name)
		}
	}
}

func known(names map[string]bool, name string) bool { _, ok := names[name]; return ok }

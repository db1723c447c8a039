package redis

import (
	"testing"
	"time"
)

func TestAnswersAreForgottenAndTheirOperationsStayKnownForAsLongAsEver(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for i, op := range []string{"op1", "op2", "op:3"} {
			c := change(full("p", int64(i)))
			c.Op, c.Answer = op, []byte("what Ana said")
			must(t, w.Commit(t.Context(), c))
		}
		must(t, w.ForgetAnswers(t.Context(), []byte("gone")))
		for _, op := range []string{"op1", "op2", "op:3"} {
			if answer, done, err := w.Answer(t.Context(), op); string(answer) != "gone" || !done || err != nil {
				t.Errorf("Answer(%s) = %q, %v, %v; want it known and forgotten", op, answer, done, err)
			}
			if left := w.client.PTTL(t.Context(), w.keys.op(op)).Val(); left <= Memory-time.Hour || left > Memory {
				t.Errorf("%s is kept for %v more, want about %v", op, left, Memory)
			}
		}
		if _, done, err := w.Answer(t.Context(), "op4"); done || err != nil {
			t.Errorf("Answer of what never was = %v, %v; want nothing", done, err)
		}
		c := change(full("q", 0))
		c.Op = "op1"
		if err := w.Commit(t.Context(), c); err == nil {
			t.Error("an operation whose answer is forgotten is done twice")
		}
	})
}

package redis

import (
	"testing"
	"time"
)

func TestAnswersAreForgottenAndTheirOperationsStayKnown(t *testing.T) {
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

func TestAForgottenAnswerEndsWhenItWouldHaveEnded(t *testing.T) {
	w := inProcess(t)
	c := change(full("p", 0))
	c.Op, c.Answer = "op1", []byte("what Ana said")
	must(t, w.Commit(t.Context(), c))
	w.pass(Memory - 2*time.Minute)
	must(t, w.ForgetAnswers(t.Context(), []byte("gone")))
	w.pass(time.Minute)
	if _, done, err := w.Answer(t.Context(), "op1"); !done || err != nil {
		t.Errorf("Answer within eight days = %v, %v, want it", done, err)
	}
	w.pass(2 * time.Minute)
	if _, done, err := w.Answer(t.Context(), "op1"); done || err != nil {
		t.Errorf("Answer after eight days = %v, %v, want nothing", done, err)
	}
}

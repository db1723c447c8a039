package redis

import (
	"fmt"
	"testing"
	"time"
)

// withAnswers has operations, of which every other one said something of Ana's.
func withAnswers(t *testing.T, w *world, n int) {
	t.Helper()
	for i := range n {
		c := change(full("p", int64(i)))
		c.Op, c.Answer = fmt.Sprint("op:", i), []byte(words(i))
		must(t, w.Commit(t.Context(), c))
	}
}

func words(i int) string { return []string{"what Ana said", "what Bo said"}[i%2] }

// anas forgets what Ana said.
func anas(_ string, answer []byte) []byte {
	if string(answer) == words(0) {
		return []byte("gone")
	}
	return nil
}

func TestChosenAnswersAreForgottenAndAllOperationsStayKnown(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		const n = 300 // more than a page
		withAnswers(t, w, n)
		must(t, w.ForgetAnswers(t.Context(), anas))
		for i := range n {
			want := []string{"gone", words(1)}[i%2]
			op := fmt.Sprint("op:", i)
			if answer, done, err := w.Answer(t.Context(), op); string(answer) != want || !done || err != nil {
				t.Fatalf("Answer(%s) = %q, %v, %v; want %q", op, answer, done, err, want)
			}
		}
		if _, done, err := w.Answer(t.Context(), "op4"); done || err != nil {
			t.Errorf("Answer of what never was = %v, %v; want nothing", done, err)
		}
		c := change(full("q", 0))
		c.Op = "op:0"
		if err := w.Commit(t.Context(), c); err == nil {
			t.Error("an operation whose answer is forgotten is done twice")
		}
	})
}

func TestAForgottenAnswerEndsWhenItWouldHaveEnded(t *testing.T) {
	w := inProcess(t)
	withAnswers(t, w, 1)
	w.pass(Memory - 2*time.Minute)
	must(t, w.ForgetAnswers(t.Context(), anas))
	w.pass(time.Minute)
	if _, done, err := w.Answer(t.Context(), "op:0"); !done || err != nil {
		t.Errorf("Answer within eight days = %v, %v, want it", done, err)
	}
	w.pass(2 * time.Minute)
	if _, done, err := w.Answer(t.Context(), "op:0"); done || err != nil {
		t.Errorf("Answer after eight days = %v, %v, want nothing", done, err)
	}
}

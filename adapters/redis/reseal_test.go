package redis

import (
	"fmt"
	"testing"
	"time"

	"interlab/bot"
)

func TestEverythingOnItsWayIsShownAndMayBeReplaced(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		want := map[string]bool{}
		for i := range 300 { // more than a page
			c := change(full("p", int64(i)))
			c.Op, c.Answer = fmt.Sprint("op:", i), []byte("old")
			must(t, w.Commit(t.Context(), c))
			e := bot.Inbound{Queue: fmt.Sprint("queue", i%3), ID: fmt.Sprint("e", i), Data: []byte("old")}
			_, _, err := w.Accept(t.Context(), e, time.Minute)
			must(t, err)
			want["true op:"+fmt.Sprint(i)], want["false e"+fmt.Sprint(i)] = true, true
		}
		seen := map[string]bool{}
		must(t, w.Reseal(t.Context(), func(answer bool, id string, data []byte) []byte {
			if string(data) == "old" {
				seen[fmt.Sprint(answer, " ", id)] = true
			}
			return []byte("new " + id)
		}))
		for name := range want {
			if !seen[name] {
				t.Errorf("%s was not shown", name)
			}
		}
		if answer, done, err := w.Answer(t.Context(), "op:7"); string(answer) != "new op:7" || !done || err != nil {
			t.Errorf("Answer = %q, %v, %v; want the new one", answer, done, err)
		}
		must(t, w.Reseal(t.Context(), func(bool, string, []byte) []byte { return nil }))
		if answer, _, err := w.Answer(t.Context(), "op:7"); string(answer) != "new op:7" || err != nil {
			t.Errorf("Answer = %q, %v; want it left as it was", answer, err)
		}
	})
}

// What is settled or forgotten while it is looked at does not come back.
func TestWhatIsGoneMeanwhileStaysGone(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		turn, _, err := w.Accept(t.Context(), bot.Inbound{Queue: "q", ID: "e1", Data: []byte("old")}, time.Minute)
		must(t, err)
		must(t, w.Reseal(t.Context(), func(bool, string, []byte) []byte {
			_, err := w.Settle(t.Context(), turn, time.Minute)
			must(t, err)
			return []byte("new")
		}))
		must(t, w.Reseal(t.Context(), func(_ bool, id string, data []byte) []byte {
			t.Errorf("%s is there again: %q", id, data)
			return nil
		}))
	})
}

func TestAReplacedAnswerEndsWhenItWouldHaveEnded(t *testing.T) {
	w := inProcess(t)
	c := change(full("p", 0))
	c.Op, c.Answer = "op1", []byte("old")
	must(t, w.Commit(t.Context(), c))
	w.pass(Memory - 2*time.Minute)
	must(t, w.Reseal(t.Context(), func(bool, string, []byte) []byte { return []byte("new") }))
	w.pass(time.Minute)
	if answer, done, err := w.Answer(t.Context(), "op1"); string(answer) != "new" || !done || err != nil {
		t.Errorf("Answer within eight days = %q, %v, %v, want it", answer, done, err)
	}
	w.pass(2 * time.Minute)
	if _, done, err := w.Answer(t.Context(), "op1"); done || err != nil {
		t.Errorf("Answer after eight days = %v, %v, want nothing", done, err)
	}
}

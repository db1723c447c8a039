package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

var errNoAnswer = errors.New("the connection broke")

// unanswered is something that somebody does and that is done, but whose answer
// does not get out while the messenger fails: it is given from what was kept.
func (w *world) unanswered(who chat.Account, line string) chat.Event {
	w.t.Helper()
	e := w.event(who, chat.Line{Text: line})
	before := w.messenger.before
	w.messenger.before = func(s sent) error {
		if s.id == e.ID {
			return errNoAnswer
		}
		if before != nil {
			return before(s)
		}
		return nil
	}
	ticket, err := w.app.Accept(w.t.Context(), e)
	if err == nil {
		err = w.app.Handle(w.t.Context(), ticket)
	}
	if err == nil {
		w.t.Fatalf("%q was answered", line)
	}
	return e
}

// whatIsKept are all answers that the store keeps.
func (w *world) whatIsKept() (all []string) {
	w.t.Helper()
	err := w.store.ForgetAnswers(w.t.Context(), func(_ string, answer []byte) []byte {
		all = append(all, string(answer))
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// Whoever is forgotten takes along what they were told and what others were told
// of them. What others were told of others they are told again.
func TestForgettingLeavesTheAnswersOfOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	cleo := chat.Account{Platform: "slack", Team: "lovelace", User: "cleo"}
	finn := chat.Account{Platform: "slack", Team: "franklin", User: "finn"}
	w.join(cleo, "Cleo Park", "Lovelace Lab", "gene regulation")
	w.join(finn, "Finn Berg", "Franklin Lab", "crystal growth")
	w.line(ana, "profile forget")
	of := map[string]chat.Event{
		"of Bo alone":     w.unanswered(bo, `profile set shares:"protein design"`),
		"of Cleo":         w.unanswered(cleo, `match block person:"Bo Larsen"`),
		"of Finn, of Ana": w.unanswered(finn, `match block person:"Ana Ruiz"`),
	}
	w.press(ana, "Yes, forget me")
	w.pass(bot.ForgetAfter + time.Minute)
	w.messenger.before = nil
	w.lapse()
	w.settle()
	for name, want := range map[string]string{
		"of Bo alone":     "protein design",
		"of Cleo":         "Bo Larsen",
		"of Finn, of Ana": "This was done before",
	} {
		said, ok := w.answer(of[name].ID)
		if !ok || !strings.Contains(plain(said), want) || strings.Contains(plain(said), "Ruiz") {
			t.Errorf("%s: told again, %v:\n%s\nwant %q", name, ok, plain(said), want)
		}
	}
	w.healthy()
}

// Without keys the store could read what is kept: then, too, nothing of it is left,
// be it of whatever kind of document.
func TestNoKeptAnswerHoldsWhoIsForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.keys = nil
	w.app = w.replica(w.store)
	w.release()
	for _, line := range []string{`match find protein folding`, `match find CANARY topic`, `match block person:"CANARY Ana"`, `profile set shares:"protein design"`} {
		w.line(bo, line)
		w.line(ana, line)
	}
	held := 0
	for _, answer := range w.whatIsKept() {
		held += strings.Count(answer, birdsong)
	}
	if held == 0 {
		t.Fatal("no answer has anything of Ana")
	}
	w.forgets(ana)
	w.pass(bot.ForgetAfter + time.Minute)
	left := 0
	for _, answer := range w.whatIsKept() {
		tracesIn(t, "a kept answer", []byte(answer))
		if strings.Contains(answer, "protein design") {
			left++
		}
	}
	if left == 0 {
		t.Error("what Bo was told about himself is gone as well")
	}
}

package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

const asksBo = "Ana Ruiz of Curie Lab would like to talk to you"

func direct(to chat.Account) func(sent) bool {
	return func(s sent) bool { return s.how == "direct" && s.to == to }
}

// failing refuses the sends that match, with an error.
func failing(which func(sent) bool, err error) func(sent) error {
	return func(s sent) error {
		if which(s) {
			return err
		}
		return nil
	}
}

// A process that dies between sending and noting it leaves a delivery begun.
// Whoever takes over asks the platform before sending again.
func TestADeliveryThatHadArrivedBeforeACrashIsNotSentAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.messenger.fails(nil, func(s sent) error {
		if direct(bo)(s) {
			w.kill()
		}
		return nil
	})
	w.handles(w.event(ana, chat.Press{Ref: w.button(ana, "Ask Bo")}))
	if err := w.app.Settle(t.Context()); !errors.Is(err, bot.ErrUnavailable) {
		t.Fatalf("Settle() = %v, want the store to be unavailable", err)
	}
	w.messenger.fails(nil, nil)
	w.revive()
	w.app = w.replica(w.store)
	w.settle()
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 || w.messenger.looked() != 1 {
		t.Errorf("Bo was asked %d times and the platform %d times, want 1 and 1", n, w.messenger.looked())
	}
	w.healthy()
}

func TestADeliveryThatHadNotArrivedBeforeACrashIsSentOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.messenger.fails(func(s sent) error {
		if direct(bo)(s) {
			w.kill()
			return errors.New("connection reset")
		}
		return nil
	}, nil)
	w.handles(w.event(ana, chat.Press{Ref: w.button(ana, "Ask Bo")}))
	if err := w.app.Settle(t.Context()); !errors.Is(err, bot.ErrUnavailable) {
		t.Fatalf("Settle() = %v, want the store to be unavailable", err)
	}
	w.messenger.fails(nil, nil)
	w.revive()
	w.app = w.replica(w.store)
	w.settle()
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 || w.messenger.looked() != 1 {
		t.Errorf("Bo was asked %d times and the platform %d times, want 1 and 1", n, w.messenger.looked())
	}
}

func TestAReplyThatIsLostDoesNotSendTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.messenger.fails(nil, failing(direct(bo), errors.New("connection reset")))
	w.asked()
	w.messenger.fails(nil, nil)
	w.pass(time.Minute)
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 {
		t.Errorf("Bo was asked %d times, want once", n)
	}
}

func TestAPlatformThatWantsAPauseGetsItAndNoFailureCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pauses := 0
	w.messenger.fails(func(s sent) error {
		if direct(bo)(s) && pauses < 30 {
			pauses++
			return &chat.RetryAfter{Wait: 20 * time.Second}
		}
		return nil
	}, nil)
	w.asked()
	if at, ok, err := w.app.Next(t.Context()); !ok || err != nil || !at.Equal(monday.Add(20*time.Second)) {
		t.Errorf("Next() = %v, %v, %v; want the pause of 20 s", at, ok, err)
	}
	w.pass(15 * time.Minute)
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 || pauses != 30 {
		t.Errorf("after %d pauses Bo was asked %d times, want 30 and once", pauses, n)
	}
	if buried, err := w.store.Graveyard(t.Context(), 10); len(buried) != 0 || err != nil {
		t.Errorf("Graveyard() = %v, %v; want nothing given up", buried, err)
	}
}

// A header may say anything: what is due is neither hurried nor forgotten.
func TestAPauseIsBelievedFromASecondToAnHour(t *testing.T) {
	t.Parallel()
	for wish, want := range map[time.Duration]time.Duration{
		-time.Hour: time.Second, 0: time.Second, 20 * time.Second: 20 * time.Second, 1e9 * time.Second: time.Hour,
	} {
		w := newWorld(t)
		w.messenger.fails(failing(direct(bo), &chat.RetryAfter{Wait: wish}), nil)
		w.asked()
		if at, ok, err := w.app.Next(t.Context()); !ok || err != nil || !at.Equal(monday.Add(want)) {
			t.Errorf("told to wait %s, Next() = %v, %v, %v; want %s later", wish, at, ok, err, want)
		}
	}
}

func TestWhoCannotBeReachedOnOneAccountIsToldOnTheOther(t *testing.T) {
	t.Parallel()
	second := chat.Account{Platform: "slack", Team: "guests", User: "bo"}
	w := newWorld(t)
	w.anaAndBo()
	w.change(bo, func(p *bot.Person) { p.Accounts = append(p.Accounts, second) })
	w.messenger.fails(failing(direct(bo), chat.ErrUnreachable), nil)
	w.press(ana, "Ask Bo")
	if n := count(w.messenger.to(second, "direct"), asksBo); n != 1 {
		t.Errorf("the second account was told %d times, want once", n)
	}
}

func TestWhoCannotBeReachedAtAllSeesItInMe(t *testing.T) {
	t.Parallel()
	for _, cause := range []error{chat.ErrUnreachable, chat.ErrGone} {
		w := newWorld(t)
		w.messenger.fails(failing(direct(bo), cause), nil)
		w.asked()
		w.pass(time.Hour)
		if n := len(w.messenger.to(bo, "direct")); n != 0 {
			t.Fatalf("%d messages reached Bo, want none", n)
		}
		w.says(w.line(bo, "me"), "I could not write to you on Mon 30 Nov 2026: "+asksBo)
		if text := plain(w.line(ana, "me")); strings.Contains(text, "could not write") {
			t.Errorf("Ana learns what did not reach Bo:\n%s", text)
		}
		w.healthy()
	}
}

func TestAnAnswerWhoseHandleHasExpiredGoesDirectly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.join(ana, "Ana Ruiz", "Curie Lab", "cryo-electron microscopy")
	w.messenger.fails(failing(func(s sent) bool { return s.how == "answer" }, chat.ErrGone), nil)
	w.line(ana, "help")
	if said := w.messenger.to(ana, "direct"); len(said) != 1 {
		t.Errorf("Ana was told %d things directly, want the one answer", len(said))
	}
}

func TestAnAnswerThatThePlatformRefusesForNowIsGivenLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	e := w.event(ana, chat.Press{Ref: w.button(ana, "Ask Bo")})
	w.messenger.fails(failing(func(s sent) bool { return s.id == e.ID }, &chat.RetryAfter{Wait: time.Second}), nil)
	ticket, err := w.app.Accept(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.app.Handle(t.Context(), ticket); err == nil {
		t.Error("Handle() = nil, want the platform's refusal for the log")
	}
	w.messenger.fails(nil, nil)
	if w.settle(); len(w.messenger.to(bo, "direct")) == 0 {
		t.Error("others wait for the answer")
	}
	if _, ok := w.answer(e.ID); ok {
		t.Error("the answer did not wait for the platform")
	}
	if err := w.store.Advance(2 * time.Second); err != nil { // not the minute after which a dead replica's turn lapses
		t.Fatal(err)
	}
	w.settle()
	answer, ok := w.answer(e.ID)
	if !ok || answer.Title != "Asked" {
		t.Errorf("the answer is %q, %v; want what was answered first", answer.Title, ok)
	}
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 {
		t.Errorf("Bo was asked %d times, want once", n)
	}
}

// A first message from a stranger carries no link, wherever they wrote it.
func TestAnAskCarriesNoLink(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.line(ana, "profile set seeks:\"see https://evil.example/x\"")
	w.says(w.line(ana, "match find topic:\"protein folding www.evil.example\""), "1 person for")
	w.press(ana, "Ask Bo")
	said := w.messenger.to(bo, "direct")
	if count(said, asksBo) != 1 || count(said, "evil") != 0 || count(said, "[link left out]") != 2 {
		t.Errorf("Bo is asked with links: %q", plain(said[0]))
	}
}

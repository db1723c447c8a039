package slack_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

func TestRedeliveriesAreAcknowledgedAndDoNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for _, act := range []func() (*slacktest.Delivery, error){
		func() (*slacktest.Delivery, error) { return w.Say("T1", "U1", "hello") },
		func() (*slacktest.Delivery, error) { return w.Slash("T1", "U1", "C1", "hello") },
	} {
		d, err := act()
		w.sent(d, err)
		for range 3 { // at once, after one minute, after five
			w.sent(d.Again())
			w.pass(3 * time.Minute)
		}
	}
	if got := w.app.accepted(); len(got) != 2 {
		t.Errorf("accepted %d events, want 2", len(got))
	}
	if h := w.adapter.Envelopes(); h[desk.Repeated] != 6 || h[desk.Acknowledged] != 8 {
		t.Errorf("health = %+v, want 6 repeated and 8 acknowledged", h)
	}
}

func TestARefreshedSocketLeavesNoGap(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for i := range 5 {
		before := w.Opened()
		w.Disconnect("T1", []string{"warning", "refresh_requested"}[i%2])
		w.sent(w.Slash("T1", "U1", "C1", fmt.Sprint("hello ", i)))
		w.await(t, "a new socket", func() bool { return w.Opened() == before+1 && w.Sockets("T1") == 2 })
	}
	if got := w.app.accepted(); len(got) != 5 {
		t.Errorf("accepted %d events, want 5", len(got))
	}
}

func TestLostSocketsAreOpenedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	before := w.Opened()
	w.Drop("T1")
	w.await(t, "two new sockets", func() bool { return w.Opened() == before+2 && w.Sockets("T1") == 2 })
	w.sent(w.Say("T1", "U1", "hello"))
	if got := w.app.accepted(); len(got) != 1 {
		t.Errorf("accepted %d events after the loss, want 1", len(got))
	}
}

func TestASocketWithoutPingsIsReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *setup) {
		s.server.PingEvery = 20 * time.Millisecond
		s.adapter.Timing.Ping = 300 * time.Millisecond
	})
	before := w.Opened()
	w.Silence("T1")
	w.await(t, "two new sockets", func() bool { return w.Opened() >= before+2 && w.Sockets("T1") == 2 })
}

func TestADeafClientIsReplacedWhole(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *setup) {
		s.server.PingEvery = 20 * time.Millisecond
		s.adapter.Timing.Ping = time.Minute // the library would notice nothing
		s.adapter.Timing.Silence = 300 * time.Millisecond
	})
	before := w.Opened()
	w.Silence("T1")
	w.await(t, "the sockets to be replaced", func() bool {
		return w.adapter.Links()[0].Deaf >= 2 && w.Opened() >= before+2 && w.Sockets("T1") == 2
	})
}

func TestRefusedTokensStopTheirWorkspaceAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *setup) { s.teams = []string{"T1", "T2"} })
	w.Revoke("T1", "token_revoked")
	w.Drop("T1")
	w.await(t, "the workspace to stop", func() bool { return w.adapter.Links()[0].Stopped == "token_revoked" })
	w.sent(w.Say("T2", "U2", "hello"))
	var pause *chat.RetryAfter
	if _, err := w.adapter.Direct(t.Context(), "d1", ana(), say("x")); !errors.As(err, &pause) {
		t.Errorf("Direct into the stopped workspace = %v, want it put off for the operator", err)
	}
	w.Revoke("T2", "account_inactive")
	w.Drop("T2")
	w.await(t, "the other one to stop", func() bool { return w.adapter.Links()[1].Stopped != "" })
	if err := w.ended(); !errors.Is(err, slack.ErrStopped) {
		t.Errorf("Run without a workspace left = %v, want ErrStopped", err)
	}
}

func TestAWorkspaceThatThrowsTheBotOutIsToldToTheCoreAndStops(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*world) (*slacktest.Delivery, error){
		"uninstalled": func(w *world) (*slacktest.Delivery, error) { return w.Uninstall("T1") },
		"revoked": func(w *world) (*slacktest.Delivery, error) {
			return w.Event("T1", map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"bot": []string{"UBOTT1"}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(s *setup) { s.teams = []string{"T1", "T2"} })
			d, err := leave(w)
			if err != nil {
				t.Fatal(err)
			}
			w.await(t, "the workspace to stop", func() bool { return w.adapter.Links()[0].Stopped != "" })
			if _, err := d.Acked(t.Context()); err != nil {
				t.Error(err)
			}
			want := chat.Happening{What: chat.BotRemoved}
			if got := w.app.accepted(); len(got) != 1 || got[0].Input != want || got[0].In != (chat.Place{Home: lab()}) {
				t.Errorf("events = %+v, want the bot removed from the home", got)
			}
			if _, err := w.adapter.Direct(t.Context(), "d1", ana(), say("x")); !errors.Is(err, chat.ErrUnreachable) {
				t.Errorf("Direct = %v, want ErrUnreachable", err)
			}
			w.sent(w.Say("T2", "U1", "hello"))
		})
	}
}

// An acknowledgement says that the event is safe: not before the inbox has it,
// and no later than that.
func TestAnEventIsAcknowledgedOnceItIsSavedAndBeforeItIsHandled(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.app.saving, w.app.hold = make(chan struct{}), make(chan struct{})
	d, err := w.Slash("T1", "U1", "C1", "hello")
	if err != nil {
		t.Fatal(err)
	}
	<-w.app.saving
	now, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 { // of what is there already and a context that has ended, either may win
		if _, err := d.Acked(now); err == nil {
			t.Fatal("acknowledged before it was saved")
		}
	}
	w.app.saving <- struct{}{}
	if _, err := d.Acked(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(w.app.accepted()); n != 1 || len(w.seen(slacktest.Shown)) != 0 {
		t.Errorf("at the acknowledgement %d events are saved and %d answered, want 1 and 0", n, len(w.seen(slacktest.Shown)))
	}
	close(w.app.hold)
	if err := w.adapter.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(w.seen(slacktest.Shown)) != 1 {
		t.Errorf("seen %d answers, want 1", len(w.seen(slacktest.Shown)))
	}
}

func TestAStopFinishesWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.app.hold = make(chan struct{})
	d, err := w.Slash("T1", "U1", "C1", "hello")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Acked(t.Context()); err != nil {
		t.Fatal(err)
	}
	stopped := make(chan error, 1)
	go func() { stopped <- w.stop() }()
	w.await(t, "the sockets to close", func() bool { return w.Sockets("T1") == 0 })
	close(w.app.hold)
	if err := <-stopped; err != nil {
		t.Errorf("Run = %v", err)
	}
	if shown := w.seen(slacktest.Shown); len(shown) != 1 {
		t.Errorf("shown %d answers, want 1", len(shown))
	}
}

// 500 events of 50 people at once: all acknowledged, none lost, none twice, and
// each person's in the order they came.
func TestManyEventsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	const people, each = 50, 10
	for p := range people {
		w.AddUser("T1", slacktest.User{ID: fmt.Sprint("UP", p), Name: fmt.Sprint("Person ", p)})
	}
	var all sync.WaitGroup
	for p := range people {
		all.Go(func() {
			for i := range each {
				d, err := w.Say("T1", fmt.Sprint("UP", p), fmt.Sprint("line ", i))
				if err == nil {
					_, err = d.Acked(t.Context()) // the next one follows the first
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if err := w.adapter.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	next := map[string]int{}
	for _, e := range w.app.accepted() {
		if want := fmt.Sprint("line ", next[e.From.User]); e.Input != (chat.Line{Text: want}) {
			t.Errorf("%s said %v, want %q", e.From.User, e.Input, want)
		}
		next[e.From.User]++
	}
	if n := len(w.seen(slacktest.Said)); len(w.app.accepted()) != people*each || n != people*each {
		t.Errorf("accepted %d and answered %d, want %d each", len(w.app.accepted()), n, people*each)
	}
}

// The log names workspaces and events, and holds neither tokens nor what people wrote.
func TestTheLogHoldsNoTextAndNoToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.app.fail(true)
	w.sent(w.Slash("T1", "U1", "C1", "my private words"))
	w.Script("chat.postMessage", slacktest.Answer{Status: 500, Body: "my private words"})
	w.sent(w.Say("T1", "U1", "my private words"))
	w.sent(w.Send("T1", "interactive", map[string]any{"type": "block_actions", "actions": []any{map[string]any{"action_id": "my private words \n"}}}))
	w.Revoke("T1", "token_revoked")
	w.Drop("T1")
	if err := w.stop(); err != nil && !errors.Is(err, slack.ErrStopped) {
		t.Error(err)
	}
	for _, secret := range []string{"private words", "xoxb-", "xapp-", "/hooks/", "trigger."} {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("the log has %q:\n%s", secret, w.log)
		}
	}
}

package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
)

// uses does something until it is refused, each time by another process of the
// bot than before, and returns how often it was done.
func (w *world) uses(who chat.Account, input chat.Input, refused string) int {
	w.t.Helper()
	for n := range 200 {
		w.app = w.replica(w.store)
		if strings.Contains(plain(w.does(who, input)), refused) {
			return n
		}
	}
	w.t.Fatalf("%s was never refused with %q: %s", who, refused, plain(w.does(who, input)))
	return 0
}

// What is left of a bucket is kept in the store: another process has no other
// one, and nothing is refilled by the end of a process or of the server.
func TestLimitsOutliveProcessesAndTheServer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		input chat.Input
		want  int
		span  time.Duration
	}{
		"searches":             {chat.Line{Text: "match find cryptography"}, 60, 10 * time.Minute},
		"changes of a profile": {chat.Line{Text: `profile set about:"words"`}, 60, time.Hour},
		"codes for an account": {chat.Line{Text: "link start"}, 10, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorldOn(t, hallOnServer(t))
			w.anaAndBo()
			const refused = "which is as often as it goes"
			if n := w.uses(bo, c.input, refused); n != c.want {
				t.Errorf("done %d times by as many processes, want %d", n, c.want)
			}
			w.kill()
			if err := w.store.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := w.uses(bo, c.input, refused); n != 0 {
				t.Errorf("done %d times more after the server was killed, want 0", n)
			}
			w.clock.set(w.clock.Now().Add(c.span))
			if n := w.uses(bo, c.input, refused); n != c.want {
				t.Errorf("done %d times a span later, want %d", n, c.want)
			}
		})
	}
}

// The same holds for what the people of a lab do together.
func TestALabsLimitIsOneForAllItsPeopleAndProcesses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	done := 0
	for i := range 5 {
		who := account("member", i)
		w.join(who, fmt.Sprintf("Member %d", i), "Curie Lab", "lasers")
		for n := range 11 {
			w.app = w.replica(w.store)
			w.line(who, fmt.Sprintf(`colloquium propose title:"Talk %d of %d" speaker:"Somebody" when:"15 Dec %02d:%02d"`, n, i, 8+n, i))
			said := plain(w.press(who, "Announce"))
			switch {
			case i < 3 && n == 10:
				w.says(chat.Message{Title: said}, "You have announced a talk 10 times within a day")
			case i >= 3:
				w.says(chat.Message{Title: said}, "Your lab has announced a talk 30 times within a day")
			default:
				done++
			}
		}
	}
	if done != 30 {
		t.Errorf("%d talks were announced, want 30", done)
	}
}

// Two processes at once give no more of a bucket than it holds.
func TestProcessesAtOnceShareABucket(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	var events []chat.Event
	for range 16 {
		events = append(events, w.event(ana, chat.Line{Text: "link start"}))
	}
	done := make(chan error)
	for _, e := range events {
		app := w.replica(w.store)
		go func() {
			ticket, err := app.Accept(t.Context(), e)
			if err == nil {
				err = app.Handle(t.Context(), ticket)
			}
			done <- err
		}()
	}
	for range events {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	w.settle()
	given := 0
	for _, e := range events {
		if m, ok := w.answer(e.ID); !ok {
			t.Errorf("%s was not answered", e.ID)
		} else if !strings.Contains(plain(m), "which is as often as it goes") {
			given++
		}
	}
	if given != 10 {
		t.Errorf("%d codes were given to 16 who asked at once, want 10", given)
	}
}

// Three asks a week are three, whichever process hears of them, and after the
// server was killed.
func TestThreeAsksAWeekOutliveProcessesAndTheServer(t *testing.T) {
	t.Parallel()
	w := newWorldOn(t, hallOnServer(t))
	w.join(ana, "Ana Ruiz", "Curie Lab", "cryo-electron microscopy")
	for _, name := range []string{"Bo", "Cy", "Di", "Ed"} {
		w.join(chat.Account{Platform: "discord", User: name}, name+" Larsen", "Noether Lab", "protein folding")
	}
	w.line(ana, "match find protein folding")
	ask := func(name string) chat.Message {
		w.app = w.replica(w.store)
		return w.does(ana, chat.Press{Ref: w.button(ana, "Ask "+name)})
	}
	for _, name := range []string{"Bo", "Cy", "Di"} {
		w.says(ask(name), "Asked")
		asked := w.button(chat.Account{Platform: "discord", User: name}, "Not now").ID
		w.says(w.does(ana, chat.Press{Ref: chat.Ref{Route: "match.withdraw", ID: asked}}), "Withdrawn") // so that none is open
	}
	w.says(ask("Ed"), "You have asked 3 people within a week")
	w.kill()
	if err := w.store.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.says(ask("Ed"), "You have asked 3 people within a week")
}

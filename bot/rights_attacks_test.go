package bot_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/matching"
)

// Eve presses every control and sends every form there is, with ids that she
// was never shown: of nothing, of others' documents, of another kind, with
// places that no document has. She gets a sentence each time, nothing breaks,
// and nobody else hears of it.
func TestForgedIDsAreRefusedByEveryRoute(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	eve := chat.Account{Platform: "discord", User: "eve"}
	w.join(eve, "Eve Forge", "Hopper Lab", "cryptography")
	match, _, _ := strings.Cut(w.button(bo, "Yes, introduce us").ID, ".")
	search, _, _ := strings.Cut(w.button(ana, "Ask Bo").ID, ".")
	before := len(w.messenger.all())
	ids := []string{"", "nothing", match, search, match + ".0.1.2", search + ".99999999999999999999", match + ".-1", "../../etc", "il:{b00}:due", strings.Repeat("x", 60)}
	for _, name := range bot.RouteNames() {
		if strings.HasPrefix(name, "profile.forget") || strings.HasPrefix(name, "link.") {
			continue // these end who Eve is, by her own right
		}
		for _, id := range ids {
			w.clock.set(w.clock.Now().Add(10 * time.Second))
			w.forge(eve, name, id)
		}
	}
	w.settle()
	for _, s := range w.messenger.all()[before:] {
		if s.to != eve {
			t.Errorf("%s saw after forged presses of another one:\n%s", s.to, plain(s.said))
		}
	}
	w.healthy()
	w.says(w.press(bo, "Yes, introduce us"), "Ana")
}

// forge sends one control and its form, and fails where anything but a calm
// sentence comes of it.
func (w *world) forge(who chat.Account, route, id string) {
	w.t.Helper()
	name := strings.TrimSuffix(route, ".sent")
	inputs := []chat.Input{chat.Press{Ref: chat.Ref{Route: route, ID: id}}}
	if name != route {
		inputs = []chat.Input{chat.Submission{Ref: chat.Ref{Route: name, ID: id}, Values: map[string]string{}}}
	}
	for _, input := range inputs {
		e := w.event(who, input)
		if w.app.Plan(e).Show == chat.ShowForm {
			form, err := w.app.Form(w.t.Context(), e)
			var refusal *chat.Refusal
			if err != nil && !errors.As(err, &refusal) {
				w.t.Errorf("the form of %s with the id %.40q fails: %v", route, id, err)
			}
			if words := fmt.Sprint(form, plain(chat.Unopened(err))); strings.Contains(words, "folding") || strings.Contains(words, "ana@") || strings.Contains(words, "bo@") {
				w.t.Errorf("the form of %s with the id %.40q has words of others: %s", route, id, words)
			}
			continue
		}
		if got := plain(w.handles(e)); strings.Contains(got, "Something went wrong") {
			w.t.Errorf("%s with the id %.40q: %s", route, id, got)
		}
	}
}

// What only a platform can say, that the bot was removed or a channel is gone,
// nobody can press.
func TestNobodyPressesWhatHappensToAHome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	for _, what := range []chat.What{chat.BotAdded, chat.BotRemoved, chat.ChannelGone} {
		got := w.does(ana, chat.Press{Ref: chat.Ref{Route: "home." + string(what)}})
		w.says(got, "from an older version of me")
	}
}

// Fifty identical presses at once introduce two people once.
func TestFiftyPressesAtOnceAreOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	yes := w.button(bo, "Yes, introduce us")
	events := make([]chat.Event, 50)
	for i := range events {
		events[i] = w.event(bo, chat.Press{Ref: yes})
	}
	var group sync.WaitGroup
	for _, e := range events {
		group.Go(func() {
			ticket, err := w.app.Accept(t.Context(), e)
			if err == nil {
				err = w.app.Handle(t.Context(), ticket)
			}
			if err != nil {
				t.Errorf("press %s = %v", e.ID, err)
			}
		})
	}
	group.Wait()
	w.settle()
	told := 0
	for _, s := range w.messenger.all() {
		if s.to == ana && strings.Contains(plain(s.said), "said yes") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("Ana was told %d times that Bo said yes, want once", told)
	}
	w.healthy()
}

// Ten thousand guesses at a code, as many as a bot could send in an hour, look
// at five codes in ten minutes, and even the right one is not looked at then.
func TestTenThousandGuessesLookAtFewCodes(t *testing.T) {
	t.Parallel()
	looked := bot.GuessesLookedAt(monday, 10_000, 360*time.Millisecond)
	if want := 5 * 6; looked != want {
		t.Errorf("of 10,000 guesses in an hour %d were looked at, want %d", looked, want)
	}
}

// A role that was lost between the plan and the sending of what is told to it
// takes the message along.
func TestOrganisersOfYesterdayAreNotTold(t *testing.T) {
	t.Parallel()
	for _, keeps := range []bool{true, false} {
		t.Run(fmt.Sprintf("keeps the role: %v", keeps), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.anaAndBo()
			w.line(olga, "hello")
			w.line(olga, `admin role person:"Ana Ruiz" role:organiser`)
			w.clock.set(time.Date(2026, 11, 30, 22, 0, 0, 0, time.UTC)) // Ana sleeps
			gone := w.event(bo, chat.Happening{What: chat.BotAdded})
			gone.In.Home = chat.Home{Platform: "discord", ID: "attic"}
			w.handles(gone)
			gone = w.event(bo, chat.Happening{What: chat.BotRemoved})
			gone.In.Home = chat.Home{Platform: "discord", ID: "attic"}
			w.handles(gone)
			w.settle()
			if !keeps {
				w.line(olga, `admin role person:"Ana Ruiz" role:member`)
			}
			before := len(w.messenger.all())
			w.pass(14 * time.Hour)
			told := 0
			for _, s := range w.messenger.all()[before:] {
				if s.to == ana && strings.Contains(plain(s.said), "attic") {
					told++
				}
			}
			if (told == 1) != keeps {
				t.Errorf("Ana was told %d times of the home", told)
			}
		})
	}
}

// A network that its settings name no organiser for keeps the last one it has,
// whichever way they would go.
func TestTheLastOrganiserStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.line(olga, `admin role person:"Ana Ruiz" role:organiser`)
	if err := w.app.Decide(t.Context(), bot.Decisions{Aliases: matching.DefaultAliases()}); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{`admin role person:"Ana Ruiz" role:member`, "profile forget"} {
		said := w.line(ana, line)
		if line == "profile forget" {
			said = w.press(ana, "Yes, forget me")
		}
		w.says(said, "only organiser of this network")
	}
	w.line(ana, `admin role person:"Bo Larsen" role:organiser`)
	w.says(w.line(ana, `admin role person:"Ana Ruiz" role:member`), "Ana Ruiz is now: member")
	w.says(w.line(ana, "admin role"), "Only organisers can do that")
}

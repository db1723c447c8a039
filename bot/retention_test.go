package bot_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
	"interlab/matching"
)

// keeping is a replica with that retention.
func (w *world) keeping(r bot.Retention) *bot.App {
	w.t.Helper()
	app, err := bot.New(bot.Options{
		Store: w.store, Clock: w.clock, Chance: rand.NewChaCha8([32]byte{9}), Zones: calendar.Pinned(),
		Aliases: matching.DefaultAliases(), Log: zerolog.New(w.journal), Retention: r,
		Messenger: func(chat.Platform) (chat.Messenger, bool) { return w.messenger, true },
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return app
}

func TestWhatPeopleWroteFadesWhenItsTimeIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	w.press(bo, "Yes, introduce us")
	w.line(ana, "me")
	app := w.keeping(bot.Retention{Asks: 100, Talks: 100, Applications: 100})
	for _, c := range []struct {
		days  int
		faded int
		kept  bool
	}{{99, 0, true}, {60, 1, false}, {0, 0, false}} {
		w.pass(time.Duration(c.days) * 24 * time.Hour)
		if n, err := app.Retain(t.Context()); n != c.faded || err != nil {
			t.Errorf("Retain() after %d more days = %d, %v; want %d", c.days, n, err, c.faded)
		}
		if has := strings.Contains(w.backup(), `"contacts":{`); has != c.kept {
			t.Errorf("after %d more days contacts are kept: %v, want %v", c.days, has, c.kept)
		}
	}
	w.healthy()
	w.says(w.line(ana, "match list"), "a topic of long ago")
	if n, err := w.app.Retain(context.Background()); n != 0 || err != nil {
		t.Errorf("Retain() without a retention = %d, %v; want nothing", n, err)
	}
}

func TestEveryTextOfRetentionFadesWithoutTouchingWhatIsOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.release()
	app := w.keeping(bot.Retention{Asks: 100, Talks: 100, Applications: 100, Exchanges: 100})
	w.clock.set(w.clock.Now().AddDate(0, 0, 101))
	n, err := app.Retain(t.Context())
	if err != nil || n < 5 {
		t.Fatalf("Retain() = %d, %v; want the matches, the question, the vote, the answer and the application", n, err)
	}
	backup := w.backup()
	for _, gone := range []string{"CANARY Application.Why", "CANARY Question.Text", `"ref":"vote:`, `"ref":"rsvp:`} {
		if strings.Contains(backup, gone) {
			t.Errorf("the backup has %q after its time", gone)
		}
	}
	for _, e := range stored[bot.Exchange](w, "all/exchange") {
		if e.HasWords() == e.State.Final() {
			t.Errorf("an exchange that is %s has words: %v, want %v", e.State, e.HasWords(), !e.State.Final())
		}
	}
	if n, err := app.Retain(t.Context()); n != 0 || err != nil {
		t.Errorf("Retain() once more = %d, %v; want nothing", n, err)
	}
	if !strings.Contains(backup, "CANARY Match.Topic") {
		t.Error("an ask that is open lost its topic")
	}
}

// Each setting alone takes out its own, and nothing that another one keeps.
func TestEachSettingOfRetentionTakesOutItsOwn(t *testing.T) {
	t.Parallel()
	words := map[string]string{"applications": "CANARY Application.Why", "question": "CANARY Question.Text", "vote": `"ref":"vote:`, "rsvp": `"ref":"rsvp:`}
	for _, c := range []struct {
		setting bot.Retention
		gone    string
	}{
		{bot.Retention{Asks: 100}, ""},
		{bot.Retention{Talks: 100}, "question vote rsvp"},
		{bot.Retention{Applications: 100}, "applications"},
		{bot.Retention{Exchanges: 100}, ""},
	} {
		w := newWorld(t)
		w.release()
		app := w.keeping(c.setting)
		w.clock.set(w.clock.Now().AddDate(0, 0, 101))
		if _, err := app.Retain(t.Context()); err != nil {
			t.Fatal(err)
		}
		backup := w.backup()
		for name, text := range words {
			if has := strings.Contains(backup, text); has == strings.Contains(c.gone, name) {
				t.Errorf("after retention %+v the backup has %q: %v", c.setting, text, has)
			}
		}
		matches, exchanges := 0, 0
		for _, m := range stored[bot.Match](w, "all/match") {
			if m.State != bot.Asked && !strings.Contains(m.Topic, "a topic of long ago") {
				matches++
			}
		}
		for _, e := range stored[bot.Exchange](w, "all/exchange") {
			if e.State.Final() && e.HasWords() {
				exchanges++
			}
		}
		if (matches == 0) != (c.setting.Asks > 0) || (exchanges == 0) != (c.setting.Exchanges > 0) {
			t.Errorf("after retention %+v %d old matches and %d old exchanges have their words", c.setting, matches, exchanges)
		}
	}
}

// A newcomer reads what is asked for, what for, and for how long it is kept.
func TestANewcomerReadsWhatIsKeptAndForHowLong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.app = w.keeping(bot.Retention{Asks: 730})
	w.says(w.line(ana, "hello"), "only to find people who fit you and times that suit; I keep them until you delete them, and the words of an ask 730 days after it")
	w.app = w.keeping(bot.Retention{})
	w.says(w.line(bo, "hello"), "I keep them until you delete them.")
}

// What was answered about an exchange fades after its own time, with the goal as it
// was before; while the exchange is open it belongs to it.
func TestAnAnswerAboutAnExchangeFadesOnceTheExchangeIsClosed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state exchange.State
		days  int // since the answer
		fades bool
	}{{exchange.Closed, 101, true}, {exchange.Closed, 99, false}, {exchange.Active, 101, false}} {
		w := newWorld(t)
		w.release()
		edits(w, bot.KindExchange, "exchange2", func(e *bot.Exchange) { e.State, e.At = c.state, w.clock.Now().AddDate(1, 0, 0) })
		edits(w, bot.KindFollowUp, "followup1", func(f *bot.FollowUp) { f.Answer.At = w.clock.Now().AddDate(0, 0, 50) })
		app := w.keeping(bot.Retention{Exchanges: 100})
		w.clock.set(w.clock.Now().AddDate(0, 0, 50+c.days))
		if _, err := app.Retain(t.Context()); err != nil {
			t.Fatal(err)
		}
		f := &bot.FollowUp{}
		unwrap(t, w.read(bot.Want{Ref: bot.Ref{Kind: bot.KindFollowUp, ID: "followup1"}}).Data, f)
		if faded := f.Was == nil && f.Answer.Text == "" && f.Before.Text == ""; faded != c.fades || f.Answer.Choice != "yes" {
			t.Errorf("%d days after the answer, with the exchange %s, it reads %+v, %+v; faded %v, want %v", c.days, c.state, f.Answer, f.Before, faded, c.fades)
		}
	}
}

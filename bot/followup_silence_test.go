package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// report is what the organisers are told of the network.
func (w *halfYear) report() string {
	w.t.Helper()
	w.cause(chat.Event{
		From: chat.Account{Platform: "slack", Team: "office", User: "olga"}, Name: "Olga",
		In: chat.Place{Home: chat.Home{Platform: "slack", ID: "office"}}, Input: chat.Line{Text: "report network"},
	})
	var b strings.Builder
	for _, f := range w.last.Fields {
		fmt.Fprintf(&b, "%s: %s\n", f.Name, f.Value.Plain())
	}
	return b.String()
}

// keptByHand counts what is still in use from the documents, in no way as the
// figures are computed.
func (w *halfYear) keptByHand(own bool) string {
	verified := map[string]bool{}
	for _, e := range docs[bot.Exchange](w, bot.KindExchange) {
		for _, g := range e.Goals {
			if g.State == exchange.GoalVerified {
				verified[fmt.Sprint(e.ID, g.N)] = true
			}
		}
	}
	var parts []string
	few := ""
	for _, stage := range []string{"d30", "d90", "d180"} {
		people, asked := map[string]bool{}, map[string]bool{}
		used, alone, answered, silent := 0, 0, 0, 0
		for _, f := range docs[bot.FollowUp](w, bot.KindFollowUp) {
			come := !time.Date(f.Day.Year(), f.Day.Month(), f.Day.Day(), 0, 0, 0, 0, time.UTC).After(w.now)
			if string(f.Stage) != stage || f.State == exchange.Moot || !verified[fmt.Sprint(f.Exchange, f.Goal)] || !come {
				continue
			}
			asked[f.Person] = true
			if f.Answer == nil || f.State != exchange.Answered || f.Answer.Choice == "unknown" {
				silent++
				continue
			}
			answered++
			people[f.Answer.By] = true
			switch f.Answer.Choice {
			case "unaided":
				used, alone = used+1, alone+1
			case "helped":
				used++
			}
		}
		who := people
		if len(who) == 0 {
			who = asked
		}
		if !own && len(asked) > 0 && len(who) < 5 {
			parts, few = append(parts, "after "+strings.TrimPrefix(stage, "d")+" days not shown"), " (fewer than 5 people)"
			continue
		}
		text := "after " + strings.TrimPrefix(stage, "d") + " days –"
		if answered > 0 {
			text = fmt.Sprintf("after %s days %d of %d", strings.TrimPrefix(stage, "d"), used, answered)
		}
		if used > 0 {
			text += fmt.Sprintf(", %d without help", alone)
		}
		if silent > 0 {
			text += fmt.Sprintf(" (no answer for %d)", silent)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ") + few
}

// answeredByHand counts the answers from the documents.
func (w *halfYear) answeredByHand() string {
	asked, own, second := 0, 0, 0
	for _, f := range docs[bot.FollowUp](w, bot.KindFollowUp) {
		if f.State == exchange.Moot || f.First.IsZero() {
			continue
		}
		asked++
		switch {
		case f.State != exchange.Answered || f.Answer.At.Sub(f.First) > 21*24*time.Hour:
		case f.Answer.By != f.Person:
			second++
		default:
			own++
		}
	}
	text := fmt.Sprintf("%d of %d within three weeks", own, asked)
	if second > 0 {
		text += fmt.Sprintf("; %d by the other side", second)
	}
	return text
}

// Nobody ever says anything, from whatever state on: every exchange ends by
// itself, each person gets a few messages and then peace, and no channel hears of
// it.
func TestWhereNobodySaysAnythingEverythingEndsInPeace(t *testing.T) {
	t.Parallel()
	w := newHalfYear(t, 7, 11, "silent")
	far := w.now.AddDate(0, 0, 450)
	began := w.now
	w.exchanges(func(i int, e *exchange.Exchange) {
		silentFrom(t, i, e, began)
	})
	w.live(far)
	w.check()
	for _, e := range docs[bot.Exchange](w, bot.KindExchange) {
		if !e.State.Final() {
			t.Errorf("exchange %s is still %s after %d days", e.ID, e.State, int(w.now.Sub(began).Hours()/24))
		}
	}
	// Two reminders of terms; three questions with two reminders each; what the
	// other side left open; and the word that the asking has ended.
	const most = 2*2 + 3*3 + 6 + 1
	for _, p := range w.people {
		if n := len(w.nudges[p.ID]); n > most {
			t.Errorf("%s, who never answers, got %d nudges about two exchanges, want at most %d", p.ID, n, most)
		}
	}
	for _, p := range docs[bot.Person](w, bot.KindPerson) {
		if len(w.nudges[p.ID]) >= most && p.Hush.Since.IsZero() {
			t.Errorf("%s is still asked", p.ID)
		}
	}
}

// silentFrom takes an exchange as far as one of the states that people fall
// silent in.
func silentFrom(t *testing.T, i int, e *exchange.Exchange, now time.Time) {
	t.Helper()
	visitor, host, from := e.Terms.Visitor, e.Terms.Host, e.Terms.From
	turns := []func() error{
		func() error { return e.Agree(host, 1, from, now) },
		func() error { return e.ConfirmStart(visitor, from, from, now) },
		func() error { return e.Claim(1, e.Party(e.Giver(e.Goals[0].Pledge)), now) },
		func() error {
			return e.Verify(1, e.Party(e.Receiver(e.Goals[0].Pledge)), exchange.Alone, now)
		},
		func() error {
			if i%2 == 0 {
				return e.Pause(host, from.AddDays(10), true, from, now)
			}
			return e.End(now)
		},
		func() error {
			if e.State == exchange.Paused {
				return nil
			}
			return e.Settle(now)
		},
	}
	for _, turn := range turns[:i%(len(turns)+1)] {
		if err := turn(); err != nil {
			t.Fatal(err)
		}
	}
}

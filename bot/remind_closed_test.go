package bot_test

import (
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
)

// Somebody's direct messages are closed: two reminders and a change fail, and
// one mention below the talk says so, without saying what it was.
func TestClosedDirectMessagesLeadToOneMentionInTheThread(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		t := h.t
		who := chat.Account{Platform: "slack", Team: "t1", User: "mei"}
		other := chat.Account{Platform: "discord", User: "bo"}
		h.closed = map[chat.Account]bool{who: true}
		at := chat.Home{Platform: "slack", ID: "t1"}
		start := h.Now().Add(48 * time.Hour)
		h.keep(
			&bot.Home{ID: "h", Home: at, Announce: chat.Place{Home: at, Channel: "talks"}},
			&bot.Person{ID: "mei", Name: "Mei", Accounts: []chat.Account{who}},
			&bot.Person{ID: "bo", Name: "Bo", Accounts: []chat.Account{other}},
			&bot.Rsvp{ID: "r1", Colloquium: "talk", Person: "mei", State: bot.Going, Turn: 1, At: h.Now()},
			&bot.Rsvp{ID: "r2", Colloquium: "talk", Person: "bo", State: bot.Going, Turn: 2, At: h.Now()},
			&bot.Colloquium{
				ID: "talk", Title: "A talk", Speaker: "Ana", State: bot.Announced, Start: start, Wall: calendar.Pinned().WallAt(start, calendar.UTC()), Length: time.Hour,
				At: h.Now(), Changed: h.Now(), Timed: h.Now(), Seats: bot.Seats{Going: 2}, Turns: 2,
				Posts: []chat.Posted{{Place: chat.Place{Home: at, Channel: "talks"}, Message: "1"}},
			})
		for _, before := range []time.Duration{24 * time.Hour, 15 * time.Minute} {
			h.setNow(start.Add(-before))
			h.settle()
			h.settle()
		}
		if n := h.directs[other.String()]; n != 2 {
			t.Errorf("Bo was reminded %d times, want 2", n)
		}
		if len(h.threads) != 1 {
			t.Fatalf("%d things were said below the talk, want 1: %+v", len(h.threads), h.threads)
		}
		body := h.threads[0].Body[0]
		said := ""
		for _, span := range body {
			switch part := span.(type) {
			case chat.Mention:
				said += part.Name
			case chat.Say:
				said += string(part)
			}
		}
		if !strings.HasPrefix(said, "Mei, I cannot write to you directly") || strings.Contains(said, "come") {
			t.Errorf("below the talk stands %q, want a mention that says nothing of the list", said)
		}
	})
}

// The host's direct messages are closed when the talk begins: one mention below
// the talk says that there is something for them, and not the code.
func TestAHostWhoCannotBeReachedIsMentionedOnce(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		t := h.t
		who := chat.Account{Platform: "slack", Team: "t1", User: "ana"}
		h.closed = map[chat.Account]bool{who: true}
		at := chat.Home{Platform: "slack", ID: "t1"}
		start := h.Now().Add(30 * time.Hour)
		h.keep(
			&bot.Home{ID: "h", Home: at, Announce: chat.Place{Home: at, Channel: "talks"}},
			&bot.Person{ID: "ana", Name: "Ana", Accounts: []chat.Account{who}},
			&bot.Colloquium{
				ID: "talk", Title: "A talk", Proposer: "ana", Speaker: "Imani", Where: "Room 3", Abstract: "Reefs.", State: bot.Announced,
				Start: start, Wall: calendar.Pinned().WallAt(start, calendar.UTC()), Length: time.Hour, At: h.Now(), Changed: h.Now(), Timed: h.Now(),
				Posts: []chat.Posted{{Place: chat.Place{Home: at, Channel: "talks"}, Message: "1"}},
			})
		for _, after := range []time.Duration{0, time.Hour, 2 * time.Hour, 3 * time.Hour} {
			h.setNow(start.Add(after))
			h.settle()
			h.settle()
		}
		if len(h.threads) != 1 {
			t.Fatalf("%d things were said below the talk, want 1: %+v", len(h.threads), h.threads)
		}
		said := ""
		for _, span := range h.threads[0].Body[0] {
			switch part := span.(type) {
			case chat.Mention:
				said += part.Name
			case chat.Say:
				said += string(part)
			}
		}
		if !strings.HasPrefix(said, "Ana, I cannot write to you directly") || strings.Contains(said, "code") {
			t.Errorf("below the talk stands %q, want a mention that says nothing of the code", said)
		}
	})
}

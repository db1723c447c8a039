package discord_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/rs/zerolog"

	"interlab/adapters/discord"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// safeBuffer is a log that several write to.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// What no Discord sends is refused and counted, said without its text, and
// harms nobody.
func TestBadInputIsRefusedAndCounted(t *testing.T) {
	t.Parallel()
	log := &safeBuffer{}
	s := perform(t, func(o *discord.Options, _ *core) { o.Log = zerolog.New(log) })
	frame := func(change string) map[string]any {
		in := map[string]any{
			"id": "1", "application_id": "2", "channel_id": "3", "token": "secret-token", "type": 2,
			"user": map[string]any{"id": "4", "username": "u"}, "data": map[string]any{"name": "interlab", "options": []any{}},
		}
		name, _, _ := strings.Cut(change, "=")
		delete(in, name)
		return in
	}
	bad := 0
	for _, name := range []string{"id", "application_id", "channel_id", "token", "user", "type"} {
		s.Dispatch("INTERACTION_CREATE", frame(name))
		bad++
	}
	for _, data := range []any{nil, 7, "text", []any{}, map[string]any{"id": 1}} {
		s.Dispatch("INTERACTION_CREATE", data)
		bad++
	}
	spot := s.here()
	s.Interact(spot, 2, map[string]any{"name": "interlab", "options": []any{map[string]any{"name": "private", "type": 1, "options": []any{map[string]any{"name": "topic", "type": 3, "value": map[string]any{"hidden": "text"}}}}}})
	s.Interact(spot, 2, map[string]any{"name": "interlab", "options": []any{map[string]any{"name": "topic", "type": 6, "value": "1"}}})
	s.Interact(spot, 3, map[string]any{"custom_id": strings.Repeat("x", 101)})
	s.Interact(spot, 3, map[string]any{"custom_id": "a b"})
	s.Interact(spot, 5, map[string]any{"custom_id": ""})
	s.Interact(spot, 4, map[string]any{"name": "interlab"})
	s.Interact(spot, 99, map[string]any{})
	s.Dispatch("GUILD_CREATE", map[string]any{"id": "../x"})
	s.Dispatch("MESSAGE_CREATE", map[string]any{"id": "x", "channel_id": "1", "author": map[string]any{"id": "1"}})
	bad += 9
	s.Until(fmt.Sprintf("refused %d", bad), func() bool { return s.adapter.Envelopes()[desk.Unreadable] == int64(bad) })
	for _, secret := range []string{"secret-token", "hidden"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q in it:\n%s", secret, log)
		}
	}
	works(t, s)
}

func TestUnknownThingsAreSurvived(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	s.Dispatch("INTERACTION_CREATE", map[string]any{
		"id": "11", "application_id": "2", "channel_id": "3", "token": "t", "type": 5, "user": map[string]any{"id": s.ana.ID},
		"message": map[string]any{"id": "5", "channel_id": "3", "components": []any{map[string]any{"type": 250, "components": []any{map[string]any{"type": 251}}}}},
		"data":    map[string]any{"custom_id": "private:1", "components": []any{map[string]any{"type": 252, "custom_id": "x", "value": "y"}, map[string]any{"type": 18, "component": nil}}},
	})
	s.Dispatch("SOMETHING_NEW", map[string]any{"a": strings.Repeat("x", 2<<20)})
	s.Interact(s.here(), 2, map[string]any{"name": "other", "type": 1})
	s.Interact(s.here(), 2, map[string]any{"name": "interlab", "type": 1, "options": []any{map[string]any{"name": strings.Repeat("y", 2<<20), "type": 1}}})
	s.sees(s.ana.ID, 3)
	works(t, s)
}

// The library ends the process over a frame of null; nothing that is sent may.
func TestFramesOfNoUseEndNothing(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	for _, frame := range []string{"null", " null\n", "{}", "[]", "7", `""`, "{", `{"op":0}`, `{"op":0,"t":"INTERACTION_CREATE","d":null,"s":1}`, `{"op":77,"d":[]}`} {
		s.SendRaw([]byte(frame))
	}
	works(t, s)
	s.SendRaw([]byte(`{"op":0,"t":"SOMETHING_NEW","s":1,"d":"` + strings.Repeat("x", 9<<20) + `"}`))
	works(t, s)
}

func TestAPanicEndsOneEventOnly(t *testing.T) {
	t.Parallel()
	s := perform(t, func(_ *discord.Options, c *core) {
		c.accept = func(e chat.Event) error {
			if _, line := e.Input.(chat.Line); line {
				panic("hidden text")
			}
			return nil
		}
	})
	s.Say(s.ana.ID, "hello")
	works(t, s)
}

func TestHappeningsAreTold(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.start(t)
	s.Change(func() { s.guild.Owner = s.ana.ID })
	s.JoinGuild(s.guild)
	s.Dispatch("GUILD_CREATE", map[string]any{"id": s.guild.ID, "joined_at": "2020-01-01T00:00:00Z"}) // known for long
	s.Dispatch("GUILD_DELETE", map[string]any{"id": s.guild.ID, "unavailable": true})                 // an outage
	s.DeleteChannel(s.channel)
	s.LeaveGuild(s.guild)
	s.Until("heard", func() bool { return len(s.core.events()) == 3 })
	found := map[chat.What]bool{}
	for _, e := range s.core.events() {
		what := e.Input.(chat.Happening).What
		found[what] = true
		if what == chat.BotAdded && (e.From != s.person() || e.Name != "Ana Ruiz") {
			t.Errorf("the bot was added by %v, %q; want the server's owner", e.From, e.Name)
		}
	}
	if !found[chat.BotAdded] || !found[chat.BotRemoved] || !found[chat.ChannelGone] {
		t.Errorf("happenings = %v, want all three", found)
	}
}

// Five hundred people do something, a hundred at once: as many as may wait even on
// a busy machine. Each is acknowledged in time and answered once.
func TestABurstIsAnsweredInTime(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	const n, wave = 500, 100
	for i := range n {
		s.Command(s.here(), "interlab", []string{"private"})
		if sent := i + 1; sent%wave == 0 {
			s.Until("answered all", func() bool { return len(s.Messages(s.ana.ID)) == sent })
		}
	}
	late := 0
	for _, c := range s.Calls("/callback") {
		if c.Status >= 400 {
			late++
		}
	}
	if got := len(s.Calls("/callback")); got != n || late > 0 {
		t.Errorf("%d acknowledgements of which %d failed, want %d and 0", got, late, n)
	}
}

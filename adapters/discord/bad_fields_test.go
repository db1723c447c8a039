package discord_test

import (
	"testing"

	"github.com/rs/zerolog"

	"interlab/adapters/discord"
	"interlab/bot/chat/desk"
	"interlab/bot/chat/desk/desktest"
)

// What people do in Discord arrives in many shapes. Each field in turn, however
// deep, is nothing, another type, missing, there twice, a number that no machine
// has, or ten thousand deep: it is handled or counted, and the next event is handled.
func TestFieldsThatAreNothingOrOddAreSurvived(t *testing.T) {
	t.Parallel()
	const who = `"id":"1","application_id":"2","channel_id":"3","guild_id":"5","token":"secret-token","member":{"nick":"a","user":{"id":"4","username":"u"}}`
	for name, c := range map[string]struct{ event, data string }{
		"a command":  {"INTERACTION_CREATE", `{` + who + `,"type":2,"data":{"name":"interlab","options":[{"name":"private","type":1,"options":[{"name":"topic","type":3,"value":"x"}]}]}}`},
		"a typing":   {"INTERACTION_CREATE", `{` + who + `,"type":4,"data":{"name":"interlab","options":[{"name":"private","type":1,"options":[{"name":"topic","type":3,"value":"x","focused":true}]}]}}`},
		"a press":    {"INTERACTION_CREATE", `{` + who + `,"type":3,"message":{"id":"6","channel_id":"3"},"data":{"custom_id":"private:1","component_type":2,"values":["x"]}}`},
		"a form":     {"INTERACTION_CREATE", `{` + who + `,"type":5,"data":{"custom_id":"private:1","components":[{"type":18,"component":{"type":4,"custom_id":"a","value":"x"}},{"type":18,"component":{"type":3,"custom_id":"b","values":["y"]}}]}}`},
		"a line":     {"MESSAGE_CREATE", `{"id":"7","channel_id":"3","content":"hello","author":{"id":"4","username":"u"}}`},
		"a server":   {"GUILD_CREATE", `{"id":"5","name":"g","owner_id":"4","joined_at":"2100-01-01T00:00:00Z"}`},
		"a way out":  {"GUILD_DELETE", `{"id":"5"}`},
		"no channel": {"CHANNEL_DELETE", `{"id":"3","guild_id":"5"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := perform(t, func(o *discord.Options, _ *core) { o.Log = zerolog.Nop() })
			all, err := desktest.Oddities(c.data)
			if err != nil {
				t.Fatal(err)
			}
			for _, data := range all {
				s.SendRaw([]byte(`{"op":0,"t":"` + c.event + `","s":1,"d":` + data + `}`))
			}
			s.Until("the odd ones counted", func() bool { return s.adapter.Envelopes()[desk.Unreadable] > 0 })
			s.Command(s.here(), "interlab", []string{"private"})
			s.Until("the next one answered", func() bool { return len(s.Messages(s.ana.ID)) > 0 })
			if h := s.adapter.Envelopes(); h[desk.Failed] != 0 {
				t.Errorf("envelopes = %v; want none that failed", h)
			}
		})
	}
}

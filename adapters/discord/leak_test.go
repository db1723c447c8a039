package discord_test

import (
	"testing"

	"go.uber.org/goleak"

	"interlab/bot/chat/desk/desktest"
)

// Nothing is left behind, but for what the library leaves in a session that is
// abandoned because it hangs: goroutines that wait for its lock for ever, and
// those that wait out the second that its Close takes.
func TestMain(m *testing.M) {
	desktest.Main(m,
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).CloseWithCode"),
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).Open"),
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).heartbeat"),
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).listen"),
	)
}

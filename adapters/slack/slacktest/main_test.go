package slacktest_test

import (
	"os"
	"testing"

	"interlab/bot/chat/desk/desktest"
)

// What these tests send is wrong on purpose, and no part of what the bot says.
func TestMain(m *testing.M) {
	_ = os.Unsetenv("INTERLAB_WIRE_LOG")
	desktest.Main(m)
}

package slack_test

import (
	"testing"

	"interlab/bot/chat/desk/desktest"
)

// No goroutine outlives its adapter.
func TestMain(m *testing.M) { desktest.Main(m) }

package slack_test

import (
	"testing"

	"go.uber.org/goleak"
)

// No goroutine outlives its adapter.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

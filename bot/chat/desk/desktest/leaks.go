package desktest

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// looks is how often to look for what is left behind, half a second each: a leak
// is what does not end, and not what ends late because the machine is busy.
const looks = 20

// Main is the TestMain of an adapter's package: it runs the tests, fails where a
// goroutine outlives them, but for those that the options name, and ends the
// process.
func Main(m *testing.M, options ...goleak.Option) {
	code := m.Run()
	var left error
	for range looks {
		if left = goleak.Find(options...); left == nil {
			break
		}
	}
	if left != nil {
		fmt.Fprintln(os.Stderr, left)
		code = 1
	}
	os.Exit(code) //nolint:forbidigo // how TestMain ends
}

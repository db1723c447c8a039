package bot

import (
	"maps"
	"slices"
	"time"
)

// RouteNames are the names of all routes, for tests that press everything.
func RouteNames() []string { return slices.Sorted(maps.Keys(routes())) }

// GuessesLookedAt is how many of n wrong codes, one after the other, are
// compared with anything.
func GuessesLookedAt(now time.Time, n int, every time.Duration) int {
	var l Link
	looked := 0
	for i := range n {
		at := now.Add(time.Duration(i) * every)
		if l.barred(at) {
			continue
		}
		looked++
		l.wrong(at)
	}
	return looked
}

// MaxBackupLine is the longest line of a backup, in bytes.
const MaxBackupLine = maxBackupLine

package redis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// flushing says when a change is on the disk. The user of the sample's access
// list may not ask, and many managed servers let nobody.
func flushing(ctx context.Context, node goredis.UniversalClient, logged string) Finding {
	f := Finding{What: "fsync"}
	set, err := node.ConfigGet(ctx, "appendfsync").Result()
	switch policy := set["appendfsync"]; {
	case logged == "0":
		f.Found = "there is no log to flush; see disk"
	case err != nil || policy == "":
		f.Found = "not told to this user; redis.conf should say appendfsync always"
	case policy == "always":
		f.Found = "before a change is answered"
	default:
		f.Found = "appendfsync is " + policy
		f.Advice = "set appendfsync always, or a machine that loses power takes what was answered in the last second along"
		if policy == "no" {
			f.Advice = "set appendfsync always, or a machine that loses power takes what was answered in the last half minute along"
		}
	}
	return f
}

// strange is a key that is nobody's. Who may look for it may read what is not
// the network's.
const strange = "not-interlab:check"

// access says as whom the store talks to the server, and whether that user may
// do more than the store needs. It tries only what changes nothing.
func access(ctx context.Context, node goredis.UniversalClient) Finding {
	if single, ok := node.(*goredis.Client); ok && strings.Contains(single.Options().Addr, "/") {
		return Finding{What: "access", Found: "a server of the bot's own, reached through its folder alone"}
	}
	user, err := node.Do(ctx, "ACL", "WHOAMI").Text()
	if err != nil {
		return Finding{What: "access", Found: "the server does not tell which user this is"}
	}
	var may []string
	if node.Exists(ctx, strange).Err() == nil {
		may = append(may, "read other programs' keys")
	}
	if node.ConfigGet(ctx, "maxmemory").Err() == nil {
		may = append(may, "change the server's settings")
	}
	f := Finding{What: "access", Found: "user " + user + " reaches the network's keys only"}
	if len(may) > 0 {
		f.Found = "user " + user + " may " + strings.Join(may, " and ")
		f.Advice = "give the bot a user of its own, as configs/deploy/users.acl has it, under redis.username"
	}
	return f
}

// probes is how often a write is timed; slow is a wait that people would notice,
// since an answer takes several.
const (
	probes = 9
	slow   = 50 * time.Millisecond
)

// latency times writes that are read back, which is what an acknowledgement
// waits for.
func (s *Store) latency(ctx context.Context) (Finding, bool) {
	took := make([]time.Duration, probes)
	for i := range took {
		begun := time.Now()
		if s.Writable(ctx) != nil {
			return Finding{}, false
		}
		took[i] = time.Since(begun)
	}
	slices.Sort(took)
	return latencyFinding(took[probes/2], took[probes-1]), true
}

func latencyFinding(median, longest time.Duration) Finding {
	f := Finding{What: "latency", Found: fmt.Sprintf("a write that is read back takes %s, at most %s", shortly(median), shortly(longest))}
	if median > slow {
		f.Advice = "put Redis nearer to the bot, or on a faster disk: platforms wait three seconds for an acknowledgement"
	}
	return f
}

// shortly is a duration with as many digits as matter.
func shortly(d time.Duration) time.Duration {
	if d < time.Millisecond {
		return d.Round(10 * time.Microsecond)
	}
	return d.Round(100 * time.Microsecond)
}

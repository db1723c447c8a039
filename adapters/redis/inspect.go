package redis

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Finding is one thing that Inspect looked at. Advice says what to do where it
// is not as it should be, and Bad that the bot cannot keep its word like that.
type Finding struct {
	What, Found, Advice string
	Bad                 bool
}

// The difference between the server's clock and this machine's that is worth a
// word, and the one that is too much: leases are measured on the server's, what
// is due on this machine's.
const (
	skewShown  = 2 * time.Second
	skewTooBig = time.Minute
)

// Inspect looks at whether the server can be trusted with a network: that it
// takes writes, keeps them on disk and on replicas, throws nothing away, tells
// the time, and is as safe from others as its address needs. What a server does
// not say, as some that are managed, is left out.
func (s *Store) Inspect(ctx context.Context) []Finding {
	var all []Finding
	add := func(f Finding) { all = append(all, f) }
	if err := s.Writable(ctx); err != nil {
		add(Finding{What: "writing", Found: err.Error(), Advice: "look at the server's log, its memory and its disk", Bad: true})
		return all
	}
	add(Finding{What: "writing", Found: "what was written is read back"})
	node, err := s.node(ctx)
	if err != nil {
		add(Finding{What: "cluster", Found: err.Error(), Advice: "look at CLUSTER INFO on its nodes", Bad: true})
		return all
	}
	facts := map[string]string{}
	for _, section := range []string{"server", "memory", "persistence", "replication"} {
		part, err := info(ctx, node, section)
		if err != nil {
			continue
		}
		for name, value := range part {
			facts[name] = value
		}
	}
	for _, look := range []func(map[string]string) (Finding, bool){version, memory, disk, diskFaults, replicas} {
		if f, ok := look(facts); ok {
			add(f)
		}
	}
	if keys, _, err := node.Scan(ctx, 0, "", scanned).Result(); err == nil {
		add(neighbours(keys))
	}
	if server, err := node.Time(ctx).Result(); err == nil {
		add(clockFinding(time.Until(server)))
	}
	add(flushing(ctx, node, facts["aof_enabled"]))
	add(access(ctx, node))
	if f, ok := s.latency(ctx); ok {
		add(f)
	}
	return all
}

// scanned is about how many keys are looked at for those of other programs.
const scanned = 1000

func neighbours(keys []string) Finding {
	f := Finding{What: "database", Found: "nobody else's keys are seen in it"}
	if i := slices.IndexFunc(keys, func(key string) bool { return !strings.HasPrefix(key, family) }); i >= 0 {
		f.Found = "other programs keep keys in it"
		f.Advice = "give the network a database or a server of its own: what fills or clears theirs takes this one along"
	}
	return f
}

func version(facts map[string]string) (Finding, bool) {
	v := facts["redis_version"]
	return Finding{What: "version", Found: v}, v != ""
}

func memory(facts map[string]string) (Finding, bool) {
	policy, bound := facts["maxmemory_policy"], facts["maxmemory"]
	f := Finding{What: "memory", Found: policy}
	switch {
	case policy == "":
		return f, false
	case bound == "0":
		f.Found += ", as much as the machine has"
	case policy != "noeviction":
		f.Advice, f.Bad = "set maxmemory-policy to noeviction: any other throws documents away without an error", true
	}
	return f, true
}

func disk(facts map[string]string) (Finding, bool) {
	switch facts["aof_enabled"] {
	case "1":
		return Finding{What: "disk", Found: "every change is logged"}, true
	case "0":
		return Finding{What: "disk", Found: "changes are not logged", Advice: "set appendonly yes and appendfsync always, or a crash of Redis loses what was answered since its last snapshot"}, true
	}
	return Finding{}, false
}

func diskFaults(facts map[string]string) (Finding, bool) {
	for _, name := range []string{"aof_last_write_status", "aof_last_bgrewrite_status", "rdb_last_bgsave_status"} {
		if value := facts[name]; value != "" && value != "ok" {
			return Finding{What: "disk", Found: name + " is " + value, Advice: "look at the server's log and its disk", Bad: true}, true
		}
	}
	return Finding{}, false
}

func replicas(facts map[string]string) (Finding, bool) {
	n, err := strconv.Atoi(facts["connected_slaves"])
	if err != nil {
		return Finding{}, false
	}
	if role := facts["role"]; role != "master" {
		return Finding{What: "replicas", Found: "this server is a " + role, Advice: "name the master, or sentinels, under redis.url", Bad: true}, true
	}
	found := fmt.Sprintf("%d; changes wait until one has them", n)
	if n == 0 {
		found = "none; what is answered is as safe as this one server's disk"
	}
	return Finding{What: "replicas", Found: found}, true
}

func clockFinding(ahead time.Duration) Finding {
	off := ahead.Abs()
	f := Finding{What: "clock", Found: "as this machine's"}
	if off <= skewShown {
		return f
	}
	f.Found = fmt.Sprintf("%s from this machine's", strings.TrimSuffix(off.Round(time.Second).String(), "0s"))
	f.Advice = "let both machines follow the same time servers"
	f.Bad = off > skewTooBig
	return f
}

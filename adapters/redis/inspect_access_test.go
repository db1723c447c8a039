package redis

import (
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

func TestInspectSaysWhenAChangeIsOnTheDisk(t *testing.T) {
	t.Parallel()
	s := onServerOf(t, "--appendonly", "yes")
	for policy, want := range map[string]Finding{
		"always":   {Found: "before a change is answered"},
		"everysec": {Found: "appendfsync is everysec", Advice: "set appendfsync always, or a machine that loses power takes what was answered in the last second along"},
		"no":       {Found: "appendfsync is no", Advice: "set appendfsync always, or a machine that loses power takes what was answered in the last half minute along"},
	} {
		must(t, s.client.ConfigSet(t.Context(), "appendfsync", policy).Err())
		want.What = "fsync"
		if got, _ := finding(t, s, "fsync"); got != want {
			t.Errorf("appendfsync %s: Inspect says %+v, want %+v", policy, got, want)
		}
	}
	must(t, s.client.ConfigSet(t.Context(), "appendonly", "no").Err())
	if got, _ := finding(t, s, "fsync"); got.Advice != "" || !strings.Contains(got.Found, "see disk") {
		t.Errorf("without a log Inspect says %+v, want it left to disk", got)
	}
}

func TestInspectTellsAUserThatMayTooMuchFromOneThatMayNot(t *testing.T) {
	t.Parallel()
	address, password := deployed(t)
	narrow, err := Open(t.Context(), Options{URL: "redis://" + address, Username: "interlab", Password: password, Network: "n"})
	must(t, err)
	defer narrow.Close()
	for _, f := range narrow.Inspect(t.Context()) {
		if f.Bad || f.Advice != "" {
			t.Errorf("as the sample's user Inspect says %+v, want nothing to do", f)
		}
	}
	if got, _ := finding(t, narrow, "access"); got.Found != "user interlab reaches the network's keys only" {
		t.Errorf("as the sample's user Inspect says %+v", got)
	}
	if got, _ := finding(t, narrow, "fsync"); !strings.HasPrefix(got.Found, "not told") {
		t.Errorf("as the sample's user Inspect says %+v", got)
	}
	wide := onServerOf(t)
	if got, _ := finding(t, wide, "access"); got.Found != "user default may read other programs' keys and change the server's settings" || got.Advice == "" {
		t.Errorf("as the default user Inspect says %+v", got)
	}
	must(t, wide.client.Do(t.Context(), "ACL", "SETUSER", "half", "on", ">secret", "~*", "+@all", "-config").Err())
	half, err := Open(t.Context(), Options{URL: "redis://" + wide.client.(*goredis.Client).Options().Addr, Username: "half", Password: "secret", Network: "n"})
	must(t, err)
	defer half.Close()
	if got, _ := finding(t, half, "access"); got.Found != "user half may read other programs' keys" || got.Advice == "" {
		t.Errorf("as a user of all keys Inspect says %+v", got)
	}
}

func TestASlowServerIsTold(t *testing.T) {
	t.Parallel()
	if got := latencyFinding(1234*time.Microsecond, 9*time.Millisecond); got.Advice != "" || got.Found != "a write that is read back takes 1.2ms, at most 9ms" {
		t.Errorf("latencyFinding(1.2 ms) = %+v, want it fine", got)
	}
	if got := latencyFinding(51*time.Millisecond, time.Second); got.Bad || !strings.Contains(got.Advice, "nearer") {
		t.Errorf("latencyFinding(51 ms) = %+v, want a warning", got)
	}
	if got, ok := finding(t, onServerOf(t), "latency"); !ok || got.Bad || !strings.Contains(got.Found, "takes") {
		t.Errorf("Inspect says %+v of the latency", got)
	}
}

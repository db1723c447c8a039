package redis

import (
	"strings"
	"testing"
	"time"
)

// finding is what Inspect says of one thing; false where it says nothing.
func finding(t *testing.T, s *Store, what string) (Finding, bool) {
	t.Helper()
	for _, f := range s.Inspect(t.Context()) {
		if f.What == what {
			return f, true
		}
	}
	return Finding{}, false
}

func TestInspectNamesWhatAServerCannotBeTrustedWith(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what    string
		setting [2]string
		of      string
		bad     bool
		advice  string
	}{
		{"as the embedded one is", [2]string{"appendonly", "yes"}, "disk", false, ""},
		{"without a log", [2]string{"appendonly", "no"}, "disk", false, "appendonly yes"},
		{"without a bound of memory", [2]string{"maxmemory", "0"}, "memory", false, ""},
		{"that throws away", [2]string{"maxmemory-policy", "allkeys-lru"}, "memory", true, "noeviction"},
		{"that is full", [2]string{"maxmemory", "1"}, "writing", true, "its memory and its disk"},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			s := onServerOf(t, "--maxmemory", "100mb", "--appendonly", "yes")
			must(t, s.client.ConfigSet(t.Context(), c.setting[0], c.setting[1]).Err())
			got, ok := finding(t, s, c.of)
			if !ok || got.Bad != c.bad || !strings.Contains(got.Advice, c.advice) || c.advice == "" && got.Advice != "" {
				t.Errorf("a server %s: Inspect says %+v of %s; want bad %t and advice %q", c.what, got, c.of, c.bad, c.advice)
			}
		})
	}
}

func TestInspectSeesReplicasNeighboursAndTheVersion(t *testing.T) {
	t.Parallel()
	s := onServerOf(t)
	if f, ok := finding(t, s, "version"); !ok || f.Found == "" {
		t.Errorf("Inspect says %+v of the version", f)
	}
	if f, _ := finding(t, s, "replicas"); f.Bad || !strings.HasPrefix(f.Found, "none") {
		t.Errorf("Inspect says %+v of a server alone", f)
	}
	if f, _ := finding(t, s, "database"); f.Advice != "" {
		t.Errorf("Inspect says %+v of a database of our own", f)
	}
	must(t, s.client.HSet(t.Context(), "sidekiq:queue", "a", "b").Err())
	if f, _ := finding(t, s, "database"); !strings.Contains(f.Found, "other programs") || f.Bad {
		t.Errorf("Inspect says %+v of a database with others' keys", f)
	}
}

func TestInspectOfAServerThatSaysLittleSaysWhatItKnows(t *testing.T) {
	t.Parallel()
	w := inProcess(t)
	all := w.Inspect(t.Context())
	for _, f := range all {
		if f.Bad || f.Found == "" {
			t.Errorf("Inspect says %+v of the server in this process", f)
		}
	}
	if _, ok := finding(t, w.Store, "writing"); !ok {
		t.Errorf("Inspect = %+v, want at least that it takes writes", all)
	}
	must(t, w.life.Stop(t.Context()))
	if all := w.Inspect(t.Context()); len(all) != 1 || !all[0].Bad {
		t.Errorf("Inspect of a dead server = %+v, want that and nothing else", all)
	}
}

func TestAClockThatIsOffIsTold(t *testing.T) {
	t.Parallel()
	for off, want := range map[time.Duration]Finding{
		time.Second:       {Found: "as this machine's"},
		-3 * time.Second:  {Found: "3s from this machine's", Advice: "let both machines follow the same time servers"},
		10 * time.Minute:  {Found: "10m from this machine's", Advice: "let both machines follow the same time servers", Bad: true},
		-10 * time.Minute: {Found: "10m from this machine's", Advice: "let both machines follow the same time servers", Bad: true},
	} {
		want.What = "clock"
		if got := clockFinding(off); got != want {
			t.Errorf("clockFinding(%s) = %+v, want %+v", off, got, want)
		}
	}
}

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The whole of a story, and what keeps it, as the one user whom the sample's
// list lets in: nothing that people do needs more.
func TestAStoryGoesAsTheSamplesRedisUser(t *testing.T) {
	t.Parallel()
	needRedis(t)
	m := newMortal(t)
	m.kill()
	rules, err := filepath.Abs(filepath.Join(samples, "users.acl"))
	if err != nil {
		t.Fatal(err)
	}
	m.args = append(m.args, "--aclfile", rules)
	m.start()
	keys, errs, code := program(t, "", "keys", "new")
	if code != 0 {
		t.Fatalf("keys new = exit %d: %s", code, errs)
	}
	ring := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(ring, []byte(keys), 0o600); err != nil {
		t.Fatal(err)
	}
	config := settingsOf(t, settings+"keys_file: "+ring+"\nredis:\n  url: redis://"+m.address+"\n  username: interlab\n  password: change-this-password\n")
	if _, errs, code := program(t, "", "-c", config, "console", "--script", "bot/testdata/conversations/first-seminar.txt"); code != 0 {
		t.Errorf("first-seminar.txt as the sample's user = exit %d:\n%s", code, errs)
	}
	copied := filepath.Join(t.TempDir(), "backup")
	for _, args := range [][]string{{"check"}, {"verify"}, {"export", "backup", copied}, {"export", "forgotten"}, {"jobs", "held"}, {"keys", "rotate"}, {"restore", "--dry-run", copied}} {
		if out, errs, code := program(t, "", append([]string{"-c", config}, args...)...); code != 0 {
			t.Errorf("interlab %v as the sample's user = exit %d:\n%s%s", args, code, out, errs)
		}
	}
	stranger := settingsOf(t, settings+"redis: {url: \"redis://"+m.address+"\"}\n")
	if out, _, code := program(t, "", "-c", stranger, "check"); code != 1 || !strings.Contains(out, "error    store: ") {
		t.Errorf("check without the user's password = exit %d:\n%s", code, out)
	}
}

// systemdAnalyze runs systemd's own checker on the sample unit, whose program is
// put where one is.
func systemdAnalyze(t *testing.T, args ...string) string {
	t.Helper()
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		if os.Getenv("INTERLAB_CI") != "" {
			t.Fatal("systemd-analyze is not installed, and INTERLAB_CI wants this test to run")
		}
		t.Skip("systemd-analyze is not installed")
	}
	unit := filepath.Join(t.TempDir(), "interlab.service")
	text := strings.ReplaceAll(sample(t, "interlab.service"), "/usr/local/bin/interlab", "/bin/true")
	if err := os.WriteFile(unit, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), tool, append(args, unit)...).CombinedOutput()
	if err != nil {
		t.Errorf("systemd-analyze %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func TestSystemdUnderstandsTheSampleService(t *testing.T) {
	t.Parallel()
	if said := systemdAnalyze(t, "verify"); strings.Contains(said, "interlab.service") {
		t.Errorf("systemd-analyze verify:\n%s", said)
	}
}

// Of ten, which is a service that may do everything; two is what systemd calls
// well locked in.
func TestTheSampleServiceIsLockedIn(t *testing.T) {
	t.Parallel()
	said := systemdAnalyze(t, "security", "--offline=true", "--threshold=100")
	level := regexp.MustCompile(`exposure level for \S+: ([0-9.]+)`).FindStringSubmatch(said)
	if level == nil {
		t.Fatalf("systemd-analyze security tells no level:\n%s", said)
	}
	if open, err := strconv.ParseFloat(level[1], 64); err != nil || open > 2 {
		t.Errorf("systemd-analyze security = %s, want at most 2", level[1])
	}
}

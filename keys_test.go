package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"interlab/bot/seal"
)

func TestAKeyIsMadeWithoutAnySettings(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"keys", "new"}, {"keys", "new", "spring"}} {
		out, errs, code := program(t, "", args...)
		ring, err := seal.Parse(out)
		if code != 0 || errs != "" || err != nil {
			t.Fatalf("%q = exit %d, %q, %v; want a key", args, code, errs, err)
		}
		if len(args) > 2 && ring.Names()[0] != "spring" {
			t.Errorf("the key is called %q, want spring", ring.Names())
		}
	}
	if _, errs, code := program(t, "", "keys", "new", "NO"); code != 1 || !strings.Contains(errs, "the name of a key") {
		t.Errorf("a bad name = exit %d, %q", code, errs)
	}
}

func TestARedisOfOnesOwnNeedsKeys(t *testing.T) {
	t.Parallel()
	config := settingsOf(t, "# no keys\nredis: {url: \"redis://"+redisServer(t)+"/0\"}\n")
	for _, args := range [][]string{{"verify"}, {"export", "backup"}, {"console", "--script", "-"}} {
		if _, errs, code := program(t, "clock 2100-01-01T00:00Z\n", append([]string{"--config", config}, args...)...); code != 1 || !strings.Contains(errs, "what interlab keys new prints") {
			t.Errorf("%q = exit %d, %q; want it refused for want of keys", args, code, errs)
		}
	}
	out, _, code := program(t, "", "--config", config, "check")
	if code != 1 || !strings.Contains(out, "error    keys: ") {
		t.Errorf("check = exit %d:\n%s", code, out)
	}
}

func TestTheKeysOfTheProgramsOwnStoreAreMadeOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), keysFile)
	var all sync.WaitGroup
	lines := make([]string, 20)
	for i := range lines {
		all.Go(func() {
			if _, err := ringIn(path); err != nil {
				t.Error(err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Error(err)
			}
			lines[i] = string(data)
		})
	}
	all.Wait()
	for _, line := range lines {
		if line != lines[0] || line == "" {
			t.Errorf("the keys are %d bytes and others", len(line))
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v; want it closed to others", info, err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".keys-*")); len(left) > 0 || err != nil {
		t.Errorf("left behind: %q, %v", left, err)
	}
	if err := os.WriteFile(path, []byte("first:x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ringIn(path); err == nil || !strings.Contains(err.Error(), "line 1 has a key") {
		t.Errorf("a file of broken keys = %v", err)
	}
}

// The operator changes the key of a network, as the settings say how.
func TestKeysAreRotated(t *testing.T) {
	t.Parallel()
	folder := network(t, "2100-11-30T09:00Z")
	path := filepath.Join(folder, keysFile)
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rotate := func(wants ...string) {
		t.Helper()
		out, errs, code := kept(t, folder, "keys", "rotate")
		for _, want := range wants {
			if code != 0 || !strings.Contains(out, want) {
				t.Errorf("keys rotate = exit %d, %s; want %q in:\n%s", code, errs, want, out)
			}
		}
	}
	rotate("first is the newest key: ")
	fresh, _, _ := program(t, "", "keys", "new", "second")
	write(fresh)
	rotate("second is the newest key: 0 ", "first is not among the keys", "could not be opened and stay as they are")
	write(fresh + string(old))
	rotate("first seals nothing any more.")
	write(fresh)
	rotate("second is the newest key: ")
	if out, _, _ := kept(t, folder, "keys", "rotate"); strings.Contains(out, "first") || strings.Contains(out, " 0 ") {
		t.Errorf("at the end, keys rotate says:\n%s", out)
	}
}

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// kept runs a command on the store in a folder.
func kept(t *testing.T, folder string, args ...string) (out, errs string, code int) {
	t.Helper()
	return program(t, "", append(args, "--data", folder)...)
}

// network is a folder with a network in it, in which Ana has asked Bo.
func network(t *testing.T, now string) string {
	t.Helper()
	needRedis(t)
	folder := t.TempDir()
	script := "clock " + now + `
ana@slack:curie> profile set shares:"superposition" zone:Paris contact:"ana@curie.example" show:name lab:Curie
bo@discord:noether> profile set shares:"sparse codes" zone:Copenhagen contact:"bo@noether.example" show:name lab:Noether
ana> match find topic:"sparse codes"
ana> press "Ask Bo"
`
	if _, errs, code := program(t, script, "console", "--script", "-", "--data", folder); code != 0 {
		t.Fatalf("console = exit %d: %s", code, errs)
	}
	return folder
}

func TestABackupGoesFromOneStoreToAnother(t *testing.T) {
	t.Parallel()
	folder := network(t, "2100-11-30T09:00Z")
	file := filepath.Join(t.TempDir(), "network.backup")
	out, errs, code := kept(t, folder, "export", "backup", file)
	if code != 0 || !strings.Contains(out, "documents, as of") {
		t.Fatalf("export backup = exit %d: %s%s", code, out, errs)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is %v, %v; want it closed to others", info, err)
	}
	if _, errs, code := kept(t, folder, "export", "backup", file); code != 1 || !strings.Contains(errs, "is there already") {
		t.Errorf("export backup over a file = exit %d: %s", code, errs)
	}
	if _, errs, code := kept(t, folder, "restore", file); code != 1 || !strings.Contains(errs, "not empty") || !strings.Contains(errs, "choose another") {
		t.Errorf("restore over a network = exit %d: %s", code, errs)
	}
	other := t.TempDir()
	if out, errs, code := kept(t, other, "restore", "--dry-run", file); code != 0 || !strings.Contains(out, "Nothing was changed") {
		t.Errorf("restore --dry-run = exit %d: %s%s", code, out, errs)
	}
	if out, errs, code = kept(t, other, "restore", file); code != 0 || !strings.Contains(out, "are restored") {
		t.Fatalf("restore = exit %d: %s%s", code, out, errs)
	}
	if out, errs, code := kept(t, other, "verify"); code != 0 || !strings.Contains(out, "0 broken, 0 differ, 0 strays") {
		t.Errorf("verify = exit %d: %s%s", code, out, errs)
	}
	if out, _, code := kept(t, other, "jobs", "list"); code != 0 || !strings.Contains(out, "No work was given up") {
		t.Errorf("jobs list = exit %d: %s", code, out)
	}
	first, _, _ := kept(t, folder, "export", "backup")
	second, _, _ := kept(t, other, "export", "backup")
	if a, b := split(first), split(second); strings.Join(a[1:len(a)-1], "\n") != strings.Join(b[1:len(b)-1], "\n") {
		t.Errorf("what is restored backs up to\n%s\nwant\n%s", second, first)
	}
}

func split(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") }

func TestWorkThatARestoreHeldIsListedAndDone(t *testing.T) {
	t.Parallel()
	folder := network(t, "2025-01-06T09:00Z") // what follows was due long ago
	file := filepath.Join(t.TempDir(), "network.backup")
	if _, errs, code := kept(t, folder, "export", "backup", file); code != 0 {
		t.Fatalf("export backup = exit %d: %s", code, errs)
	}
	other := t.TempDir()
	out, errs, code := kept(t, other, "restore", file)
	if code != 0 || !strings.Contains(out, "They are held") {
		t.Fatalf("restore = exit %d: %s%s", code, out, errs)
	}
	held, _, _ := kept(t, other, "jobs", "held")
	if !strings.Contains(held, "match:") || !strings.Contains(held, "between the backup and its restore") {
		t.Errorf("jobs held says\n%s", held)
	}
	if out, _, code := kept(t, other, "jobs", "list"); code != 0 || !strings.Contains(out, "No work was given up") {
		t.Errorf("jobs list = exit %d: %s; want nothing that was given up", code, out)
	}
	for _, args := range [][]string{{"jobs", "retry"}, {"jobs", "drop"}} {
		if _, errs, code := kept(t, other, args...); code != 1 || !strings.Contains(errs, "say which") {
			t.Errorf("%v = exit %d: %s", args, code, errs)
		}
	}
	if _, errs, code := kept(t, other, "jobs", "drop", regexp.MustCompile(`match:\S+`).FindString(held)); code != 1 || !strings.Contains(errs, "no messages and stay") {
		t.Errorf("jobs drop of what is no message = exit %d: %s", code, errs)
	}
	if out, _, code := kept(t, other, "jobs", "retry", "--held"); code != 0 || !strings.Contains(out, "due again") || strings.HasPrefix(out, "0") {
		t.Errorf("jobs retry --held = exit %d: %s", code, out)
	}
	if out, _, _ := kept(t, other, "jobs", "held"); !strings.Contains(out, "No work is held") {
		t.Errorf("jobs held says\n%s\nafter a retry", out)
	}
}

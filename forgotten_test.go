package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheListOfWhoWasForgottenKeepsThemOutOfARestore(t *testing.T) {
	t.Parallel()
	needRedis(t)
	folder, beside := t.TempDir(), t.TempDir()
	script := `clock 2100-11-30T09:00Z
ana@slack:curie> profile set shares:"superposition" zone:Paris contact:"ana@curie.example" show:name lab:Curie
`
	if _, errs, code := program(t, script, "console", "--script", "-", "--data", folder); code != 0 {
		t.Fatalf("console = exit %d: %s", code, errs)
	}
	backup, list := filepath.Join(beside, "network.backup"), filepath.Join(beside, "forgotten")
	if _, errs, code := kept(t, folder, "export", "backup", backup); code != 0 {
		t.Fatalf("export backup = exit %d: %s", code, errs)
	}
	again := "clock 2100-12-01T09:00Z\nana@slack:curie> profile forget\nana> press \"Yes, forget me\"\nclock 2100-12-01T10:00Z\n"
	if out, errs, code := program(t, again, "console", "--script", "-", "--data", folder); code != 0 {
		t.Fatalf("console = exit %d: %s%s", code, out, errs)
	}
	ids, errs, code := kept(t, folder, "export", "forgotten")
	if code != 0 || strings.Count(ids, "\n") != 1 {
		t.Fatalf("export forgotten = exit %d: %q %s, want one id", code, ids, errs)
	}
	if err := os.WriteFile(list, []byte(ids), 0o600); err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	if out, errs, code := kept(t, other, "restore", "--forgotten", list, backup); code != 0 || !strings.Contains(out, "Nothing came back of who was forgotten since: 1") {
		t.Fatalf("restore = exit %d: %s%s", code, out, errs)
	}
	if out, _, _ := kept(t, other, "export", "backup"); strings.Contains(out, "superposition") || strings.Contains(out, "ana@curie") {
		t.Errorf("what is restored has Ana:\n%s", out)
	}
	if err := os.WriteFile(list, []byte("Ana Ruiz\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := kept(t, t.TempDir(), "restore", "--forgotten", list, backup); code != 1 || !strings.Contains(errs, "line 1 is no id") {
		t.Errorf("restore with a bad list = exit %d: %s", code, errs)
	}
}

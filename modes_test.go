package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/configs"
)

func TestASecretIsOpenToWhoeverItsModeLetsIn(t *testing.T) {
	t.Parallel()
	const somebody = 1000
	for _, c := range []struct {
		mode  fs.FileMode
		owner int
		want  string
	}{
		{0o600, somebody, ""},
		{0o400, somebody, ""},
		{0o400, administered, ""}, // a credential of systemd
		{0o440, administered, ""}, // the same, whose access list shows as the group's
		{0o640, administered, ""}, // as the README installs it
		{0o640, somebody, "its group may read it"},
		{0o440, somebody, "its group may read it"},
		{0o660, administered, "its group may write it"},
		{0o644, administered, "everybody may read it"},
		{0o602, somebody, "everybody may write it"},
		{0o666, somebody, "everybody may write it, everybody may read it, its group may write it, its group may read it"},
	} {
		if got := openTo(c.mode, c.owner); got != c.want {
			t.Errorf("openTo(%04o, user %d) = %q, want %q", c.mode, c.owner, got, c.want)
		}
	}
}

// keptFile is a file with a secret, of a mode that no mask of the process changes.
func keptFile(t *testing.T, name, text string, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCheckAndTheStartTellSecretsThatOthersMayRead(t *testing.T) {
	t.Parallel()
	for mode, want := range map[fs.FileMode][2]cli.Grade{ // of a token, of the keys
		0o600: {cli.OK, cli.OK},
		0o400: {cli.OK, cli.OK},
		0o644: {cli.Warning, cli.Failure},
		0o660: {cli.Warning, cli.Failure},
	} {
		for i, ring := range []bool{false, true} {
			path := keptFile(t, "secret", "x", mode)
			s := configs.Settings{SecretFiles: []configs.SecretFile{{Setting: "keys_file", Path: path, Ring: ring}}}
			s.Redis.URL = "redis://localhost"
			got := probeModes(s)
			if len(got) != 1 || got[0].Grade != want[i] || (got[0].Grade != cli.OK) != strings.Contains(got[0].Advice, "chmod 600 "+path) {
				t.Errorf("probeModes(mode %04o, keys %v) = %+v, want %s and what to do", mode, ring, got, want[i])
			}
			var said strings.Builder
			warnOfModes(s, zerolog.New(&said))
			if (got[0].Grade != cli.OK) != strings.Contains(said.String(), "chmod 600") {
				t.Errorf("the start by mode %04o logs %q", mode, &said)
			}
		}
	}
}

// The keys that the program made for its own Redis are looked at as well, and are
// made closed.
func TestCheckLooksAtTheKeysOfTheProgramsOwnRedis(t *testing.T) {
	t.Parallel()
	var s configs.Settings
	s.Redis.Data = t.TempDir()
	if got := probeModes(s); got != nil {
		t.Errorf("before the first start: probeModes = %+v, want nothing", got)
	}
	path := filepath.Join(s.Redis.Data, keysFile)
	if _, err := ringIn(path); err != nil {
		t.Fatal(err)
	}
	if got := probeModes(s); len(got) != 1 || got[0].Grade != cli.OK {
		t.Errorf("of keys just made: probeModes = %+v, want ok", got)
	}
	if err := os.Chmod(path, 0o604); err != nil {
		t.Fatal(err)
	}
	if got := probeModes(s); len(got) != 1 || got[0].Grade != cli.Failure {
		t.Errorf("of keys that everybody may read: probeModes = %+v, want an error", got)
	}
}

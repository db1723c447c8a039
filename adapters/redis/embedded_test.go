package redis

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"interlab/bot"
)

// embedIn opens an embedded store in a folder, closed at the latest with the test.
func embedIn(t *testing.T, dir string) *Running {
	t.Helper()
	needServer(t)
	r, err := Embed(t.Context(), EmbedOptions{Dir: dir, Network: "n"})
	must(t, err)
	return r
}

// versionOf is a person's version in a store.
func versionOf(t *testing.T, store *Store, id string) int64 {
	t.Helper()
	got, err := store.Read(t.Context(), bot.Want{Ref: person(id)})
	must(t, err)
	return got[0][0].Version
}

func TestAnEmbeddedServerKeepsItsDataInItsFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a folder", "not there yet")
	first := embedIn(t, dir)
	if first.Forgets() {
		t.Error("an embedded server is said to forget")
	}
	must(t, first.Commit(t.Context(), change(full("p", 0))))
	must(t, first.Close())
	second := embedIn(t, dir)
	defer second.Close()
	if got := versionOf(t, second.Store, "p"); got != 1 {
		t.Errorf("version after a restart = %d, want 1", got)
	}
}

func TestAnEmbeddedServerIsPrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := embedIn(t, dir)
	defer r.Close()
	e := r.server.(*embedded)
	for _, path := range []string{e.home.folder, e.home.socket} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s has rights %v (%v), want 0700", path, info.Mode().Perm(), err)
		}
	}
	for name, want := range map[string]string{"port": "0", "appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction", "save": ""} {
		if got := r.client.ConfigGet(t.Context(), name).Val()[name]; got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if err := r.Advance(1); !errors.Is(err, ErrNotOurs) {
		t.Errorf("Advance = %v, want ErrNotOurs", err)
	}
}

func TestASecondProcessJoinsAndLeavesTheServerAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	owner := embedIn(t, dir)
	defer owner.Close()
	guest := embedIn(t, dir)
	must(t, guest.Commit(t.Context(), change(put("p", 0))))
	for name, err := range map[string]error{"Stop": guest.Stop(t.Context()), "Start": guest.Start(t.Context())} {
		if !errors.Is(err, ErrNotOurs) {
			t.Errorf("%s by a guest = %v, want ErrNotOurs", name, err)
		}
	}
	must(t, guest.Close())
	if got := versionOf(t, owner.Store, "p"); got != 1 {
		t.Errorf("the owner sees version %d, want 1", got)
	}
}

func TestAStaleSocketIsReplaced(t *testing.T) {
	t.Parallel()
	needServer(t)
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "redis"), 0o755))
	listener, err := net.Listen("unix", filepath.Join(dir, "redis", "redis.sock"))
	must(t, err)
	listener.(*net.UnixListener).SetUnlinkOnClose(false)
	must(t, listener.Close())
	r := embedIn(t, dir)
	must(t, r.Close())
}

func TestALongFolderHasItsSocketElsewhere(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	owner := embedIn(t, dir)
	socket := owner.server.(*embedded).home.socket
	if len(socket) > maxSocket || strings.HasPrefix(socket, dir) {
		t.Errorf("socket = %s, want a short path elsewhere", socket)
	}
	if info, err := os.Stat(filepath.Dir(socket)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the socket's folder has rights %v (%v), want 0700", info.Mode().Perm(), err)
	}
	must(t, embedIn(t, dir).Close())
	must(t, owner.Close())
	if _, err := os.Stat(filepath.Dir(socket)); !os.IsNotExist(err) {
		t.Errorf("%s is left behind (%v)", filepath.Dir(socket), err)
	}

	must(t, os.Mkdir(filepath.Dir(socket), 0o755))
	defer os.Remove(filepath.Dir(socket))
	if r, err := Embed(t.Context(), EmbedOptions{Dir: dir, Network: "n"}); !errors.Is(err, os.ErrPermission) {
		t.Errorf("Embed with a folder open to others = %v, %v, want ErrPermission", r, err)
	}
}

func TestAServerThatCannotStartNamesItsLog(t *testing.T) {
	t.Parallel()
	needServer(t)
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "redis", "redis.log"), 0o700))
	_, err := Embed(t.Context(), EmbedOptions{Dir: dir, Network: "n"})
	if err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "redis", "redis.log")) {
		t.Errorf("Embed = %v, want an error that names the log", err)
	}
}

func TestNothingIsEmbeddedWhereNoServerIsInstalled(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	dir := t.TempDir()
	for range 2 { // the first must not keep the lock
		if _, err := Embed(t.Context(), EmbedOptions{Dir: dir, Network: "n"}); !errors.Is(err, ErrNoServer) {
			t.Errorf("Embed = %v, want ErrNoServer", err)
		}
	}
	if _, err := Embed(t.Context(), EmbedOptions{Dir: filepath.Join(os.Args[0], "x"), Network: "n"}); err == nil {
		t.Error("Embed below a file took it, want an error")
	}
}

func TestWhoWaitsForAnOwnerThatDoesNotAnswerGivesUp(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h, err := enter(dir)
	must(t, err)
	defer h.leave()
	if owned, err := tryLock(h.lock); !owned || err != nil {
		t.Fatalf("tryLock = %v, %v, want the lock", owned, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*glance)
	defer cancel()
	_, err = Embed(ctx, EmbedOptions{Dir: dir, Network: "n"})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "another process has folder") {
		t.Errorf("Embed = %v, want it to give up on the owner", err)
	}
}

// ownerFolder is set in the environment of a process that is to own a server
// and to be killed.
const ownerFolder = "INTERLAB_TEST_OWNER"

// own is what that process does: it starts the server, saves something, says
// so and waits for its end.
func own(dir string) int {
	ctx := context.Background()
	r, err := Embed(ctx, EmbedOptions{Dir: dir, Network: "n"})
	if err == nil {
		err = r.Commit(ctx, change(put("p", 0)))
	}
	fmt.Println("saved", err)
	_, _ = io.Copy(io.Discard, os.Stdin)
	return 0
}

func TestAServerEndsWithItsKilledOwnerAndLosesNothing(t *testing.T) {
	t.Parallel()
	needServer(t)
	dir := t.TempDir()
	owner := exec.Command(os.Args[0])
	owner.Env = append(os.Environ(), ownerFolder+"="+dir)
	_, err := owner.StdinPipe()
	must(t, err)
	output, err := owner.StdoutPipe()
	must(t, err)
	must(t, owner.Start())
	line, err := bufio.NewReader(output).ReadString('\n')
	if line != "saved <nil>\n" || err != nil {
		t.Errorf("the owner says %q, %v", line, err)
	}
	guest := embedIn(t, dir)
	must(t, owner.Process.Kill())
	_ = owner.Wait()
	must(t, guest.Close())

	// Joining the dying server, or owning a new one, are both right for now.
	eventually(t, "the folder to have a new owner", func() bool {
		r := embedIn(t, dir)
		_, owned := r.server.(*embedded)
		if owned {
			if got := versionOf(t, r.Store, "p"); got != 1 {
				t.Errorf("version = %d, want 1", got)
			}
		}
		must(t, r.Close())
		return owned
	})
}

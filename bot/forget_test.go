package bot_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot"
	"interlab/bot/chat"
)

// traces are the bytes that nothing may hold once Ana is forgotten: her
// canaries, her account, and her contact from before.
var traces = []string{birdsong, "slack:curie/ana", "CURIE/ANA", "ana@lab.example", "Ana Ruiz"}

// tracesIn fails for each trace in some bytes.
func tracesIn(t *testing.T, where string, data []byte) {
	t.Helper()
	for _, trace := range traces {
		for rest := data; ; {
			i := bytes.Index(rest, []byte(trace))
			if i < 0 {
				break
			}
			t.Errorf("%s holds %q: ...%q", where, trace, rest[max(0, i-60):min(len(rest), i+90)])
			rest = rest[i+len(trace):]
		}
	}
}

// After being forgotten a person is in no document, no key, no append-only
// file, no backup and no line of the log.
func TestNothingHoldsWhoIsForgotten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := newWorldOn(t, serverIn(t, dir, "test"))
	w.level = zerolog.TraceLevel
	w.app = w.replica(w.store)
	c := w.release()
	if before := w.backup(); strings.Count(before, birdsong) < 40 {
		t.Fatalf("only %d canaries are in the store before, want every text of every kind", strings.Count(before, birdsong))
	}
	w.forgets(ana)
	w.pass(bot.ForgetAfter + time.Minute)
	tracesIn(t, "a backup", []byte(w.backup()))
	tracesIn(t, "the log", []byte(w.journal.String()))
	rewriteAOF(t, dir)
	filesOf(t, dir, func(name string, data []byte) { tracesIn(t, name, data) })
	w.healthy()
	tomb := w.read(bot.Want{Ref: bot.Ref{Kind: bot.KindPerson, ID: c.me}})
	if len(tomb.Data) > 400 || !bytes.Contains(tomb.Data, []byte(`"done"`)) {
		t.Errorf("the tombstone is %s, want an id, a lab and when", tomb.Data)
	}
}

// filesOf reads the files of a server's folder.
func filesOf(t *testing.T, dir string, read func(name string, data []byte)) {
	t.Helper()
	files := 0
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		files++
		read(filepath.Base(path), data)
		return err
	})
	if err != nil || files < 2 {
		t.Fatalf("read %d files of the server, %v", files, err)
	}
}

// rewriteAOF lets the server of a folder write its append-only file anew.
func rewriteAOF(t *testing.T, dir string) {
	t.Helper()
	server := rawOf(t, dir)
	server.ask("CONFIG", "SET", "rdbcompression", "no") // or a trace could hide
	server.ask("BGREWRITEAOF")
	for range 500 {
		info := server.ask("INFO", "persistence")
		if strings.Contains(info, "aof_rewrite_in_progress:0") && strings.Contains(info, "aof_rewrite_scheduled:0") {
			return
		}
		server.ask("WAIT", "1", "20") // there is no replica: it waits 20 ms
	}
	t.Fatal("the append-only file is not rewritten")
}

// dying is a store that lets so many commits through and then no more.
type dying struct {
	bot.Store
	left atomic.Int64
}

var errDied = errors.New("the replica died")

func (d *dying) Commit(ctx context.Context, c bot.Commit) error {
	if d.left.Add(-1) < 0 {
		return errDied
	}
	return d.Store.Commit(ctx, c)
}

// Whenever the replica dies that forgets somebody, the next one goes on to the end.
func TestForgettingSurvivesAKillAtEveryStep(t *testing.T) {
	t.Parallel()
	for steps := int64(0); ; steps++ {
		w := newWorld(t)
		w.release()
		store := &dying{Store: w.store}
		store.left.Store(1 << 40)
		healthy := w.app
		w.app = w.replica(store)
		w.handles(w.event(ana, chat.Line{Text: "profile forget"}))
		w.handles(w.event(ana, chat.Press{Ref: w.button(ana, "Yes, forget me")}))
		store.left.Store(steps)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		_ = w.app.Settle(ctx) // it dies on the way
		cancel()
		done := store.left.Load() >= 0
		w.app = healthy
		w.lapse()
		w.pass(20 * time.Minute)
		if backup := w.backup(); strings.Contains(backup, birdsong) {
			tracesIn(t, "a backup", []byte(backup))
			t.Fatalf("killed after %d commits, something stays", steps)
		}
		if t.Failed() || done {
			break
		}
	}
}

// A backup from before somebody was forgotten does not bring them back.
func TestARestoreLeavesOutWhoWasForgottenSince(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.release()
	before := w.backup()
	w.forgets(ana)
	w.pass(bot.ForgetAfter + time.Minute)
	ids, err := w.app.Forgotten(t.Context())
	if err != nil || len(ids) != 1 || ids[0] != c.me {
		t.Fatalf("Forgotten() = %q, %v; want Ana's id", ids, err)
	}
	other := newWorld(t)
	other.clock.set(w.clock.Now())
	report, err := other.app.Restore(t.Context(), other.store, opens(before), bot.RestoreOptions{Forgotten: append(ids, "nobody")})
	if err != nil || report.Forgotten != 1 {
		t.Fatalf("Restore() = %+v, %v; want one person forgotten again", report, err)
	}
	tracesIn(t, "what is restored", []byte(other.backup()))
	other.pass(bot.ForgetAfter + time.Minute)
	tracesIn(t, "what is restored, later", []byte(other.backup()))
	other.healthy()
}

// Whoever was forgotten may come back, and be forgotten again.
func TestSomebodyIsForgottenAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 3 {
		w.join(ana, "Ana Ruiz", "Curie Lab", "cryo-electron microscopy")
		w.forgets(ana)
		w.settle()
		w.says(w.line(bo, "match find cryo-electron microscopy"), "Nobody found")
	}
	w.healthy()
}

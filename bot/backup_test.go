package bot_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
)

// backup is what a world backs up to.
func (w *world) backup() string {
	w.t.Helper()
	var file bytes.Buffer
	report, err := w.app.Backup(w.t.Context(), &file)
	if err != nil || report.Total() == 0 {
		w.t.Fatalf("Backup() = %+v, %v", report, err)
	}
	return file.String()
}

// restored is a new world that a backup was restored into.
func restored(t *testing.T, backup string, at time.Time) (*world, bot.BackupReport, error) {
	t.Helper()
	w := newWorld(t)
	w.clock.set(at)
	report, err := w.app.Restore(t.Context(), w.store, opens(backup), bot.RestoreOptions{})
	return w, report, err
}

func opens(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

// recordLines are the lines of a backup that are documents.
func recordLines(backup string) []string {
	lines := strings.Split(strings.TrimSuffix(backup, "\n"), "\n")
	return lines[1 : len(lines)-1]
}

func TestAStoryGoesOnAfterABackupIsRestored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	backup := w.backup()
	other, report, err := restored(t, backup, w.clock.Now())
	if err != nil || report.Held != 0 {
		t.Fatalf("Restore() = %+v, %v", report, err)
	}
	if again := other.backup(); strings.Join(recordLines(again), "\n") != strings.Join(recordLines(backup), "\n") {
		t.Errorf("what is restored backs up to\n%s\nwant\n%s", again, backup)
	}
	other.healthy()
	yes := w.button(bo, "Yes, introduce us")
	other.events = 100
	other.says(other.does(bo, chat.Press{Ref: yes}), "Meet Ana Ruiz")
}

func TestABackupIsWholeThoughPeopleGoOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	var file bytes.Buffer
	if _, err := w.app.Backup(t.Context(), &meanwhile{Writer: &file, at: 3, do: func() {
		w.line(ana, "profile set shares:\"tomography\"")
		w.press(ana, "Ask Bo")
	}}); err != nil {
		t.Fatal(err)
	}
	other, _, err := restored(t, file.String(), w.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(recordLines(other.backup()), "\n") != strings.Join(recordLines(w.backup()), "\n") {
		t.Error("what changed while the backup was made is not in it")
	}
}

// meanwhile does something before one of the writes.
type meanwhile struct {
	io.Writer
	at int
	do func()
}

func (m *meanwhile) Write(p []byte) (int, error) {
	if m.at--; m.at == 0 {
		m.do()
	}
	return m.Writer.Write(p)
}

func TestWhatWasDueSinceTheBackupIsHeld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	backup := w.backup()
	sent := len(w.messenger.all())
	other, report, err := restored(t, backup, w.clock.Now().AddDate(0, 0, 20))
	if err != nil || report.Held == 0 {
		t.Fatalf("Restore() twenty days later = %+v, %v; want something held", report, err)
	}
	other.settle()
	if n := len(other.messenger.all()); n != 0 || sent == 0 {
		t.Errorf("%d messages left after the restore, want none", n)
	}
	held, err := other.app.GivenUp(t.Context())
	if err != nil || len(held) != report.Held || !held[0].Held() {
		t.Fatalf("GivenUp() = %v, %v; want what is held", held, err)
	}
	other.healthy()
	for _, b := range held {
		if err := other.app.Retry(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	other.settle()
	if left, _ := other.app.GivenUp(t.Context()); len(left) != 0 {
		t.Errorf("after a retry %v is given up still", left)
	}
}

func TestAHeldMessageCanBeDroppedAndOtherWorkCannot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.app = w.replica(w.store)
	ticket, err := w.app.Accept(t.Context(), w.event(ana, chat.Press{Ref: w.button(ana, "Ask Bo")}))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.app.Handle(t.Context(), ticket); err != nil { // and nothing that is due yet
		t.Fatal(err)
	}
	other, _, err := restored(t, w.backup(), w.clock.Now().AddDate(0, 0, 20))
	if err != nil {
		t.Fatal(err)
	}
	held, _ := other.app.GivenUp(t.Context())
	dropped := 0
	for _, b := range held {
		switch err := other.app.DropMessage(t.Context(), b); {
		case err == nil:
			dropped++
		case !errors.Is(err, bot.ErrNoMessage) || b.Ref.Kind == bot.KindDelivery:
			t.Errorf("DropMessage(%s) = %v", b, err)
		}
	}
	left, _ := other.app.GivenUp(t.Context())
	if dropped == 0 || len(left) != len(held)-dropped {
		t.Errorf("%d of %d dropped and %d left", dropped, len(held), len(left))
	}
	other.settle()
	if n := len(other.messenger.all()); n != 0 {
		t.Errorf("%d messages left though they were dropped", n)
	}
}

func TestARestoreThatBreaksOffGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 500 {
		w.join(account("p", i), fmt.Sprintf("Person %d", i), fmt.Sprintf("Lab %d", i%9), "lasers")
	}
	backup := w.backup()
	other := newWorld(t)
	pages := 0
	broken := bot.RestoreOptions{Progress: func(int, int) {
		if pages++; pages == 2 {
			other.kill()
		}
	}}
	if _, err := other.app.Restore(t.Context(), other.store, opens(backup), broken); err == nil {
		t.Fatal("Restore() into a store that dies = nil, want an error")
	}
	other.revive()
	if err := other.store.CheckRestored(t.Context()); !errors.Is(err, redis.ErrRestoring) {
		t.Errorf("CheckRestored() = %v, want ErrRestoring", err)
	}
	second := newWorld(t).backupOf("ana")
	if _, err := other.app.Restore(t.Context(), other.store, opens(second), bot.RestoreOptions{}); !errors.Is(err, redis.ErrRestoring) {
		t.Errorf("Restore() of another file meanwhile = %v, want ErrRestoring", err)
	}
	report, err := other.app.Restore(t.Context(), other.store, opens(backup), bot.RestoreOptions{})
	if err != nil || report.Total() != len(recordLines(backup)) {
		t.Fatalf("Restore() once more = %+v, %v; want %d documents", report, err, len(recordLines(backup)))
	}
	if strings.Join(recordLines(other.backup()), "\n") != strings.Join(recordLines(backup), "\n") {
		t.Error("what is restored in two goes differs")
	}
	if err := other.store.CheckRestored(t.Context()); err != nil {
		t.Errorf("CheckRestored() = %v afterwards", err)
	}
	other.healthy()
}

// backupOf is the backup of a network of one person.
func (w *world) backupOf(string) string {
	w.t.Helper()
	w.join(ana, "Ana Ruiz", "Curie Lab", "lasers")
	return w.backup()
}

func TestABackupThatIsNotWholeIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	good := newWorld(t).backupOf("ana")
	lines := strings.SplitAfter(good, "\n")
	lines = lines[:len(lines)-1]
	join := func(parts ...string) string { return strings.Join(parts, "") }
	for what, c := range map[string]struct{ text, want string }{
		"empty":        {"", "was cut off"},
		"foreign":      {"name,lab\n", "no backup of Interlab"},
		"cut off":      {join(lines[:len(lines)-1]...), "was cut off"},
		"torn":         {strings.TrimSuffix(good, lines[len(lines)-1]) + lines[len(lines)-1][:20], "last line cannot be read"},
		"a line lost":  {join(append(append([]string{}, lines[:1]...), lines[2:]...)...), "do not add up"},
		"doubled":      {join(append([]string{lines[0], lines[1]}, lines[1:]...)...), "do not add up"},
		"without end":  {lines[0] + strings.Repeat("x", bot.MaxBackupLine+1), "token too long"},
		"changed":      {strings.Replace(good, "lasers", "lasars", 1), "do not add up"},
		"newer":        {strings.Replace(good, `"format":1`, `"format":2`, 1), "newer program"},
		"going on":     {good + lines[1], "goes on behind its end"},
		"no document":  {join(lines[0], "{}\n"), "line 2: is no document"},
		"unknown kind": {join(lines[0], `{"ref":"teapot:1","data":{"s":1,"d":{}}}`+"\n"), "unknown kind"},
		"newer inside": {join(lines[0], `{"ref":"lab:1","data":{"s":99,"d":{}}}`+"\n"), "schema 99 is newer"},
	} {
		w := newWorld(t)
		for _, check := range []bool{true, false} {
			_, err := w.app.Restore(t.Context(), w.store, opens(c.text), bot.RestoreOptions{Check: check})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: Restore() = %v, want %q", what, err, c.want)
			}
		}
		if _, err := w.app.Restore(t.Context(), w.store, opens(good), bot.RestoreOptions{}); err != nil {
			t.Errorf("%s: afterwards a good one gives %v; want an empty network", what, err)
		}
	}
}

func TestANetworkThatIsNotEmptyIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	backup := w.backupOf("ana")
	if _, err := w.app.Restore(t.Context(), w.store, opens(backup), bot.RestoreOptions{}); !errors.Is(err, bot.ErrNotEmpty) {
		t.Errorf("Restore() over a network = %v, want ErrNotEmpty", err)
	}
}

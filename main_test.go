package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestTheVersionIsTheTopOneOfTheChangelog(t *testing.T) {
	t.Parallel()
	log, err := os.ReadFile("CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	top := regexp.MustCompile(`(?m)^## \S+`).FindString(string(log))
	if want := "## " + version; top != want {
		t.Errorf("CHANGELOG.md begins with %q, want %q as the program calls itself", top, want)
	}
	if out, _, code := program(t, "", "version"); code != 0 || out != "interlab "+version+"\n" {
		t.Errorf("interlab version = exit %d, %q", code, out)
	}
}

func TestServeSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, errs, code := program(t, "", "serve")
	if code != 1 || !strings.Contains(errs, "name no workspace of Slack and no bot of Discord") || !strings.Contains(errs, "interlab console --sample") {
		t.Errorf("interlab serve = exit %d, %q; want exit 1, what is missing and what to do", code, errs)
	}
}

func TestAScriptIsReadFromAFileOrFromStandardInput(t *testing.T) {
	t.Parallel()
	const script = "ana@slack:curie> hello\nexpect ana: I bring researchers\n"
	path := filepath.Join(t.TempDir(), "s.txt")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	fromFile, errs, code := program(t, "", "console", "--script", path)
	fromInput, _, _ := program(t, script, "console", "--script", "-")
	if code != 0 || fromFile != fromInput || !strings.Contains(fromFile, "Hello Ana, I am Interlab") {
		t.Errorf("console --script = exit %d, %s\n%s\nand from standard input:\n%s", code, errs, fromFile, fromInput)
	}
	for name, args := range map[string][]string{
		"open the script": {"console", "--script", filepath.Join(t.TempDir(), "none.txt")},
		"standard input:": {"console", "--script", "-"},
	} {
		if _, errs, code := program(t, "nonsense without a prompt\n", args...); code != 1 || !strings.Contains(errs, name) {
			t.Errorf("interlab %q = exit %d, %q; want exit 1 and %q", args, code, errs, name)
		}
	}
}

func TestATerminalThatForgetsSaysSo(t *testing.T) {
	t.Parallel()
	out, errs, code := program(t, "quit\n", "console", "--sample")
	if code != 0 || !strings.Contains(out, "everything is forgotten when you leave") || !strings.Contains(out, "--data DIR") {
		t.Errorf("console --sample = exit %d, %s\n%s", code, errs, out)
	}
}

func TestATerminalWithAFolderRemembers(t *testing.T) {
	t.Parallel()
	needRedis(t)
	data := t.TempDir()
	first, errs, code := program(t, "as ana@slack:curie\nprofile set lab:Curie shares:optics zone:Paris\nquit\n", "console", "--data", data)
	if code != 0 || strings.Contains(first, "forgotten") || !strings.Contains(first, "You are in") {
		t.Fatalf("console --data = exit %d, %s\n%s", code, errs, first)
	}
	second, errs, code := program(t, "as ana@slack:curie\nprofile show\nquit\n", "console", "--data", data)
	if code != 0 || !strings.Contains(second, "Shares: optics") {
		t.Errorf("the second console --data = exit %d, %s\n%s\nwant it to know Ana", code, errs, second)
	}
}

// The same sample on the same store twice adds nobody twice.
func TestASampleNetworkIsAddedOnce(t *testing.T) {
	t.Parallel()
	needRedis(t)
	data := t.TempDir()
	const typed = "as ana@slack:curie\nmatch find sparse autoencoders\nquit\n"
	for range 2 {
		out, errs, code := program(t, typed, "console", "--sample", "--data", data)
		if code != 0 || strings.Count(out, "Bo Larsen, Noether Lab") != 1 {
			t.Errorf("console --sample --data = exit %d, %s\n%s\nwant Bo once", code, errs, out)
		}
	}
}

// While one terminal owns the folder, a second one joins it through the socket.
func TestTwoTerminalsShareAFolder(t *testing.T) {
	t.Parallel()
	needRedis(t)
	data := t.TempDir()
	typed, typing := io.Pipe()
	var screen pane
	codes := make(chan int, 1)
	env := map[string]string{"HOME": t.TempDir()}
	go func() {
		codes <- run(t.Context(), []string{"console", "--data", data}, typed, &screen, &screen, func(name string) string { return env[name] })
		_ = typed.Close() // whoever types learns that nobody reads
	}()
	tell := func(line string) {
		if _, err := io.WriteString(typing, line); err != nil {
			t.Error(err)
		}
	}
	tell("as ana@slack:curie\nprofile set lab:Curie shares:optics zone:Paris show:name\n")
	screen.waitFor(t, "You are in")
	second, errs, code := program(t, "as bo@discord:noether\nmatch find optics\nquit\n", "console", "--data", data)
	if code != 0 || !strings.Contains(second, "Ana, Curie") {
		t.Errorf("the second terminal = exit %d, %s\n%s\nwant it to find Ana", code, errs, second)
	}
	tell("quit\n")
	if code := <-codes; code != 0 {
		t.Errorf("the first terminal = exit %d:\n%s", code, screen.String())
	}
}

// pane is a screen that can be waited for.
type pane struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (p *pane) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.more != nil {
		close(p.more)
		p.more = nil
	}
	return p.text.Write(b)
}

func (p *pane) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

func (p *pane) waitFor(t *testing.T, text string) {
	t.Helper()
	for {
		p.mu.Lock()
		if strings.Contains(p.text.String(), text) {
			p.mu.Unlock()
			return
		}
		if p.more == nil {
			p.more = make(chan struct{})
		}
		more := p.more
		p.mu.Unlock()
		select {
		case <-more:
		case <-time.After(time.Minute):
			t.Fatalf("the screen never shows %q:\n%s", text, p.String())
		}
	}
}

func TestCheckNamesWhatCannotBeReachedAndNoSecret(t *testing.T) {
	t.Parallel()
	const secret = "hunter2-hunter2"
	path := filepath.Join(t.TempDir(), "lab.yaml")
	text := "redis:\n  url: redis://127.0.0.1:1\n  username: bot\n  password: " + secret + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"check", "--json"}, {"console"}} {
		out, errs, code := program(t, "", append([]string{"-c", path}, args...)...)
		if said := out + errs; code != 1 || !strings.Contains(said, "127.0.0.1:1") || strings.Contains(said, "hunter2") {
			t.Errorf("interlab %q = exit %d, want exit 1, the address and no secret:\n%s", args, code, said)
		}
	}
}

func TestCheckOfAnEmbeddedStore(t *testing.T) {
	t.Parallel()
	needRedis(t)
	path := filepath.Join(t.TempDir(), "lab.yaml")
	if err := os.WriteFile(path, []byte("redis: {data: kept}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := program(t, "", "-c", path, "check")
	for _, want := range []string{"ok       settings: " + path, "ok       zone data: 20", "warning  organisers: none named", "ok       store: embedded, in " + filepath.Join(filepath.Dir(path), "kept")} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("interlab check = exit %d, %q, lacks %q:\n%s", code, errs, want, out)
		}
	}
}

func TestASampleBeginsAtTheNextWorkingHour(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for now, want := range map[string]string{
		"2026-12-01T10:30:00Z": "2026-12-01T10:30:00Z",
		"2026-12-01T04:00:00Z": "2026-12-01T09:00:00Z",
		"2026-12-01T14:00:00Z": "2026-12-02T09:00:00Z",
		"2026-12-04T20:00:00Z": "2026-12-07T09:00:00Z",
		"2026-12-05T10:30:00Z": "2026-12-07T10:30:00Z",
		"2026-12-31T23:59:59Z": "2027-01-01T09:00:00Z",
	} {
		if got := workday(at(now)); !got.Equal(at(want)) {
			t.Errorf("workday(%s) = %s, want %s", now, got.Format(time.RFC3339), want)
		}
	}
}

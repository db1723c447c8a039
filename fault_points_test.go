package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"interlab/adapters/slack/slacktest"
)

// points are where the program is killed: the store has carried out the n-th
// call of a script, and the program does not know. Between them lies everything
// it does, so these are all states in which it can leave the store.
var points = []struct {
	script string
	n      int
	what   string
}{
	{"accept", 1, "the event is in the inbox and not acknowledged"},
	{"commit", 1, "the question is committed, its message waits, nobody has an answer"},
	{"commit", 2, "a message is begun and not sent"},
	{"commit", 3, "a message was sent and is not settled"},
	{"settle", 1, "the answer is out and the event has left the inbox"},
	{"claim", 1, "due work is claimed and not begun"},
	{"claim", 2, "the same, once more"},
	{"read", 1, "something was only read"},
	{"changes", 1, "the directory is being refreshed"},
}

// askers is a network of two workspaces on Slack whose people can find each
// other, behind a gate.
type askers struct {
	*storm
	gate *gate
}

func newAskers(t *testing.T, n int) *askers {
	t.Helper()
	a := &askers{storm: &storm{t: t, store: newMortal(t)}}
	a.gate = newGate(t, a.store.address)
	a.server = slacktest.New(t, slacktest.Options{Seen: a.seen.add})
	settings := "slack:\n  api_url: " + a.server.APIURL() + "\n  workspaces:\n"
	for _, team := range []string{"curie", "noether"} {
		tokens := a.server.AddTeam(team, team)
		settings += fmt.Sprintf("    - {name: %s, bot_token: %s, app_token: %s}\n", team, tokens.Bot, tokens.App)
		for i := range n {
			a.server.AddUser(team, slacktest.User{ID: who(i), Name: who(i)})
		}
	}
	a.config = settingsOf(t, "network: {organisers: [\"slack:curie/"+who(0)+"\"]}\nredis: {url: \"redis://"+a.gate.address()+"/0\"}\n"+settings)
	a.program = built(t)
	a.begin()
	a.tell("curie", 0, "admin lab name:Curie")
	a.tell("curie", 0, "admin lab name:Noether")
	for i := range n {
		for _, team := range []string{"curie", "noether"} {
			a.tell(team, i, fmt.Sprintf(`profile set shares:%q zone:UTC hours:"Mon-Sun 00:00-24:00" contact:a@%s.example show:name lab:%s`, team+topicOf(i), team, team))
		}
	}
	return a
}

// topicOf is a word that nobody else's topic is like.
func topicOf(i int) string {
	return strings.Repeat(string(rune('a'+i%26)), 3) + strings.Repeat(string(rune('b'+i/26)), 3) + "ology"
}

func (a *askers) begin() {
	a.t.Helper()
	a.live = []process{start(a.t, a.program, a.config)}
	defer func() {
		if a.t.Failed() {
			a.t.Log(a.live[0].said())
		}
	}()
	await(a.t, "sockets", func() bool { return a.server.Sockets("curie") > 0 && a.server.Sockets("noether") > 0 })
}

// reader is who sees something.
func (a *askers) reader(s slacktest.Sight) string {
	return cmp.Or(s.User, a.server.DirectWith(s.Team, s.Channel))
}

// tell says a line and waits for the answer: others may still get theirs meanwhile.
func (a *askers) tell(team string, i int, line string) slacktest.Sight {
	a.t.Helper()
	before := len(a.seen.all())
	if _, err := a.server.Say(team, who(i), line); err != nil {
		a.t.Fatal(err)
	}
	var answer slacktest.Sight
	await(a.t, "an answer to "+line, func() bool {
		since := a.seen.all()[before:]
		n := slices.IndexFunc(since, func(s slacktest.Sight) bool { return s.Team == team && a.reader(s) == who(i) })
		if n >= 0 {
			answer = since[n]
		}
		return n >= 0
	})
	return answer
}

// ask has somebody press the button that asks a colleague, on a card in the
// conversation with the bot.
func (a *askers) ask(i int, card slacktest.Sight) *slacktest.Delivery {
	a.t.Helper()
	var blocks []block
	if err := json.Unmarshal(card.Blocks, &blocks); err != nil {
		a.t.Fatal(err)
	}
	for _, b := range blocks {
		for _, e := range b.Elements {
			if b.Type == "actions" && strings.HasPrefix(e.words(), "Ask") {
				d, err := a.server.Press("curie", who(i), card.Channel, card.TS, e.ActionID, "")
				if err != nil {
					a.t.Fatal(err)
				}
				return d
			}
		}
	}
	a.t.Fatalf("no button asks on the card %s", card.Text)
	return nil
}

// told is how often the colleague was asked, and how often whoever asks has the answer.
func (a *askers) told(i, since int) (asked, answered int) {
	for _, s := range a.seen.all()[since:] {
		switch {
		case a.reader(s) != who(i):
		case s.Team == "noether":
			asked++
		default:
			answered++
		}
	}
	return asked, answered
}

// acknowledged reports whether Slack has heard by now that an event has come.
func acknowledged(t *testing.T, d *slacktest.Delivery) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := d.Acked(ctx)
	return err == nil
}

// Killed at every named point, the program asks the colleague and answers whoever
// asked; a message comes again only where it had been sent and the kill came
// before that was noted.
func TestFaultTheProgramIsKilledAtNamedPoints(t *testing.T) {
	t.Parallel()
	a := newAskers(t, len(points))
	for i, p := range points {
		card := a.tell("curie", i, "match find topic:noether"+topicOf(i))
		since := len(a.seen.all())
		held := a.gate.arm(p.script, p.n)
		pressed := a.ask(i, card)
		select {
		case <-held:
		case <-time.After(20 * time.Second):
			t.Fatalf("%s %d never came (%s)", p.script, p.n, p.what)
		}
		_ = a.live[0].Process.Signal(syscall.SIGKILL)
		_ = a.live[0].Wait()
		await(t, "the dead sockets", func() bool { return a.server.Sockets("curie")+a.server.Sockets("noether") == 0 })
		a.gate.calm()
		a.store.lapse() // once: a minute for the dead, and nothing of whoever lives
		a.begin()
		presses := 1
		if !acknowledged(t, pressed) { // whoever pressed is told to try again
			a.ask(i, card)
			presses++
		}
		await(t, p.what, func() bool {
			asked, answered := a.told(i, since)
			return asked > 0 && answered > 0
		})
		if asked, answered := a.told(i, since); asked > 1 || answered > 2*presses { // the card changes, and the answer comes
			t.Errorf("killed when %s: asked %d times and answered %d times", p.what, asked, answered)
		}
	}
	a.sound()
}

// An import is killed after each of its pages, and goes on where it was.
func TestFaultAnImportIsKilledAfterEachPage(t *testing.T) {
	t.Parallel()
	store := newMortal(t)
	gate, program := newGate(t, store.address), built(t)
	var rows []string
	for i := range 450 {
		rows = append(rows, fmt.Sprintf("Person %d,Curie,slack:T1/u%d,Paris,,corals", i, i))
	}
	file := peopleFile(t, rows...)
	config := settingsOf(t, "redis: {url: \"redis://"+gate.address()+"/0\"}\n")
	for range 3 {
		killedAt(t, gate, "commit", 1, program, "-c", config, "import", "people", file, "--by", "Olga")
	}
	finished(t, "450 unchanged", program, "-c", config, "import", "people", file, "--by", "Olga")
	finished(t, "0 broken, 0 differ, 0 strays", program, "-c", config, "verify")
}

// A restore is killed in its middle: what is half there is not served, and the
// same file completes it.
func TestFaultARestoreIsKilledInItsMiddle(t *testing.T) {
	t.Parallel()
	folder, program := network(t, "2100-11-30T09:00Z"), built(t)
	file := filepath.Join(t.TempDir(), "network.backup")
	if out, errs, code := kept(t, folder, "export", "backup", file); code != 0 {
		t.Fatalf("export backup = exit %d: %s%s", code, out, errs)
	}
	store := newMortal(t)
	gate := newGate(t, store.address)
	config := settingsOf(t, "redis: {url: \"redis://"+gate.address()+"/0\"}\n")
	killedAt(t, gate, "commit", 1, program, "-c", config, "restore", file)
	if out, err := exec.Command(program, "-c", config, "verify").CombinedOutput(); err == nil || !strings.Contains(string(out), "restore") {
		t.Errorf("verify in the middle of a restore = %v:\n%s", err, out)
	}
	finished(t, "are restored", program, "-c", config, "restore", file)
	finished(t, "0 broken, 0 differ, 0 strays", program, "-c", config, "verify")
}

// killedAt runs a command and kills it when the n-th call of a script was carried out.
func killedAt(t *testing.T, g *gate, script string, n int, name string, args ...string) {
	t.Helper()
	held := g.arm(script, n)
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-held:
		_ = cmd.Process.Kill()
		<-ended
	case err := <-ended:
		t.Fatalf("%q ended before its %s %d: %v", args, script, n, err)
	}
	g.calm()
}

// finished runs a command to its end, which says something.
func finished(t *testing.T, says, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil || !strings.Contains(string(out), says) {
		t.Fatalf("%q = %v, want %q said:\n%s", args, err, says, out)
	}
}

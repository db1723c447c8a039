package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"interlab/adapters/slack/slacktest"
)

// The built program is killed as kill -9 does it, after Slack has its
// acknowledgements and before anybody has an answer. The next process gives
// every answer, once and in the words that were committed.
func TestAnEventAcknowledgedBeforeAKillIsAnsweredAfterARestart(t *testing.T) {
	t.Parallel()
	store := redisServer(t)
	var seen sights
	server := slacktest.New(t, slacktest.Options{Seen: seen.add})
	people := []string{"ana", "bo", "cy", "di"}
	config := curieOnSlack(t, server, store, people...)
	program := built(t)
	first := start(t, program, config)
	await(t, "a socket", func() bool { return server.Sockets("curie") > 0 })
	for i, line := range []string{"admin lab name:Curie", "admin home lab:Curie"} {
		if _, err := server.Say("curie", "ana", line); err != nil {
			t.Fatal(err)
		}
		await(t, "the lab", func() bool { return len(seen.all()) == i+1 })
	}
	before := len(seen.all())

	answers := make(chan struct{}, len(people))
	hold := slacktest.Answer{Hold: answers}
	server.Script("response_url", hold, hold)
	server.Script("chat.postMessage", hold, hold)
	for i, who := range people {
		acked(t, server, who, i%2 == 0)
	}
	for range people {
		<-answers // each is on its way, and none has arrived
	}
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	await(t, "the sockets to be gone", func() bool { return server.Sockets("curie") == 0 })
	if got := seen.all()[before:]; len(got) > 0 {
		t.Fatalf("the killed process has answered: %+v", got)
	}

	for _, who := range people { // a minute passes, and the turns of the dead process lapse
		if got := command(t, store, "ZADD il:{interlab}:turns XX CH 1 slack:curie/"+who); got != ":1" {
			t.Errorf("the turn of %s lapses: %s, want :1, one that was held", who, got)
		}
	}
	second := start(t, program, config)
	await(t, "all answers", func() bool { return len(seen.all()) >= before+len(people) })
	if err := errors.Join(second.Process.Signal(os.Interrupt), second.Wait()); err != nil {
		t.Errorf("the program ends with %v:\n%s", err, second.said())
	}
	got := map[string]int{}
	for _, s := range seen.all()[before:] {
		if !strings.Contains(s.Text, "You are in") {
			t.Errorf("after the restart somebody saw %q", s.Text)
		}
		got[cmp.Or(s.User, server.DirectWith("curie", s.Channel))]++
	}
	if diff := gocmp.Diff(map[string]int{"ana": 1, "bo": 1, "cy": 1, "di": 1}, got); diff != "" {
		t.Errorf("answers by person (-want +got):\n%s", diff)
	}
}

// acked has somebody join, by a command in a channel or by a message to the bot,
// and returns when Slack has the acknowledgement.
func acked(t *testing.T, server *slacktest.Server, who string, command bool) {
	t.Helper()
	line := fmt.Sprintf("profile set shares:graphs zone:Paris contact:%q show:name lab:Curie", who+"@curie.example")
	say := func() (*slacktest.Delivery, error) { return server.Say("curie", who, line) }
	if command {
		say = func() (*slacktest.Delivery, error) { return server.Slash("curie", who, "C1", line) }
	}
	d, err := say()
	if err == nil {
		_, err = d.Acked(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// curieOnSlack makes the workspace of a lab with people in it, the first of them
// an organiser, and a settings file that names it and a store.
func curieOnSlack(t *testing.T, server *slacktest.Server, store string, people ...string) (config string) {
	t.Helper()
	tokens := server.AddTeam("curie", "Curie")
	server.AddChannel("curie", slacktest.Channel{ID: "C1", Member: true}, people...)
	for _, who := range people {
		server.AddUser("curie", slacktest.User{ID: who, Name: who})
	}
	return settingsOf(t, fmt.Sprintf(`
network:
  organisers: [slack:curie/%s]
redis:
  url: redis://%s/0
slack:
  api_url: %s
  workspaces:
    - {name: curie, bot_token: %s, app_token: %s}
`, people[0], store, server.APIURL(), tokens.Bot, tokens.App))
}

// sights are what people of a test server saw.
type sights struct {
	mu   sync.Mutex
	seen []slacktest.Sight
}

func (s *sights) add(sight slacktest.Sight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, sight)
}

func (s *sights) all() []slacktest.Sight {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// process is the program, running.
type process struct {
	*exec.Cmd
	log string
}

// start runs the program's serve, which ends with the test at the latest.
func start(t *testing.T, program, config string) process {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	p := process{exec.Command(program, "-c", config, "serve"), log.Name()}
	p.Env, p.Stdout, p.Stderr = []string{"HOME=" + t.TempDir()}, log, log
	if err := errors.Join(p.Start(), log.Close()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Kill()
		_ = p.Wait()
	})
	return p
}

// said is the program's log so far.
func (p process) said() string {
	log, err := os.ReadFile(p.log)
	return errors.Join(err, errors.New(string(log))).Error()
}

// redisServer is the address of a real server that keeps what it is told, until
// the test ends.
func redisServer(t testing.TB) string {
	t.Helper()
	return newMortal(t).address
}

// command sends a server one command and returns the first line of its answer.
// https://redis.io/docs/latest/develop/reference/protocol-spec/#inline-commands
func command(t testing.TB, address, words string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "%s\r\n", words); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// await waits for something that others bring about.
func await(t testing.TB, what string, there func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(60 * time.Second)
	for !there() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

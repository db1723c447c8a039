package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"interlab/adapters/slack/slacktest"
)

// Fault tests run the built program as several replicas on a real store and a
// test server, and break them. They are short unless INTERLAB_FAULT=long; what
// they measured stands in adapters/redis/FAULTS.md.

// long reports whether the long runs are wanted.
func long() bool { return os.Getenv("INTERLAB_FAULT") == "long" }

// mortal is a real server that can be killed and comes back with what it had.
type mortal struct {
	t       testing.TB
	address string
	args    []string
	cmd     *exec.Cmd
}

// newMortal starts a server with every write on its disk.
func newMortal(t testing.TB) *mortal {
	t.Helper()
	needRedis(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mortal{t: t, address: listener.Addr().String()}
	_, port, err := net.SplitHostPort(m.address)
	if err := errors.Join(err, listener.Close()); err != nil {
		t.Fatal(err)
	}
	name := "redis-server"
	if _, err := exec.LookPath(name); err != nil {
		name = "valkey-server"
	}
	m.args = []string{name, "--port", port, "--bind", "127.0.0.1", "--dir", t.TempDir(), "--save", "", "--appendonly", "yes", "--appendfsync", "always"}
	m.start()
	t.Cleanup(m.kill)
	return m
}

func (m *mortal) start() {
	m.t.Helper()
	m.cmd = exec.Command(m.args[0], m.args[1:]...)
	if err := m.cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	await(m.t, "the Redis server", func() bool {
		conn, err := net.Dial("tcp", m.address)
		if err == nil {
			err = conn.Close()
		}
		return err == nil
	})
}

func (m *mortal) kill() {
	_ = m.cmd.Process.Kill()
	_ = m.cmd.Wait()
}

// lapse lets a minute pass for the store: whatever a dead replica held is free.
func (m *mortal) lapse() {
	m.t.Helper()
	for _, key := range []string{"turns", "leases"} {
		const script = `for _, m in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('ZADD', KEYS[1], 'XX', 1, m) end return 1`
		if got := command(m.t, m.address, fmt.Sprintf("EVAL %q 1 il:{interlab}:%s", script, key)); got != ":1" && !strings.HasPrefix(got, "-LOADING") {
			m.t.Fatalf("lapse %s: %s", key, got)
		}
	}
}

// storm is people of a workspace who talk to replicas that are being broken.
type storm struct {
	t       *testing.T
	store   *mortal
	server  *slacktest.Server
	seen    sights
	program string
	config  string
	live    []process
	chance  *rand.Rand
	mu      sync.Mutex
	repeats int // deliveries that nobody acknowledged, and that were sent again
	events  sync.WaitGroup
}

const crowdOf = 12

func newStorm(t *testing.T, replicas int) *storm {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	s := &storm{t: t, store: newMortal(t), chance: rand.New(rand.NewPCG(seed, 0))}
	s.server = slacktest.New(t, slacktest.Options{Seen: s.seen.add})
	var people []string
	for i := range crowdOf {
		people = append(people, who(i))
	}
	s.config = curieOnSlack(t, s.server, s.store.address, people...)
	s.program = built(t)
	for range replicas {
		s.live = append(s.live, start(t, s.program, s.config))
	}
	await(t, "a socket of each", func() bool { return s.server.Sockets("curie") >= replicas })
	for _, line := range []string{"admin lab name:Curie", "admin home lab:Curie"} {
		before := len(s.seen.all())
		if _, err := s.server.Say("curie", who(0), line); err != nil {
			t.Fatal(err)
		}
		await(t, "the lab", func() bool { return len(s.seen.all()) > before })
	}
	return s
}

// say has somebody change their profile. What nobody acknowledges is sent
// again, as Slack does.
func (s *storm) say(n int) {
	s.events.Add(1)
	go func() {
		defer s.events.Done()
		line := fmt.Sprintf("profile set shares:\"topic %d\" zone:Paris contact:a@curie.example show:name lab:Curie", n)
		send := func() (*slacktest.Delivery, error) { return s.server.Say("curie", who(n%crowdOf), line) }
		for range 60 {
			d, err := send()
			if err == nil {
				send = d.Again
				ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
				_, err = d.Acked(ctx)
				cancel()
			}
			if err == nil {
				return
			}
			s.mu.Lock()
			s.repeats++
			s.mu.Unlock()
			hold(100 * time.Millisecond)
		}
		s.t.Errorf("nobody ever acknowledged event %d", n)
	}()
}

// hold waits while other processes act.
func hold(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	<-timer.C
}

// rounds lets people talk while something breaks in every round, and returns
// how many answers came, and how many of them came again.
func (s *storm) rounds(n, each int, breaks func(round int)) (answers, again int) {
	s.t.Helper()
	before := len(s.seen.all())
	for round := range n {
		for i := range each {
			s.say(round*each + i)
		}
		hold(time.Duration(s.chance.IntN(80)) * time.Millisecond)
		breaks(round)
	}
	s.events.Wait()
	count := func() map[string]int {
		by := map[string]int{}
		for _, sight := range s.seen.all()[before:] {
			by[sight.Delivery]++
		}
		return by
	}
	deadline := time.Now().Add(90 * time.Second)
	for len(count()) < n*each && time.Now().Before(deadline) {
		hold(200 * time.Millisecond)
		s.store.lapse()
	}
	for _, times := range count() {
		again += times - 1
	}
	return len(count()), again
}

// sound ends the replicas in order and has the store verified.
func (s *storm) sound() {
	s.t.Helper()
	for _, p := range s.live {
		// One that was started a moment ago hears signals once it says anything.
		await(s.t, "a replica that listens", func() bool { return p.said() != "" })
		if err := errors.Join(p.Process.Signal(os.Interrupt), p.Wait()); err != nil {
			s.t.Errorf("a replica ends with %v:\n%s", err, p.said())
		}
	}
	out, err := exec.Command(s.program, "-c", s.config, "verify").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "0 broken, 0 differ, 0 strays") {
		s.t.Errorf("verify = %v:\n%s", err, out)
	}
}

// replace kills a replica as kill -9 does and starts another one.
func (s *storm) replace() {
	s.t.Helper()
	i := s.chance.IntN(len(s.live))
	_ = s.live[i].Process.Kill()
	_ = s.live[i].Wait()
	s.store.lapse()
	s.live[i] = start(s.t, s.program, s.config)
}

// Two replicas are killed in turn while people talk: everything that was
// acknowledged is answered. An answer that was on its way when its replica died
// may come again, once for each kill at most.
func TestFaultReplicasAreKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	s, kills := newStorm(t, 2), 8
	if long() {
		kills = 60
	}
	answers, again := s.rounds(kills, 8, func(int) { s.replace() })
	t.Logf("%d kills, %d events, %d sent again: %d answered, %d answers came again", kills, 8*kills, s.repeats, answers, again)
	if answers != 8*kills || again > 8*kills {
		t.Errorf("%d of %d events are answered and %d answers came again", answers, 8*kills, again)
	}
	s.sound()
}

// The store is killed and comes back while people talk.
func TestFaultTheStoreIsKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	s, kills := newStorm(t, 2), 4
	if long() {
		kills = 25
	}
	answers, again := s.rounds(kills, 8, func(int) {
		s.store.kill()
		hold(time.Duration(s.chance.IntN(300)) * time.Millisecond)
		s.store.start()
	})
	t.Logf("%d kills of the store, %d events, %d sent again: %d answered, %d answers came again", kills, 8*kills, s.repeats, answers, again)
	if answers < 8*kills {
		t.Errorf("%d of %d events are answered", answers, 8*kills)
	}
	s.sound()
}

// A replica is stopped for longer than its leases hold, another one takes its
// work over, and then it goes on: what it held is no longer its own.
func TestFaultAReplicaSleepsPastItsLeases(t *testing.T) {
	t.Parallel()
	s, naps := newStorm(t, 2), 3
	if long() {
		naps = 15
	}
	answers, again := s.rounds(naps, 8, func(round int) {
		p := s.live[round%len(s.live)]
		_ = p.Process.Signal(syscall.SIGSTOP)
		hold(200 * time.Millisecond)
		s.store.lapse()
		hold(200 * time.Millisecond)
		_ = p.Process.Signal(syscall.SIGCONT)
	})
	t.Logf("%d naps, %d events, %d sent again: %d answered, %d answers came again", naps, 8*naps, s.repeats, answers, again)
	if answers != 8*naps {
		t.Errorf("%d of %d events are answered", answers, 8*naps)
	}
	s.sound()
}

// The power fails while the store's log is being written, so that its last bytes
// are missing: what was cut is missing as a whole, and the rest is sound.
func TestFaultATornLogLosesNothingByHalves(t *testing.T) {
	t.Parallel()
	s := newStorm(t, 1)
	if answers, _ := s.rounds(1, 8, func(int) {}); answers != 8 {
		t.Fatalf("%d of 8 events are answered", answers)
	}
	for _, p := range s.live {
		_ = p.Process.Kill()
		_ = p.Wait()
	}
	s.live = nil
	for _, bytes := range []int64{1, 40, 700, 5000} {
		s.store.kill()
		s.store.tear(bytes)
		s.store.start()
		s.sound()
	}
}

// tear cuts bytes off the end of the log of what was written last.
func (m *mortal) tear(bytes int64) {
	m.t.Helper()
	logs, err := filepath.Glob(filepath.Join(m.args[slices.Index(m.args, "--dir")+1], "appendonlydir", "*.incr.aof"))
	if err != nil || len(logs) != 1 {
		m.t.Fatalf("the log is %q, %v", logs, err)
	}
	info, err := os.Stat(logs[0])
	if err == nil {
		err = os.Truncate(logs[0], info.Size()-bytes)
	}
	if err != nil {
		m.t.Fatal(err)
	}
}

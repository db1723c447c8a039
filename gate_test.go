package main

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// gate stands between the program and its store, knows the scripts that pass by
// their names, and can hold one call at a point: the store has carried it out,
// and whoever called it does not hear so. That is where a kill hurts most.
type gate struct {
	t        testing.TB
	target   string
	sources  map[string]string
	listener net.Listener
	open     sync.WaitGroup

	mu     sync.Mutex
	names  map[string]string // of scripts, by their digest
	script string            // whose call is waited for; "" for none
	left   int               // how many calls of it pass before
	held   chan struct{}     // closed when it came
	conns  map[net.Conn]bool
}

func newGate(t testing.TB, target string) *gate {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{t: t, target: target, sources: luaSources(t), listener: listener, names: map[string]string{}, conns: map[net.Conn]bool{}}
	g.open.Go(g.serve)
	t.Cleanup(func() {
		_ = listener.Close()
		g.mu.Lock()
		for conn := range g.conns {
			_ = conn.Close()
		}
		g.mu.Unlock()
		g.open.Wait()
	})
	return g
}

func (g *gate) address() string { return g.listener.Addr().String() }

// arm has the n-th call of a script from now on held, n counting from 1.
func (g *gate) arm(script string, n int) (held <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.script, g.left, g.held = script, n-1, make(chan struct{})
	return g.held
}

// calm lets everything pass again.
func (g *gate) calm() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.script = ""
}

func (g *gate) serve() {
	for {
		conn, err := g.listener.Accept()
		if err != nil {
			return
		}
		store, err := net.Dial("tcp", g.target)
		if err != nil {
			_ = conn.Close()
			continue
		}
		g.mu.Lock()
		g.conns[conn], g.conns[store] = true, true
		g.mu.Unlock()
		var deaf deafness
		g.open.Go(func() { g.ask(conn, store, &deaf) })
		g.open.Go(func() { g.answer(store, conn, &deaf) })
	}
}

// deafness is whether a connection hears answers no more.
type deafness struct {
	mu   sync.Mutex
	deaf bool
}

func (d *deafness) set() { d.mu.Lock(); d.deaf = true; d.mu.Unlock() }

func (d *deafness) is() bool { d.mu.Lock(); defer d.mu.Unlock(); return d.deaf }

// ask carries requests to the store.
func (g *gate) ask(from, to net.Conn, deaf *deafness) {
	defer g.shut(from, to)
	buffer := make([]byte, 1<<16)
	var asked []byte
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		var loaded []string
		loaded, asked = loads(append(asked, buffer[:n]...))
		if g.look(buffer[:n], loaded) {
			deaf.set() // before the store can answer
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// answer carries answers back, which a deaf connection does not hear. When one
// comes that nobody hears, the call is held.
func (g *gate) answer(from, to net.Conn, deaf *deafness) {
	defer g.shut(from, to)
	buffer := make([]byte, 1<<16)
	for {
		n, err := from.Read(buffer)
		if err != nil && !errors.Is(err, io.EOF) || n == 0 {
			return
		}
		if deaf.is() {
			g.hold()
			continue
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (g *gate) shut(conns ...net.Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, conn := range conns {
		delete(g.conns, conn)
		_ = conn.Close()
	}
}

func (g *gate) hold() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.held:
	default:
		close(g.held)
	}
}

// look learns what a request loads, and reports whether the one that is waited
// for is among them.
func (g *gate) look(request []byte, loaded []string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, script := range loaded {
		g.learn(script)
	}
	for digest, name := range g.names {
		if name != g.script || g.script == "" {
			continue
		}
		calls := bytes.Count(request, []byte("\r\n"+digest+"\r\n"))
		if calls == 0 {
			continue
		}
		if g.left -= calls; g.left < 0 {
			g.script = ""
			return true
		}
	}
	return false
}

// loads are the scripts in what a connection has asked so far, and what is left
// to read on with.
func loads(asked []byte) (scripts []string, rest []byte) {
	mark := []byte("\r\nload\r\n$")
	for {
		_, after, found := bytes.Cut(asked, mark)
		if !found {
			return scripts, asked[max(0, len(asked)-len(mark)):]
		}
		head, text, whole := bytes.Cut(after, []byte("\r\n"))
		size, err := strconv.Atoi(string(head))
		if !whole || err != nil || len(text) < size {
			return scripts, asked
		}
		scripts, asked = append(scripts, string(text[:size])), text[size:]
	}
}

// learn gives a script that was loaded the name of the file it ends with.
func (g *gate) learn(script string) {
	for name, source := range g.sources {
		if strings.HasSuffix(script, source) {
			sum := sha1.Sum([]byte(script))
			g.names[hex.EncodeToString(sum[:])] = name
		}
	}
}

// luaSources are the store's scripts as they are kept, by name.
func luaSources(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("adapters/redis/lua/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	sources := map[string]string{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources[strings.TrimSuffix(filepath.Base(file), ".lua")] = string(source)
	}
	return sources
}

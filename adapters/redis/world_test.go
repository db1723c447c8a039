package redis

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"interlab/bot"
)

// now is the callers' clock in tests.
var now = time.UnixMilli(1_800_000_000_000).UTC()

// long is a lease that no test outlives.
const long = time.Hour

// world is a network of its own on one of the servers that the store must work on.
type world struct {
	*Store
	t     testing.TB
	lease time.Duration          // short enough to wait for
	pass  func(d time.Duration)  // lets the store's clock move on
	wire  *wire                  // the connections
	again func() (*Store, error) // opens the same network once more
	life  interface {            // of the server
		Stop(context.Context) error
		Start(context.Context) error
	}
}

// networkCount makes networks' names unique in the process.
var networkCount atomic.Int64

// onEach runs a test on the server in this process and on a real one.
func onEach(t *testing.T, run func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for name, enter := range map[string]func(testing.TB) *world{"in-process": inProcess, "redis-server": onServer} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, enter(t))
		})
	}
}

// onServerOnly runs a test on a real server, for what the one in this process
// does otherwise.
func onServerOnly(t *testing.T, run func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	run(t, onServer(t))
}

// inProcess enters a new world in this process, whose clock stands still.
func inProcess(t testing.TB) *world {
	t.Helper()
	r, err := InProcess(t.Context(), "mini")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, r.Close()) })
	must(t, r.Advance(0))
	m := r.server.(*mini)
	w := connected(t, "in-process", "mini", m.dial)
	w.lease = time.Minute
	w.pass = func(d time.Duration) { must(t, r.Advance(d)) }
	w.life = r
	return w
}

// onServer enters a new world on the real server that all tests share.
func onServer(t testing.TB) *world {
	t.Helper()
	needServer(t)
	socket, err := shared.socket()
	if err != nil {
		t.Fatal(err)
	}
	network := fmt.Sprintf("test-%d", networkCount.Add(1))
	w := connected(t, socket, network, func(ctx context.Context, _, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, "unix", socket)
	})
	w.lease = 20 * time.Millisecond
	// The server counts whole milliseconds and keeps what ends in this one.
	w.pass = func(d time.Duration) { w.waitFor(w.clock().Add(d + time.Millisecond)) }
	return w
}

// connected opens a store through a wire, watched by the guard.
func connected(t testing.TB, address, network string, dial func(context.Context, string, string) (net.Conn, error)) *world {
	t.Helper()
	w := &world{t: t, wire: &wire{dial: dial}}
	w.again = func() (*Store, error) {
		options := &goredis.UniversalOptions{Addrs: []string{address}, Dialer: w.wire.connect}
		store, err := open(t.Context(), options, network)
		if err == nil {
			store.client.AddHook(&guard{t: t, tag: "{" + network + "}"})
		}
		return store, err
	}
	w.Store = w.open()
	return w
}

// open opens the same network once more, as another replica would.
func (w *world) open() *Store {
	w.t.Helper()
	store, err := w.again()
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { must(w.t, store.Close()) })
	return store
}

// clock is the server's time.
func (w *world) clock() time.Time {
	at, err := w.client.Time(w.t.Context()).Result()
	must(w.t, err)
	return at
}

// waitFor waits until the server's clock is past a time.
func (w *world) waitFor(at time.Time) {
	eventually(w.t, "the server's clock to move on", func() bool { return w.clock().After(at) })
}

// eventually waits until something is so. Every look goes to a server and so
// takes its own time.
func eventually(t testing.TB, what string, so func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := until(ctx, func() (bool, error) { return so(), nil }); err != nil {
		t.Fatalf("waited in vain for %s", what)
	}
}

// needServer skips a test where no real server is installed. Where everything
// must be tested, its lack is a failure.
func needServer(t testing.TB) {
	t.Helper()
	_, err := findProgram()
	switch {
	case err == nil:
	case os.Getenv("INTERLAB_CI") == "1":
		t.Fatalf("redis-server not found: %v", err)
	default:
		t.Skipf("redis-server not found: %v", err)
	}
}

// must ends a test that cannot go on.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// person is a reference to a document of the kind that most tests use.
func person(id string) bot.Ref { return bot.Ref{Kind: "person", ID: id} }

// put is the write of a person's version after the given one.
func put(id string, version int64, more ...any) bot.Write {
	w := bot.Write{Ref: person(id), Version: version, Data: []byte(fmt.Sprintf(`{"id":%q,"after":%d}`, id, version))}
	for _, part := range more {
		switch part := part.(type) {
		case bot.Entry:
			w.Entries = append(w.Entries, part)
		case bot.Work:
			w.Due = append(w.Due, part)
		}
	}
	return w
}

// commit commits writes and a note that names them.
func (w *world) commit(writes ...bot.Write) error { return w.Commit(w.t.Context(), change(writes...)) }

// change is a commit of writes with a note that names them.
func change(writes ...bot.Write) bot.Commit {
	c := bot.Commit{Writes: writes, Note: bot.Note{At: now, Actor: "p0", Verb: "test"}}
	for _, write := range writes {
		c.Note.Refs = append(c.Note.Refs, write.Ref)
	}
	return c
}

// listed is which documents an index lists, as a line of their ids.
func (w *world) listed(index string) string {
	w.t.Helper()
	answers, err := w.Read(w.t.Context(), bot.Want{List: index})
	must(w.t, err)
	return line(answers[0])
}

// line is the documents' ids in a line.
func line(records []bot.Record) string {
	var ids []string
	for _, record := range records {
		ids = append(ids, record.Ref.ID)
	}
	return strings.Join(ids, " ")
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(ownerFolder); dir != "" {
		os.Exit(own(dir)) //nolint:forbidigo // this process plays the owner of a store
	}
	code := m.Run()
	if err := shared.close(); err != nil {
		fmt.Fprintln(os.Stderr, "the shared server:", err)
		code = 1
	}
	var left error
	for range 20 { // half a second each: a leak is what does not end, and not what ends late
		if left = goleak.Find(); left == nil {
			break
		}
	}
	if left != nil {
		fmt.Fprintln(os.Stderr, left)
		code = 1
	}
	os.Exit(code) //nolint:forbidigo // how TestMain ends
}

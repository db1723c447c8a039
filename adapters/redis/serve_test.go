package redis

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

// serve starts a real server with settings of its own at a port, and returns
// its address. It ends with the test.
func serve(t *testing.T, args ...string) string {
	t.Helper()
	return serveBy(t, nil, args...)
}

// serveMortal is serve, with a way to kill the server before.
func serveMortal(t *testing.T, args ...string) (address string, kill func()) {
	t.Helper()
	address, c := serving(t, nil, args...)
	return address, c.kill
}

// serveBy is serve, with what must come first on the command line.
func serveBy(t *testing.T, first []string, args ...string) string {
	t.Helper()
	address, _ := serving(t, first, args...)
	return address
}

func serving(t *testing.T, first []string, args ...string) (string, *child) {
	t.Helper()
	needServer(t)
	program, err := findProgram()
	must(t, err)
	folder, err := os.MkdirTemp("", "serve") //nolint:usetesting // a socket's path must be short
	must(t, err)
	lock, err := os.Create(filepath.Join(folder, "lock"))
	must(t, err)
	address := freePort(t)
	_, port, err := net.SplitHostPort(address)
	must(t, err)
	settings := append(slices.Clone(first), "--port", port, "--bind", "127.0.0.1", "--dir", folder, "--logfile", filepath.Join(folder, "log"))
	if first == nil {
		settings = append(settings, "--unixsocket", filepath.Join(folder, "s"), "--save", "")
	}
	c, err := spawn(program, append(settings, args...), lock)
	must(t, err)
	t.Cleanup(func() {
		c.end()
		must(t, lock.Close())
		must(t, os.RemoveAll(folder))
	})
	eventually(t, "the server to answer", func() bool {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			err = conn.Close()
		}
		return err == nil || c.gone()
	})
	return address, c
}

// freePort is an address on loopback that nobody listens at.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

// All keys of a network are on one node, so that scripts work on a cluster.
func TestTheStoreWorksOnACluster(t *testing.T) {
	t.Parallel()
	address := serve(t, "--cluster-enabled", "yes")
	node := goredis.NewClient(&goredis.Options{Addr: address})
	must(t, node.Do(t.Context(), "CLUSTER", "ADDSLOTSRANGE", 0, 16383).Err())
	eventually(t, "the cluster to form", func() bool {
		state, err := node.ClusterInfo(t.Context()).Result()
		return err == nil && len(state) > 16 && state[:16] == "cluster_state:ok"
	})
	must(t, node.Close())

	store, err := Open(t.Context(), Options{URL: "redis://" + address, Network: "n"})
	must(t, err)
	defer store.Close()
	if _, ok := store.client.(*goredis.ClusterClient); !ok {
		t.Errorf("the client is a %T, want one for clusters", store.client)
	}
	w := &world{Store: store, t: t, lease: 20 * time.Millisecond}
	for name, err := range w.everyCall() {
		if err != nil && !errors.Is(err, bot.ErrLost) {
			t.Errorf("%s on a cluster = %v", name, err)
		}
	}
	must(t, w.commit(full("p", 0)))
	c := w.one(1, long)
	must(t, w.Renew(t.Context(), c, long))
	must(t, w.Later(t.Context(), c, now, true))
	must(t, w.Bury(t.Context(), w.one(1, long), now, "x"))
	turn, known, err := w.Accept(t.Context(), inbound("r", "f1"), long, bot.Want{Unique: "u"})
	if err != nil || known || turn == nil || turn.Reads[0][0].Version != 1 {
		t.Fatalf("Accept on a cluster = %+v, %v, %v", turn, known, err)
	}
	must(t, w.Extend(t.Context(), turn, long))
	if _, next := w.settle(turn); next != "" {
		t.Errorf("Settle on a cluster = %q, want no next", next)
	}
}

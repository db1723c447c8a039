package redis

import (
	"context"
	"errors"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	goredis "github.com/redis/go-redis/v9"
)

// shared is the one real server that tests share; each has a network of its own.
var shared sharedServer

type sharedServer struct {
	once    sync.Once
	folder  string
	running *Running
	err     error
}

// socket is where the server is, which the first test to ask starts.
func (s *sharedServer) socket() (string, error) {
	s.once.Do(func() {
		if s.folder, s.err = os.MkdirTemp("", "store"); s.err == nil {
			s.running, s.err = Embed(context.Background(), EmbedOptions{Dir: s.folder, Network: "shared"})
		}
	})
	if s.err != nil {
		return "", s.err
	}
	return s.running.server.(*embedded).home.socket, nil
}

// close ends the server, if a test had started it.
func (s *sharedServer) close() error {
	if s.running == nil {
		return s.err
	}
	return errors.Join(s.running.Close(), os.RemoveAll(s.folder))
}

// wire makes connections that can lose a reply: the request arrives and is
// carried out, and the connection breaks before the answer is read.
type wire struct {
	dial func(context.Context, string, string) (net.Conn, error)
	lose atomic.Int64 // how many replies to lose from now on
}

// connect makes a connection through the wire.
func (w *wire) connect(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := w.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &lossy{conn, w}, nil
}

// lossy is a connection of a wire.
type lossy struct {
	net.Conn
	wire *wire
}

// Read waits for a reply, and loses it if that was asked for.
func (l *lossy) Read(b []byte) (int, error) {
	n, err := l.Conn.Read(b)
	if err == nil && l.wire.lose.Add(-1) >= 0 {
		return 0, errors.Join(net.ErrClosed, l.Close())
	}
	return n, err
}

// guard is a hook that refuses what would fail on a cluster or on the oldest
// server: keys of another node, and commands that nobody has looked at.
type guard struct {
	t   testing.TB
	tag string
}

// plain are the commands in use outside scripts, by where their first key is;
// 0 for none.
var plain = map[string]int{
	"hello": 0, "info": 0, "script": 0, "config": 0, "time": 0, "acl": 0,
	"get": 1, "hget": 1, "hset": 1, "hdel": 1, "del": 1, "hsetnx": 1, "keys": 1, "zadd": 1, "zrem": 1, "xlen": 1,
	"hgetall": 1, "xtrim": 1, "exists": 1, "ttl": 1, "set": 1, "wait": 0, "scan": 0, "hscan": 1, "mget": 1,
}

// check looks at one command.
func (g *guard) check(cmd goredis.Cmder) {
	args := cmd.Args()
	name := cmd.Name()
	var keys []any
	if name == "evalsha" || name == "eval" {
		n, _ := strconv.Atoi(text(args[2]))
		keys = args[3 : 3+n]
	} else if at, known := plain[name]; !known {
		g.t.Errorf("command %q is not among those allowed", name)
	} else if at > 0 {
		keys = args[at : at+1]
		if name == "mget" {
			keys = args[at:]
		}
	}
	if i := slices.IndexFunc(keys, func(key any) bool { return !strings.Contains(text(key), g.tag) }); i >= 0 {
		g.t.Errorf("%s: key %q is not on the network's node", name, keys[i])
	}
}

// text is an argument as it is sent.
func text(arg any) string {
	switch arg := arg.(type) {
	case string:
		return arg
	case int:
		return strconv.Itoa(arg)
	}
	return ""
}

// DialHook leaves connecting as it is.
func (*guard) DialHook(next goredis.DialHook) goredis.DialHook { return next }

// ProcessHook looks at a command.
func (g *guard) ProcessHook(next goredis.ProcessHook) goredis.ProcessHook {
	return func(ctx context.Context, cmd goredis.Cmder) error {
		g.check(cmd)
		return next(ctx, cmd)
	}
}

// ProcessPipelineHook looks at all commands of a pipeline.
func (g *guard) ProcessPipelineHook(next goredis.ProcessPipelineHook) goredis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []goredis.Cmder) error {
		for _, cmd := range cmds {
			g.check(cmd)
		}
		return next(ctx, cmds)
	}
}

package redis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
	goredis "github.com/redis/go-redis/v9"
)

// InProcess opens a store on a server inside this process, for the terminal and
// for tests. It forgets everything when the process ends. No port or file is
// involved, so nobody else can reach it.
func InProcess(ctx context.Context, network string) (*Running, error) {
	m := &mini{redis: miniredis.NewMiniRedis(), ended: make(chan struct{})}
	store, err := open(ctx, &goredis.UniversalOptions{Addrs: []string{"in-process"}, Dialer: m.dial}, network)
	if err != nil {
		m.redis.Close()
		return nil, err
	}
	m.aging.Go(m.age)
	return &Running{Store: store, server: m}, nil
}

// mini is the life of a server in this process.
type mini struct {
	redis *miniredis.Miniredis
	ended chan struct{} // closed once by end
	end   sync.Once
	aging sync.WaitGroup

	mu    sync.Mutex
	down  bool
	clock time.Time // zero while it is the real one
}

// agingEvery is how often keys of a server in this process grow older. Its own
// clock for them would look at every key for every command: 90 % of all time at
// 5,000 keys. Keys only forget what came twice, so a minute more does no harm.
const agingEvery = time.Minute

// age lets keys grow older as time goes by.
func (m *mini) age() {
	ticker := time.NewTicker(agingEvery)
	defer ticker.Stop()
	for {
		select {
		case <-m.ended:
			return
		case <-ticker.C:
			m.redis.FastForward(agingEvery)
		}
	}
}

// dial connects to the server, or fails as a dial to a dead one does.
func (m *mini) dial(context.Context, string, string) (net.Conn, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down {
		return nil, &net.OpError{Op: "dial", Net: "pipe", Err: syscall.ECONNREFUSED}
	}
	// The server starts with its first connection.
	conn, err := m.redis.Dial()
	if err != nil {
		return nil, fmt.Errorf("dial the server in this process: %w", err)
	}
	return pipe{conn}, nil
}

// pipe is a connection in memory that ends as one of the network does, so that
// the client tries again on a new one after a restart.
type pipe struct{ net.Conn }

// Read reads, and ends with io.EOF where the other side is gone.
func (p pipe) Read(b []byte) (int, error) {
	n, err := p.Conn.Read(b)
	return n, ended(err)
}

// Write writes, and ends with io.EOF where the other side is gone.
func (p pipe) Write(b []byte) (int, error) {
	n, err := p.Conn.Write(b)
	return n, ended(err)
}

// SetDeadline fails with io.EOF where the other side is gone: the client calls
// it and its like before it reads or writes.
func (p pipe) SetDeadline(t time.Time) error { return ended(p.Conn.SetDeadline(t)) }

// SetReadDeadline is as SetDeadline.
func (p pipe) SetReadDeadline(t time.Time) error { return ended(p.Conn.SetReadDeadline(t)) }

// SetWriteDeadline is as SetDeadline.
func (p pipe) SetWriteDeadline(t time.Time) error { return ended(p.Conn.SetWriteDeadline(t)) }

// ended is an error of a pipe in the words of a network.
func ended(err error) error {
	if errors.Is(err, io.ErrClosedPipe) {
		return io.EOF
	}
	return err
}

// stop ends all connections and takes no new ones. The data stay.
func (m *mini) stop(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.down = true
	m.redis.Close()
	return nil
}

func (m *mini) start(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.down = false
	return nil
}

func (m *mini) advance(d time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.clock.IsZero() {
		m.clock = time.Now()
	}
	m.clock = m.clock.Add(d)
	m.redis.SetTime(m.clock)
	m.redis.FastForward(d)
	return nil
}

func (m *mini) forgets() bool { return true }

func (m *mini) close() error {
	m.end.Do(func() { close(m.ended) })
	m.aging.Wait()
	return m.stop(context.Background())
}

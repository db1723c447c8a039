package redis

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	// glance is how long to wait between two looks at a server that starts.
	glance = 5 * time.Millisecond
	// respite is how long to wait before a server that died is started again.
	respite = time.Second
)

// findProgram is the path of a server's program.
func findProgram() (string, error) {
	for _, name := range []string{"redis-server", "valkey-server"} {
		if path, err := exec.LookPath(name); err == nil {
			path, err = filepath.Abs(path)
			return path, classify("find the server", err)
		}
	}
	return "", fmt.Errorf("redis: %w", ErrNoServer)
}

// embedded is the life of a server that is a child of this process.
type embedded struct {
	home    *home
	program string

	life   context.Context // ends with close, and with it every wait
	finish context.CancelFunc
	keeper sync.WaitGroup

	mu    sync.Mutex
	child *child // nil while the server is meant to be down
}

// newEmbedded prepares the life of a server in a folder that is ours.
func newEmbedded(h *home, program string) *embedded {
	life, finish := context.WithCancel(context.Background())
	return &embedded{home: h, program: program, life: life, finish: finish}
}

// start starts the server where it is down, and sees to it that it stays up.
func (e *embedded) start(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.child != nil && !e.child.gone() {
		return nil
	}
	c, err := e.bring(ctx)
	if err != nil {
		return err
	}
	e.child = c
	e.keeper.Go(func() { e.keep(c) }) //nolint:contextcheck // the server is kept alive after the call that started it
	return nil
}

// stop kills the server. Nobody starts it again but start.
func (e *embedded) stop(context.Context) error {
	if c := e.release(); c != nil {
		c.kill()
	}
	return nil
}

// close ends the server in order and gives the folder back.
func (e *embedded) close() error {
	e.finish()
	if c := e.release(); c != nil {
		c.end()
	}
	e.keeper.Wait()
	e.home.clear()
	return e.home.leave()
}

// release takes the child out of the keeper's hands.
func (e *embedded) release() *child {
	e.mu.Lock()
	defer e.mu.Unlock()
	c := e.child
	e.child = nil
	return c
}

func (e *embedded) advance(time.Duration) error { return ErrNotOurs }

func (e *embedded) forgets() bool { return false }

// keep starts the server again whenever it dies by itself, until it is stopped.
// The data are as they were: every write was on disk before it was answered.
func (e *embedded) keep(c *child) {
	for e.next(&c) {
	}
}

// next waits for the death of a child and puts another in its place. It reports
// false where the server is meant to be down.
func (e *embedded) next(c **child) bool {
	<-(*c).ended
	select {
	case <-e.life.Done():
		return false
	case <-time.After(respite):
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.child != *c {
		return false
	}
	ctx, cancel := context.WithTimeout(e.life, startLimit)
	defer cancel()
	// Where it fails, as with a full disk, it is tried again after the respite.
	if another, err := e.bring(ctx); err == nil {
		e.child, *c = another, another
	}
	return true
}

// bring starts the server and waits until it answers.
func (e *embedded) bring(ctx context.Context) (*child, error) {
	c, err := spawn(e.program, e.arguments(), e.home.lock)
	if err != nil {
		return nil, fmt.Errorf("redis: start %s: %w", e.program, err)
	}
	err = until(ctx, func() (bool, error) {
		if c.gone() {
			return false, fmt.Errorf("redis: %s ended at its start; see %s", e.program, e.log())
		}
		return ping(ctx, e.home.socket) == nil, nil
	})
	if err != nil {
		c.kill()
		return nil, err
	}
	return c, nil
}

// log is where the server tells of trouble.
func (e *embedded) log() string { return filepath.Join(e.home.folder, "redis.log") }

// arguments make the server private and durable: no port, every write on disk
// before it is answered, and nothing thrown away when memory runs short.
// https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
func (e *embedded) arguments() []string {
	return []string{
		"--port", "0", "--unixsocket", e.home.socket, "--unixsocketperm", "700",
		"--dir", e.home.folder, "--appendonly", "yes", "--appendfsync", "always", "--save", "",
		"--maxmemory-policy", "noeviction", "--databases", "1",
		"--daemonize", "no", "--logfile", e.log(), "--loglevel", "warning",
	}
}

// ping asks the server at a socket whether it has read its data and answers.
func ping(ctx context.Context, socket string) error {
	dialer := net.Dialer{Timeout: patience}
	conn, err := dialer.DialContext(ctx, "unix", socket)
	if err != nil {
		return fmt.Errorf("dial: %w", err)
	}
	defer conn.Close() //nolint:errcheck // the answer is read, or there is none
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return fmt.Errorf("set a deadline: %w", err)
	}
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	reply, err := bufio.NewReader(conn).ReadString('\n')
	if err == nil && !strings.HasPrefix(reply, "+PONG") {
		err = fmt.Errorf("the server says %q", strings.TrimSpace(reply))
	}
	return err
}

// until looks again and again whether something is so.
func until(ctx context.Context, so func() (bool, error)) error {
	for {
		if done, err := so(); done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(glance):
		}
	}
}

package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"interlab/adapters/web"
)

// open serves a network's pages at an address of this machine until the test ends.
func (n *network) open(t *testing.T, proxies ...netip.Prefix) (address string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	at, ended := make(chan net.Addr, 1), make(chan error, 1)
	go func() { ended <- web.ServePublic(ctx, "127.0.0.1:0", n.site, proxies, func(a net.Addr) { at <- a }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("ServePublic = %v at the end", err)
		}
	})
	return (<-at).String()
}

// knock connects from the n-th address of this machine.
func knock(t *testing.T, address string, n int) (net.Conn, error) {
	t.Helper()
	from := net.IPv4(127, 0, byte(n>>8), byte(n))
	return (&net.Dialer{LocalAddr: &net.TCPAddr{IP: from}}).DialContext(t.Context(), "tcp", address)
}

// served asks for a page on a connection.
func served(conn net.Conn) bool {
	_, _ = fmt.Fprint(conn, "GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
	line, _ := bufio.NewReader(conn).ReadString('\n')
	return strings.Contains(line, "200")
}

// slow are clients that begin to ask and never end, from so many addresses.
func slow(t *testing.T, address string, clients, addresses int) []net.Conn {
	t.Helper()
	const callers = 20
	var mu sync.Mutex
	var all []net.Conn
	var crowd sync.WaitGroup
	for k := range callers {
		crowd.Go(func() {
			for i := k; i < clients; i += callers {
				conn, err := knock(t, address, 10+i%addresses)
				if err != nil {
					t.Errorf("client %d of %d cannot connect: %v", i, clients, err)
					return
				}
				_, _ = fmt.Fprint(conn, "GET / HTT")
				mu.Lock()
				all = append(all, conn)
				mu.Unlock()
			}
		})
	}
	crowd.Wait()
	t.Cleanup(func() {
		for _, conn := range all {
			_ = conn.Close()
		}
	})
	return all
}

// memory is what this process has in use.
func memory() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapInuse + m.StackInuse)
}

// Ten thousand clients that never end their question, behind one address or behind
// a hundred, keep nobody else out and take a bounded part of the memory. It runs
// alone, for it counts the memory of the whole process.
//
//nolint:paralleltest // it counts the memory of the process
func TestSlowCrowdsLeaveRoom(t *testing.T) {
	const wanted, most = 10_000, 128 << 20
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		t.Fatal(err)
	}
	clients := min(wanted, int(files.Cur/2)) // each has a file at both ends, until the door is closed to it
	for _, addresses := range []int{1, 100} {
		t.Run(fmt.Sprint(addresses), func(t *testing.T) {
			address := sampled(t).open(t)
			before, began := memory(), time.Now()
			if got := len(slow(t, address, clients, addresses)); got != clients {
				t.Errorf("%d slow clients connected, want %d", got, clients)
			}
			took, used := time.Since(began), memory()-before
			waits := goodClients(t, address)
			t.Logf("%d slow clients of %d addresses came in %v and take %d MiB; a good one is answered in %v, at most %v", clients, addresses, took.Round(time.Millisecond), used>>20, waits[len(waits)/2], waits[len(waits)-1])
			if used > most {
				t.Errorf("%d slow clients take %d MiB, want at most %d", clients, used>>20, most>>20)
			}
		})
	}
}

// goodClients are how long clients wait that ask as one should.
func goodClients(t *testing.T, address string) []time.Duration {
	t.Helper()
	var waits []time.Duration
	for i := range 50 {
		began := time.Now()
		conn, err := knock(t, address, 2000+i)
		if err != nil {
			t.Fatal(err)
		}
		if !served(conn) {
			t.Error("a good client is turned away")
		}
		_ = conn.Close()
		waits = append(waits, time.Since(began))
	}
	slices.Sort(waits)
	return waits
}

// await waits until something is so, as long as the test may take.
func await(t *testing.T, so func() bool) {
	t.Helper()
	for range 1000 {
		if so() {
			return
		}
	}
	t.Fatal("it never came to be so")
}

// A door counts whom it lets in, and who leaves makes room.
func TestADoorLetsSoManyInAtATime(t *testing.T) {
	t.Parallel()
	address := sampled(t).open(t)
	enter := func() net.Conn {
		conn, err := knock(t, address, 1)
		if err != nil {
			t.Fatal(err)
		}
		return conn
	}
	var inside []net.Conn
	for range 200 {
		conn := enter()
		if !served(conn) {
			t.Fatalf("connection %d is turned away", len(inside)+1)
		}
		inside = append(inside, conn)
	}
	if one := enter(); served(one) {
		t.Error("the 201st connection of one address is served")
	}
	for _, conn := range inside[:10] {
		_ = conn.Close()
	}
	await(t, func() bool { conn := enter(); defer conn.Close(); return served(conn) })
	for _, conn := range inside {
		_ = conn.Close()
	}
}

// What a proxy of ours brings is many people's: it has no share, and gives no place up.
func TestAProxyBringsAsManyAsThereIsRoomFor(t *testing.T) {
	t.Parallel()
	address := sampled(t).open(t, netip.MustParsePrefix("127.0.0.1/32"))
	var inside []net.Conn
	for range 300 {
		conn, err := knock(t, address, 1)
		if err != nil {
			t.Fatal(err)
		}
		inside = append(inside, conn)
		if !served(conn) {
			t.Fatalf("connection %d of a proxy is turned away", len(inside))
		}
	}
	for _, conn := range inside {
		_ = conn.Close()
	}
}

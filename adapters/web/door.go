package web

import (
	"net"
	"net/netip"
	"sync"
)

// How many connections there may be at a time. Each costs some kilobytes while
// its client thinks.
const (
	doorEach = 200
	doorAll  = 5000
)

// door is a listener that closes at once what is one connection too many: a slow
// crowd behind one address leaves the others their places.
type door struct {
	net.Listener
	proxies []netip.Prefix

	mu   sync.Mutex
	all  int
	each map[netip.Addr]int
}

func newDoor(listener net.Listener, proxies []netip.Prefix) *door {
	return &door{Listener: listener, proxies: proxies, each: map[netip.Addr]int{}}
}

// Accept waits for a connection that has a place.
func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if err != nil {
			return nil, err //nolint:wrapcheck // the server tells them apart
		}
		who := caller(conn)
		if d.enter(who) {
			return &guest{Conn: conn, leave: func() { d.leave(who) }}, nil
		}
		_ = conn.Close() // whoever it is hears nothing more
	}
}

// caller is the address of a connection; the zero one where it has none.
func caller(conn net.Conn) netip.Addr {
	if at, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
		return at.AddrPort().Addr()
	}
	return netip.Addr{}
}

func (d *door) enter(who netip.Addr) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all >= doorAll || d.each[networkOf(who)] >= doorEach && !trusted(who, d.proxies) {
		return false
	}
	d.all++
	d.each[networkOf(who)]++
	return true
}

func (d *door) leave(who netip.Addr) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all--
	key := networkOf(who)
	if d.each[key]--; d.each[key] == 0 {
		delete(d.each, key)
	}
}

// guest is a connection that gives its place back when it ends, once.
type guest struct {
	net.Conn
	once  sync.Once
	leave func()
}

// Close ends the connection.
func (g *guest) Close() error {
	g.once.Do(g.leave)
	return g.Conn.Close() //nolint:wrapcheck // it is the connection
}

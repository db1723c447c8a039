package web

import (
	"net"
	"net/netip"
	"slices"
	"sync"
)

// How many connections there may be at a time. Each costs some kilobytes while
// its client thinks.
const (
	doorEach = 200
	doorAll  = 5000
)

// door is a listener that closes at once what is one connection too many: a slow
// crowd behind one address leaves the others their places, and one that comes from
// many addresses and takes all places gives way to whoever has fewer.
type door struct {
	net.Listener
	proxies []netip.Prefix

	mu   sync.Mutex
	all  int
	each map[netip.Addr][]*guest // the oldest first
}

func newDoor(listener net.Listener, proxies []netip.Prefix) *door {
	return &door{Listener: listener, proxies: proxies, each: map[netip.Addr][]*guest{}}
}

// Accept waits for a connection that has a place.
func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if err != nil {
			return nil, err //nolint:wrapcheck // the server tells them apart
		}
		if g := d.enter(conn); g != nil {
			return g, nil
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

// enter gives a connection a place, or is nil where there is none for it.
func (d *door) enter(conn net.Conn) *guest {
	who := caller(conn)
	g := &guest{Conn: conn, door: d, of: networkOf(who), proxy: trusted(who, d.proxies)}
	d.mu.Lock()
	own := len(d.each[g.of])
	if own >= doorEach && !g.proxy {
		d.mu.Unlock()
		return nil
	}
	var leaves *guest
	if d.all >= doorAll {
		if leaves = d.crowded(own + 1); leaves == nil {
			d.mu.Unlock()
			return nil
		}
	}
	d.all++
	d.each[g.of] = append(d.each[g.of], g)
	d.mu.Unlock()
	if leaves != nil {
		_ = leaves.Close() // it has a place until then, which is one for a moment
	}
	return g
}

// crowded is the oldest connection of the address that has most, where these are
// more than some; else nil. What a proxy of ours brings is many people's.
func (d *door) crowded(than int) *guest {
	var found *guest
	for _, guests := range d.each {
		if len(guests) > than && !guests[0].proxy {
			than, found = len(guests), guests[0]
		}
	}
	return found
}

func (d *door) leave(g *guest) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all--
	left := slices.DeleteFunc(d.each[g.of], func(other *guest) bool { return other == g })
	if len(left) == 0 {
		delete(d.each, g.of)
		return
	}
	d.each[g.of] = left
}

// guest is a connection that gives its place back when it ends, once.
type guest struct {
	net.Conn
	door  *door
	of    netip.Addr // the network that it comes from
	proxy bool
	once  sync.Once
}

// Close ends the connection.
func (g *guest) Close() error {
	g.once.Do(func() { g.door.leave(g) })
	return g.Conn.Close() //nolint:wrapcheck // it is the connection
}

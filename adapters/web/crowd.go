package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"
)

// How much one address may ask for: a whole institute may stand behind it.
const (
	crowdWindow   = 10 * time.Second
	crowdRequests = 600
	// crowdAddresses bounds how many addresses are counted. Who comes when it is
	// full shares one count with all others who do.
	crowdAddresses = 50_000
)

// crowd counts requests by address in windows of time.
type crowd struct {
	now func() time.Time

	mu     sync.Mutex
	since  time.Time
	counts map[netip.Addr]int
}

func newCrowd(now func() time.Time) *crowd { return &crowd{now: now, counts: map[netip.Addr]int{}} }

// admit counts a request, and says for how many seconds its address should wait;
// 0 for a welcome one.
func (c *crowd) admit(who netip.Addr) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if passed := now.Sub(c.since); passed >= crowdWindow || passed < 0 {
		clear(c.counts)
		c.since = now
	}
	if _, known := c.counts[who]; !known && len(c.counts) >= crowdAddresses {
		who = netip.Addr{}
	}
	c.counts[who]++
	if c.counts[who] <= crowdRequests {
		return 0
	}
	return max(1, int(c.since.Add(crowdWindow).Sub(now).Seconds()))
}

// visitor is who asks: the address that connected, or the one on whose behalf a
// proxy of ours says that it does. Addresses of IPv6 count by their network,
// which is one household's or institute's.
func visitor(r *http.Request, proxies []netip.Prefix) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	who, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	via := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, said := range slices.Backward(via) {
		next, err := netip.ParseAddr(strings.TrimSpace(said))
		if !trusted(who, proxies) || err != nil {
			break
		}
		who = next
	}
	return networkOf(who)
}

// networkOf is an address as it counts: one of IPv6 by its network of 64 bits.
func networkOf(who netip.Addr) netip.Addr {
	who = who.Unmap().WithZone("")
	if who.Is6() {
		network, _ := who.Prefix(64) // every such address has one
		return network.Addr()
	}
	return who
}

func trusted(who netip.Addr, proxies []netip.Prefix) bool {
	return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(who.Unmap().WithZone("")) })
}

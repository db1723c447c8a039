package web

import (
	"net/http"
	"net/netip"
	"strconv"
	"testing"
	"time"
)

func TestACrowdIsCountedInWindowsAndInLittleRoom(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	c := newCrowd(func() time.Time { return now })
	one := netip.MustParseAddr("203.0.113.7")
	for range crowdRequests {
		if c.admit(one) > 0 {
			t.Fatal("a welcome request is refused")
		}
	}
	if wait := c.admit(one); wait != int(crowdWindow.Seconds()) {
		t.Errorf("one request too many waits %d s, want %v", wait, crowdWindow)
	}
	now = now.Add(crowdWindow - time.Second)
	if wait := c.admit(one); wait != 1 {
		t.Errorf("a second before the window ends one waits %d s, want 1", wait)
	}
	for i := range 2 * crowdAddresses {
		c.admit(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}))
	}
	if len(c.counts) > crowdAddresses+1 {
		t.Errorf("%d addresses are counted, want at most %d and one for all others", len(c.counts), crowdAddresses)
	}
	now = now.Add(time.Second)
	if c.admit(one) > 0 || len(c.counts) != 1 {
		t.Errorf("a new window begins with %d addresses", len(c.counts))
	}
	now = now.Add(-time.Hour) // a clock that is put back
	if c.admit(one) > 0 {
		t.Error("a clock that was put back keeps people out")
	}
}

func TestWhoAsksIsToldByTheConnectionAndByProxiesOfOurs(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"203.0.113.7:1", "", "203.0.113.7"},
		{"203.0.113.7:1", "198.51.100.1", "203.0.113.7"},
		{"10.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"10.0.0.1:1", "nonsense", "10.0.0.1"},
		{"[::1]:1", "198.51.100.1", "198.51.100.1"},
		{"[2001:db8:1:2:3:4:5:6]:1", "", "2001:db8:1:2::"},
		{"[::ffff:203.0.113.7]:1", "", "203.0.113.7"},
		{"[fe80::1%eth0]:1", "", "fe80::"},
		{"nonsense", "", "invalid IP"},
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := visitor(r, proxies).String(); got != c.want {
			t.Errorf("visitor(%s for %q) = %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestAShelfHoldsSoMuchAndNoMore(t *testing.T) {
	t.Parallel()
	s := newShelf(10_000)
	made := 0
	get := func(key, of string, size int) {
		if _, err := s.get(key, of, func() (entity, error) {
			made++
			return entity{body: make([]byte, size)}, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	get("a", "1", 4000)
	get("a", "1", 4000)
	if made != 1 {
		t.Errorf("the same was made %d times, want once", made)
	}
	get("a", "2", 4000)
	get("b", "1", 4000)
	if made != 3 || s.bytes != 8000 {
		t.Errorf("made %d, and %d bytes are kept; want 3 and 8000", made, s.bytes)
	}
	get("c", "1", 4000)
	get("huge", "1", 20_000)
	if s.bytes > s.most {
		t.Errorf("%d bytes are kept, want at most %d", s.bytes, s.most)
	}
	for i := range 3 * shelfPlaces {
		get(strconv.Itoa(i), "1", 1)
	}
	if len(s.kept) > shelfPlaces {
		t.Errorf("%d things are kept, want at most %d", len(s.kept), shelfPlaces)
	}
}

package configs

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// Web is what everybody may read of the network.
type Web struct {
	// Listen is the address, HOST:PORT, of the public pages; empty where there are none.
	Listen string
	// Address is where people reach them, as https://talks.example.org, without a
	// slash at its end; empty where there are none.
	Address string
	// Proxies are the servers in front of them, that may say on whose behalf they ask.
	Proxies []netip.Prefix
}

// web checks the settings under "web".
func (s *sources) web() Web {
	return Web{Listen: s.webListen(), Address: s.webAddress(), Proxies: s.webProxies()}
}

func (s *sources) webListen() string {
	v, ok := s.text("web.listen", "INTERLAB_WEB_LISTEN")
	if !ok {
		return ""
	}
	if _, port, err := net.SplitHostPort(v.text); err != nil || port == "" {
		s.found.add(v.where, "%q is no address to listen at; write HOST:PORT, as 127.0.0.1:8080", v.text)
	}
	if _, ok := s.text("web.address", "INTERLAB_WEB_ADDRESS"); !ok {
		s.found.add(v.where, "is set without web.address; write where people reach the pages, as https://talks.example.org")
	}
	return v.text
}

func (s *sources) webAddress() string {
	v, ok := s.text("web.address", "INTERLAB_WEB_ADDRESS")
	if !ok {
		return ""
	}
	u, err := url.Parse(v.text)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		s.found.add(v.where, "%q is no address of the web; write https://HOST, as https://talks.example.org", v.text)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		s.found.add(v.where, "has more than a host; write https://HOST alone")
	case strings.Trim(u.Path, "/") != "":
		s.found.add(v.where, "has a path, and the pages begin at the host itself; give them a host of their own")
	}
	return strings.TrimRight(v.text, "/")
}

func (s *sources) webProxies() []netip.Prefix {
	var all []netip.Prefix
	for _, v := range s.file["web.proxies"] {
		prefix, err := netip.ParsePrefix(v.text)
		if addr, alone := netip.ParseAddr(v.text); err != nil && alone == nil {
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			s.found.add(v.where, "%q is no address; write one as 10.0.0.1, or a network as 10.0.0.0/8", v.text)
			continue
		}
		all = append(all, prefix.Masked())
	}
	return all
}

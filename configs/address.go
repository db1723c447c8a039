package configs

import (
	"errors"
	"net"
	"strconv"
	"strings"
)

// Layout is how servers of Redis stand together.
type Layout string

// The layouts. Each has a scheme of its own, so that one address is enough to
// find a whole deployment, and nothing has to be guessed.
const (
	Single   Layout = "redis"
	Sentinel Layout = "redis-sentinel" // the hosts are sentinels, which know the master
	Cluster  Layout = "redis-cluster"  // the hosts are some of the nodes
)

// Address is where a Redis is. Its text is SCHEME://HOST:PORT, with more hosts
// behind commas for sentinels and clusters, /DATABASE for a single server, and
// /MASTER or /MASTER/DATABASE for sentinels. A scheme that begins with rediss
// asks for TLS.
type Address struct {
	Layout   Layout
	Hosts    []string // HOST:PORT each
	Master   string   // the sentinels' name for it
	Database int
	TLS      bool
}

// The ports where no address names one.
const (
	redisPort    = "6379"
	sentinelPort = "26379"
)

// ParseAddress reads an address. Its errors say what is wrong with it and what
// to write, behind the address, and never quote it: it may hold a password.
func ParseAddress(text string) (Address, error) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return Address{}, errors.New("is no address; write redis://HOST:PORT")
	}
	scheme = strings.ToLower(scheme)
	plain, secure := strings.CutPrefix(scheme, "rediss")
	if secure {
		scheme = "redis" + plain
	}
	a := Address{Layout: Layout(scheme), TLS: secure}
	switch {
	case a.Layout != Single && a.Layout != Sentinel && a.Layout != Cluster:
		return Address{}, errors.New("has an unknown scheme; write redis://, rediss://, redis-sentinel:// or redis-cluster://")
	case strings.Contains(rest, "@"):
		return Address{}, errors.New("holds credentials; move them to redis.username and " + passwordVariable)
	case strings.ContainsAny(rest, "?#"):
		return Address{}, errors.New("has options; write redis://HOST:PORT/DATABASE alone")
	}
	hosts, path, _ := strings.Cut(rest, "/")
	if err := a.hosts(hosts); err != nil {
		return Address{}, err
	}
	if err := a.path(path); err != nil {
		return Address{}, err
	}
	return a, nil
}

// hosts reads the hosts, and adds the port where none is given.
func (a *Address) hosts(text string) error {
	port := redisPort
	if a.Layout == Sentinel {
		port = sentinelPort
	}
	for one := range strings.SplitSeq(text, ",") {
		host, own, err := net.SplitHostPort(one)
		if err != nil { // as a host alone has it
			host, own = strings.TrimSuffix(strings.TrimPrefix(one, "["), "]"), port
		}
		switch {
		case host == "" || strings.ContainsAny(host, " []"):
			return errors.New("names no host; write redis://HOST:PORT")
		case !isNumber(own, 16):
			return errors.New("has no possible port; write 1 to 65535")
		}
		a.Hosts = append(a.Hosts, net.JoinHostPort(host, own))
	}
	if a.Layout == Single && len(a.Hosts) > 1 {
		return errors.New("names several hosts; write redis-sentinel:// or redis-cluster:// for them, or one host")
	}
	return nil
}

// path reads what stands behind the hosts.
func (a *Address) path(text string) error {
	text = strings.TrimSuffix(text, "/")
	if a.Layout == Sentinel {
		if a.Master, text, _ = strings.Cut(text, "/"); a.Master == "" {
			return errors.New("does not name the master; write redis-sentinel://HOST:PORT,HOST:PORT/MASTER")
		}
	}
	switch {
	case text == "":
		return nil
	case a.Layout == Cluster:
		return errors.New("names a database, and a cluster has one only; end it with the hosts")
	case !isNumber(text, 31):
		return errors.New("has no database number after the last /; write one, or nothing")
	}
	a.Database, _ = strconv.Atoi(text) // it is a number
	return nil
}

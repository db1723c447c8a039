package redis

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"interlab/configs"
)

// schema is the version of the keys' shape. A store of a newer one is refused.
const schema = 1

// networks are the names that a network may have as a part of every key.
var networks = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)

// Options say which server holds which network.
type Options struct {
	URL      string // a configs.Address
	Username string // of Redis' access lists; "" for the default user
	Password string // "" where the server asks for none
	// SentinelUsername and SentinelPassword are for the sentinels themselves.
	SentinelUsername string
	SentinelPassword string
	Authority        []byte // PEM: who signed the servers' certificates; nil for whoever the machine trusts
	Network          string // 1 to 32 of a-z, 0-9 and "-"
}

// Open connects to a server, to the master that sentinels name, or to a cluster
// by some of its nodes, and checks that it can be trusted with a network: that it
// is version 6.2 or newer, that it never evicts a key, and that the network's
// schema is not from a newer program. It fails with bot.ErrUnavailable where the
// server cannot be reached.
func Open(ctx context.Context, o Options) (*Store, error) {
	address, err := configs.ParseAddress(o.URL)
	if err != nil {
		return nil, fmt.Errorf("redis: the address of the server %w", err)
	}
	universal := &goredis.UniversalOptions{
		Addrs: address.Hosts, DB: address.Database, MasterName: address.Master,
		IsClusterMode: address.Layout == configs.Cluster,
		Username:      o.Username, Password: o.Password,
		SentinelUsername: o.SentinelUsername, SentinelPassword: o.SentinelPassword,
	}
	if address.TLS {
		universal.TLSConfig = secure(o.Authority)
	}
	return open(ctx, universal, o.Network)
}

// secure is TLS, bounded from below. Certificates are always checked.
func secure(authority []byte) *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if authority != nil {
		config.RootCAs = x509.NewCertPool()
		config.RootCAs.AppendCertsFromPEM(authority)
	}
	return config
}

// open connects with a client's options and makes the checks.
func open(ctx context.Context, options *goredis.UniversalOptions, network string) (*Store, error) {
	if !networks.MatchString(network) {
		return nil, fmt.Errorf("redis: %q cannot name a network; write 1 to 32 of a-z, 0-9 and -", network)
	}
	client, err := connect(ctx, options)
	if err != nil {
		return nil, err
	}
	s := newStore(client, network)
	for _, step := range []func(context.Context) error{s.checkMemory, s.checkSchema, s.load} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	s.copied(ctx) // looks for replicas
	return s, nil
}

// load sends the scripts to the server. One that loses them later gets each
// again with its next call.
func (s *Store) load(ctx context.Context) error {
	for _, sc := range scripts() {
		if err := sc.lua.Load(ctx, s.client).Err(); err != nil {
			return classify("load "+sc.name, err)
		}
	}
	return nil
}

// checkVersion refuses a server that is older than the commands in use. A
// version that is not known passes.
func checkVersion(version string) error {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	high, err := strconv.Atoi(major)
	low, fault := strconv.Atoi(minor)
	if known := err == nil && fault == nil; !known || high > 6 || high == 6 && low >= 2 {
		return nil
	}
	return fmt.Errorf("redis: the server has version %s; install 6.2 or newer", version)
}

// checkMemory refuses a server that throws keys away when memory runs short:
// it would lose documents and due work without an error.
func (s *Store) checkMemory(ctx context.Context) error {
	facts, err := info(ctx, s.client, "memory")
	if err != nil {
		return err
	}
	policy, bound := facts["maxmemory_policy"], facts["maxmemory"]
	if policy != "" && policy != "noeviction" && bound != "0" {
		return fmt.Errorf("redis: the server discards data when memory runs short (maxmemory-policy %s); "+
			"set maxmemory-policy to noeviction", policy)
	}
	return nil
}

// checkSchema marks a network's keys with their schema, or refuses a schema
// that this program does not know.
func (s *Store) checkSchema(ctx context.Context) error {
	key := s.keys.meta()
	for _, mark := range [][2]string{{"network", s.keys.network}, {"schema", strconv.Itoa(schema)}} {
		if err := s.client.HSetNX(ctx, key, mark[0], mark[1]).Err(); err != nil {
			return classify("mark "+key, err)
		}
	}
	text, err := s.client.HGet(ctx, key, "schema").Result()
	if err != nil {
		return classify("read "+key, err)
	}
	if found, fault := strconv.Atoi(text); fault != nil || found > schema {
		return fmt.Errorf("redis: network %s has schema %q and this program knows %d; use a newer program",
			s.keys.network, text, schema)
	}
	return nil
}

package redis

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

const (
	// patience is how long the client waits for a connection, for a request to
	// leave and for a reply, each. A platform wants an answer within three
	// seconds.
	patience = 2 * time.Second
	// connections is how many calls a store makes to a node at once; more wait.
	connections = 32
	// mapAge is how long a cluster's map is trusted: the client asks again only
	// when this has passed or a node sends it elsewhere, and a dead node does not.
	mapAge = 2 * time.Second
)

// quiet silences the client's own log, which goes past the program's to
// standard error. Whatever it tells comes back as an error of a call.
var quiet = sync.OnceFunc(logging.Disable)

// tune sets what the store needs of a client.
func tune(o *goredis.UniversalOptions) *goredis.UniversalOptions {
	quiet()
	// Scripts answer in lists only; the newer protocol would add pushes.
	o.Protocol = 2
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = patience, patience, patience, patience
	o.PoolSize, o.PipelinePoolSize = connections, -1
	// A dial that failed is tried again together with its command.
	o.DialerRetries = 1
	// Without it, a caller's deadline has no effect on the wire.
	o.ContextTimeoutEnabled = true
	// Redis 6.2 understands neither, and a user of access lists may lack both.
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return o
}

// atSocket are the options for a server at a unix socket.
func atSocket(path string) *goredis.UniversalOptions {
	var dialer net.Dialer
	return &goredis.UniversalOptions{
		Addrs: []string{path},
		Dialer: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "unix", path)
		},
	}
}

// connect makes a client of the kind that the address asks for, having checked
// the server's version. A single address may be a node of a cluster: it is then
// treated as one.
func connect(ctx context.Context, o *goredis.UniversalOptions) (goredis.UniversalClient, error) {
	client := dial(tune(o))
	facts, err := info(ctx, client, "server")
	if err == nil {
		err = checkVersion(facts["redis_version"])
	}
	if err != nil {
		return nil, errors.Join(err, client.Close())
	}
	if facts["redis_mode"] != "cluster" || o.IsClusterMode {
		return client, nil
	}
	o.IsClusterMode = true
	return dial(o), client.Close()
}

// dial makes a client, which connects with its first call.
func dial(o *goredis.UniversalOptions) goredis.UniversalClient {
	switch {
	case o.IsClusterMode:
		cluster := o.Cluster()
		cluster.ClusterStateReloadInterval = mapAge
		return goredis.NewClusterClient(cluster)
	case o.MasterName != "":
		return goredis.NewFailoverClient(o.Failover())
	}
	return goredis.NewClient(o.Simple())
}

// info reads a section of what a server says about itself. It is empty where
// the server does not say: a managed one may refuse, one in this process does
// not know. A server that does not answer at all is an error.
func info(ctx context.Context, client goredis.UniversalClient, section string) (map[string]string, error) {
	text, err := client.Info(ctx, section).Result()
	var refused goredis.Error
	if err != nil && (unavailable(err) || goredis.IsAuthError(err) || !errors.As(err, &refused)) {
		return nil, classify("connect", err)
	}
	facts := map[string]string{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			facts[name] = value
		}
	}
	return facts, nil
}

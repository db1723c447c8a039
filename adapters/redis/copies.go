package redis

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	// copyPatience is how long a change waits for a replica to have it. Of
	// sixty thousand changes around the death of a master, none that had waited
	// so was lost, and up to eleven that had not.
	copyPatience = 300 * time.Millisecond
	// lookEvery is how often the server is asked whether it has replicas.
	lookEvery = 30 * time.Second
	// remapEvery bounds how often a cluster is asked who its masters are.
	remapEvery = 500 * time.Millisecond
)

// copies is what the store knows of its server's replicas.
type copies struct {
	replicas    atomic.Int64
	unconfirmed atomic.Int64

	mu       sync.Mutex
	looked   time.Time
	remapped time.Time
}

// Replicas is how many replicas the server had when it was last asked, and how
// many changes none of them had in time. Such a change is not undone: it is kept
// by the master, and lost only if that dies before it is copied.
func (s *Store) Replicas() (connected, unconfirmed int64) {
	return s.copies.replicas.Load(), s.copies.unconfirmed.Load()
}

// copied reports whether there are replicas to wait for.
func (s *Store) copied(ctx context.Context) bool {
	s.copies.mu.Lock()
	stale := time.Since(s.copies.looked) > lookEvery
	if stale {
		s.copies.looked = time.Now()
	}
	s.copies.mu.Unlock()
	if stale {
		s.countReplicas(ctx)
	}
	return s.copies.replicas.Load() > 0
}

// countReplicas asks the server of the network's keys. One that does not say is
// taken to have none.
func (s *Store) countReplicas(ctx context.Context) {
	node, err := s.node(ctx)
	if err != nil {
		return
	}
	facts, err := info(ctx, node, "replication")
	if err != nil {
		return
	}
	n, _ := strconv.ParseInt(facts["connected_slaves"], 10, 64)
	s.copies.replicas.Store(n)
}

// node is the client of the one server that has the network's keys.
func (s *Store) node(ctx context.Context) (goredis.UniversalClient, error) {
	cluster, ok := s.client.(*goredis.ClusterClient)
	if !ok {
		return s.client, nil
	}
	master, err := cluster.MasterForKey(ctx, s.keys.meta())
	if err != nil {
		return nil, classify("find the master", err)
	}
	return master, nil
}

// confirmed runs a script and waits for a replica in the same round trip. Where
// the node turns out to be another one, or to lack the script, the client's own
// way is taken, which finds the right one but cannot wait.
func (s *Store) confirmed(ctx context.Context, sc script, args []any) *goredis.Cmd {
	node, err := s.node(ctx)
	if err != nil {
		return sc.lua.Run(ctx, s.client, s.values, args...)
	}
	pipe := node.Pipeline()
	ran := pipe.EvalSha(ctx, sc.lua.Hash(), s.values, args...)
	waited := pipe.Do(ctx, "wait", 1, copyPatience.Milliseconds())
	_, _ = pipe.Exec(ctx) // each command has its own error
	err = ran.Err()
	if goredis.HasErrorPrefix(err, "NOSCRIPT") || goredis.HasErrorPrefix(err, "MOVED") || goredis.HasErrorPrefix(err, "ASK") {
		return sc.lua.Run(ctx, s.client, s.values, args...)
	}
	if n, _ := waited.Int64(); err == nil && n < 1 {
		s.copies.unconfirmed.Add(1)
	}
	return ran
}

// remap has a cluster's map read anew after a call that did not get through:
// the client trusts the old one otherwise, and with it a dead master.
func (s *Store) remap(ctx context.Context, cause error) {
	cluster, ok := s.client.(*goredis.ClusterClient)
	if !ok || !unavailable(cause) {
		return
	}
	s.copies.mu.Lock()
	defer s.copies.mu.Unlock()
	if time.Since(s.copies.remapped) > remapEvery {
		s.copies.remapped = time.Now()
		cluster.ReloadState(ctx)
	}
}

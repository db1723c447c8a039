package redis

import (
	"context"
	"net"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"
)

// node is one server of a cluster.
type node struct {
	address string
	client  *goredis.Client
	kill    func()
}

// newCluster starts three masters that share the slots, and one replica for
// each of them.
func newCluster(t *testing.T) []node {
	t.Helper()
	var nodes []node
	for range 6 {
		address, kill := serveMortal(t, "--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--appendonly", "yes")
		client := goredis.NewClient(&goredis.Options{Addr: address})
		t.Cleanup(func() { must(t, client.Close()) })
		nodes = append(nodes, node{address, client, kill})
	}
	bounds := []int{0, 5461, 10923, 16384}
	host, port, err := net.SplitHostPort(nodes[0].address)
	must(t, err)
	for i, n := range nodes {
		if i < 3 {
			must(t, n.client.Do(t.Context(), "CLUSTER", "ADDSLOTSRANGE", bounds[i], bounds[i+1]-1).Err())
		}
		if i > 0 {
			must(t, n.client.Do(t.Context(), "CLUSTER", "MEET", host, port).Err())
		}
	}
	for i, n := range nodes[3:] {
		id := nodes[i].client.Do(t.Context(), "CLUSTER", "MYID").Val()
		eventually(t, "a replica to find its master", func() bool {
			return n.client.Do(t.Context(), "CLUSTER", "REPLICATE", id).Err() == nil
		})
	}
	for _, n := range nodes {
		eventually(t, "the cluster to form", func() bool {
			state := n.client.ClusterInfo(t.Context()).Val()
			return strings.Contains(state, "cluster_state:ok") && strings.Contains(state, "cluster_known_nodes:6")
		})
	}
	for _, n := range nodes[:3] {
		eventually(t, "the replicas to be online", func() bool {
			return strings.Contains(n.client.Info(t.Context(), "replication").Val(), "state=online")
		})
	}
	return nodes
}

func TestFaultWhatWasCommittedSurvivesTheDeathOfAClustersMaster(t *testing.T) {
	t.Parallel()
	needServer(t)
	nodes := newCluster(t)
	store, err := Open(t.Context(), Options{URL: "redis-cluster://" + nodes[0].address + "," + nodes[1].address, Network: "n"})
	must(t, err)
	defer store.Close()
	owner, err := store.node(t.Context())
	must(t, err)
	w := &world{Store: store, t: t, lease: long}
	taken := commits(t.Context(), w, 60, func(i int) {
		if i == 30 {
			killOwner(t.Context(), nodes, owner)
		}
	})
	if len(taken) != 60 {
		t.Errorf("%d of 60 commits were taken, want all after the switch", len(taken))
	}
	if lost := missing(t, w, taken); len(lost) > 0 {
		t.Errorf("after the switch these are lost: %v", lost)
	}
}

// killOwner kills the node that a client leads to.
func killOwner(ctx context.Context, nodes []node, owner goredis.UniversalClient) {
	id := owner.Do(ctx, "CLUSTER", "MYID").String()
	for _, n := range nodes {
		if n.client.Do(ctx, "CLUSTER", "MYID").String() == id {
			n.kill()
		}
	}
}

package redis

import (
	"errors"
	"net"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

// Two nodes that each send the client to the other one, as while a cluster is
// taken apart: the store is out of reach until they agree, and no longer.
func TestNodesThatSendOneAnotherTheClientAreAnOutage(t *testing.T) {
	t.Parallel()
	nodes := make([]*goredis.Client, 2)
	ids := make([]string, 2)
	var addresses []string
	for i := range nodes {
		addresses = append(addresses, serve(t, "--cluster-enabled", "yes"))
		nodes[i] = goredis.NewClient(&goredis.Options{Addr: addresses[i]})
		t.Cleanup(func() { _ = nodes[i].Close() })
		ids[i] = nodes[i].Do(t.Context(), "CLUSTER", "MYID").Val().(string)
	}
	do := func(on *goredis.Client, args ...any) {
		t.Helper()
		must(t, on.Do(t.Context(), args...).Err())
	}
	host, port, err := net.SplitHostPort(addresses[1])
	must(t, err)
	do(nodes[0], "CLUSTER", "ADDSLOTSRANGE", 0, 16383)
	do(nodes[0], "CLUSTER", "MEET", host, port)
	for _, n := range nodes {
		eventually(t, "the nodes to know each other", func() bool {
			state := n.ClusterInfo(t.Context()).Val()
			return strings.Contains(state, "cluster_state:ok") && strings.Contains(state, "cluster_known_nodes:2")
		})
	}
	store, err := Open(t.Context(), Options{URL: "redis://" + addresses[0], Network: "n"})
	must(t, err)
	defer store.Close()
	slot := nodes[0].ClusterKeySlot(t.Context(), "{n}").Val()
	do(nodes[0], "FLUSHALL") // a node with keys gives no slot away
	do(nodes[0], "CLUSTER", "SETSLOT", slot, "NODE", ids[1])
	for what, err := range map[string]error{
		"Commit": store.Commit(t.Context(), change(put("p", 0))),
		"Read":   func() error { _, err := store.Read(t.Context(), bot.Want{Ref: person("p")}); return err }(),
	} {
		if !errors.Is(err, bot.ErrUnavailable) || !strings.Contains(err.Error(), "MOVED") {
			t.Errorf("%s while no node has the slot = %v, want ErrUnavailable for MOVED", what, err)
		}
	}
	do(nodes[0], "CLUSTER", "SETSLOT", slot, "NODE", ids[0])
	eventually(t, "the store to be back", func() bool { return store.Commit(t.Context(), change(put("p", 0))) == nil })
}

package redis

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

// deployed is the server that the sample files make, and the password of its
// one user.
func deployed(t *testing.T) (address, password string) {
	t.Helper()
	const folder = "../../configs/deploy"
	conf, err := os.ReadFile(filepath.Join(folder, "redis.conf"))
	must(t, err)
	users, err := filepath.Abs(filepath.Join(folder, "users.acl"))
	must(t, err)
	var args []string
	for line := range strings.Lines(string(conf)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch name {
		case "", "#", "port", "bind": // those of the test
		case "aclfile":
			args = append(args, "--aclfile", users)
		case "save":
			args = append(args, "--save", "")
		default:
			args = append(args, append([]string{"--" + name}, strings.Fields(value)...)...)
		}
	}
	text, err := os.ReadFile(users)
	must(t, err)
	_, after, ok := strings.Cut(string(text), "user interlab on >")
	if !ok {
		t.Fatal("users.acl has no user interlab")
	}
	return serve(t, args...), strings.Fields(after)[0]
}

func TestTheSampleRedisGivesItsUserAllThatTheStoreNeedsAndNoMore(t *testing.T) {
	t.Parallel()
	address, password := deployed(t)
	if _, err := Open(t.Context(), Options{URL: "redis://" + address, Network: "n"}); err == nil {
		t.Error("Open without a user was let in")
	}
	store, err := Open(t.Context(), Options{URL: "redis://" + address, Username: "interlab", Password: password, Network: "n"})
	must(t, err)
	defer store.Close()
	w := &world{Store: store, t: t, lease: long}
	for name, err := range w.everyCall() {
		if err != nil && !errors.Is(err, bot.ErrLost) {
			t.Errorf("%s as the sample's user = %v", name, err)
		}
	}
	must(t, store.Writable(t.Context()))
	for _, command := range [][]any{
		{"flushall"},
		{"config", "get", "*"},
		{"set", "other:key", "x"},
		{"get", "other:key"},
		{"keys", "*"},
		{"acl", "list"},
		{"shutdown"},
		{"eval", "return redis.call('set', 'other:key', 'x')", "0"},
	} {
		var refused goredis.Error
		if err := store.client.Do(t.Context(), command...).Err(); !errors.As(err, &refused) || !strings.Contains(err.Error(), "NOPERM") && !strings.Contains(err.Error(), "ermission") && !strings.Contains(err.Error(), "can't access") {
			t.Errorf("%v as the sample's user = %v, want it refused", command, err)
		}
	}
	root := goredis.NewClient(&goredis.Options{Addr: address})
	defer root.Close()
	if err := root.Ping(t.Context()).Err(); err == nil {
		t.Error("the sample lets in who has no password")
	}
}

// The same list is on every node of a cluster.
func TestTheSamplesUserHasAllThatTheStoreNeedsOnACluster(t *testing.T) {
	t.Parallel()
	needServer(t)
	text, err := os.ReadFile("../../configs/deploy/users.acl")
	must(t, err)
	_, rules, ok := strings.Cut(string(text), "user interlab ")
	if !ok {
		t.Fatal("users.acl has no user interlab")
	}
	nodes := newCluster(t)
	for _, n := range nodes {
		list := []any{"ACL", "SETUSER", "interlab"}
		for _, rule := range strings.Fields(rules) {
			list = append(list, rule)
		}
		must(t, n.client.Do(t.Context(), list...).Err())
	}
	store, err := Open(t.Context(), Options{
		URL: "redis-cluster://" + nodes[0].address + "," + nodes[1].address, Username: "interlab",
		Password: strings.TrimPrefix(strings.Fields(rules)[1], ">"), Network: "n",
	})
	must(t, err)
	defer store.Close()
	w := &world{Store: store, t: t, lease: long}
	for name, err := range w.everyCall() {
		if err != nil && !errors.Is(err, bot.ErrLost) {
			t.Errorf("%s as the sample's user = %v", name, err)
		}
	}
	if got, _ := finding(t, store, "access"); got.Found != "user interlab reaches the network's keys only" {
		t.Errorf("on a cluster Inspect says %+v", got)
	}
	for _, command := range [][]any{{"cluster", "reset"}, {"cluster", "failover"}, {"cluster", "flushslots"}} {
		if err := store.client.Do(t.Context(), command...).Err(); err == nil || !strings.Contains(err.Error(), "NOPERM") {
			t.Errorf("%v as the sample's user = %v, want it refused", command, err)
		}
	}
}

func TestWritableTellsAServerThatTakesNoWrites(t *testing.T) {
	t.Parallel()
	s := onServerOf(t, "--maxmemory-policy", "noeviction")
	must(t, s.Writable(t.Context()))
	must(t, s.client.ConfigSet(t.Context(), "maxmemory", "1").Err())
	if err := s.Writable(t.Context()); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("Writable on a full server = %v, want ErrUnavailable", err)
	}
	must(t, s.client.ConfigSet(t.Context(), "maxmemory", "0").Err())
	must(t, s.Writable(t.Context()))
	must(t, s.client.Do(t.Context(), "REPLICAOF", "127.0.0.1", "1").Err())
	if err := s.Writable(t.Context()); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("Writable on a replica = %v, want ErrUnavailable", err)
	}
}

// onServerOf opens a store on a server of its own with settings.
func onServerOf(t *testing.T, args ...string) *Store {
	t.Helper()
	store, err := Open(t.Context(), Options{URL: "redis://" + serve(t, args...), Network: "n"})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	return store
}

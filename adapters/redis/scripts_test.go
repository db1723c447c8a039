package redis

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"
)

// commands are those that scripts may use, all of them in Redis 6.2 and in
// Valkey, none of them in a module.
var commands = strings.Fields(`
	DEL EXISTS GET SET INCR PEXPIRE TIME
	HGET HMGET HSET HDEL HEXISTS HINCRBY HSCAN
	LINDEX LPOP LRANGE RPUSH
	XADD XDEL XRANGE XREVRANGE
	ZADD ZCARD ZCOUNT ZRANGE ZRANGEBYSCORE ZRANK ZREM ZSCORE`)

// calls finds a command and what its first key begins with.
var calls = regexp.MustCompile(`redis\.(\w+)\('(\w+)'(?:, (\w+))?`)

// texts are the script files by name.
func texts(t *testing.T) map[string]string {
	t.Helper()
	files, err := sources.ReadDir("lua")
	must(t, err)
	found := map[string]string{}
	for _, file := range files {
		text, err := sources.ReadFile("lua/" + file.Name())
		must(t, err)
		found[strings.TrimSuffix(file.Name(), ".lua")] = string(text)
	}
	return found
}

func TestScriptsUseOldCommandsOnDeclaredKeys(t *testing.T) {
	t.Parallel()
	declared := []string{"attempt", "index"} // names that scripts give to a family's key
	for _, key := range (keys{}).declared() {
		declared = append(declared, key.name)
	}
	for name, text := range texts(t) {
		for _, call := range calls.FindAllStringSubmatch(text, -1) {
			if call[1] != "call" {
				t.Errorf("%s: redis.%s hides an error", name, call[1])
			}
			if !slices.Contains(commands, call[2]) {
				t.Errorf("%s: %s is not among the commands allowed", name, call[2])
			}
			if call[2] != "TIME" && !slices.Contains(declared, call[3]) {
				t.Errorf("%s: %s is on %q, want a declared key", name, call[2], call[3])
			}
		}
		if n := strings.Count(text, "redis."); n != len(calls.FindAllString(text, -1)) {
			t.Errorf("%s: some of its %d calls name no command", name, n)
		}
		if strings.Contains(text, "cjson.encode") {
			t.Errorf("%s writes JSON, in which an empty list becomes an object", name)
		}
	}
}

func TestEveryScriptBeginsWithItsSignature(t *testing.T) {
	t.Parallel()
	found := texts(t)
	for _, sc := range scripts() {
		text := found[sc.name]
		if first, _, _ := strings.Cut(text, "\n"); !strings.HasPrefix(first, "-- "+sc.name) {
			t.Errorf("%s begins with %q, want its signature", sc.name, first)
		}
		if !strings.Contains(text, "\n-- Answers ") && !strings.Contains(text, " Answers ") {
			t.Errorf("%s does not say what it answers", sc.name)
		}
	}
}

// Each key is made by one method, and no two methods make the same.
func TestKeysAreTaggedAndDistinct(t *testing.T) {
	t.Parallel()
	k := keys{"net"}
	seen := map[string]bool{}
	for _, key := range append(k.declared(), named{"META", k.meta()}) {
		if seen[key.key] || !strings.HasPrefix(key.key, "il:{net}:") {
			t.Errorf("%s is %s, want a key of the network that no other has", key.name, key.key)
		}
		seen[key.key] = true
	}
	for _, pair := range [][2]string{
		{k.doc("person:p"), "il:{net}:doc:person:p"},
		{k.index("lab/x"), "il:{net}:index:lab/x"},
		{k.op("o"), "il:{net}:op:o"},
		{k.queue("q"), "il:{net}:queue:q"},
		{k.settled("e"), "il:{net}:settled:e"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("key = %s, want %s", pair[0], pair[1])
		}
	}
}

// Whatever a name holds, its key is on the network's node: the tag stands before
// it, and the first braces are what counts.
func TestNoNameLeadsToAnotherNodeOrKey(t *testing.T) {
	t.Parallel()
	client := goredis.NewClient(&goredis.Options{Addr: serve(t, "--cluster-enabled", "yes")})
	defer client.Close()
	slot := func(key string) int64 {
		t.Helper()
		n, err := client.ClusterKeySlot(t.Context(), key).Result()
		must(t, err)
		return n
	}
	k := keys{"net"}
	for _, name := range []string{"*", "il:{b00}:due", "{}", "}{", "}:{other}", "net}:due", "", strings.Repeat("{", 500)} {
		made := []string{k.doc(name), k.index(name), k.op(name), k.attempt(name), k.queue(name), k.settled(name), k.place(name)}
		for i, key := range made {
			if got, want := slot(key), slot("{net}"); got != want {
				t.Errorf("%s is in slot %d, want %d", key, got, want)
			}
			if slices.Contains(made[:i], key) || slices.ContainsFunc([]string{k.due(), k.meta(), k.unique(), k.inbox()}, func(fixed string) bool { return fixed == key }) {
				t.Errorf("%s is another key as well", key)
			}
		}
	}
}

// A server that restarted has lost its scripts.
func TestScriptsComeBackAfterTheServerForgotThem(t *testing.T) {
	w := inProcess(t)
	must(t, w.commit(put("p", 0)))
	must(t, w.client.ScriptFlush(t.Context()).Err())
	before := w.RoundTrips()
	must(t, w.commit(put("p", 1)))
	must(t, w.commit(put("p", 2)))
	if trips := w.RoundTrips() - before; trips != 3 {
		t.Errorf("two commits made %d round trips, want 3", trips)
	}
}

// Only keys.go formats keys.
func TestNoOtherFileFormatsKeys(t *testing.T) {
	t.Parallel()
	for name, text := range texts(t) {
		if strings.Contains(text, "'il:") || strings.Contains(text, `"il:`) {
			t.Errorf("%s formats a key", path.Base(name))
		}
	}
}

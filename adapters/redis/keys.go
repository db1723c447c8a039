package redis

// keys makes the names of all keys of one network. Nothing else formats a key.
type keys struct{ network string }

// in is a key of the network. The braces are Redis Cluster's hash tag: keys
// with the same tag are on the same node.
// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
func (k keys) in(name string) string { return family + "{" + k.network + "}:" + name }

// family begins the keys of all networks.
const family = "il:"

// meta is a HASH: the network's id and the schema of its keys.
func (k keys) meta() string { return k.in("meta") }

// canary is a STRING for each look at whether the server takes writes.
func (k keys) canary(id string) string { return k.in("canary:" + id) }

// doc is a HASH for each document: v its version, d its data, x what is derived
// from it, as derived writes it.
func (k keys) doc(ref string) string { return k.in("doc:" + ref) }

// index is a ZSET for each index: a document's reference by its score.
func (k keys) index(name string) string { return k.in("index:" + name) }

// unique is a HASH: the owner's reference for each unique entry.
func (k keys) unique() string { return k.in("unique") }

// op is a STRING for each operation: its answer.
func (k keys) op(id string) string { return k.in("op:" + id) }

// attempt is a LIST for each attempt that changed something: what it answered.
func (k keys) attempt(id string) string { return k.in("attempt:" + id) }

// audit is a STREAM of notes, whose ids are 1-0, 2-0 and so on, without gaps.
func (k keys) audit() string { return k.in("audit") }

// counter is a STRING: the last fencing token given to anybody.
func (k keys) counter() string { return k.in("counter") }

// due is a ZSET: work that nobody holds, by when it is due, in milliseconds on
// the caller's clock.
func (k keys) due() string { return k.in("due") }

// leases is a ZSET: work that is claimed, by when the claim lapses, in
// milliseconds on the store's clock.
func (k keys) leases() string { return k.in("leases") }

// tokens is a HASH: the fencing token of each piece of claimed work.
func (k keys) tokens() string { return k.in("tokens") }

// since is a HASH: when each piece of claimed work was due.
func (k keys) since() string { return k.in("since") }

// tries is a HASH: how many times work was put off after a failure.
func (k keys) tries() string { return k.in("tries") }

// graves is a ZSET: buried work, by when it was buried.
func (k keys) graves() string { return k.in("graves") }

// reasons is a HASH: why work was buried.
func (k keys) reasons() string { return k.in("reasons") }

// inbox is a HASH: the data of each event that is not settled.
func (k keys) inbox() string { return k.in("inbox") }

// queue is a LIST for each queue: the ids of its events, the first one first.
func (k keys) queue(name string) string { return k.in("queue:" + name) }

// turns is a ZSET: every queue that is not empty, by when its turn lapses.
func (k keys) turns() string { return k.in("turns") }

// holders is a HASH: the fencing token of each queue's turn.
func (k keys) holders() string { return k.in("holders") }

// settled is a STRING for each event that was settled lately.
func (k keys) settled(id string) string { return k.in("settled:" + id) }

// place is a STRING for each place that a process has: whose it is.
func (k keys) place(name string) string { return k.in("place:" + name) }

// named is a key under the name that scripts have for it.
type named struct{ name, key string }

// declared lists the keys that every script gets. Of a family it is what all of
// its keys begin with.
func (k keys) declared() []named {
	return []named{
		{"DOC", k.doc("")},
		{"INDEX", k.index("")},
		{"UNIQUE", k.unique()},
		{"OP", k.op("")},
		{"ATTEMPT", k.attempt("")},
		{"AUDIT", k.audit()},
		{"COUNTER", k.counter()},
		{"DUE", k.due()},
		{"LEASES", k.leases()},
		{"TOKENS", k.tokens()},
		{"SINCE", k.since()},
		{"TRIES", k.tries()},
		{"GRAVES", k.graves()},
		{"REASONS", k.reasons()},
		{"INBOX", k.inbox()},
		{"QUEUE", k.queue("")},
		{"TURNS", k.turns()},
		{"HOLDERS", k.holders()},
		{"SETTLED", k.settled("")},
		{"PLACE", k.place("")},
	}
}

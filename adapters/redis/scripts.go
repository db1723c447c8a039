package redis

import (
	"embed"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"
)

// sources are the scripts and the parts that they share, a file for each.
//
//go:embed lua/*.lua
var sources embed.FS

// script is what a method of the port does inside Redis.
type script struct {
	name string
	lua  *goredis.Script
}

var (
	readScript      = assemble("read", "documents", "wants")
	pageScript      = assemble("page", "documents")
	commitScript    = assemble("commit", "time", "attempt", "claims", "derived")
	changesScript   = assemble("changes", "documents")
	repairScript    = assemble("repair", "time", "attempt", "claims", "derived")
	acceptScript    = assemble("accept", "time", "attempt", "documents", "wants", "turns")
	settleScript    = assemble("settle", "time", "attempt", "turns")
	orphanScript    = assemble("orphan", "time", "attempt", "turns")
	extendScript    = assemble("extend", "time", "turns")
	claimScript     = assemble("claim", "time", "attempt", "claims")
	renewScript     = assemble("renew", "time", "claims")
	laterScript     = assemble("later", "time", "attempt", "claims")
	buryScript      = assemble("bury", "time", "attempt", "claims")
	exhumeScript    = assemble("exhume", "time", "claims")
	graveyardScript = assemble("graveyard")
	nextScript      = assemble("next", "time", "claims")
	tallyScript     = assemble("tally", "time", "claims")
	differScript    = assemble("differ", "time", "claims", "derived")
	straysScript    = assemble("strays", "time", "claims", "derived")
	placeScript     = assemble("place")
	resealScript    = assemble("reseal")
	outdatedScript  = assemble("outdated", "time")
)

// scripts lists all of them, to be loaded when a store is opened.
func scripts() []script {
	return []script{
		readScript, pageScript, commitScript, changesScript, repairScript,
		acceptScript, settleScript, orphanScript, extendScript,
		claimScript, renewScript, laterScript, buryScript, exhumeScript, graveyardScript, nextScript, tallyScript,
		differScript, straysScript, placeScript, resealScript, outdatedScript,
	}
}

// assemble puts a script together: the names of the keys, the parts it uses in
// order, and its own file.
func assemble(name string, parts ...string) script {
	var text strings.Builder
	for i, key := range (keys{}).declared() {
		text.WriteString("local " + key.name + " = KEYS[" + strconv.Itoa(i+1) + "]\n")
	}
	for _, part := range append(parts, name) {
		source, err := sources.ReadFile("lua/" + part + ".lua")
		if err != nil {
			// Only a wrong name above comes here, and then at every start.
			panic(err)
		}
		text.Write(source)
	}
	return script{name, goredis.NewScript(text.String())}
}

package redis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

var (
	// ErrNoServer means that neither redis-server nor valkey-server is on the PATH.
	ErrNoServer = errors.New("neither redis-server nor valkey-server is on the PATH")
	// ErrNotOurs means that the server is not this program's to stop, to start
	// or to set the clock of.
	ErrNotOurs = errors.New("the server belongs to somebody else")
)

// refusals are the first words of replies by which Redis says that it cannot
// be read or written at present.
// https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
var refusals = []string{
	"OOM", "READONLY", "MISCONF", "LOADING", "BUSY", "CLUSTERDOWN", "MASTERDOWN",
	"TRYAGAIN", "NOREPLICAS", "MOVED", "ASK", "ERR max number of clients reached",
}

// corrupt begins what a script says of a key that it cannot understand.
const corrupt = "CORRUPT "

// classify names the operation that failed and puts the error in the words of
// the port. What went wrong stays in the chain.
func classify(operation string, err error) error {
	switch {
	case err == nil:
		return nil
	case unavailable(err):
		return fmt.Errorf("redis: %s: %w: %w", operation, bot.ErrUnavailable, err)
	}
	if _, after, found := strings.Cut(err.Error(), corrupt); found {
		// A key has no spaces; behind it stands where the script was.
		key, _, _ := strings.Cut(after, " ")
		return fmt.Errorf("redis: %s: %s holds no valid JSON", operation, key)
	}
	return fmt.Errorf("redis: %s: %w", operation, err)
}

// unavailable reports whether the store could not be reached, did not answer
// in time or refuses to work. A call that its caller gave up says nothing about
// the store.
func unavailable(err error) bool {
	if refusal(err) {
		return true
	}
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return false
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe),
		errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, goredis.ErrClosed), errors.Is(err, goredis.ErrPoolTimeout),
		errors.Is(err, goredis.ErrPoolExhausted):
		return true
	}
	return errors.As(err, &network)
}

// refusal reports whether the server itself said that it cannot. Within a
// script the words may stand behind those of the script's engine.
func refusal(err error) bool {
	var reply goredis.Error
	if !errors.As(err, &reply) {
		return false
	}
	for _, words := range refusals {
		if strings.HasPrefix(reply.Error()+" ", words+" ") || strings.Contains(reply.Error(), ": -"+words+" ") {
			return true
		}
	}
	return goredis.IsOOMError(err) || goredis.IsReadOnlyError(err)
}

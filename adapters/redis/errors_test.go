package redis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

// said is an error reply of a server.
type said string

func (s said) Error() string { return string(s) }
func (said) RedisError()     {}

func TestErrorsAreClassified(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		down bool
	}{
		{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, true},
		{fmt.Errorf("wrapped: %w", syscall.ECONNRESET), true},
		{io.EOF, true},
		{io.ErrUnexpectedEOF, true},
		{io.ErrClosedPipe, true},
		{context.DeadlineExceeded, true},
		{context.Canceled, false},
		{goredis.ErrClosed, true},
		{goredis.ErrPoolTimeout, true},
		{said("OOM command not allowed when used memory > 'maxmemory'. script: 1"), true},
		{said("ERR Error running script (call to f_1): @user_script:1: -OOM command not allowed when used"), true},
		{said("READONLY You can't write against a read only replica."), true},
		{said("MISCONF Redis is configured to save RDB snapshots, but it's unable to persist to disk."), true},
		{said("LOADING Redis is loading the dataset in memory"), true},
		{said("BUSY Redis is busy running a script."), true},
		{said("CLUSTERDOWN The cluster is down"), true},
		{said("MASTERDOWN Link with MASTER is down"), true},
		{said("TRYAGAIN Multiple keys request during rehashing of slot"), true},
		{said("MOVED 3999 127.0.0.1:6381"), true},
		{said("ASK 3999 127.0.0.1:6381"), true},
		{said("MOVEDX"), false},
		{said("NOREPLICAS Not enough good replicas to write."), true},
		{said("ERR max number of clients reached"), true},
		{said("WRONGTYPE Operation against a key holding the wrong kind of value"), false},
		{said("NOPERM this user has no permissions to run the 'evalsha' command"), false},
		{said("ERR unknown command"), false},
		{errors.New("something else"), false},
	} {
		err := classify("commit", test.err)
		if got := errors.Is(err, bot.ErrUnavailable); got != test.down {
			t.Errorf("classify(%v) is unavailable: %v, want %v", test.err, got, test.down)
		}
		if !errors.Is(err, test.err) || !strings.HasPrefix(err.Error(), "redis: commit: ") {
			t.Errorf("classify(%v) = %v, want the operation and the cause in it", test.err, err)
		}
	}
	if err := classify("commit", nil); err != nil {
		t.Errorf("classify(nil) = %v, want nil", err)
	}
}

func TestAServerThatDiedIsUnavailable(t *testing.T) {
	t.Parallel()
	w := inProcess(t)
	must(t, w.commit(put("p", 0)))
	must(t, w.life.Stop(t.Context()))
	for name, err := range w.everyCall() {
		if !errors.Is(err, bot.ErrUnavailable) {
			t.Errorf("%s on a dead server = %v, want ErrUnavailable", name, err)
		}
	}
	must(t, w.life.Start(t.Context()))
	eventually(t, "the store to work again", func() bool {
		_, err := w.Read(t.Context(), bot.Want{Ref: person("p")})
		return err == nil
	})
	if got := w.version("p"); got != 1 {
		t.Errorf("version after the outage = %d, want 1", got)
	}
}

// everyCall calls every method of the port and returns how each failed.
func (w *world) everyCall() map[string]error {
	ctx, failed := w.t.Context(), map[string]error{}
	claim := bot.Claim{Ref: person("p"), Work: "w", Token: 1}
	turn := &bot.Turn{Event: inbound("q", "e"), Token: 1}
	_, failed["Read"] = w.Read(ctx, bot.Want{Ref: person("p")})
	_, _, failed["Page"] = w.Page(ctx, bot.Page{Index: "i"})
	failed["Commit"] = w.Commit(ctx, change(put("q", 0)))
	_, _, failed["Answer"] = w.Answer(ctx, "op")
	_, failed["Changes"] = w.Changes(ctx, "", "person", 1)
	_, failed["Repair"] = w.Repair(ctx, []bot.Write{put("p", 1)})
	_, _, failed["Accept"] = w.Accept(ctx, inbound("q", "e"), long)
	_, failed["Settle"] = w.Settle(ctx, turn, long)
	_, failed["Orphan"] = w.Orphan(ctx, long)
	failed["Extend"] = w.Extend(ctx, turn, long)
	_, failed["Claim"] = w.Claim(ctx, now, 1, long)
	failed["Renew"] = w.Renew(ctx, claim, long)
	failed["Later"] = w.Later(ctx, claim, now, true)
	failed["Bury"] = w.Bury(ctx, claim, now, "x")
	failed["Exhume"] = w.Exhume(ctx, bot.Buried{Ref: person("p"), Work: "w"}, now)
	_, failed["Graveyard"] = w.Graveyard(ctx, 1)
	_, _, failed["NextDue"] = w.NextDue(ctx)
	return failed
}

func TestAClosedStoreIsUnavailable(t *testing.T) {
	t.Parallel()
	w := inProcess(t)
	store, err := w.again()
	must(t, err)
	must(t, store.Close())
	if _, err := store.Read(t.Context(), bot.Want{Ref: person("p")}); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("Read of a closed store = %v, want ErrUnavailable", err)
	}
}

func TestACallThatWasGivenUpIsNotTheStoresFault(t *testing.T) {
	t.Parallel()
	w := inProcess(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := w.Read(ctx, bot.Want{Ref: person("p")})
	if !errors.Is(err, context.Canceled) || errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("Read under a cancelled context = %v, want context.Canceled", err)
	}
}

// Nothing that a server answers makes the program panic.
func TestRepliesOfAnyShapeAreRead(t *testing.T) {
	t.Parallel()
	for _, r := range []reply{nil, {}, {nil}, {int64(3), "x"}, {[]any{}, []any{nil, 1}}, {"a", "1.5e3", "d"}} {
		for i := range 4 {
			_, _, _ = r.text(i), r.number(i), r.time(i)
			_, _ = r.under(i).records()
		}
		_, _ = r.records()
		_, _ = r.answers()
		_, _ = noted(r)
	}
	if got := (reply{"1.5e3"}).number(0); got != 1500 {
		t.Errorf("number of 1.5e3 = %d, want 1500", got)
	}
	if _, err := (reply{"nonsense", "1", ""}).records(); err == nil {
		t.Error("records took a reference without a kind, want an error")
	}
	if err := verdict(reply{"other"}); err == nil {
		t.Error("verdict took an unknown outcome, want an error")
	}
	if err := verdict(reply{"taken", "u", "x"}); err == nil {
		t.Error("verdict took an owner that names nothing, want an error")
	}
	if _, err := noted(reply{"1-0", []any{"refs", "x"}}); err == nil {
		t.Error("noted took a reference without a kind, want an error")
	}
}

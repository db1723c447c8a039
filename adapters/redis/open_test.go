package redis

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

func TestANetworkMustHaveAPlainName(t *testing.T) {
	t.Parallel()
	for _, network := range []string{"", "a}b", "A", "a b", strings.Repeat("x", 33)} {
		if r, err := InProcess(t.Context(), network); err == nil {
			t.Errorf("InProcess(%q) took it, want an error", network)
			must(t, r.Close())
		}
	}
}

func TestNetworksDoNotMeet(t *testing.T) {
	t.Parallel()
	w := inProcess(t)
	must(t, w.commit(full("p", 0)))
	other := connected(t, "in-process", "other", w.wire.dial)
	if got := other.listed("i") + other.owner("u") + other.next(); got != "none" {
		t.Errorf("another network finds %q, want nothing", got)
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		if got := w.client.HGetAll(t.Context(), w.keys.meta()).Val(); got["schema"] != "1" || got["network"] != w.keys.network {
			t.Errorf("marks = %v, want schema 1 and the network", got)
		}
		w.open()
		for _, found := range []string{"2", "x"} {
			must(t, w.client.HSet(t.Context(), w.keys.meta(), "schema", found).Err())
			if _, err := w.again(); err == nil || !strings.Contains(err.Error(), "use a newer program") {
				t.Errorf("open on schema %q = %v, want it refused", found, err)
			}
		}
	})
}

func TestAnOldServerIsRefused(t *testing.T) {
	t.Parallel()
	for version, ok := range map[string]bool{
		"6.2.0": true, "7.0.15": true, "8.0": true, "10.1.1": true, "": true, "unknown": true, "255.255.255": true,
		"6.0.16": false, "5.0.14": false, "2.8.19": false,
	} {
		if err := checkVersion(version); (err == nil) != ok {
			t.Errorf("checkVersion(%q) = %v, want it taken: %v", version, err, ok)
		}
	}
}

func TestAServerThatEvictsIsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"}, "set maxmemory-policy to noeviction"},
		{[]string{"--maxmemory", "100mb", "--maxmemory-policy", "noeviction"}, ""},
		{[]string{"--maxmemory-policy", "allkeys-lru"}, ""},
	} {
		store, err := Open(t.Context(), Options{URL: "redis://" + serve(t, test.args...), Network: "n"})
		switch {
		case err == nil:
			must(t, store.Close())
			if test.want != "" {
				t.Errorf("Open on %v took it, want %q", test.args, test.want)
			}
		case test.want == "" || !strings.Contains(err.Error(), test.want):
			t.Errorf("Open on %v = %v, want %q", test.args, err, test.want)
		}
	}
}

func TestAFullServerIsUnavailableForWritingOnly(t *testing.T) {
	t.Parallel()
	address := serve(t, "--maxmemory-policy", "noeviction")
	store, err := Open(t.Context(), Options{URL: "redis://" + address, Network: "n"})
	must(t, err)
	defer store.Close()
	must(t, store.Commit(t.Context(), change(put("p", 0))))
	must(t, store.client.ConfigSet(t.Context(), "maxmemory", "1").Err())
	err = store.Commit(t.Context(), change(put("p", 1)))
	if !errors.Is(err, bot.ErrUnavailable) || !goredis.IsOOMError(err) && !strings.Contains(err.Error(), "OOM") {
		t.Errorf("Commit on a full server = %v, want ErrUnavailable for OOM", err)
	}
	got, err := store.Read(t.Context(), bot.Want{Ref: person("p")})
	if err != nil || got[0][0].Version != 1 {
		t.Errorf("Read on a full server = %v, %v, want version 1", got, err)
	}
}

func TestCredentialsAreUsedAndNeverShown(t *testing.T) {
	t.Parallel()
	const secret = "hunter2-and-more"
	address := serve(t, "--requirepass", secret)
	store, err := Open(t.Context(), Options{URL: "redis://" + address, Password: secret, Network: "n"})
	must(t, err)
	must(t, store.Close())
	for _, o := range []Options{
		{URL: "redis://" + address, Network: "n"},
		{URL: "redis://" + address, Password: secret + "x", Network: "n"},
		{URL: "redis://" + address, Username: "nobody", Password: secret, Network: "n"},
		{URL: "redis://u:" + secret + "@%zz", Network: "n"},
		{URL: "http://u:" + secret + "@" + address, Network: "n"},
	} {
		store, err := Open(t.Context(), o)
		if err == nil {
			t.Errorf("Open(%+v) took it, want an error", o)
			must(t, store.Close())
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

func TestADeadServerIsUnavailableSoon(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := listener.Addr().String()
	must(t, listener.Close())
	if _, err := Open(t.Context(), Options{URL: "redis://" + address, Network: "n"}); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("Open on a dead server = %v, want ErrUnavailable", err)
	}
}

// A server that takes connections and says nothing keeps nobody waiting past
// the deadline.
func TestASilentServerKeepsNobodyPastTheDeadline(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	begun := time.Now()
	_, err = Open(ctx, Options{URL: "redis://" + listener.Addr().String(), Network: "n"})
	if took := time.Since(begun); !errors.Is(err, bot.ErrUnavailable) || took > patience {
		t.Errorf("Open on a silent server = %v after %v, want ErrUnavailable within the deadline", err, took)
	}
}

func TestARemoteServerIsNotOurs(t *testing.T) {
	t.Parallel()
	r, err := Remote(t.Context(), Options{URL: "redis://" + serve(t), Network: "n"})
	must(t, err)
	for name, err := range map[string]error{
		"Stop": r.Stop(t.Context()), "Start": r.Start(t.Context()), "Advance": r.Advance(time.Hour),
	} {
		if !errors.Is(err, ErrNotOurs) {
			t.Errorf("%s of a remote server = %v, want ErrNotOurs", name, err)
		}
	}
	if r.Forgets() {
		t.Error("a remote server is said to forget")
	}
	must(t, r.Close())
	if _, err := Remote(t.Context(), Options{URL: "nonsense", Network: "n"}); err == nil {
		t.Error("Remote took nonsense for an address")
	}
}

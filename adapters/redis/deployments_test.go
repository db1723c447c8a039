package redis

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

// failover is one master, one replica and three sentinels on loopback.
type failover struct {
	master, replica string
	sentinels       []string
	kill            func() // of the master
}

// newFailover starts them and waits until the replica has all that the master has.
func newFailover(t *testing.T) *failover {
	t.Helper()
	f := &failover{}
	f.master, f.kill = serveMortal(t)
	host, port, err := net.SplitHostPort(f.master)
	must(t, err)
	f.replica = serve(t, "--replicaof", host, port)
	for range 3 {
		f.sentinels = append(f.sentinels, sentinel(t, host, port))
	}
	client := goredis.NewClient(&goredis.Options{Addr: f.master})
	t.Cleanup(func() { must(t, client.Close()) })
	eventually(t, "the replica to be online", func() bool {
		return strings.Contains(client.Info(t.Context(), "replication").Val(), "state=online")
	})
	watcher := goredis.NewSentinelClient(&goredis.Options{Addr: f.sentinels[0]})
	t.Cleanup(func() { must(t, watcher.Close()) })
	eventually(t, "the sentinels to know all", func() bool {
		known, err := watcher.Master(t.Context(), "main").Result()
		return err == nil && known["num-slaves"] == "1" && known["num-other-sentinels"] == "2"
	})
	return f
}

// sentinel starts one that watches a master under the name "main".
func sentinel(t *testing.T, host, port string) string {
	t.Helper()
	config := filepath.Join(t.TempDir(), "sentinel.conf")
	text := fmt.Sprintf("sentinel monitor main %s %s 2\nsentinel down-after-milliseconds main 500\nsentinel failover-timeout main 3000\n", host, port)
	must(t, os.WriteFile(config, []byte(text), 0o600))
	return serveBy(t, []string{config, "--sentinel"})
}

// commits writes one document after another until told to stop, and returns
// those that the store took.
func commits(ctx context.Context, w *world, n int, each func(i int)) (taken []bot.Ref) {
	for i := range n {
		each(i)
		ref := bot.Ref{Kind: "thing", ID: fmt.Sprintf("c%d", i)}
		for range 200 {
			err := w.Commit(ctx, bot.Commit{Op: "op-" + ref.ID, Writes: []bot.Write{{Ref: ref, Data: []byte(`{}`)}}})
			var done *bot.DoneError
			if err == nil || errors.As(err, &done) {
				taken = append(taken, ref)
				break
			}
			pause(ctx, 50*time.Millisecond)
		}
	}
	return taken
}

// pause waits for a moment in which servers, not this process, have to act.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// missing are the documents that a store does not have.
func missing(t *testing.T, w *world, refs []bot.Ref) (lost []string) {
	t.Helper()
	for _, ref := range refs {
		lists, err := w.Read(t.Context(), bot.Want{Ref: ref})
		must(t, err)
		if lists[0][0].Version == 0 {
			lost = append(lost, ref.ID)
		}
	}
	return lost
}

func TestFaultWhatWasCommittedSurvivesTheDeathOfAMasterBehindSentinels(t *testing.T) {
	t.Parallel()
	needServer(t)
	f := newFailover(t)
	store, err := Open(t.Context(), Options{URL: "redis-sentinel://" + strings.Join(f.sentinels, ",") + "/main", Network: "n"})
	must(t, err)
	defer store.Close()
	if connected, _ := store.Replicas(); connected != 1 {
		t.Errorf("Replicas() = %d, want the one there is", connected)
	}
	w := &world{Store: store, t: t, lease: long}
	taken := commits(t.Context(), w, 60, func(i int) {
		if i == 30 {
			f.kill()
		}
	})
	if len(taken) != 60 {
		t.Errorf("%d of 60 commits were taken, want all after the switch", len(taken))
	}
	if lost := missing(t, w, taken); len(lost) > 0 {
		t.Errorf("after the switch these are lost: %v", lost)
	}
}

func TestAChangeThatNoReplicaHasIsKeptAndCounted(t *testing.T) {
	t.Parallel()
	needServer(t)
	f := newFailover(t)
	store, err := Open(t.Context(), Options{URL: "redis://" + f.master, Network: "n"})
	must(t, err)
	defer store.Close()
	w := &world{Store: store, t: t, lease: long}
	// A replica on a busy machine may have a change too late: until one is in time
	// the count says nothing.
	var taken []bot.Ref
	var before int64
	eventually(t, "a change that the replica has in time", func() bool {
		_, before = store.Replicas()
		ref := bot.Ref{Kind: "thing", ID: fmt.Sprintf("c%d", len(taken))}
		must(t, w.Commit(t.Context(), bot.Commit{Op: "op-" + ref.ID, Writes: []bot.Write{{Ref: ref, Data: []byte(`{}`)}}}))
		taken = append(taken, ref)
		connected, counted := store.Replicas()
		return connected == 1 && counted == before
	})
	replica := goredis.NewClient(&goredis.Options{Addr: f.replica})
	defer replica.Close()
	must(t, replica.Do(t.Context(), "REPLICAOF", "NO", "ONE").Err())
	must(t, w.Commit(t.Context(), bot.Commit{Op: "alone", Writes: []bot.Write{{Ref: bot.Ref{Kind: "thing", ID: "alone"}, Data: []byte(`{}`)}}}))
	if _, unconfirmed := store.Replicas(); unconfirmed != before+1 {
		t.Errorf("Replicas() counts %d changes that no replica has in time, want %d", unconfirmed, before+1)
	}
	if lost := missing(t, w, append(taken, bot.Ref{Kind: "thing", ID: "alone"})); len(lost) > 0 {
		t.Errorf("these are not kept: %v", lost)
	}
}

func TestTLSIsCheckedAgainstTheAuthority(t *testing.T) {
	t.Parallel()
	needServer(t)
	dir := t.TempDir()
	authority := certify(t, dir)
	address := serve(t,
		"--tls-cert-file", filepath.Join(dir, "cert.pem"), "--tls-key-file", filepath.Join(dir, "key.pem"),
		"--tls-ca-cert-file", filepath.Join(dir, "cert.pem"), "--tls-auth-clients", "no", "--tls-port", "0",
	)
	plain := goredis.NewClient(&goredis.Options{Addr: address})
	defer plain.Close()
	secured := freePort(t)
	_, port, err := net.SplitHostPort(secured)
	must(t, err)
	must(t, plain.ConfigSet(t.Context(), "tls-port", port).Err())
	store, err := Open(t.Context(), Options{URL: "rediss://" + secured, Authority: authority, Network: "n"})
	must(t, err)
	must(t, store.Writable(t.Context()))
	must(t, store.Close())
	if _, err := Open(t.Context(), Options{URL: "rediss://" + secured, Network: "n"}); err == nil {
		t.Error("Open took a certificate that nobody known has signed")
	}
	if _, err := Open(t.Context(), Options{URL: "rediss://" + address, Authority: authority, Network: "n"}); err == nil {
		t.Error("Open with TLS took a server without")
	}
}

// A server that speaks an older TLS only, or is another one than was asked for, is
// no server of ours.
func TestOldTLSAndOtherNamesAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	authority := certify(t, dir)
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"))
	must(t, err)
	for host, c := range map[string]struct {
		newest uint16
		want   string
	}{
		"127.0.0.1": {tls.VersionTLS11, "protocol version"},
		"localhost": {tls.VersionTLS13, "certificate"},
	} {
		listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS10, MaxVersion: c.newest})
		must(t, err)
		t.Cleanup(func() { _ = listener.Close() })
		go func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				_ = conn.(*tls.Conn).Handshake()
				_ = conn.Close()
			}
		}()
		_, port, err := net.SplitHostPort(listener.Addr().String())
		must(t, err)
		if _, err := Open(t.Context(), Options{URL: "rediss://" + net.JoinHostPort(host, port), Authority: authority, Network: "n"}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Open of %s with TLS up to %x = %v, want it refused for its %s", host, c.newest, err, c.want)
		}
	}
}

// certify writes a certificate for loopback and its key into a folder.
func certify(t *testing.T, dir string) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	must(t, err)
	private, err := x509.MarshalECPrivateKey(key)
	must(t, err)
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	must(t, os.WriteFile(filepath.Join(dir, "cert.pem"), cert, 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "key.pem"), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private}), 0o600))
	return cert
}

package discord

import (
	"bytes"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/gorilla/websocket"
	"pgregory.net/rapid"
)

// read is a connection that only reads.
type read struct {
	net.Conn
	io.Reader
}

func (r read) Read(p []byte) (int, error) { return r.Reader.Read(p) }

// frame is a frame as a server sends it.
func frame(head byte, payload []byte) []byte {
	n := len(payload)
	switch {
	case n < 126:
		return append([]byte{head, byte(n)}, payload...)
	case n < 1<<16:
		return append([]byte{head, 126, byte(n >> 8), byte(n)}, payload...)
	}
	return append([]byte{head, 127, 0, 0, 0, 0, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, payload...)
}

// Whatever comes, and in whatever pieces, goes through as it is, but for a null.
func TestFramesGoThroughButForNull(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in, want := []byte("HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\n"), []byte(nil)
		want = append(want, in...)
		for range rapid.IntRange(0, 6).Draw(t, "frames") {
			payload := rapid.OneOf(
				rapid.SampledFrom([]string{"null", " null\n", "nullx", "", `{"op":11}`}),
				rapid.Map(rapid.IntRange(0, 70_000), func(n int) string { return string(bytes.Repeat([]byte("x"), n)) }),
			).Draw(t, "payload")
			f := frame(textFrame, []byte(payload))
			in = append(in, f...)
			if payload == "null" || payload == " null\n" {
				f[0] = pongFrame
			}
			want = append(want, f...)
		}
		from := io.Reader(bytes.NewReader(in))
		if rapid.Bool().Draw(t, "by halves") {
			from = iotest.HalfReader(from)
		}
		got, err := io.ReadAll(guard(read{Reader: from}))
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%d bytes came through with %v, want %d as they were", len(got), err, len(want))
		}
	})
}

// gateway is one that greets with a null.
func gateway(w http.ResponseWriter, r *http.Request) {
	ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer ws.Close()
	_ = ws.WriteMessage(websocket.TextMessage, []byte("null"))
	_ = ws.WriteMessage(websocket.TextMessage, []byte("hello"))
}

// proxy opens ways to wherever it is asked, and counts them.
func proxy(t *testing.T, opened *atomic.Int64) func(*http.Request) (*url.URL, error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			t.Errorf("the proxy was asked to %s", r.Method)
			return
		}
		there, err := (&net.Dialer{}).DialContext(r.Context(), "tcp", r.Host)
		if err != nil {
			t.Error(err)
			return
		}
		defer there.Close()
		here, ahead, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer here.Close()
		opened.Add(1)
		_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(there, ahead) }()
		_, _ = io.Copy(here, there)
	}))
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return http.ProxyURL(address)
}

// The real gateway is reached with encryption, whose certificate is looked at,
// and perhaps through a proxy: a null is kept from the library everywhere.
func TestFramesAreGuardedOnEveryWay(t *testing.T) {
	t.Parallel()
	secure, plain := httptest.NewTLSServer(http.HandlerFunc(gateway)), httptest.NewServer(http.HandlerFunc(gateway))
	defer secure.Close()
	defer plain.Close()
	a, err := New(Options{Token: "t", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	var opened atomic.Int64
	for _, through := range []func(*http.Request) (*url.URL, error){nil, proxy(t, &opened)} {
		s, err := a.newSession(0)
		if err != nil {
			t.Fatal(err)
		}
		s.library.Dialer.Proxy = through
		if _, _, err := s.library.Dialer.Dial("wss"+strings.TrimPrefix(secure.URL, "https"), nil); err == nil { //nolint:bodyclose // there is none
			t.Error("a gateway of an unknown authority is trusted")
		}
		s.library.Dialer.TLSClientConfig.RootCAs = x509.NewCertPool()
		s.library.Dialer.TLSClientConfig.RootCAs.AddCert(secure.Certificate())
		for _, address := range []string{secure.URL, plain.URL} {
			ws, _, err := s.library.Dialer.Dial("ws"+strings.TrimPrefix(address, "http"), nil) //nolint:bodyclose // there is none
			if err != nil {
				t.Fatal(err)
			}
			if _, said, err := ws.ReadMessage(); err != nil || string(said) != "hello" {
				t.Errorf("the first that is read from %s is %q, %v; want hello", address, said, err)
			}
			_ = ws.Close()
		}
	}
	if opened.Load() != 3 {
		t.Errorf("the proxy opened %d ways, want 3", opened.Load())
	}
}

func FuzzGuard(f *testing.F) {
	f.Add([]byte("HTTP/1.1 101 x\r\n\r\n\x81\x04null"))
	f.Add([]byte("HTTP/1.1 101 x\r\n\r\n\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xffx"))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, _ := io.ReadAll(guard(read{Reader: bytes.NewReader(in)}))
		if len(got) > len(in) {
			t.Errorf("%d bytes became %d", len(in), len(got))
		}
	})
}

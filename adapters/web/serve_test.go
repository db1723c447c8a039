package web_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"interlab/adapters/web"
)

// opened serves a handler on loopback; stop ends it and waits, giving its error.
func opened(t *testing.T, handler http.Handler) (address string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	at, ended := make(chan net.Addr, 1), make(chan error, 1)
	go func() { ended <- web.Serve(ctx, "127.0.0.1:0", handler, func(a net.Addr) { at <- a }) }()
	return (<-at).String(), func() error {
		cancel()
		return <-ended
	}
}

func TestARequestThatHasBegunIsFinishedAtTheEnd(t *testing.T) {
	t.Parallel()
	begun, finish := make(chan struct{}), make(chan struct{})
	address, stop := opened(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-finish
		_, _ = io.WriteString(w, "finished")
	}))
	said := make(chan string, 1)
	go func() {
		request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, "http://"+address, http.NoBody)
		if err != nil {
			said <- err.Error()
			return
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			said <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		said <- string(body)
	}()
	<-begun
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	close(finish)
	if got := <-said; got != "finished" {
		t.Errorf("a request at the end got %q, want finished", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Serve = %v at the end, want nil", err)
	}
}

func TestAnAddressInUseIsToldAtOnce(t *testing.T) {
	t.Parallel()
	address, stop := opened(t, http.NotFoundHandler())
	err := web.Serve(t.Context(), address, http.NotFoundHandler(), nil)
	if err == nil || !strings.Contains(err.Error(), "listen at "+address) {
		t.Errorf("Serve at a taken address = %v; want an error that names it", err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestAHeaderThatIsTooLongIsRefused(t *testing.T) {
	t.Parallel()
	address, stop := opened(t, http.NotFoundHandler())
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Long", strings.Repeat("x", 64<<10))
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		defer response.Body.Close()
		if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("a header of 64 KiB = %d, want %d", response.StatusCode, http.StatusRequestHeaderFieldsTooLarge)
		}
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

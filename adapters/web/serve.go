package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// Limits of a listener: a slow or greedy client costs no more than this.
const (
	headerLimit  = 5 * time.Second
	requestLimit = 15 * time.Second
	answerLimit  = 60 * time.Second // a long feed on a slow line
	idleLimit    = 60 * time.Second
	headerBytes  = 16 << 10
	// stopLimit is how long a request that has begun may take after the end.
	stopLimit = 5 * time.Second
)

// Serve answers requests at an address until ctx ends, and then finishes those
// that have begun. listening, where it is set, is told the address once it is open.
func Serve(ctx context.Context, address string, handler http.Handler, listening func(net.Addr)) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("web: listen at %s: %w", address, err)
	}
	return serveOn(ctx, listener, handler, listening)
}

// ServePublic is Serve for everybody: one address, unless it is a proxy's, has so
// many connections at a time, and all together too.
func ServePublic(ctx context.Context, address string, handler http.Handler, proxies []netip.Prefix, listening func(net.Addr)) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("web: listen at %s: %w", address, err)
	}
	return serveOn(ctx, newDoor(listener, proxies), handler, listening)
}

func serveOn(ctx context.Context, listener net.Listener, handler http.Handler, listening func(net.Addr)) error {
	address := listener.Addr()
	server := &http.Server{
		Handler: handler, MaxHeaderBytes: headerBytes,
		ReadHeaderTimeout: headerLimit, ReadTimeout: requestLimit, WriteTimeout: answerLimit, IdleTimeout: idleLimit,
		ErrorLog: log.New(io.Discard, "", 0), // it would name who asked
	}
	if listening != nil {
		listening(listener.Addr())
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
		defer cancel()
		if err = server.Shutdown(grace); err == nil {
			err = <-ended
		}
	}
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("web: serve at %s: %w", address, err)
	}
	return nil
}

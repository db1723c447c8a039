package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Limits of a listener: a slow or greedy client costs no more than this.
const (
	headerLimit  = 5 * time.Second
	requestLimit = 15 * time.Second
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
	server := &http.Server{
		Handler: handler, MaxHeaderBytes: headerBytes,
		ReadHeaderTimeout: headerLimit, ReadTimeout: requestLimit, WriteTimeout: requestLimit, IdleTimeout: idleLimit,
	}
	if listening != nil {
		listening(listener.Addr())
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
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

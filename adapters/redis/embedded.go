package redis

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"interlab/bot"
)

// startLimit is how long a server may take to read its data and answer.
const startLimit = time.Minute

// EmbedOptions say where an embedded server keeps a network.
type EmbedOptions struct {
	Dir     string // the data folder, made if it is not there
	Network string // as in Options
}

// Embed opens the store on the server of a data folder. The first process to
// come starts the server as its child, on a private socket, with every write on
// disk before it is answered; the child is started again if it dies, and ends
// with its owner. Processes that come meanwhile join through the socket and
// never end the server. It fails with ErrNoServer where neither Redis nor Valkey
// is installed.
func Embed(ctx context.Context, o EmbedOptions) (*Running, error) {
	limited, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	h, err := enter(o.Dir)
	if err != nil {
		return nil, err
	}
	for {
		owned, err := h.ownOrFind(limited)
		switch {
		case err != nil:
			return nil, errors.Join(err, h.leave())
		case owned:
			return launch(limited, h, o.Network)
		}
		store, err := open(limited, atSocket(h.owner()), o.Network)
		if err == nil {
			return &Running{Store: store, server: foreign{}, folder: filepath.Dir(h.folder)}, h.leave()
		}
		// A server that was about to end is gone now; its folder is free soon.
		if !errors.Is(err, bot.ErrUnavailable) {
			return nil, errors.Join(err, h.leave())
		}
	}
}

// ownOrFind waits until this process has the lock or a server answers. Neither
// is so for a moment while an owner starts or ends.
func (h *home) ownOrFind(ctx context.Context) (owned bool, err error) {
	err = until(ctx, func() (bool, error) {
		var fault error
		owned, fault = tryLock(h.lock)
		return owned || fault != nil || ping(ctx, h.owner()) == nil, fault
	})
	if err != nil {
		return false, fmt.Errorf("redis: another process has folder %s and its server does not answer: %w", h.folder, err)
	}
	return owned, nil
}

// launch opens the store on a new server in a folder whose lock is ours.
func launch(ctx context.Context, h *home, network string) (*Running, error) {
	program, err := findProgram()
	if err == nil {
		err = h.own()
	}
	if err != nil {
		return nil, errors.Join(err, h.leave())
	}
	e := newEmbedded(h, program)
	if err := e.start(ctx); err != nil {
		return nil, errors.Join(err, e.close())
	}
	store, err := open(ctx, atSocket(h.socket), network)
	if err != nil {
		return nil, errors.Join(err, e.close())
	}
	return &Running{Store: store, server: e, folder: filepath.Dir(h.folder)}, nil
}

package main

import (
	"context"
	"errors"
	"net"
	"net/http"

	"github.com/rs/zerolog"

	"interlab/adapters/web"
	"interlab/bot/chat/desk"
)

// listener answers requests at an address, beside what the program does.
type listener struct {
	name    string
	address string // empty where nobody listens
	handler http.Handler
	serve   func(ctx context.Context, address string, handler http.Handler, listening func(net.Addr)) error
}

// beside runs main and, where it has an address, a listener until main ends. A
// listener that fails ends both: an operator who asked for it would else watch
// nothing and believe that all is well.
func beside(ctx context.Context, l listener, log zerolog.Logger, main func(context.Context) error) error {
	if l.address == "" {
		return main(ctx)
	}
	watching, stop := context.WithCancelCause(ctx)
	listened := make(chan error, 1)
	// The listener outlives ctx: while the bot stops, it says so.
	own, done := context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		err := l.serve(own, l.address, l.handler, func(at net.Addr) { log.Info().Stringer("at", at).Msg(l.name + " listener open") })
		if err != nil {
			stop(err)
		}
		listened <- err
	}()
	err := main(watching)
	done()
	return errors.Join(err, <-listened)
}

// links are the connections of all platforms.
func links(all []platform) []web.Link {
	var out []web.Link
	for _, p := range all {
		for _, l := range p.links() {
			out = append(out, web.Link{Platform: string(p.name), Name: l.Name, Open: l.Open, Stopped: l.Stopped})
		}
	}
	return out
}

// envelopes count what came from the platforms, for those that tell.
func envelopes(all []platform) map[string]map[string]int64 {
	out := map[string]map[string]int64{}
	for _, p := range all {
		if p.envelopes != nil {
			out[string(p.name)] = counted(p.envelopes())
		}
	}
	return out
}

// counted are an adapter's books as figures name them.
func counted(outcomes map[desk.Outcome]int64) map[string]int64 {
	out := make(map[string]int64, len(outcomes))
	for o, n := range outcomes {
		out[string(o)] = n
	}
	return out
}

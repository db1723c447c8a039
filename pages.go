package main

import (
	"context"
	"net"
	"net/http"

	"github.com/rs/zerolog"

	"interlab/adapters/web"
	"interlab/bot"
	"interlab/configs"
)

// newPages are the public pages of a bot, at the address that the settings name.
func newPages(s configs.Settings, app *bot.App, log zerolog.Logger) (listener, error) {
	set, err := zones(s.ZoneData)
	if err != nil {
		return listener{}, err
	}
	public := web.Public{
		Window: app.Window(), Personal: app.PersonalFeed, Own: app, Zones: set,
		Name: s.Network.Name, Address: s.Web.Address, Proxies: s.Web.Proxies, Log: log,
	}
	serve := func(ctx context.Context, address string, handler http.Handler, listening func(net.Addr)) error {
		return web.ServePublic(ctx, address, handler, s.Web.Proxies, listening)
	}
	return listener{"public", s.Web.Listen, public.Handler(), serve}, nil
}

// consoleWeb are the public pages of a terminal, for the browser beside it.
func consoleWeb(listen string) configs.Web {
	host, port, err := net.SplitHostPort(listen)
	if err != nil || host == "" {
		host = "localhost"
	}
	return configs.Web{Listen: listen, Address: "http://" + net.JoinHostPort(host, port)}
}

package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"interlab/adapters/cli"
	"interlab/configs"
)

// holderLimit is how long whoever holds an address may take to say who it is.
const holderLimit = 2 * time.Second

// probeListeners says whether the addresses of the settings can be listened at.
func probeListeners(ctx context.Context, s configs.Settings) []cli.Finding {
	var findings []cli.Finding
	if s.Private.Listen != "" {
		findings = append(findings, probeListener(ctx, "private.listen", s.Private.Listen, holdsPrivate))
	}
	if s.Web.Listen != "" {
		findings = append(findings, probeListener(ctx, "web.listen", s.Web.Listen, holdsPublic))
	}
	return findings
}

// probeListener opens an address and closes it again. One that is held is all
// right where a bot answers: it is looked at while it serves, most of the time.
func probeListener(ctx context.Context, setting, address string, ours func(ctx context.Context, host string) bool) cli.Finding {
	f := cli.Finding{Grade: cli.OK, What: setting, Found: address + " is free"}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err == nil {
		_ = l.Close() // nothing was asked of it
		return f
	}
	f.Grade = cli.Failure
	switch {
	case errors.Is(err, syscall.EADDRINUSE) && ours(ctx, reached(address)):
		f.Grade, f.Found = cli.OK, address+" is held by a bot of Interlab, most likely the one that serves by these settings"
	case errors.Is(err, syscall.EADDRINUSE):
		f.Grade, f.Found = cli.Warning, address+" is held by another program, which does not answer as Interlab does"
		f.Advice = "see who it is with ss -ltnp, and stop it or name another port under " + setting + "; until then serve ends at its start"
	case errors.Is(err, fs.ErrPermission):
		f.Found, f.Advice = address+" may not be opened by this user", "name a port from 1024 on under "+setting
	default:
		f.Found, f.Advice = err.Error(), "name an address of this machine and a port under "+setting+", as 127.0.0.1:9464"
	}
	return f
}

// reached is where an address that is listened at is reached from this machine.
func reached(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// holdsPrivate reports whether the figures at an address are those of a bot.
func holdsPrivate(ctx context.Context, host string) bool {
	return answersWith(ctx, "http://"+host+"/metrics", "interlab_build_info")
}

// holdsPublic reports whether the pages at an address are those of a bot.
func holdsPublic(ctx context.Context, host string) bool {
	return answersWith(ctx, "http://"+host+"/about", "/interlab colloquium list")
}

// answersWith reports whether the beginning of what is at an address has a text.
func answersWith(ctx context.Context, address, text string) bool {
	const enough = 1 << 18
	ctx, cancel := context.WithTimeout(ctx, holderLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return false
	}
	// No proxy of the environment: the answer is on this machine.
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close() //nolint:errcheck // only read
	said, err := io.ReadAll(io.LimitReader(response.Body, enough))
	return err == nil && strings.Contains(string(said), text)
}

package bot

import (
	"net/url"

	"interlab/bot/chat"
)

// publicHost is where the network's public pages are, as people read it; "" where
// it has none.
func (a *App) publicHost() string {
	at, err := url.Parse(a.public)
	if err != nil || a.public == "" {
		return ""
	}
	return at.Host
}

// publicly says to whoever announces a talk that it is for the whole world to
// read; nothing where the network has no public pages.
func (a *App) publicly() []chat.Text {
	host := a.publicHost()
	if host == "" {
		return nil
	}
	return []chat.Text{chat.T("Once announced, it is also on the web, where everybody can read it: " + host + ".")}
}

package web

import (
	"context"
	"crypto/sha256"
	_ "embed" // for the style and the icon
	"encoding/hex"
	"html/template"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot"
	"interlab/calendar"
)

// Window is what everybody may see; bot.Window is one.
type Window interface {
	View(ctx context.Context) (*bot.View, error)
	Now() time.Time
}

// Public is what everybody can read of a network: its talks, feeds and offers.
type Public struct {
	Window Window
	// Personal is the calendar of whoever has a secret address, by the last part
	// of that; a *bot.Denied where nobody has it. Nil where there are none.
	Personal func(ctx context.Context, key string) (calendar.Feed, error)
	// Own is the view of a lab at an address that the bot gave somebody; nil where
	// there are none.
	Own   Own
	Zones *calendar.ZoneSet
	// Name is what people call the network, and Address where it is reached, as
	// "https://talks.example.org".
	Name, Address string
	// Proxies are the servers that may say on whose behalf they ask.
	Proxies []netip.Prefix
	Log     zerolog.Logger
}

// site serves a Public.
type site struct {
	Public
	pages  map[string]*template.Template
	style  entity
	icon   entity
	base   string // Address without a slash at its end
	host   string // the host in it
	feeds  *shelf
	arts   *shelf // pictures
	own    *shelf // personal calendars
	boards *shelf // figures
}

//go:embed style.css
var style []byte

//go:embed icon.svg
var icon []byte

// Handler serves the public pages. It needs no cookies, no script and no
// account; what it is asked for otherwise is a plain page that says so.
func (p Public) Handler() http.Handler {
	s := &site{
		Public: p, pages: parsePages(), base: strings.TrimRight(p.Address, "/"),
		style: newEntity("text/css; charset=utf-8", style), icon: newEntity("image/svg+xml", icon),
		feeds: newShelf(64 << 20), arts: newShelf(16 << 20), own: newShelf(16 << 20), boards: newShelf(16 << 20),
	}
	if address, err := url.Parse(p.Address); err == nil {
		s.host = address.Host
	}
	mux := http.NewServeMux()
	for pattern, serve := range map[string]func(http.ResponseWriter, *http.Request){
		"/{$}": s.upcoming, "/archive": s.archive, "/residencies": s.residencies, "/about": s.about,
		"/talk/{id}": s.talk, "/lab/{id}": s.lab, "/lab/{id}/embed": s.embed, "/series/{id}": s.series, "/topic/{id}": s.topic,
		"/feed.ics": s.feed, "/feed.atom": s.feed, "/feed.json": s.feed, "/u/{key}": s.personal,
		"/board": s.networkBoard, "/board/{file}": s.networkFile, "/board/lab/{id}": s.labBoard, "/board/lab/{id}/{file}": s.labBoard,
		"/own/{token}": s.ownBoard, "/own/{token}/{file}": s.ownBoard,
		"/robots.txt": s.robots, "/": s.missing,
	} {
		mux.HandleFunc("GET "+pattern, serve)
	}
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) { s.style.serve(w, r, forEver) })
	mux.HandleFunc("GET /icon.svg", func(w http.ResponseWriter, r *http.Request) { s.icon.serve(w, r, forEver) })
	return s.guarded(mux)
}

// What may be kept, and for how long. The name of the style changes with it.
const (
	forEver  = "public, max-age=31536000, immutable"
	forAll   = "public, max-age=60"
	forFeeds = "public, max-age=300"
	forNone  = "private, no-store"
)

// styleAddress names the style by its content, so that it can be kept for ever.
func (s *site) styleAddress() string {
	sum := sha256.Sum256(s.style.body)
	return "/style.css?v=" + hex.EncodeToString(sum[:6])
}

func (s *site) robots(w http.ResponseWriter, r *http.Request) {
	newEntity("text/plain; charset=utf-8", []byte("User-agent: *\nDisallow: /u/\nDisallow: /own/\nDisallow: /*/embed\n")).serve(w, r, forAll)
}

// view is what there is to see; false where it cannot be had, which is said.
func (s *site) view(w http.ResponseWriter, r *http.Request) (*bot.View, bool) {
	view, err := s.Window.View(r.Context())
	if err != nil {
		s.Log.Error().Err(err).Msg("the public pages cannot be read from the store")
		w.Header().Set("Retry-After", "30")
		s.plain(w, r, http.StatusServiceUnavailable, "Not at the moment", "The talks cannot be read just now. Please try again in a minute.")
		return nil, false
	}
	return view, true
}

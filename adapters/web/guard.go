package web

import (
	"fmt"
	"net/http"
	"path"
	"runtime/debug"
	"strings"
	"time"

	"interlab/bot/chat"
)

const (
	// queryBytes bounds what is asked for; no form of ours needs half of it.
	queryBytes = 2048
	// policy lets a page load nothing but our own style and pictures, and lets
	// nobody put it into a frame.
	policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	// framed is the same for the one page that is made to be put into frames.
	framed = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
)

// guarded stands before all pages: it says what browsers may do with them, turns
// away who asks too much or in a way that no page answers, and keeps what goes
// wrong in one page from everything else.
func (s *site) guarded(pages http.Handler) http.Handler {
	crowd := newCrowd(time.Now)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header(), strings.HasPrefix(s.base, "https:"))
		defer func() {
			if cause := recover(); cause != nil {
				s.Log.Error().Str("page", r.Pattern).Err(chat.Panicked(cause, debug.Stack())).Msg("a public page failed")
				s.plain(w, r, http.StatusInternalServerError, "Something went wrong", "This page could not be made. Please try again later.")
			}
		}()
		switch wait := crowd.admit(visitor(r, s.Proxies)); {
		case wait > 0:
			w.Header().Set("Retry-After", fmt.Sprint(wait))
			s.plain(w, r, http.StatusTooManyRequests, "Too many requests", fmt.Sprintf("This address asks for more than a person can read. Please wait %d seconds.", wait))
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			s.plain(w, r, http.StatusMethodNotAllowed, "Only for reading", "These pages are for reading. Everything that changes something happens in chat.")
		case len(r.URL.RawQuery) > queryBytes:
			s.plain(w, r, http.StatusRequestURITooLong, "Too long", "The address is too long to be one of ours.")
		case unclean(r.URL.Path):
			s.missing(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	})
}

// unclean reports whether a path goes up, or has empty parts or control
// characters: no address of ours does.
func unclean(p string) bool {
	return path.Clean(p) != strings.TrimSuffix(p, "/") && p != "/" || strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// secure says what browsers may do with what they get.
func secure(h http.Header, encrypted bool) {
	for name, value := range map[string]string{
		"Content-Security-Policy":      policy,
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Permissions-Policy":           "camera=(), microphone=(), geolocation=(), browsing-topics=()",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "cross-origin", // feeds and pictures are for everybody
	} {
		h.Set(name, value)
	}
	if encrypted {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

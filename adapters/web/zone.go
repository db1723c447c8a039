package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// zoneCookie keeps the zone that somebody chose, by its name.
const zoneCookie = "zone"

// zoneKept is how long a browser is asked to keep it.
const zoneKept = 365 * 24 * time.Hour

// choice is the zone in which somebody reads; zero for the hosts' own.
type choice struct {
	zone    calendar.Zone
	typed   string // what they typed where it is no zone
	problem string // and what is wrong with it
}

// chosen is the zone of a visitor: as the address says, else as their cookie does.
// A new one is kept in the cookie, and what names none is told.
func (s *site) chosen(w http.ResponseWriter, r *http.Request) choice {
	var kept choice
	if cookie, err := r.Cookie(zoneCookie); err == nil {
		if zone, err := calendar.ParseZone(cookie.Value); err == nil {
			kept.zone = zone
		}
	}
	query := r.URL.Query()
	if !query.Has("zone") {
		return kept
	}
	typed := chat.CleanLine(query.Get("zone"))
	if typed == "" {
		s.keep(w, "", -1)
		return choice{}
	}
	zone, err := calendar.ParseZone(typed)
	var refusal *calendar.Refusal
	if errors.As(err, &refusal) {
		kept.typed, kept.problem = clipped(typed, 60), refusal.Sentence
		return kept
	}
	if err != nil {
		return kept
	}
	s.keep(w, zone.String(), int(zoneKept.Seconds()))
	return choice{zone: zone}
}

// keep has the browser keep a zone, or forget it.
func (s *site) keep(w http.ResponseWriter, name string, seconds int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // secure wherever the pages are; a zone is no secret
		Name: zoneCookie, Value: name, Path: "/", MaxAge: seconds,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(s.base, "https:"),
	})
}

func clipped(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// shownTime is a moment as a page has it.
type shownTime struct {
	Instant string // for machines
	Text    string // in the visitor's zone, else in the host's and in UTC
	Host    string // in the host's zone, where that is another one

	// For a list, by the clocks by which it is ordered, which are the visitor's or
	// UTC; and beside it what the host's clocks show, where that is something else.
	Date, Clock, Place, Beside string
}

// shown is a moment for a visitor. Every text names its zone.
func (s *site) shown(at time.Time, host calendar.Zone, c choice) shownTime {
	t := shownTime{Instant: at.UTC().Format(time.RFC3339), Text: s.Zones.FormatFull(at, c.zone)}
	switch {
	case c.zone.IsZero() && host == calendar.UTC():
		t.Text = s.Zones.FormatFull(at, host)
	case c.zone.IsZero():
		t.Text = s.Zones.FormatFull(at, host) + " · " + s.inUTC(at, host)
	case c.zone != host:
		t.Host = s.Zones.FormatFull(at, host)
	}
	by := listZone(c)
	t.Date, t.Clock, t.Place = pieces(s.Zones.FormatFull(at, by))
	if by != host {
		date, clock, place := pieces(s.Zones.FormatFull(at, host))
		t.Beside = clock + " " + place
		if date != t.Date {
			t.Beside = date + ", " + t.Beside
		}
	}
	return t
}

// listZone is the zone by which a list is ordered and parted into days.
func listZone(c choice) calendar.Zone {
	if c.zone.IsZero() {
		return calendar.UTC()
	}
	return c.zone
}

// pieces takes a full time apart, as "Fri 4 Dec 2026, 15:00 Paris (UTC+1)".
func pieces(full string) (date, clock, place string) {
	date, rest, _ := strings.Cut(full, ", ")
	clock, place, _ = strings.Cut(rest, " ")
	return date, clock, place
}

// inUTC is a moment in UTC beside one of a zone: with the day where it is another.
func (s *site) inUTC(at time.Time, beside calendar.Zone) string {
	full := s.Zones.FormatFull(at, calendar.UTC())
	if s.Zones.Today(at, calendar.UTC()) == s.Zones.Today(at, beside) {
		return at.UTC().Format("15:04") + " UTC"
	}
	return full
}

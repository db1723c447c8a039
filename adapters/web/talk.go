package web

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"

	"interlab/bot"
	"interlab/calendar"
)

// part is a piece of a text; one with an address is a link.
type part struct{ Text, URL string }

// webAddress is a link in a text. Trailing punctuation is the sentence's.
var webAddress = regexp.MustCompile(`https?://[^\s<>"]*[^\s<>".,;:!?)\]]`)

// parts are a text with its links as links.
func parts(text string) []part {
	var all []part
	rest := 0
	for _, at := range webAddress.FindAllStringIndex(text, -1) {
		if at[0] > rest {
			all = append(all, part{Text: text[rest:at[0]]})
		}
		all = append(all, part{text[at[0]:at[1]], text[at[0]:at[1]]})
		rest = at[1]
	}
	if rest < len(text) {
		all = append(all, part{Text: text[rest:]})
	}
	return all
}

// talkData is what the page of a talk shows.
type talkData struct {
	listed
	Where    []part
	Abstract []part
	Over     bool
	Open     bool // one can still come
	Joining  string
	Then     string // what the bot does for whoever comes
}

// talk is the page of one talk, its calendar file or its picture.
func (s *site) talk(w http.ResponseWriter, r *http.Request) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	id, ext := named(r)
	t, ok := view.Talk(id)
	if !ok {
		s.missing(w, r)
		return
	}
	switch ext {
	case "":
		s.talkPage(w, r, t)
	case "ics":
		w.Header().Set("Content-Disposition", `attachment; filename="colloquium.ics"`)
		newEntity(calendarType, t.Event().File()).serve(w, r, forAll)
	case "png":
		s.picture(w, r, t)
	default:
		s.serveFeed(w, r, view, bot.Filter{Talk: id}, ext)
	}
}

func (s *site) talkPage(w http.ResponseWriter, r *http.Request, t bot.Talk) {
	c, now := s.chosen(w, r), s.Window.Now()
	p := s.page(r, c, t.Title(), s.summary(t))
	data := talkData{listed: s.card(t, c), Where: parts(t.Where(now)), Abstract: parts(t.Abstract()), Over: !t.End().After(now)}
	data.Open = !data.Over && !t.Cancelled()
	data.Joining, data.Then = joining(t)
	p.Data, p.Structured = data, s.structured(t, now)
	p.Picture = &picture{URL: s.base + "/talk/" + t.ID() + ".png", Alt: s.summary(t)}
	p.Feeds = []link{{Title: t.Title(), URL: s.base + "/talk/" + t.ID() + ".ics", Type: "text/calendar"}}
	s.show(w, r, "talk", p)
}

// summary says of a talk in one line who speaks, where and when.
func (s *site) summary(t bot.Talk) string {
	text := t.Speaker()
	if lab := t.Lab(); lab != "" {
		text += ", at " + lab
	}
	text += ", " + s.Zones.FormatFull(t.Start(), t.Zone())
	if t.Cancelled() {
		text = "Cancelled. " + text
	}
	return text
}

// joining says who can come, and afterwards what the bot does for who does.
func joining(t bot.Talk) (who, then string) {
	who, then = "This talk is open to everybody in every lab of the network.", "The bot reminds you, and tells you when something changes."
	switch rule := t.LinkRule(); {
	case rule != "":
		return who + " The link is for " + rule + ".", "The bot reminds you, tells you when something changes, and gives you the link."
	case t.Online():
		return who + " The link is above.", then
	}
	return who, then
}

// structured is the talk as schema.org has an Event. The place to join online is
// this page: a link may not be for everybody.
func (s *site) structured(t bot.Talk, now time.Time) map[string]any {
	page := s.base + "/talk/" + t.ID()
	const schema = "https://schema.org/"
	e := map[string]any{
		"@context": "https://schema.org", "@type": "Event", "@id": page, "url": page, "name": t.Title(),
		"startDate": s.withOffset(t.Start(), t.Zone()), "endDate": s.withOffset(t.End(), t.Zone()),
		"eventStatus": schema + "EventScheduled", "isAccessibleForFree": true,
		"performer": map[string]any{"@type": "Person", "name": t.Speaker()},
		"organizer": map[string]any{"@type": "Organization", "name": t.Lab(), "url": s.base + "/lab/" + t.LabID()},
		"image":     page + ".png",
	}
	if t.Abstract() != "" {
		e["description"] = t.Abstract()
	}
	if l := t.Language(); l != "" {
		e["inLanguage"] = string(l)
	}
	if len(t.Topics()) > 0 {
		e["keywords"] = t.Topics()
	}
	switch before := t.Moved(); {
	case t.Cancelled():
		e["eventStatus"] = schema + "EventCancelled"
	case !before.IsZero():
		e["eventStatus"], e["previousStartDate"] = schema+"EventRescheduled", s.withOffset(before, t.Zone())
	}
	online := map[string]any{"@type": "VirtualLocation", "url": page}
	room := map[string]any{"@type": "Place", "name": t.Lab(), "address": strings.TrimSpace(t.Where(now))}
	switch {
	case t.Only() || t.Where(now) == "":
		e["eventAttendanceMode"], e["location"] = schema+"OnlineEventAttendanceMode", online
	case t.Online():
		e["eventAttendanceMode"], e["location"] = schema+"MixedEventAttendanceMode", []any{online, room}
	default:
		e["eventAttendanceMode"], e["location"] = schema+"OfflineEventAttendanceMode", room
	}
	return e
}

// withOffset is a moment as ISO 8601 has it, by the clocks of a zone.
func (s *site) withOffset(at time.Time, zone calendar.Zone) string {
	wall := s.Zones.WallAt(at, zone)
	if wall.IsZero() {
		return at.UTC().Format(time.RFC3339)
	}
	asUTC := time.Date(wall.Date.Year(), wall.Date.Month(), wall.Date.Day(), wall.Clock.Hour(), wall.Clock.Minute(), wall.Clock.Second(), 0, time.UTC)
	offset := asUTC.Sub(at.Truncate(time.Second))
	return at.In(time.FixedZone("", int(offset.Seconds()))).Format(time.RFC3339)
}

// personal is the calendar of whoever has its secret address. One that nobody
// has, or no longer, is nothing that could ever have been here.
func (s *site) personal(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Robots-Tag", "noindex")
	key, ok := strings.CutSuffix(r.PathValue("key"), ".ics")
	if !ok || s.Personal == nil {
		s.missing(w, r)
		return
	}
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	// While the audit stands still nothing has changed but the time, which lets
	// links appear.
	of := view.Seq + "@" + s.Window.Now().UTC().Truncate(time.Minute).Format(time.RFC3339)
	e, err := s.own.get(hashed(key), of, func() (entity, error) { //nolint:contextcheck // it has the request's
		feed, err := s.Personal(r.Context(), key)
		return newEntity(calendarType, feed.File()), err
	})
	var refused *bot.Denied
	switch {
	case errors.As(err, &refused):
		s.missing(w, r)
	case err != nil:
		s.Log.Error().Err(err).Msg("a personal calendar failed")
		s.plain(w, r, http.StatusServiceUnavailable, "Not at the moment", "The calendar cannot be read just now. Please try again in a minute.")
	default:
		e.serve(w, r, forNone)
	}
}

package web

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"interlab/bot"
	"interlab/bot/chat"
)

// pastShown is how many past talks the page of a lab or a series has: the archive
// has them all.
const pastShown = 10

// extensions are the forms in which a group of talks can be had, beside its page.
var extensions = []string{"ics", "atom", "json", "png"} //nolint:gochecknoglobals // a table

// named is the last part of an address, and the form in which it is asked for.
func named(r *http.Request) (name, ext string) {
	name = r.PathValue("id")
	for _, ext := range extensions {
		if rest, ok := strings.CutSuffix(name, "."+ext); ok {
			return rest, ext
		}
	}
	return name, ""
}

// lab is the page of a lab: its talks, and what it offers.
func (s *site) lab(w http.ResponseWriter, r *http.Request) {
	id, ext := named(r)
	s.group(w, r, bot.Filter{Lab: id}, ext, func(view *bot.View) (string, bool) {
		name := view.LabName(id)
		return name, name != ""
	})
}

// series is the page of talks that come again.
func (s *site) series(w http.ResponseWriter, r *http.Request) {
	id, ext := named(r)
	s.group(w, r, bot.Filter{Series: id}, ext, func(view *bot.View) (string, bool) {
		title := view.SeriesTitle(id)
		return "Series: " + title, title != ""
	})
}

// topic is the page of the talks on a topic. Every topic has one, for a feed may
// be subscribed to before the first talk.
func (s *site) topic(w http.ResponseWriter, r *http.Request) {
	topic, ext := named(r)
	topic = clipped(chat.CleanLine(topic), maxTyped)
	s.group(w, r, bot.Filter{Topic: topic}, ext, func(*bot.View) (string, bool) { return "Talks on " + topic, topic != "" })
}

// group is the page of talks that have something in common, or their feed.
func (s *site) group(w http.ResponseWriter, r *http.Request, f bot.Filter, ext string, title func(*bot.View) (string, bool)) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	name, ok := title(view)
	switch {
	case !ok || ext == "png":
		s.missing(w, r)
		return
	case ext != "":
		s.serveFeed(w, r, view, f, ext)
		return
	}
	c, now := s.chosen(w, r), s.Window.Now()
	a := s.asks(r, c)
	a.filter = f
	a.filter.From = now
	p := s.page(r, c, name, view.Title(f)+", open to everybody in every lab of "+s.Name+".")
	before := past(view, f, now)
	data := s.list(c, a, view.Talks(a.filter), r.URL)
	data.Intro = about(f)
	data.Past = s.cards(before[:min(len(before), pastShown)], c)
	if len(data.Days) == 0 {
		data.Count = "No talk is announced at the moment."
	}
	if f.Topic != "" && len(before)+len(data.Days) == 0 {
		p.Hidden = true // or anybody's words would be a page of this network
	}
	if f.Lab != "" {
		data.Places = view.Places(f.Lab, now)
		data.Embed = fmt.Sprintf(`<iframe src="%s/lab/%s/embed" title="Talks at %s" width="100%%" height="480" loading="lazy"></iframe>`, s.base, f.Lab, html.EscapeString(name))
	}
	s.offer(&p, &data, view, f)
	p.Data = data
	s.show(w, r, "talks", p)
}

// about says what the talks of a group have in common.
func about(f bot.Filter) string {
	switch {
	case f.Lab != "":
		return "Talks that this lab opens to everybody in the network."
	case f.Series != "":
		return "Talks that come again, open to everybody in the network."
	}
	return "Talks of all labs on this topic, open to everybody in the network."
}

// embedded is what the list for a lab's own site shows.
type embedded struct {
	Lab   string
	Talks []listed
}

// embed is the list of a lab's talks to come for a frame in the lab's own site. It
// alone may be put into one, reads no cookie and has no form.
func (s *site) embed(w http.ResponseWriter, r *http.Request) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	id := r.PathValue("id")
	name := view.LabName(id)
	if name == "" {
		s.missing(w, r)
		return
	}
	const shown = 20
	talks := view.Talks(bot.Filter{Lab: id, From: s.Window.Now()})
	p := s.page(r, choice{}, "Talks at "+name, "")
	p.Data = embedded{id, s.cards(talks[:min(len(talks), shown)], choice{})}
	e, err := s.render("embed", p)
	if err != nil {
		s.plain(w, r, http.StatusInternalServerError, "Something went wrong", "This list could not be made. Please try again later.")
		return
	}
	w.Header().Set("Content-Security-Policy", framed)
	e.serve(w, r, forAll)
}

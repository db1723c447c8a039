package web

import (
	"bytes"
	"cmp"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"interlab/calendar"
)

//go:embed pages
var sources embed.FS

// parsePages reads the templates; those of the program itself always parse.
func parsePages() map[string]*template.Template {
	pages := map[string]*template.Template{}
	for _, name := range []string{"talks", "talk", "residencies", "about", "board", "plain"} {
		pages[name] = template.Must(template.New(name).Funcs(template.FuncMap{"linked": parts}).ParseFS(sources, "pages/layout.html", "pages/"+name+".html"))
	}
	pages["embed"] = template.Must(template.ParseFS(sources, "pages/embed.html"))
	return pages
}

// page is what a template shows.
type page struct {
	Site, Base, Style string
	Title             string
	Description       string
	Path              string // of this page, without a query
	Canonical         string // its full address; "" where none should be kept
	Hidden            bool   // from search engines
	Nav               []link
	Feeds             []link
	Picture           *picture
	Structured        any // as schema.org has it
	Zone              calendar.Zone
	ZoneName          string
	ZoneText          string
	ZoneProblem       string
	Kept              []field // the query, for a form that changes one thing of it
	Data              any
}

// link leads to another page.
type link struct {
	Title, URL, Type string
	Here             bool
}

// picture stands for a page where a link to it is shown.
type picture struct{ URL, Alt string }

// field is one value of a query.
type field struct{ Name, Value string }

// page begins a page for a visitor.
func (s *site) page(r *http.Request, c choice, title, description string) page {
	p := page{
		Site: s.Name, Base: s.base, Style: s.styleAddress(), Title: title, Description: description, Path: r.URL.Path,
		Canonical: s.base + r.URL.EscapedPath(), Zone: c.zone, ZoneName: "the host of each talk, and in UTC", ZoneText: c.typed, ZoneProblem: c.problem,
		Kept: kept(r.URL.Query()),
	}
	if !c.zone.IsZero() {
		p.ZoneName, p.ZoneText = zoneName(c.zone), cmp.Or(c.typed, zoneName(c.zone))
	}
	for _, l := range []link{{Title: "Talks", URL: "/"}, {Title: "Archive", URL: "/archive"}, {Title: "Residencies", URL: "/residencies"}, {Title: "Outcomes", URL: "/board"}, {Title: "How to come", URL: "/about"}} {
		l.Here = l.URL == r.URL.Path
		p.Nav = append(p.Nav, l)
	}
	return p
}

// zoneName is what people call a zone.
func zoneName(z calendar.Zone) string {
	if city := z.City(); city != "" {
		return city
	}
	return z.String()
}

// kept are the values of a query but the zone, in a fixed order.
func kept(query url.Values) []field {
	var all []field
	for name, values := range query {
		if name != "zone" && slices.Contains([]string{"q", "topic", "lab", "series", "language", "when", "from", "page"}, name) && values[0] != "" {
			all = append(all, field{name, clipped(values[0], 200)})
		}
	}
	slices.SortFunc(all, func(a, b field) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// show answers with a page. One that sets a cookie is kept by nobody.
func (s *site) show(w http.ResponseWriter, r *http.Request, name string, p page) {
	e, err := s.render(name, p)
	if err != nil {
		s.Log.Error().Err(err).Str("page", name).Msg("a public page failed")
		http.Error(w, "This page could not be made. Please try again later.", http.StatusInternalServerError)
		return
	}
	keep := forAll
	if w.Header().Get("Set-Cookie") != "" || p.Hidden {
		keep = forNone
	}
	w.Header().Add("Vary", "Cookie")
	e.serve(w, r, keep)
}

func (s *site) render(name string, p page) (entity, error) {
	var out bytes.Buffer
	err := s.pages[name].ExecuteTemplate(&out, "layout", p)
	return newEntity("text/html; charset=utf-8", out.Bytes()), err
}

// plain answers with a few words.
func (s *site) plain(w http.ResponseWriter, r *http.Request, status int, title, text string) {
	p := s.page(r, choice{}, title, text)
	p.Data, p.Canonical, p.Hidden = text, "", true
	e, err := s.render("plain", p)
	if err != nil {
		http.Error(w, text, status)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", e.kind)
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(e.body)
	}
}

// missing is the page for everything that is not there, whatever it might have been.
func (s *site) missing(w http.ResponseWriter, r *http.Request) {
	s.plain(w, r, http.StatusNotFound, "Nothing is here", "There is no such page. It may have been mistyped, or what it was about is no longer kept.")
}

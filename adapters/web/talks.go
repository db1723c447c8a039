package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
)

// pageTalks is how many talks a page lists.
const pageTalks = 40

// maxTyped is how much of a word in a form is read, in runes.
const maxTyped = 100

// listed is a talk in a list.
type listed struct {
	bot.Talk
	When  shownTime
	Date  string // where no heading says it
	Moved string // when it was to be before
}

// How says whether one comes to a room, to a screen or to either.
func (l listed) How() string {
	switch {
	case l.Only():
		return "online"
	case l.Online():
		return "in the room and online"
	}
	return ""
}

// day is the talks of one day, by the visitor's clocks.
type day struct {
	ID, Name string
	Talks    []listed
}

// option is one entry of a menu.
type option struct {
	bot.Choice
	Chosen bool
}

// talksData is what the page of a list shows.
type talksData struct {
	Intro, Problem     string
	Filters            bool
	Words, Topic, From string
	Topics             []string
	Labs, Series       []option
	Languages          []option
	Narrowed           bool   // by more than words
	Spans              []link // how far ahead one can look; Type is the value
	Count              string
	Days               []day
	Earlier, Later     string
	Places             []bot.Place
	Past               []listed
	Subscribe          *subscription
	Embed              string
}

// asked is what a query asks for.
type asked struct {
	filter  bot.Filter
	span    string // a key of spans
	from    string // a day, as it was typed
	problem string
	number  int // of the page, from 0
}

// spans are how far ahead a list goes.
var spans = []struct { //nolint:gochecknoglobals // a table
	bot.Choice
	days int
}{{bot.Choice{ID: "", Name: "All to come"}, 0}, {bot.Choice{ID: "week", Name: "The next 7 days"}, 7}, {bot.Choice{ID: "month", Name: "The next 31 days"}, 31}}

// asks reads a query. What it does not understand is told and left out.
func (s *site) asks(r *http.Request, c choice) asked {
	query := r.URL.Query()
	typed := func(name string) string { return clipped(chat.CleanLine(query.Get(name)), maxTyped) }
	a := asked{
		filter: bot.Filter{Words: typed("q"), Topic: typed("topic"), Lab: typed("lab"), Series: typed("series"), Language: spoken(typed("language")), From: s.Window.Now()},
		span:   typed("when"), from: typed("from"),
	}
	a.number, _ = strconv.Atoi(typed("page")) // what is no number is the first page
	a.number = min(max(a.number, 1), 1_000_000) - 1
	if a.from != "" {
		first, err := calendar.ParseDate(a.from)
		if err != nil {
			a.problem = fmt.Sprintf("“%s” is no day of the calendar. Write one as 2026-12-31.", clipped(a.from, 20))
		} else if at := s.dayBegins(first, c.zone); at.After(a.filter.From) {
			a.filter.From = at
		}
	}
	for _, span := range spans {
		if span.ID == a.span && span.days > 0 {
			a.filter.To = a.filter.From.AddDate(0, 0, span.days)
		}
	}
	return a
}

// dayBegins is the first moment of a day for a visitor.
func (s *site) dayBegins(d calendar.Date, zone calendar.Zone) time.Time {
	if zone.IsZero() {
		zone = calendar.UTC()
	}
	at, _ := s.Zones.Resolve(calendar.Wall{Date: d, Zone: zone})
	return at
}

// upcoming is the list of the talks to come.
func (s *site) upcoming(w http.ResponseWriter, r *http.Request) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	c := s.chosen(w, r)
	a := s.asks(r, c)
	p := s.page(r, c, "Talks to come", "Colloquia of "+s.Name+" that are open to everybody in every lab.")
	if f := bare(a.filter); f != (bot.Filter{}) {
		p.Title = view.Title(f) + " to come"
		p.Hidden = a.filter.Words != ""
	}
	p.Canonical = s.base + "/"
	data := s.list(c, a, view.Talks(a.filter), r.URL)
	data.Intro = s.Name + " is a network of research labs that open their talks to one another. Here is what is on, and when by your own clocks."
	if data.Count == none && a.filter.To.IsZero() && bare(a.filter) == (bot.Filter{}) && a.from == "" {
		data.Count = "No talk is announced at the moment. Subscribe below, and the next one comes into your calendar by itself."
	}
	s.filters(view, a, r.URL, &data)
	s.offer(&p, &data, view, bare(a.filter))
	p.Data = data
	s.show(w, r, "talks", p)
}

// bare is a filter without bounds of time, as a feed has it.
func bare(f bot.Filter) bot.Filter {
	f.From, f.To = time.Time{}, time.Time{}
	return f
}

// archive is the list of the talks that have been, the last one first.
func (s *site) archive(w http.ResponseWriter, r *http.Request) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	c := s.chosen(w, r)
	a := s.asks(r, c)
	p := s.page(r, c, "Talks that have been", "What was spoken about in "+s.Name+", with slides, recordings, code and papers where there are any.")
	p.Hidden = a.filter.Words != ""
	data := s.list(c, a, past(view, bare(a.filter), s.Window.Now()), r.URL)
	data.Intro = "With slides, recordings, code and papers where there are any: open a talk to find them."
	s.filters(view, a, r.URL, &data)
	data.Spans, data.From = nil, ""
	p.Data = data
	s.show(w, r, "talks", p)
}

// past are the talks of a filter that are over, the last one first.
func past(view *bot.View, f bot.Filter, now time.Time) []bot.Talk {
	f.To = now
	talks := slices.DeleteFunc(view.Talks(f), func(t bot.Talk) bool { return t.End().After(now) })
	slices.Reverse(talks)
	return talks
}

// list is one page of talks, by day.
func (s *site) list(c choice, a asked, talks []bot.Talk, at *url.URL) talksData {
	pages := max(1, (len(talks)+pageTalks-1)/pageTalks)
	number := min(a.number, pages-1)
	data := talksData{Problem: a.problem, Count: counted(len(talks))}
	if pages > 1 {
		data.Count += fmt.Sprintf(" Page %d of %d.", number+1, pages)
	}
	if number > 0 {
		data.Earlier = turned(at, number)
	}
	if number+1 < pages {
		data.Later = turned(at, number+2)
	}
	for _, t := range s.cards(talks[number*pageTalks:min(len(talks), (number+1)*pageTalks)], c) {
		date := s.Zones.Today(t.Start(), listZone(c))
		if n := len(data.Days); n == 0 || data.Days[n-1].ID != date.String() {
			data.Days = append(data.Days, day{ID: date.String(), Name: calendar.FormatDay(date)})
		}
		last := &data.Days[len(data.Days)-1]
		if t.Date == last.Name {
			t.Date = ""
		}
		last.Talks = append(last.Talks, t)
	}
	return data
}

// none says that nothing is found, and what to do.
const none = "No talk answers this. Ask for less, or look further ahead."

// counted says how many talks there are.
func counted(n int) string {
	switch n {
	case 0:
		return none
	case 1:
		return "1 talk."
	}
	return fmt.Sprintf("%d talks.", n)
}

// turned is the address of another page of the same list.
func turned(at *url.URL, number int) string {
	query := url.Values{}
	for _, f := range kept(at.Query()) {
		query.Set(f.Name, f.Value)
	}
	query.Set("page", strconv.Itoa(number))
	return at.EscapedPath() + "?" + query.Encode()
}

// spanned is the address of the same list, as far ahead as a span goes.
func spanned(at *url.URL, span string) string {
	query := url.Values{}
	for _, f := range kept(at.Query()) {
		if f.Name != "page" {
			query.Set(f.Name, f.Value)
		}
	}
	query.Set("when", span)
	if span == "" {
		query.Del("when")
	}
	if len(query) == 0 {
		return at.EscapedPath()
	}
	return at.EscapedPath() + "?" + query.Encode()
}

// cards are talks as a list has them.
func (s *site) cards(talks []bot.Talk, c choice) []listed {
	all := make([]listed, 0, len(talks))
	for _, t := range talks {
		all = append(all, s.card(t, c))
	}
	return all
}

func (s *site) card(t bot.Talk, c choice) listed {
	l := listed{Talk: t, When: s.shown(t.Start(), t.Zone(), c)}
	l.Date = l.When.Date
	if before := t.Moved(); !before.IsZero() {
		l.Moved = s.shown(before, t.Zone(), c).Text
	}
	return l
}

// filters fills the form by which talks are found.
func (s *site) filters(view *bot.View, a asked, at *url.URL, data *talksData) {
	const topics = 30 // as many as one looks through
	now := s.Window.Now()
	data.Filters, data.Words, data.Topic, data.From = true, a.filter.Words, a.filter.Topic, a.from
	data.Topics = view.Topics(now, topics)
	data.Labs, data.Series = options(view.Labs(), a.filter.Lab), options(view.Series(now), a.filter.Series)
	data.Languages = options(view.Languages(now), string(a.filter.Language))
	data.Narrowed = a.from != "" || a.filter.Topic+a.filter.Lab+a.filter.Series+string(a.filter.Language) != ""
	for _, span := range spans {
		data.Spans = append(data.Spans, link{Title: span.Name, URL: spanned(at, span.ID), Type: span.ID, Here: span.ID == a.span})
	}
}

// mostOptions bounds a menu: with more, the words find a talk sooner.
const mostOptions = 120

func options(all []bot.Choice, chosen string) []option {
	var list []option
	for _, one := range all {
		if len(list) < mostOptions || one.ID == chosen {
			one.Name = clipped(one.Name, 60)
			list = append(list, option{one, one.ID == chosen})
		}
	}
	return list
}

// subscription is where the talks of a page can be had for good.
type subscription struct {
	Webcal                  template.URL // of a scheme that templates do not know
	ICS, Google, Atom, JSON string
}

// offer puts the feeds of a filter onto a page.
func (s *site) offer(p *page, data *talksData, view *bot.View, f bot.Filter) {
	title := view.Title(f)
	at := func(ext string) string { return s.base + feedPath(f, ext) }
	ics := at("ics")
	webcal := "webcal" + strings.TrimPrefix(strings.TrimPrefix(ics, "https"), "http")
	data.Subscribe = &subscription{
		Webcal: template.URL(webcal), //nolint:gosec // made of our own address and escaped words
		ICS:    feedPath(f, "ics"), Atom: feedPath(f, "atom"), JSON: feedPath(f, "json"),
		Google: "https://calendar.google.com/calendar/r?" + url.Values{"cid": {webcal}}.Encode(),
	}
	p.Feeds = []link{
		{Title: title, URL: at("ics"), Type: "text/calendar"},
		{Title: title, URL: at("atom"), Type: "application/atom+xml"},
		{Title: title, URL: at("json"), Type: "application/feed+json"},
	}
}

// feedPath is where the feed of a filter is, in a form.
func feedPath(f bot.Filter, ext string) string {
	for _, one := range []struct {
		folder, of string
		alone      bot.Filter
	}{{"lab", f.Lab, bot.Filter{Lab: f.Lab}}, {"series", f.Series, bot.Filter{Series: f.Series}}, {"topic", f.Topic, bot.Filter{Topic: f.Topic}}, {"talk", f.Talk, bot.Filter{Talk: f.Talk}}} {
		if one.of != "" && f == one.alone {
			return "/" + one.folder + "/" + url.PathEscape(one.of) + "." + ext
		}
	}
	query := url.Values{}
	for name, value := range map[string]string{"q": f.Words, "topic": f.Topic, "lab": f.Lab, "series": f.Series, "language": string(f.Language)} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return "/feed." + ext
	}
	return "/feed." + ext + "?" + query.Encode()
}

// spoken is the language of a query; what names none means all.
func spoken(text string) bot.Language {
	l, err := bot.ParseLanguage(text)
	if err != nil {
		return ""
	}
	return l
}

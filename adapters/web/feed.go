package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"interlab/bot"
)

// The kinds of feeds, as RFC 5545, RFC 4287 and JSON Feed 1.1 name them.
const (
	calendarType = "text/calendar; charset=utf-8"
	atomType     = "application/atom+xml; charset=utf-8"
	jsonFeedType = "application/feed+json; charset=utf-8"
)

// newsTalks is how many talks a feed for news readers has: those that were
// announced or changed last.
const newsTalks = 100

// feed is the feed of all talks, or of what a query leaves of them.
func (s *site) feed(w http.ResponseWriter, r *http.Request) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	f := bare(s.asks(r, choice{}).filter)
	if f.Lab != "" && view.LabName(f.Lab) == "" || f.Series != "" && view.SeriesTitle(f.Series) == "" {
		s.missing(w, r)
		return
	}
	s.serveFeed(w, r, view, f, strings.TrimPrefix(path.Ext(r.URL.Path), "."))
}

// serveFeed answers with the talks of a filter in one of three forms. What was
// made once is given again until a talk changes or a day ends.
func (s *site) serveFeed(w http.ResponseWriter, r *http.Request, view *bot.View, f bot.Filter, ext string) {
	now := s.Window.Now().UTC()
	of := fmt.Sprintf("%d@%s", view.Version, now.Format(time.DateOnly))
	e, err := s.feeds.get(hashed(ext, f.Lab, f.Topic, f.Series, f.Talk, f.Words, string(f.Language)), of, func() (entity, error) {
		switch ext {
		case "ics":
			return newEntity(calendarType, view.Feed(f, now).File()), nil
		case "atom":
			return s.atom(view, f, now)
		}
		return s.jsonFeed(view, f, now)
	})
	if err != nil {
		s.Log.Error().Err(err).Str("feed", ext).Msg("a feed failed")
		s.plain(w, r, http.StatusInternalServerError, "Something went wrong", "This feed could not be made. Please try again later.")
		return
	}
	e.serve(w, r, forFeeds)
}

// hashed is a key of bounded length that nobody can read.
func hashed(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:])
}

// item is a talk as news readers have it.
type item struct {
	id, url, title, text, speaker string
	language                      string // a tag, where it is known
	topics                        []string
	published, updated            time.Time
}

// news are the talks of a filter that were announced or changed last.
func (s *site) news(view *bot.View, f bot.Filter, now time.Time) []item {
	talks := view.Listed(f, now)
	slices.SortStableFunc(talks, func(a, b bot.Talk) int {
		return cmp.Or(b.Changed().Compare(a.Changed()), strings.Compare(a.ID(), b.ID()))
	})
	var all []item
	for _, t := range talks[:min(len(talks), newsTalks)] {
		i := item{
			id: s.tag("talk/" + t.ID()), url: s.base + "/talk/" + t.ID(), title: t.Title(), speaker: t.Speaker(),
			language: string(t.Language()), topics: t.Topics(), published: t.Announced().UTC(), updated: t.Changed().UTC(),
			text: s.shown(t.Start(), t.Zone(), choice{}).Text + fmt.Sprintf(", %d minutes\n", t.Minutes()) + t.Speaker(),
		}
		if lab := t.Lab(); lab != "" {
			i.text += ", at " + lab
		}
		if name := t.Unusual(); name != "" {
			i.text += "\nLanguage: " + name
		}
		if t.Abstract() != "" {
			i.text += "\n\n" + t.Abstract()
		}
		if t.Cancelled() {
			i.title, i.text = "Cancelled: "+i.title, "This talk does not take place.\n"+i.text
		}
		all = append(all, i)
	}
	return all
}

// tag names something for ever (RFC 4151).
func (s *site) tag(what string) string {
	host, _, _ := strings.Cut(s.host, ":")
	return "tag:" + host + ",2026:" + what
}

// lastChange is when the newest of some items changed. A feed of none changed never.
func lastChange(items []item) time.Time {
	if len(items) == 0 {
		return time.Unix(0, 0).UTC()
	}
	return items[0].updated
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomEntry struct {
	Language  string         `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	ID        string         `xml:"id"`
	Title     string         `xml:"title"`
	Link      atomLink       `xml:"link"`
	Published string         `xml:"published"`
	Updated   string         `xml:"updated"`
	Author    string         `xml:"author>name"`
	Category  []atomCategory `xml:"category"`
	Content   string         `xml:"content"`
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

// atom is the talks of a filter for news readers (RFC 4287).
func (s *site) atom(view *bot.View, f bot.Filter, now time.Time) (entity, error) {
	items := s.news(view, f, now)
	feed := atomFeed{
		ID: s.tag(strings.TrimPrefix(feedPath(f, "atom"), "/")), Title: view.Title(f), Subtitle: "Colloquia that are open to everybody in every lab.",
		Updated: lastChange(items).Format(time.RFC3339), Author: s.Name,
		Links: []atomLink{{"self", "application/atom+xml", s.base + feedPath(f, "atom")}, {"alternate", "text/html", s.base + "/"}},
	}
	for _, i := range items {
		e := atomEntry{
			Language: i.language, ID: i.id, Title: i.title, Link: atomLink{"alternate", "text/html", i.url}, Author: i.speaker, Content: i.text,
			Published: i.published.Format(time.RFC3339), Updated: i.updated.Format(time.RFC3339),
		}
		for _, topic := range i.topics {
			e.Category = append(e.Category, atomCategory{topic})
		}
		feed.Entries = append(feed.Entries, e)
	}
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return entity{}, fmt.Errorf("write an Atom feed: %w", err)
	}
	return newEntity(atomType, append([]byte(xml.Header), append(body, '\n')...)), nil
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Text      string       `json:"content_text"`
	Published time.Time    `json:"date_published"`
	Modified  time.Time    `json:"date_modified"`
	Authors   []jsonAuthor `json:"authors"`
	Tags      []string     `json:"tags,omitempty"`
	Language  string       `json:"language,omitempty"`
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	Feed        string     `json:"feed_url"`
	Description string     `json:"description"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

// jsonFeed is the same as https://www.jsonfeed.org/version/1.1/ has it.
func (s *site) jsonFeed(view *bot.View, f bot.Filter, now time.Time) (entity, error) {
	feed := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: view.Title(f), Home: s.base + "/", Feed: s.base + feedPath(f, "json"),
		Description: "Colloquia that are open to everybody in every lab.", Language: "en", Items: []jsonItem{},
	}
	for _, i := range s.news(view, f, now) {
		feed.Items = append(feed.Items, jsonItem{i.id, i.url, i.title, i.text, i.published.Truncate(time.Second), i.updated.Truncate(time.Second), []jsonAuthor{{i.speaker}}, i.topics, i.language})
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(feed); err != nil {
		return entity{}, fmt.Errorf("write a JSON feed: %w", err)
	}
	return newEntity(jsonFeedType, out.Bytes()), nil
}

package bot

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"interlab/calendar"
)

// View is what everybody could see at one moment. It never changes.
type View struct {
	// Version grows whenever something that is shown has changed.
	Version uint64
	// Seq is the end of the audit that the view follows: while it stays, nothing
	// at all was changed in the network.
	Seq string

	app      *App
	facets   *facets
	byID     map[string]*shownTalk
	byStart  []*shownTalk
	labs     map[string]*Lab
	openings []*Opening
	answers  map[string][]Answered // by talk
	board    *Board
	outdated bool // what the board is of has changed since
}

// Board is the public outcomes board, at most some minutes old.
func (v *View) Board() *Board { return v.board }

// shownTalk is a talk with what it is found by, as it is compared: folding the
// texts of 10,000 talks takes longer than showing a page.
type shownTalk struct {
	*Colloquium
	words string
	topic []string
}

// Filter says which talks are meant: those that answer all of it. The zero value
// means all talks.
type Filter struct {
	Lab    string // its id
	Topic  string // in any case
	Series string // its id
	Talk   string // its id
	// Language is what a talk is held in, be it said of the talk or the usual one.
	Language Language
	Words    string // each of them is in the title, the speaker, the abstract or a topic
	// From and To bound the talk: one that goes on at From counts, one that begins
	// at To does not. Zero is no bound.
	From, To time.Time
}

// selections are the filter as feeds know it, without the topic.
func (f Filter) selections() []Selection {
	var all []Selection
	for kind, of := range map[FeedKind]string{FeedLab: f.Lab, FeedSeries: f.Series, FeedTalk: f.Talk} {
		if of != "" {
			all = append(all, Selection{Kind: kind, Of: of})
		}
	}
	return all
}

// Talks are the talks of a filter, by their start.
func (v *View) Talks(f Filter) []Talk {
	var found []Talk
	selections, words, topic := f.selections(), strings.Fields(fold(f.Words)), fold(f.Topic)
	for _, t := range v.from(f) {
		switch {
		case !f.From.IsZero() && !t.end().After(f.From), !f.To.IsZero() && !t.Start.Before(f.To):
		case f.Language != "" && v.app.heldIn(t.Colloquium) != f.Language:
		case f.Topic != "" && !slices.Contains(t.topic, topic):
		case slices.ContainsFunc(selections, func(s Selection) bool { return !t.selected(s, nil) }):
		case slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(t.words, word) }):
		default:
			found = append(found, Talk{t.Colloquium, v})
		}
	}
	return found
}

// from leaves out what was long over at the filter's From.
func (v *View) from(f Filter) []*shownTalk {
	if f.From.IsZero() {
		return v.byStart
	}
	first := f.From.Add(-maxMinutes * time.Minute)
	i, _ := slices.BinarySearchFunc(v.byStart, first, func(t *shownTalk, at time.Time) int { return t.Start.Compare(at) })
	return v.byStart[i:]
}

// Talk is the one of an id; false where everybody may see none.
func (v *View) Talk(id string) (Talk, bool) {
	t, ok := v.byID[id]
	if !ok {
		return Talk{}, false
	}
	return Talk{t.Colloquium, v}, true
}

// Listed are the talks that a feed of a filter has at a time: from 90 days back
// to 400 days ahead, and a cancelled one until a week after it would have been. A
// single talk is in its feed for ever.
func (v *View) Listed(f Filter, now time.Time) []Talk {
	if f.Talk != "" {
		return v.Talks(f)
	}
	today := now.UTC().Truncate(24 * time.Hour)
	f.From, f.To = today.AddDate(0, 0, -feedBack), today.AddDate(0, 0, feedAhead)
	return slices.DeleteFunc(v.Talks(f), func(t Talk) bool { return t.c.forgotten(now) })
}

// Feed is the calendar of a filter at a time, as App.Feed makes it of one
// selection.
func (v *View) Feed(f Filter, now time.Time) calendar.Feed {
	feed := calendar.Feed{Name: v.Title(f), Description: openToAll}
	for _, t := range v.Listed(f, now) {
		feed.Events = append(feed.Events, v.app.feedEvent(t.c, Selection{Kind: FeedNetwork}, nil, now))
	}
	return feed
}

// Title says in a few words which talks a filter means.
func (v *View) Title(f Filter) string {
	if t, ok := v.Talk(f.Talk); ok {
		return t.Title()
	}
	var parts []string
	if f.Series != "" {
		parts = append(parts, "of the series “"+v.SeriesTitle(f.Series)+"”")
	}
	if f.Topic != "" {
		parts = append(parts, "on "+f.Topic)
	}
	if f.Lab != "" {
		parts = append(parts, "at "+v.LabName(f.Lab))
	}
	if f.Language != "" {
		parts = append(parts, "in "+f.Language.Name())
	}
	if f.Words != "" {
		parts = append(parts, "with “"+f.Words+"”")
	}
	if len(parts) == 0 {
		return "Talks of all labs"
	}
	return "Talks " + strings.Join(parts, ", ")
}

// LabName is what people call a lab; "" where there is none of that id.
func (v *View) LabName(id string) string {
	if lab, ok := v.labs[id]; ok {
		return lab.Name
	}
	return ""
}

// Choice is something to choose by: what is kept, and what people read.
type Choice struct{ ID, Name string }

// Labs are all labs, by name.
func (v *View) Labs() []Choice {
	var all []Choice
	for id, lab := range v.labs {
		all = append(all, Choice{id, lab.Name})
	}
	slices.SortFunc(all, byName)
	return all
}

func byName(a, b Choice) int {
	return cmp.Or(strings.Compare(fold(a.Name), fold(b.Name)), strings.Compare(a.ID, b.ID))
}

// facets are what talks to come can be chosen by. Counting 10,000 talks takes
// longer than showing a page, so it is done once an hour.
type facets struct {
	mu   sync.Mutex
	hour time.Time
	facetsThen
}

// facetsThen are those of one hour.
type facetsThen struct {
	series, languages []Choice
	topics            []string
}

// Series are the series that have a talk to come after a time, by title.
func (v *View) Series(now time.Time) []Choice { return v.facets.count(v, now).series }

// Languages are those that talks to come after a time are held in, by name; none
// where all are held in the usual one, for then there is nothing to choose.
func (v *View) Languages(now time.Time) []Choice { return v.facets.count(v, now).languages }

// Topics are the topics of talks to come after a time, those of most talks first.
func (v *View) Topics(now time.Time, most int) []string {
	topics := v.facets.count(v, now).topics
	return topics[:min(len(topics), most)]
}

// count counts for the hour of a time.
func (f *facets) count(v *View, now time.Time) facetsThen {
	f.mu.Lock()
	defer f.mu.Unlock()
	if hour := now.Truncate(time.Hour); !f.hour.Equal(hour) {
		f.hour = hour
		talks := v.Talks(Filter{From: now})
		f.facetsThen = facetsThen{seriesOf(talks), languagesOf(talks), topicsOf(talks)}
	}
	return f.facetsThen
}

func seriesOf(talks []Talk) []Choice {
	seen := map[string]bool{}
	var all []Choice
	for _, t := range talks {
		if id := t.Series(); id != "" && !seen[id] {
			seen[id] = true
			all = append(all, Choice{id, t.Title()})
		}
	}
	slices.SortFunc(all, byName)
	return all
}

func topicsOf(talks []Talk) []string {
	count, spelt := map[string]int{}, map[string]string{}
	for _, t := range talks {
		for _, topic := range t.Topics() {
			key := fold(topic)
			count[key]++
			if spelt[key] == "" {
				spelt[key] = topic
			}
		}
	}
	return slices.SortedFunc(maps.Values(spelt), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[fold(b)], count[fold(a)]), strings.Compare(fold(a), fold(b)))
	})
}

// SeriesTitle is the title of the last talk of a series; "" where there is none.
func (v *View) SeriesTitle(id string) string {
	if talks := v.Talks(Filter{Series: id}); id != "" && len(talks) > 0 {
		return talks[len(talks)-1].Title()
	}
	return ""
}

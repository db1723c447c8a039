package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/calendar"
)

// FeedKind is what the talks of a feed have in common.
type FeedKind string

// The kinds of feeds.
const (
	FeedNetwork  FeedKind = "network"  // all talks
	FeedLab      FeedKind = "lab"      // those that a lab hosts, by its id or name
	FeedTopic    FeedKind = "topic"    // those about a topic, in any case
	FeedSeries   FeedKind = "series"   // those of a series, by its id
	FeedTalk     FeedKind = "talk"     // one talk, by its id
	FeedPersonal FeedKind = "personal" // those that a person comes to or gives, by the person's id
)

// Selection says which talks a feed has.
type Selection struct {
	Kind FeedKind
	// Of names the lab, topic, series, talk or person; empty for FeedNetwork.
	Of string
	// Ever takes in talks of any time. Else a feed goes from 90 days back to 400
	// days ahead, and a cancelled talk leaves it a week after it would have been.
	Ever bool
}

// The window of a feed, in days.
const (
	feedBack      = 90
	feedAhead     = 400
	feedCancelled = 7
)

// Feed is a calendar of the selected talks: each one event under a UID that it
// keeps for ever, stamped with its last change, so that the same talks give the
// same bytes. What is not there to be selected from, as a lab of that name, is a
// *Denied that says so. A link is where the talk's rule lets the reader see it.
func (a *App) Feed(ctx context.Context, s Selection) (calendar.Feed, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	feed, index, err := a.feedHead(tx, &s)
	if err != nil {
		return calendar.Feed{}, err
	}
	comes, err := a.comesTo(tx, s)
	if err != nil {
		return calendar.Feed{}, err
	}
	for next := feedPages(index, s, tx.now); ; {
		talks, after, err := page[*Colloquium](tx, next)
		if err != nil {
			return calendar.Feed{}, err
		}
		for _, c := range talks {
			if c.selected(s, comes) && (s.Ever || !c.forgotten(tx.now)) {
				feed.Events = append(feed.Events, a.feedEvent(c, s, comes, tx.now))
			}
		}
		if after == "" {
			return feed, nil
		}
		next.After = after
	}
}

// feedPages is the first page of the talks to look through. The window begins and
// ends with a day, so that a feed changes by itself once a day at most.
func feedPages(index string, s Selection, now time.Time) Page {
	p := Page{Index: index}
	if !s.Ever {
		today := now.UTC().Truncate(24 * time.Hour)
		p.From = today.AddDate(0, 0, -feedBack).UnixMilli()
		p.To = today.AddDate(0, 0, feedAhead).UnixMilli()
	}
	return p
}

// feedHead names the feed, and the index in which its talks are. A lab's name in
// the selection becomes its id.
func (a *App) feedHead(tx *Tx, s *Selection) (calendar.Feed, string, error) {
	feed := calendar.Feed{Name: "Talks of all labs", Description: openToAll}
	switch s.Kind {
	case FeedLab:
		lab, err := load[*Lab](tx, KindLab, s.Of)
		if errors.Is(err, errNotFound) {
			lab, err = owner[*Lab](tx, labByName(s.Of))
		}
		if errors.Is(err, errNotFound) {
			return feed, "", denied("No lab is called “%s”.", clip(strings.TrimSpace(s.Of), maxLabName))
		}
		if err != nil {
			return feed, "", err
		}
		s.Of, feed.Name = lab.ID, "Talks at "+lab.Name
		return feed, "colloquium.of/" + lab.ID, nil
	case FeedTopic:
		feed.Name = "Talks on " + s.Of
	case FeedSeries:
		feed.Name = "Talks of one series"
		return feed, partsOf + s.Of, nil
	case FeedPersonal:
		feed.Name, feed.Description = "My talks", "Talks that you come to or give."
	case FeedTalk:
		c, err := load[*Colloquium](tx, KindColloquium, s.Of)
		if errors.Is(err, errNotFound) {
			return feed, "", denied("There is no such talk.")
		}
		if err != nil {
			return feed, "", err
		}
		feed.Name = c.Title
	case FeedNetwork:
	default:
		return feed, "", fmt.Errorf("feed: unknown kind %q", s.Kind)
	}
	return feed, talksByStart, nil
}

// comesTo are the talks that the person of a personal feed comes to.
func (a *App) comesTo(tx *Tx, s Selection) (map[string]bool, error) {
	if s.Kind != FeedPersonal {
		return nil, nil
	}
	rsvps, err := listAll[*Rsvp](tx, rsvpsBy+s.Of)
	comes := map[string]bool{}
	for _, r := range rsvps {
		comes[r.Colloquium] = r.State == Going
	}
	return comes, err
}

// selected reports whether a feed has the talk.
func (c *Colloquium) selected(s Selection, comes map[string]bool) bool {
	if c.State == Proposed || c.Declined {
		return false // nobody has been told of it
	}
	switch s.Kind {
	case FeedNetwork:
		return true
	case FeedLab:
		return c.Lab == s.Of
	case FeedTopic:
		return slices.ContainsFunc(c.Topics, func(topic string) bool { return fold(topic) == fold(s.Of) })
	case FeedSeries:
		return c.series() != "" && c.series() == s.Of
	case FeedTalk:
		return c.ID == s.Of
	case FeedPersonal:
		return comes[c.ID] || s.Of != "" && c.speaks(s.Of)
	}
	return false
}

// forgotten reports whether a talk that was cancelled has been told of for long enough.
func (c *Colloquium) forgotten(now time.Time) bool {
	day := now.UTC().Truncate(24 * time.Hour)
	return c.State == Cancelled && c.end().AddDate(0, 0, feedCancelled).Before(day)
}

// feedEvent is a talk in a feed. In a public feed links are those that everybody may
// see from the announcement on: programs fetch a feed too seldom for a link that
// appears a quarter of an hour before, and its bytes would change with the clock.
func (a *App) feedEvent(c *Colloquium, s Selection, comes map[string]bool, now time.Time) calendar.Event {
	if s.Kind != FeedPersonal {
		return a.talkEvent(c, viewer{}, c.At)
	}
	v := viewer{person: s.Of}
	if comes[c.ID] {
		v.state = Going
	}
	return a.talkEvent(c, v, now)
}

// talkEvent is a talk as calendar programs have it, for somebody at a time.
func (a *App) talkEvent(c *Colloquium, v viewer, now time.Time) calendar.Event {
	where := visibleWhere(c, v, now)
	shown := func(text string) string { // a link that is hidden in the place is hidden everywhere
		if where == c.Where {
			return text
		}
		return hidden(c, text)
	}
	e := calendar.Event{
		UID: a.uid(c.ID), Sequence: c.Sequence, Created: c.At, Changed: c.Changed,
		Start: c.Start, End: c.end(), Cancelled: c.State == Cancelled,
		Summary: shown(c.Title), Location: where, URL: cmp.Or(a.talkPage(c.ID), firstLink(where)),
		Description: a.zones.FormatFull(c.Start, c.Wall.Zone) + "\nSpeaker: " + shown(c.Speaker),
	}
	if name := a.unusual(a.heldIn(c)); name != "" {
		e.Description += "\nLanguage: " + name
	}
	for _, topic := range c.Topics {
		e.Categories = append(e.Categories, shown(topic))
	}
	if series := c.series(); series != "" {
		e.Series = a.uid(series)
	}
	if c.Abstract != "" {
		e.Description += "\n\n" + shown(c.Abstract)
	}
	return e
}

// series is the id of the series that the talk is one of, or empty.
func (c *Colloquium) series() string {
	if c.Part == nil {
		return ""
	}
	return c.Part.Series
}

// talkPage is the address of a talk's public page; "" where the network has none.
func (a *App) talkPage(id string) string {
	if a.public == "" {
		return ""
	}
	return a.public + "/talk/" + id
}

// uid names something in calendar files, for ever and everywhere.
func (a *App) uid(id string) string { return id + "@" + a.network + ".interlab" }

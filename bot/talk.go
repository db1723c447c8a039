package bot

import (
	"slices"
	"strings"
	"time"

	"interlab/calendar"
)

// openToAll describes the feeds of talks.
const openToAll = "Colloquia that are open to everybody in every lab."

// Talk is a colloquium as everybody may see it: what is not for all has no
// method here.
type Talk struct {
	c *Colloquium
	v *View
}

// ID is the talk's own, for ever.
func (t Talk) ID() string { return t.c.ID }

// Title is what the talk is called.
func (t Talk) Title() string { return t.hide(t.c.Title) }

// Abstract is what it is about, in paragraphs; "" where nobody has said it.
func (t Talk) Abstract() string { return t.hide(t.c.Abstract) }

// Speaker is who speaks, in words.
func (t Talk) Speaker() string { return t.hide(t.c.Speaker) }

// Topics are what it is about, each in a few words.
func (t Talk) Topics() []string {
	topics := slices.Clone(t.c.Topics)
	for i := range topics {
		topics[i] = t.hide(topics[i])
	}
	return topics
}

// LabID is the id of the host.
func (t Talk) LabID() string { return t.c.Lab }

// Lab is the name of the host.
func (t Talk) Lab() string { return t.v.LabName(t.c.Lab) }

// Start is when it begins.
func (t Talk) Start() time.Time { return t.c.Start }

// End is when it is over.
func (t Talk) End() time.Time { return t.c.end() }

// Minutes is how long it takes.
func (t Talk) Minutes() int { return minutes(t.c) }

// Zone is the host's.
func (t Talk) Zone() calendar.Zone { return t.c.Wall.Zone }

// Cancelled reports whether it does not take place.
func (t Talk) Cancelled() bool { return t.c.State == Cancelled }

// Moved is when it was to be before its last move; zero where it was never
// moved, or where only a law has changed what the clocks show.
func (t Talk) Moved() time.Time {
	if t.c.Law == t.c.Moved {
		return time.Time{}
	}
	return t.c.Before
}

// Seats is how many people it has room for; 0 where for all.
func (t Talk) Seats() int { return t.c.Seats.Capacity }

// Announced is when everybody was told of it, and Changed when anything of it
// changed last.
func (t Talk) Announced() time.Time { return t.c.At }

// Changed is when anything of it but who comes changed last.
func (t Talk) Changed() time.Time { return t.c.Changed }

// Series is the id of the series that it is one of, and the rule of that in
// words; both "" where there is none.
func (t Talk) Series() string { return t.c.series() }

// SeriesRule says how often the series comes.
func (t Talk) SeriesRule() string {
	if t.c.Part == nil {
		return ""
	}
	return t.c.Part.Words
}

// Where is the place at a time, with its links as the talk's rule lets everybody
// see them; "" where it is not known.
func (t Talk) Where(now time.Time) string { return visibleWhere(t.c, viewer{}, now) }

// LinkRule says who sees the link and from when on; "" where there is no link,
// and where everybody does at once.
func (t Talk) LinkRule() string {
	if t.c.Link == "" || firstLink(t.c.Where) == "" {
		return ""
	}
	return linkRules[t.c.Link].label
}

// Online reports whether there is a link by which to join.
func (t Talk) Online() bool { return firstLink(t.c.Where) != "" }

// Only reports whether there is nothing but a link.
func (t Talk) Only() bool {
	return t.Online() && strings.TrimSpace(address.ReplaceAllString(t.c.Where, "")) == ""
}

// Made is what came of the talk, each an address of the web. A recording is
// among it while all who speak agree to one.
func (t Talk) Made() []Choice {
	var all []Choice
	for _, name := range artifacts {
		link := t.c.Made[name]
		if link == "" || linkFault(link) != nil || name == artifactRecording && !t.c.recordable() {
			continue
		}
		if t.hide(link) == link {
			all = append(all, Choice{ID: link, Name: capital(name)})
		}
	}
	return all
}

// Event is the talk as calendars have it, and as everybody may see it.
func (t Talk) Event() calendar.Event {
	return t.v.app.feedEvent(t.c, Selection{Kind: FeedNetwork}, nil, t.c.At)
}

// hide takes the links of a place that not everybody may see at once out of
// another text, where somebody has put them there as well.
func (t Talk) hide(text string) string { return hidden(t.c, text) }

// hidden is a text of a talk without the links in its place, unless its rule
// shows these to everybody at once.
func hidden(c *Colloquium, text string) string {
	if c.Link == "" || text == "" {
		return text
	}
	for _, link := range address.FindAllString(c.Where, -1) {
		text = strings.ReplaceAll(text, link, "(link: for "+linkRules[c.Link].label+")")
	}
	return text
}

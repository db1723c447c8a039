package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
)

// clashApart is how far apart two talks must be for somebody to attend both.
const clashApart = 15 * time.Minute

// overlap reports whether nobody can attend both talks.
func overlap(a, b *Colloquium) bool {
	return a.Start.Before(b.end().Add(clashApart)) && b.Start.Before(a.end().Add(clashApart))
}

// clashes are sentences about talks at the same time that the same people would
// want to attend. They warn and forbid nothing.
func (rq *request) clashes(c *Colloquium) ([]string, error) {
	talks, err := rq.upcoming()
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, other := range talks {
		if other.ID == c.ID || other.State != Announced || !overlap(c, other) {
			continue
		}
		why, err := rq.clash(c, other)
		if err != nil {
			return nil, err
		}
		if why != "" {
			lines = append(lines, fmt.Sprintf("At the same time: %s, on %s. %s", other.Title, rq.talkTime(other), why))
		}
	}
	return lines[:min(len(lines), maxClashes)], nil
}

// maxClashes is how many other talks a card warns of.
const maxClashes = 3

// clash is why people would want to attend both, or "".
func (rq *request) clash(c, other *Colloquium) (string, error) {
	for _, s := range c.Speakers {
		if slices.ContainsFunc(other.Speakers, func(o Speaker) bool { return o.Person == s.Person && s.Person != "" || fold(o.Name) == fold(s.Name) }) {
			return s.Name + " speaks at both.", nil
		}
	}
	people, err := rq.app.people.all(rq.ctx)
	if err != nil {
		return "", err
	}
	both, more, err := rq.followBoth(c, other)
	if err != nil {
		return "", err
	}
	about := "topics of both"
	if len(both) > 0 {
		about = "both, or follows both"
	}
	for _, p := range people {
		if p.inNetwork() && p.interestedIn(c.Topics) && p.interestedIn(other.Topics) {
			both[p.ID] = true
		}
	}
	n := len(both)
	if n > 1 {
		about = strings.Replace(about, "follows", "follow", 1)
	}
	switch {
	case n > 0 && more:
		return fmt.Sprintf("At least %d people in this network care about %s.", n, about), nil
	case n > 0:
		return counted(n, "person in this network cares", "people in this network care") + " about " + about + ".", nil
	case common(c.Topics, other.Topics):
		return "Both are about the same topic.", nil
	case c.Lab == other.Lab:
		return "The same lab hosts both.", nil
	}
	return "", nil
}

// maxCounted is how many followers of one talk are looked at for a warning: it
// says "at least" where there are more.
const maxCounted = 5 * MaxListed

// followBoth are the people who follow something that each of two talks is about,
// for a count; more says that there may be others.
func (rq *request) followBoth(c, other *Colloquium) (both map[string]bool, more bool, err error) {
	both = map[string]bool{}
	marks, seen := rq.app.marks(other), 0
	for _, m := range rq.app.marks(c) {
		for p := (Page{Index: followersOf + m}); ; {
			followings, next, err := page[*Following](rq.tx, p)
			if err != nil {
				return nil, false, err
			}
			for _, f := range followings {
				if f.about(marks) != nil {
					both[f.Person] = true
				}
			}
			if seen += len(followings); seen >= maxCounted {
				return both, next != "", nil
			}
			if p.After = next; next == "" {
				break
			}
		}
	}
	return both, false, nil
}

// interestedIn reports whether a person named one of these topics.
func (p *Person) interestedIn(topics []string) bool {
	return common(p.Shares, topics) || common(p.Seeks, topics)
}

// common reports whether two lists have a topic in common, in whatever case.
func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return fold(x) == fold(y) })
	})
}

// warn adds what clashes with a proposal to its card.
func (rq *request) warn(m *chat.Message, t terms) error {
	lines, err := rq.clashes(&Colloquium{Lab: t.lab.ID, Speakers: t.speakers, Topics: t.topics, Start: t.moment.Instant, Length: t.length})
	for _, line := range lines {
		m.Body = append(m.Body, chat.T(line))
	}
	return err
}

package bot

import (
	"fmt"
	"slices"
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
	n := 0
	for _, p := range people {
		if p.inNetwork() && p.interestedIn(c.Topics) && p.interestedIn(other.Topics) {
			n++
		}
	}
	switch {
	case n > 0:
		return counted(n, "person in this network cares", "people in this network care") + " about topics of both.", nil
	case common(c.Topics, other.Topics):
		return "Both are about the same topic.", nil
	case c.Lab == other.Lab:
		return "The same lab hosts both.", nil
	}
	return "", nil
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

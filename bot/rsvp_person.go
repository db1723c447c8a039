package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// repointRsvp puts the other person onto a colloquium's list. Where they stand
// there already, the place that comes second falls free.
func repointRsvp(a *App, tx *Tx, r *Rsvp, _ string, to *Person) error {
	pair := rsvpPair(r.Colloquium, to.ID)
	taken := tx.plans(pair)
	_, err := owner[*Rsvp](tx, pair)
	if errors.Is(err, errNotFound) && !taken {
		r.Person = to.ID
		return nil
	}
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	return a.giveUp(tx, r)
}

// giveUp takes an answer off its colloquium's list for good, and offers the
// seat that falls free.
func (a *App) giveUp(tx *Tx, r *Rsvp) error {
	c, err := load[*Colloquium](tx, KindColloquium, r.Colloquium)
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	if err == nil && r.State != Left {
		c.shift(r, Left, tx.now)
		tx.put(c, r)
		if err := a.fill(tx, c, 1); err != nil {
			return fmt.Errorf("fill colloquium %s: %w", c.ID, err)
		}
	}
	tx.remove(r.Ref())
	return nil
}

// leaveTalks takes the person off every list.
func (rq *request) leaveTalks() error {
	rsvps, err := listAll[*Rsvp](rq.tx, rsvpsBy+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range rsvps {
		r, err := load[*Rsvp](rq.tx, KindRsvp, listed.ID)
		if err != nil {
			return err
		}
		if err := rq.app.giveUp(rq.tx, r); err != nil {
			return err
		}
	}
	return nil
}

// repointTalk lets somebody who proposes or speaks be the person whom they are
// one with now.
func repointTalk(_ *App, _ *Tx, c *Colloquium, from string, to *Person) error {
	if c.Proposer == from {
		c.Proposer = to.ID
	}
	if i := speakerIndex(c.Speakers, from); i >= 0 {
		c.Speakers[i].Person = to.ID
	}
	return nil
}

// leaveStaff lets go of the talks that the person proposed or was to speak at.
// The talks go on; the leads of their labs and organisers can change them.
func (rq *request) leaveStaff() error {
	talks, err := listAll[*Colloquium](rq.tx, talksBy+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range talks {
		c, err := load[*Colloquium](rq.tx, KindColloquium, listed.ID)
		if err != nil {
			return err
		}
		if c.Proposer == rq.me.ID {
			c.Proposer, c.Ready = "", chat.Posted{}
		}
		rq.leaveSpeech(c)
		c.edited(rq.now)
		rq.tx.put(c)
	}
	return nil
}

// leaveSpeech takes a speaker off a talk. One that nobody else gives does not
// take place, and what it was about were their words.
func (rq *request) leaveSpeech(c *Colloquium) {
	s := c.speakerOf(rq.me.ID)
	if s == nil {
		return
	}
	c.Speakers = slices.DeleteFunc(c.Speakers, func(s Speaker) bool { return s.Person == rq.me.ID })
	if slices.ContainsFunc(c.Speakers, func(s Speaker) bool { return s.Person != "" || s.Name != unnamed }) {
		c.nameSpeakers()
		return
	}
	c.Speakers = []Speaker{{Name: speakerGone}}
	c.nameSpeakers()
	c.Title, c.Abstract, c.Topics, c.Where, c.Made = talkGone, "", nil, "", nil
	spare := ""
	if c.State == Proposed || c.State == Announced && c.Start.After(rq.now) {
		c.cancel("who was to speak has left the network", rq.now)
		spare = noticeCancelled
	}
	rq.tx.recallAll(c.Ref(), "", spare)
}

// speakerGone stands where the name of the only speaker stood.
const speakerGone = "somebody who has left"

// talkGone is the title of a talk whose speaker has left.
const talkGone = "A talk"

// channelGone forgets a channel of announcements that was deleted or archived;
// organisers choose another one with admin channel.
func (rq *request) channelGone() (chat.Message, error) {
	home, err := rq.home()
	if err != nil {
		return chat.Message{}, err
	}
	if home.Announce == rq.event.In && home.Announce != (chat.Place{}) {
		home.Announce = chat.Place{}
		rq.tx.put(home)
	}
	return chat.Message{}, nil
}
